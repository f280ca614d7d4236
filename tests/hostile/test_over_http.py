"""A hostile mock as clients meet it, over real connections."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from email.utils import parsedate_to_datetime
from itertools import count
from secrets import token_hex
from typing import TYPE_CHECKING, Any

import pytest
import requests

from pytest_auth0_mfa import cli
from pytest_auth0_mfa.mock.hostile.ingredients import Hostility
from pytest_auth0_mfa.mock.server import MockServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_auth0_mfa.mock.hostile.ingredients import Ingredient

    Start = Callable[[str], MockServer]

TIMEOUT_S = 20
MANY = 400


@pytest.fixture
def start() -> Iterator[Start]:
    """A starter of mocks that are hostile in this way."""
    running: list[MockServer] = []

    def begin(hostile: str) -> MockServer:
        running.append(MockServer(seed=1, hostile=hostile))
        running[-1].start()
        return running[-1]

    yield begin
    for each in running:
        each.stop()


def fates(url: str, many: int = MANY) -> list[int | None]:
    """The status of each of many answers, None where none came."""
    with requests.Session() as session:
        return [_fate(session, f"{url}/userinfo") for _ in range(many)]


def _fate(session: requests.Session, url: str) -> int | None:
    try:
        return session.get(url, timeout=TIMEOUT_S).status_code
    except requests.ConnectionError:
        return None


def test_connections_break(start: Start) -> None:
    """A broken connection is one for the client too, and the next one works."""
    found = fates(str(start("1:dropped").info["url"]))
    assert {None, 401} == set(found)
    assert 1 < found.count(None) < MANY / 10


def test_same_seed_same_day(start: Start) -> None:
    """Two mocks of one seed break the same connections; one of another seed breaks others."""
    first, second, other = (fates(str(start(f"{seed}:dropped").info["url"])) for seed in (1, 1, 2))
    assert first == second
    assert first != other


def test_throttling(start: Start) -> None:
    """Some requests are refused with 429."""
    assert {401, 429} == set(fates(str(start("1:throttle").info["url"])))


def test_slowness(start: Start) -> None:
    """An answer that is struck takes longer, by as much as the seed says."""
    hostility = Hostility.parse("1:slow")
    (slow,) = hostility.ingredients
    number = _first_struck(hostility, slow)
    url = start("1:slow").info["url"]
    fates(str(url), number - 1)
    began = time.perf_counter()
    assert [401] == fates(str(url), 1)
    assert time.perf_counter() - began >= 0.05


def _first_struck(hostility: Hostility, ingredient: Ingredient) -> int:
    numbers = (n for n in range(1, MANY) if hostility.strike(ingredient, "GET /userinfo", n))
    return next(numbers)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_date_tells_the_tenants_time(start: Start, seed: int) -> None:
    """The clock is off by what the seed says, and `Date` with it."""
    skew_s = Hostility.parse(f"{seed}:skew").skew_s
    url = start(f"{seed}:skew").info["url"]
    before = time.time()
    date = requests.get(f"{url}/userinfo", timeout=TIMEOUT_S).headers["date"]
    told = parsedate_to_datetime(date).timestamp()
    assert int(before + skew_s) <= told <= time.time() + skew_s


def test_late_message_wakes_who_waits(start: Start) -> None:
    """Who waits at the MailSlurp account is answered when the message arrives."""
    hostility = Hostility.parse("1:late")
    (late,) = hostility.ingredients
    number = next(n for n in range(1, MANY) if hostility.strike(late, "sms", n))
    server = start("1:late")
    assert server.info["late_s"] == _got(str(server.info["control"]))["late_s"]
    enrolling = [_text_sent(server) for _ in range(number)]
    account = server.info["mailslurp"]
    assert isinstance(account, dict)
    numbers = _got(f"{account['url']}/phone/numbers?size=100", account["api_key"])["content"]
    wanted = next(each["id"] for each in numbers if each["phoneNumber"] == enrolling[-1])
    arrived = _posted(
        f"{account['url']}/waitForLatestSms",
        {"phoneNumberId": wanted, "timeout": 15_000, "unreadOnly": True},
        {"x-api-key": account["api_key"]},
    )
    assert "verification code" in arrived["body"]


def _text_sent(server: MockServer) -> str:
    """Enroll a phone of its own; returns its number."""
    user = {"email": f"{token_hex(8)}@example.test", "password": "correct horse"}
    _posted(f"{server.info['control']}/users", {**user, "email_verified": False})
    client = {name: server.info[name] for name in ("client_id", "client_secret")}
    login = {"grant_type": "password", "username": user["email"], "password": user["password"]}
    token = _posted(f"{server.info['url']}/oauth/token", {**client, **login})["mfa_token"]
    number = f"+12025550{100 + next(_numbers)}"
    body = {"authenticator_types": ["oob"], "oob_channels": ["sms"], "phone_number": number}
    _posted(f"{server.info['url']}/mfa/associate", body, {"authorization": f"Bearer {token}"})
    return number


_numbers = count()


def _posted(url: str, body: object, headers: dict[str, str] | None = None) -> Any:  # noqa: ANN401
    return requests.post(url, json=body, headers=headers, timeout=TIMEOUT_S).json()


def _got(url: str, api_key: str = "") -> Any:  # noqa: ANN401
    return requests.get(url, headers={"x-api-key": api_key}, timeout=TIMEOUT_S).json()


def test_command(start: Start) -> None:
    """`auth0-mfa mock --hostile` serves such a tenant."""
    command = [sys.executable, "-m", "pytest_auth0_mfa.cli", "mock", "--hostile", "1:dropped"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = json.loads(process.stdout.readline())["url"]
        found = fates(url)
        process.terminate()
    assert found == fates(str(start("1:dropped").info["url"]))


@pytest.mark.parametrize("text", ["", "seven", "7:lat", "7:late,"])
def test_unusable_command(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A text that asks for nothing is one line and exit status 2."""
    with pytest.raises(SystemExit, match="2"):
        cli.main(["mock", "--hostile", text])
    told = capsys.readouterr().err
    assert "argument --hostile: " in told
    assert 1 == told.count("\n")
