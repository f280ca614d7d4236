"""A hostile mock as clients meet it, over real connections."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from email.utils import parsedate_to_datetime
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


def _striking_first(name: str) -> str:
    """A hostility that strikes the first text message, and not the second."""
    for seed in range(MANY):
        hostility = Hostility.parse(f"{seed}:{name}")
        (ingredient,) = hostility.ingredients
        if [hostility.strike(ingredient, "sms", n) is not None for n in (1, 2)] == [True, False]:
            return str(hostility)
    raise AssertionError(name)


def test_late_message_wakes_who_waits(start: Start) -> None:
    """Who waits at the MailSlurp account is answered when the message arrives."""
    server = start(_striking_first("late"))
    assert server.info["late_s"] == _got(str(server.info["control"]))["late_s"]
    account = server.info["mailslurp"]
    assert isinstance(account, dict)
    numbers = _got(f"{account['url']}/phone/numbers?size=1", account["api_key"])["content"]
    _send_texts(server, numbers[0]["phoneNumber"])
    assert [] == _messages(server)
    arrived = _posted(
        f"{account['url']}/waitForLatestSms",
        {"phoneNumberId": numbers[0]["id"], "timeout": 15_000, "unreadOnly": True},
        {"x-api-key": account["api_key"]},
    )
    assert "verification code" in arrived["body"]


def test_doubled_message(start: Start) -> None:
    """It is listed twice, under two ids, once its copy has arrived."""
    server = start(_striking_first("doubled"))
    _send_texts(server, "+12025550100")
    assert 1 == len(_messages(server))
    time.sleep(float(str(server.info["late_s"])))
    first, second = _messages(server)
    assert first["body"] == second["body"]
    assert first["id"] != second["id"]


def test_overtaken_message(start: Start) -> None:
    """Of two messages to one number the first is listed last."""
    calm, server = start("1:skew"), start(_striking_first("reordered"))
    for each in (calm, server):
        _send_texts(each, "+12025550100", 2)
    time.sleep(float(str(server.info["late_s"])))
    codes = [[each["code"] for each in _messages(one)] for one in (calm, server)]
    # Both mocks draw from the same seed.
    assert codes[0] == codes[1][::-1]
    assert 2 == len(set(codes[0]))


def _send_texts(server: MockServer, number: str, times: int = 1) -> None:
    """Enroll a phone, so many times."""
    user = {"email": f"{token_hex(8)}@example.test", "password": "correct horse"}
    _posted(f"{server.info['control']}/users", {**user, "email_verified": False})
    client = {name: server.info[name] for name in ("client_id", "client_secret")}
    login = {"grant_type": "password", "username": user["email"], "password": user["password"]}
    token = _posted(f"{server.info['url']}/oauth/token", {**client, **login})["mfa_token"]
    body = {"authenticator_types": ["oob"], "oob_channels": ["sms"], "phone_number": number}
    for _ in range(times):
        _posted(f"{server.info['url']}/mfa/associate", body, {"authorization": f"Bearer {token}"})


def _messages(server: MockServer) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _got(f"{server.info['control']}/messages")
    return found


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
