"""What is sent again, how often, and how long is waited before; over real connections."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.api import transport as transport_module
from pytest_auth0_mfa.api.causes import Fault
from pytest_auth0_mfa.api.governor import Governor
from pytest_auth0_mfa.api.patience import (
    DEADLINE_S,
    PAUSES_S,
    THROTTLED_PAUSES_S,
    Patience,
    Trial,
    asked_wait_s,
)
from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.api.transport import Transport
from pytest_auth0_mfa.errors import Disturbance, Interruption
from tests.conftest import Reply

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Received

    Serve = Callable[[Callable[[Received], Reply]], str]
    Sending = Callable[[str], Transport]
    Replies = Callable[..., tuple[str, list[Received]]]

THROTTLED = {"error": "too_many_requests"}
LOST = Fault(Interruption("lost"), "safe")
BUSY = Fault(Disturbance("busy"), "always", is_throttling=True)
TEN_MINUTES_S = 600


class Slept:
    """Stands for time: sleeping moves it and takes none."""

    def __init__(self) -> None:
        """Begin at 0."""
        self.pauses: list[float] = []

    def now(self) -> float:
        """Seconds slept."""
        return sum(self.pauses)

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.pauses.append(seconds)


@pytest.fixture
def slept() -> Slept:
    """The time of a test."""
    return Slept()


@pytest.fixture
def sending(slept: Slept) -> Iterator[Callable[[str], Transport]]:
    """An opener of transports that wait in `slept`."""
    opened: list[Transport] = []

    def start(url: str) -> Transport:
        patience = Patience(slept.now, slept.sleep)
        opened.append(Transport(url, Recorder(), patience=patience))
        return opened[-1]

    yield start
    for each in opened:
        each.close()


@pytest.fixture
def replies(serve: Serve) -> Callable[..., tuple[str, list[Received]]]:
    """A server that gives these replies, one after the other, and the last one from then on."""

    def start(*given: Reply) -> tuple[str, list[Received]]:
        waiting, seen = list(given), []

        def answer(received: Received) -> Reply:
            seen.append(received)
            return waiting.pop(0) if len(waiting) > 1 else waiting[0]

        return serve(answer), seen

    return start


@pytest.fixture
def breaking_url() -> Iterator[Callable[[int], str]]:
    """A server that breaks the first connections after it has read a request, then answers 200."""
    opened: list[socket.socket] = []

    def start(breaks: int) -> str:
        listening = socket.create_server(("127.0.0.1", 0))
        opened.append(listening)
        threading.Thread(target=_serve, args=(listening, breaks), daemon=True).start()
        return f"http://127.0.0.1:{listening.getsockname()[1]}"

    yield start
    for each in opened:
        each.shutdown(socket.SHUT_RDWR)
        each.close()


def _serve(listening: socket.socket, breaks: int) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        with closing(connection):
            connection.recv(65_536)
            if breaks <= 0:
                connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")
            breaks -= 1


class TestGoverned:
    """A transport with a governor waits before it sends."""

    LIMITED = Reply(200, {}, {"x-ratelimit-limit": "300", "x-ratelimit-remaining": "0"})

    @pytest.fixture
    def governed(self, slept: Slept) -> Iterator[Callable[[str], Transport]]:
        """An opener of transports that have one, each its own."""
        opened: list[Transport] = []

        def start(url: str) -> Transport:
            patience = Patience(slept.now, slept.sleep)
            opened.append(Transport(url, Recorder(), patience=patience, governor=Governor()))
            return opened[-1]

        yield start
        for each in opened:
            each.close()

    def test_waits_until_there_is_more(
        self, governed: Sending, replies: Replies, slept: Slept
    ) -> None:
        """The wait is counted, and the request is sent once."""
        headers = {**self.LIMITED.headers, "x-ratelimit-reset": str(int(time.time()) + 20)}
        url, seen = replies(Reply(200, {}, headers))
        sender = governed(url)
        for _ in range(2):
            sender.send("GET", "/x")
        assert (1, 2) == (len(slept.pauses), len(seen))
        assert 18 < slept.now() < 22
        assert slept.now() == sender.recorder.spend.waited_s

    def test_does_not_wait_for_ever(
        self, governed: Sending, replies: Replies, slept: Slept
    ) -> None:
        """A tenant that wants to be left alone for an hour is not asked again, nor waited for."""
        url, seen = replies(Reply(429, THROTTLED, {"retry-after": "3600"}))
        sender = governed(url)
        with pytest.raises(Disturbance, match="429"):
            sender.send("GET", "/x")
        with pytest.raises(Disturbance, match=r"GET .*/y: the tenant's rate limit .* in 3600 s"):
            sender.send("GET", "/y")
        assert ([], 1) == (slept.pauses, len(seen))

    def test_refusal_that_is_expected(
        self, governed: Sending, replies: Replies, slept: Slept
    ) -> None:
        """Who wants to be refused is, at once, and nobody waits for it afterwards."""
        headers = {"x-ratelimit-limit": "100", "x-ratelimit-remaining": "99"}
        refusal = Reply(429, THROTTLED, {**headers, "x-ratelimit-reset": "1", "retry-after": "6"})
        url, seen = replies(*[Reply(403, {}, refusal.headers)] * 30, refusal, Reply(200, {}))
        sender = governed(url)
        form = {"username": "a", "password": "p"}
        for _ in range(31):
            answer = sender.send("POST", "/x", form=form, expecting=THROTTLED["error"])
        assert 200 == sender.send("GET", "/y").status
        assert (429, [], 32) == (answer.status, slept.pauses, len(seen))

    @pytest.mark.parametrize("kind", ["form", "json"])
    def test_logins_of_one_user(
        self, governed: Sending, replies: Replies, slept: Slept, kind: str
    ) -> None:
        """A password is a login, of the user whom the request names."""
        headers = {"x-ratelimit-limit": "100", "x-ratelimit-remaining": "99"}
        url, _ = replies(Reply(403, {}, {**headers, "x-ratelimit-reset": "1"}))
        sender = governed(url)
        for name in ["a"] * 20 + ["b"]:
            sender.send("POST", "/oauth/token", **{kind: {"username": name, "password": "p"}})  # type: ignore[arg-type]
        assert [] == slept.pauses
        sender.send("POST", "/oauth/token", **{kind: {"username": "a", "password": "p"}})  # type: ignore[arg-type]
        assert [pytest.approx(6)] == slept.pauses


class TestThrottled:
    """429: the request was not carried out, so it may be sent again."""

    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_waits_as_long_as_it_is_asked_to(
        self, sending: Sending, replies: Replies, slept: Slept, method: str
    ) -> None:
        """`Retry-After` is kept, whatever the method, and the answer after it is the answer."""
        url, seen = replies(Reply(429, THROTTLED, {"retry-after": "7"}), Reply(200, {}))
        sender = sending(url)
        assert 200 == sender.send(method, "/x").status
        assert ([7.0], 2) == (slept.pauses, len(seen))
        assert (1, 7.0) == (sender.recorder.spend.retried, sender.recorder.spend.waited_s)

    def test_gives_up_where_it_would_take_too_long(
        self, sending: Sending, replies: Replies, slept: Slept
    ) -> None:
        """Nobody waits for an hour; the cause and the remedy are told at once."""
        url, seen = replies(Reply(429, THROTTLED, {"retry-after": "3600"}))
        with pytest.raises(Disturbance, match="rate limit is used up; run fewer workers") as raised:
            sending(url).send("POST", "/x")
        assert ([], 1) == (slept.pauses, len(seen))
        assert not isinstance(raised.value, Interruption)

    def test_waits_no_longer_than_the_deadline(
        self, sending: Sending, replies: Replies, slept: Slept
    ) -> None:
        """A tenant that throttles for ever ends the wait."""
        url, _ = replies(Reply(429, THROTTLED, {"retry-after": "20"}))
        with pytest.raises(Disturbance):
            sending(url).send("POST", "/x")
        assert DEADLINE_S - 20 < slept.now() <= DEADLINE_S < TEN_MINUTES_S

    def test_expected_one_is_an_answer(
        self, sending: Sending, replies: Replies, slept: Slept
    ) -> None:
        """Who looks for the limit is shown it, and does not wait."""
        url, seen = replies(Reply(429, THROTTLED, {"retry-after": "7"}))
        assert 429 == sending(url).send("POST", "/x", expecting="too_many_requests").status
        assert ([], 1) == (slept.pauses, len(seen))

    def test_attack_protection_is_left_alone(
        self, sending: Sending, replies: Replies, slept: Slept
    ) -> None:
        """To ask again makes it worse."""
        url, seen = replies(Reply(429, {"error": "too_many_attempts"}, {"retry-after": "1"}))
        with pytest.raises(Disturbance, match=r"Security > Attack Protection"):
            sending(url).send("GET", "/x")
        assert ([], 1) == (slept.pauses, len(seen))

    def test_without_a_hint(self, sending: Sending, replies: Replies, slept: Slept) -> None:
        """Where nothing says how long, the pauses grow and end."""
        url, _ = replies(Reply(429, "slow down"))
        with pytest.raises(Disturbance, match="throttled"):
            sending(url).send("POST", "/x")
        assert list(THROTTLED_PAUSES_S) == slept.pauses


class TestGateway:
    """502, 503, 504: a gateway speaks, and what was asked may have been done."""

    @pytest.mark.parametrize("status", [502, 503, 504])
    def test_what_changes_nothing_is_asked_again(
        self, sending: Sending, replies: Replies, slept: Slept, status: int
    ) -> None:
        """A list is a list, however often it is asked for."""
        url, seen = replies(Reply(status, "busy"), Reply(status, "busy"), Reply(200, {}))
        assert 200 == sending(url).send("GET", "/x").status
        assert (list(PAUSES_S[:2]), 3) == (slept.pauses, len(seen))

    @pytest.mark.parametrize("method", ["POST", "DELETE", "PATCH", "PUT"])
    def test_what_changes_something_is_not(
        self, sending: Sending, replies: Replies, method: str
    ) -> None:
        """A code that was sent twice would be a used one."""
        url, seen = replies(Reply(503, "busy"), Reply(200, {}))
        with pytest.raises(Interruption, match="a gateway answered"):
            sending(url).send(method, "/x")
        assert 1 == len(seen)

    def test_unless_it_is_known_to_do_no_harm(self, sending: Sending, replies: Replies) -> None:
        """A look with a made-up token may be repeated."""
        url, seen = replies(Reply(503, "busy"), Reply(200, {}))
        assert 200 == sending(url).send("POST", "/x", repeatable=True).status
        assert 2 == len(seen)

    def test_tries_are_bounded(self, sending: Sending, replies: Replies) -> None:
        """A gateway that stays is told."""
        url, seen = replies(Reply(503, "busy"))
        with pytest.raises(Interruption):
            sending(url).send("GET", "/x")
        assert len(PAUSES_S) + 1 == len(seen)


class TestConnection:
    """The connection fails, before the request is sent or after."""

    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_refused(self, sending: Sending, silent_url: str, slept: Slept, method: str) -> None:
        """What was never sent is sent again, whatever it is."""
        with pytest.raises(Interruption, match="connection refused"):
            sending(silent_url).send(method, "/x")
        assert list(PAUSES_S) == slept.pauses

    def test_broken_before_the_answer_of_a_list(
        self, sending: Sending, breaking_url: Callable[[int], str]
    ) -> None:
        """It is asked for again."""
        sender = sending(breaking_url(2))
        assert 200 == sender.send("GET", "/x").status
        assert 2 == sender.recorder.spend.retried

    def test_broken_before_the_answer_of_a_change(
        self, sending: Sending, breaking_url: Callable[[int], str]
    ) -> None:
        """It may have been carried out, and is not repeated."""
        sender = sending(breaking_url(1))
        with pytest.raises(Interruption, match="the connection broke before the answer"):
            sender.send("POST", "/x")
        assert 0 == sender.recorder.spend.retried

    def test_silence(self, sending: Sending, slept: Slept, monkeypatch: pytest.MonkeyPatch) -> None:
        """Half a minute of silence is enough for one request."""
        monkeypatch.setattr(transport_module, "READ_TIMEOUT_S", 0.05)
        with socket.create_server(("127.0.0.1", 0)) as silent:
            sender = sending(f"http://127.0.0.1:{silent.getsockname()[1]}")
            with pytest.raises(Interruption, match=r"no answer within 0\.05 s"):
                sender.send("GET", "/x")
        assert [] == slept.pauses

    def test_unknown_name(self, sending: Sending) -> None:
        """A name that DNS does not know is told as that."""
        with pytest.raises(Interruption, match="the name is unknown here; see AUTH0_DOMAIN"):
            sending("https://no-such-tenant.invalid").send("GET", "/x")

    def test_no_tls_there(self, sending: Sending, replies: Replies, slept: Slept) -> None:
        """A server without TLS is told as that, and not asked again."""
        url, _ = replies(Reply(200, {}))
        with pytest.raises(Disturbance, match="TLS is not spoken there") as raised:
            sending(url.replace("http:", "https:")).send("GET", "/x")
        assert not isinstance(raised.value, Interruption)
        assert [] == slept.pauses


class TestLostTenant:
    """A tenant that is not heard for long is not asked any more."""

    def test_circuit_opens(self, sending: Sending, silent_url: str) -> None:
        """After some requests in vain the next one is not even tried, and the cause is told."""
        sender = sending(silent_url)
        now = [0.0]
        sender.circuit._now = lambda: now[0]  # noqa: SLF001 - a test waits for no 20 seconds
        for _ in range(3):
            with pytest.raises(Interruption):
                sender.send("POST", "/x")
            now[0] += 15.0
        retried = sender.recorder.spend.retried
        with pytest.raises(Interruption, match=r"not heard for 30 s, .*connection refused"):
            sender.send("POST", "/x")
        assert retried == sender.recorder.spend.retried


class TestTrial:
    """The bounds, without a network."""

    def test_ends(self) -> None:
        """Whatever is mixed, there is an end to it."""
        trial, now = Trial(is_safe=True, ends_at=DEADLINE_S), 0.0
        for _ in range(1000):
            pause_s = trial.pause_s(BUSY, 0.0, now)
            if pause_s is None:
                break
            now += pause_s
        assert pause_s is None
        assert trial.pause_s(LOST, None, now) == PAUSES_S[0]
        assert trial.pause_s(LOST, None, DEADLINE_S) is None

    @pytest.mark.parametrize(
        ("headers", "expected"),
        [
            ({"retry-after": "3"}, 3.0),
            ({"retry-after": "3", "x-ratelimit-reset": "1060"}, 3.0),
            ({"x-ratelimit-reset": "1060"}, 60.0),
            ({"x-ratelimit-reset": "900"}, 0.0),
            ({"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}, None),
            ({"retry-after": "soon"}, None),
            ({}, None),
        ],
    )
    def test_asked_wait(self, headers: dict[str, str], expected: float | None) -> None:
        """`Retry-After` first, then the reset of the limit by the tenant's clock."""
        assert expected == asked_wait_s(headers, 1000.0)
