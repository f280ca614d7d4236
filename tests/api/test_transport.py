"""Requests over real connections: what is recorded, and what counts as a disturbance."""

from __future__ import annotations

import json
import shlex
import socket
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.api import transport as transport_module
from pytest_auth0_mfa.api.application import Application
from pytest_auth0_mfa.api.client import OMIT, TenantClient
from pytest_auth0_mfa.api.patience import Patience
from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.api.secret import Secret
from pytest_auth0_mfa.api.transport import Transport
from pytest_auth0_mfa.errors import Disturbance
from pytest_auth0_mfa.judge.curl import to_curl
from tests.conftest import Reply

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Received

    Serve = Callable[[Callable[[Received], Reply]], str]
    Answering = Callable[[Reply], tuple[Transport, list[Received]]]

APPLICATION = Application("an-application", Secret("planted-client-secret", "client_secret"))
REFUSAL = Reply(403, {"error": "invalid_grant", "mfa_token": "planted-mfa-token"})


@pytest.fixture
def open_transport() -> Iterator[Callable[[str], Transport]]:
    """An opener of transports, closed when the test ends."""
    opened: list[Transport] = []

    def start(url: str) -> Transport:
        opened.append(Transport(url, Recorder(), patience=Patience(sleep=lambda _: None)))
        return opened[-1]

    yield start
    for each in opened:
        each.close()


@pytest.fixture
def answering(serve: Serve, open_transport: Callable[[str], Transport]) -> Answering:
    """A transport to a server that gives one answer, and the requests that it receives."""

    def start(reply: Reply) -> tuple[Transport, list[Received]]:
        seen: list[Received] = []

        def answer(received: Received) -> Reply:
            seen.append(received)
            return reply

        return open_transport(serve(answer)), seen

    return start


class TestDisturbance:
    """The tenant itself was not heard."""

    def test_refused_connection(
        self, open_transport: Callable[[str], Transport], silent_url: str
    ) -> None:
        """A port at which nothing listens is told in one line, without the library's own text."""
        with pytest.raises(Disturbance, match=r"^GET http.*/x: nothing answers there") as raised:
            open_transport(silent_url).send("GET", "/x")
        assert "\n" not in str(raised.value)
        assert "0x" not in str(raised.value)
        assert raised.value.__suppress_context__

    def test_silence(
        self, open_transport: Callable[[str], Transport], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A server that accepts and says nothing is given up on."""
        monkeypatch.setattr(transport_module, "READ_TIMEOUT_S", 0.05)
        with socket.create_server(("127.0.0.1", 0)) as silent:
            sender = open_transport(f"http://127.0.0.1:{silent.getsockname()[1]}")
            with pytest.raises(Disturbance, match=r"no answer within 0\.05 s"):
                sender.send("GET", "/x")

    @pytest.mark.parametrize("status", [502, 503, 504])
    def test_gateway(self, answering: Answering, status: int) -> None:
        """A gateway that answers in the tenant's place proves nothing about the tenant."""
        sender, _ = answering(Reply(status, "<html>"))
        with pytest.raises(Disturbance, match=f"GET /x -> {status}: a gateway answered"):
            sender.send("GET", "/x")

    @pytest.mark.parametrize(
        ("body", "told"),
        [
            ({"error": "too_many_requests"}, "rate limit is used up"),
            ({"error": "too_many_attempts"}, "attack protection blocks"),
            ({}, "throttled"),
            ("slow down", "throttled"),
        ],
    )
    def test_throttled(self, answering: Answering, body: object, told: str) -> None:
        """A limit on the caller is told with the remedy."""
        sender, _ = answering(Reply(429, body))
        with pytest.raises(Disturbance, match=told):
            sender.send("GET", "/x")

    def test_is_recorded(self, answering: Answering) -> None:
        """The answer that disturbed is kept for the reader."""
        sender, _ = answering(Reply(503, "busy"))
        with pytest.raises(Disturbance):
            sender.send("GET", "/x")
        assert {503} == {exchange.status for exchange in sender.recorder.exchanges}


class TestAnswer:
    """The tenant was heard."""

    @pytest.mark.parametrize("status", [200, 302, 400, 401, 403, 404, 500, 501])
    def test_whatever_the_status(self, answering: Answering, status: int) -> None:
        """It is for the judge to say whether the status is right."""
        sender, _ = answering(Reply(status, {"error": "x"}))
        assert status == sender.send("GET", "/x").status

    @pytest.mark.parametrize("error", ["invalid_request", "slow_down"])
    def test_limit_of_mfa(self, answering: Answering, error: str) -> None:
        """429 for too many codes or polls is an answer of the API and no disturbance."""
        sender, _ = answering(Reply(429, {"error": error}))
        assert (429, error) == (sender.send("GET", "/x").status, sender.send("GET", "/x").error)

    def test_redirect_is_not_followed(self, answering: Answering) -> None:
        """A token is never carried to another address."""
        sender, seen = answering(Reply(302, "", {"location": "/elsewhere"}))
        assert 302 == sender.send("GET", "/x").status
        assert ["/x"] == [received.path for received in seen]

    def test_bodies(self, answering: Answering) -> None:
        """JSON is parsed, text stays text, nothing is None."""
        for reply, body in (
            (Reply(200, {"a": 1}), {"a": 1}),
            (Reply(200, "<p>"), "<p>"),
            (Reply(204, ""), None),
        ):
            sender, _ = answering(reply)
            assert body == sender.send("GET", "/x").body

    def test_headers_in_lower_case(self, answering: Answering) -> None:
        """Names of headers are compared without regard to case."""
        sender, _ = answering(Reply(200, {}, {"X-RateLimit-Limit": "10"}))
        assert "10" == sender.send("GET", "/x").headers["x-ratelimit-limit"]

    def test_secrets_are_wrapped(self, answering: Answering) -> None:
        """A token in the answer is usable and masked."""
        sender, _ = answering(REFUSAL)
        token = sender.send("GET", "/x").secret("mfa_token")
        assert ("planted-mfa-token", "<mfa_token>") == (token, repr(token))

    def test_expected_disturbance(self, answering: Answering) -> None:
        """Who expects an error code gets the answer; any other code disturbs as ever."""
        sender, _ = answering(Reply(429, {"error": "too_many_attempts"}))
        answer = sender.send("GET", "/x", expecting="too_many_attempts")
        assert (429, "too_many_attempts") == (answer.status, answer.error)
        with pytest.raises(Disturbance, match="attack protection blocks"):
            sender.send("GET", "/x", expecting="too_many_requests")

    def test_gateway_is_never_expected(self, answering: Answering) -> None:
        """Without an error code there is nothing that could be expected."""
        sender, _ = answering(Reply(503, "busy"))
        with pytest.raises(Disturbance):
            sender.send("GET", "/x", expecting="too_many_attempts")


class TestRecord:
    """What is written down."""

    def test_holds_no_secret(self, answering: Answering) -> None:
        """Neither body nor header nor path of request and answer."""
        sender, seen = answering(REFUSAL)
        client = TenantClient(sender)
        token = client.token(APPLICATION, {"otp": "123456"}).secret("mfa_token")
        client.token(APPLICATION.using("client_secret_basic"), {"otp": "123456"}, as_json=True)
        client.authenticators(token)
        client.delete_authenticator(token, token)
        written = json.dumps([exchange.to_json() for exchange in sender.recorder.exchanges])
        assert "planted" not in written
        assert "123456" not in written
        assert b"planted-client-secret" in seen[0].body
        assert "Bearer planted-mfa-token" == seen[2].headers["authorization"]

    def test_of_a_body_sent_as_it_is_holds_no_secret(self, answering: Answering) -> None:
        """A form, JSON and broken JSON are sent to the letter and written down by name."""
        sender, seen = answering(REFUSAL)
        client = TenantClient(sender)
        bodies = ["otp=planted&a=b", '{ "otp" : "planted" }', '{"otp": "planted"']
        for body in bodies:
            client.send_text("PUT", "/x", body, content_type="text/x", bearer="planted-mfa-token")
        assert bodies == [received.body.decode() for received in seen]
        assert {("PUT", "text/x")} == {(one.method, one.headers["content-type"]) for one in seen}
        written = json.dumps([exchange.to_json() for exchange in sender.recorder.exchanges])
        assert "planted" not in written
        assert "otp=otp#1&a=b" in written

    def test_is_numbered_and_counted(self, answering: Answering) -> None:
        """Numbers begin anew with each test."""
        sender, _ = answering(Reply(200, {}))
        sender.send("GET", "/x")
        assert 2 == sender.send("GET", "/y").exchange.id
        assert 2 == sender.recorder.spend.requests
        sender.recorder.start_test()
        assert 1 == sender.send("GET", "/z").exchange.id

    def test_becomes_a_command(self, answering: Answering) -> None:
        """A recorded request is a command to copy, without a secret."""
        sender, _ = answering(REFUSAL)
        exchange = TenantClient(sender).token(APPLICATION, {"otp": "123456"}).exchange
        words = shlex.split(to_curl(exchange.method, exchange.request))
        assert f"{sender.base_url}/oauth/token" == words[words.index("--url") + 1]
        assert {"client_secret=client_secret#1", "otp=otp#1"} <= set(words)
        assert not any("planted" in word or "123456" in word for word in words)

    def test_wrong_codes_are_counted(self, answering: Answering) -> None:
        """A refused MFA grant uses up a try of the user; other refusals do not."""
        sender, _ = answering(REFUSAL)
        client = TenantClient(sender)
        client.token(APPLICATION, {"grant_type": "password"})
        assert 0 == sender.recorder.spend.wrong_codes
        client.token(APPLICATION, {"grant_type": "http://auth0.com/oauth/grant-type/mfa-otp"})
        assert 1 == sender.recorder.spend.wrong_codes


class TestRequest:
    """What is sent."""

    def test_omitted_parameter(self, answering: Answering) -> None:
        """`OMIT` leaves a parameter out, one of the application's included."""
        sender, seen = answering(Reply(200, {}))
        params = {"otp": OMIT, "mfa_token": "x", "client_secret": OMIT}
        TenantClient(sender).token(APPLICATION, params)
        assert b"client_id=an-application&mfa_token=x" == seen[0].body

    @pytest.mark.parametrize("channel", ["sms", "email"])
    def test_message_of_a_text(self, answering: Answering, channel: str) -> None:
        """An association that was sent as text costs a message too."""
        sender, seen = answering(Reply(200, {"oob_channel": channel, "oob_code": "x"}))
        TenantClient(sender).send_text("POST", "/mfa/associate", "{}")
        assert 1 == getattr(sender.recorder.spend, channel)
        assert "content-type" not in seen[0].headers

    def test_basic(self, answering: Answering) -> None:
        """Credentials in the header are not in the body."""
        sender, seen = answering(Reply(200, {}))
        TenantClient(sender).token(APPLICATION.using("client_secret_basic"), {"otp": "1"})
        assert seen[0].headers["authorization"].startswith("Basic ")
        assert b"otp=1" == seen[0].body

    def test_bars_in_ids_are_encoded(self, answering: Answering) -> None:
        """An authenticator's id has a bar, which no path may hold."""
        sender, seen = answering(Reply(204))
        TenantClient(sender).delete_authenticator("t", "totp|dev_1/2")
        assert "/mfa/authenticators/totp%7Cdev_1%2F2" == seen[0].path

    def test_proxy_of_the_environment(
        self,
        answering: Answering,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """A proxy for other machines is not asked for a server on this one."""
        monkeypatch.setenv("HTTP_PROXY", "http://proxy.invalid")
        monkeypatch.setenv("http_proxy", "http://proxy.invalid")
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        sender, _ = answering(Reply(200, {}))
        assert 200 == sender.send("GET", "/x").status
