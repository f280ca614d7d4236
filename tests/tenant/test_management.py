"""The Management API as a run speaks it: its token, its pace, its refusals."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import TYPE_CHECKING

import jwt
import pytest

from pytest_auth0_mfa.api.application import Application
from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.api.secret import Secret
from pytest_auth0_mfa.api.transport import Transport
from pytest_auth0_mfa.errors import Disturbance, TenantError
from pytest_auth0_mfa.tenant.management.client import ManagementClient
from pytest_auth0_mfa.tenant.management.pace import Pace
from pytest_auth0_mfa.tenant.management.token import ManagementToken
from tests.conftest import Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Received

    Serve = Callable[[Callable[[Received], Reply]], str]
    Connect = Callable[["Tenant"], tuple[ManagementClient, Recorder, "Time"]]


@dataclass
class Time:
    """A clock that sleeping moves."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        """Let time pass at once."""
        self.slept.append(seconds)
        self.now += seconds


class TestPace:
    """Requests are spread as a tenant wants them to be."""

    def test_burst_then_rate(self) -> None:
        """Two at once, then one each half second."""
        clock = Time()
        pace = Pace(2, now=lambda: clock.now, sleep=clock.sleep)
        for _ in range(5):
            pace.take()
        assert [0.5, 0.5, 0.5] == clock.slept

    def test_rest_refills(self) -> None:
        """Who has waited need not wait; no rest is worth more than the burst."""
        clock = Time()
        pace = Pace(2, now=lambda: clock.now, sleep=clock.sleep)
        for _ in range(2):
            pace.take()
        clock.now += 100
        for _ in range(3):
            pace.take()
        assert [0.5] == clock.slept

    def test_shared(self) -> None:
        """Four workers ask as often as one process would."""
        clock = Time()
        pace = Pace(2, 4, now=lambda: clock.now, sleep=clock.sleep)
        for _ in range(3):
            pace.take()
        assert [2.0, 2.0] == clock.slept

    def test_unhurried(self) -> None:
        """Without a rate nothing waits."""
        clock = Time()
        pace = Pace(None, now=lambda: clock.now, sleep=clock.sleep)
        for _ in range(100):
            pace.take()
        assert [] == clock.slept

    def test_others_use_the_limit_up(self) -> None:
        """What the tenant says is left counts, not what one believes."""
        clock = Time()
        pace = Pace(2, now=lambda: clock.now, sleep=clock.sleep)
        assert not pace.heed(200, {"x-ratelimit-remaining": "0"})
        pace.take()
        assert [0.5] == clock.slept

    @pytest.mark.parametrize(
        ("headers", "waited_s"),
        [
            ({"retry-after": "7"}, 7.0),
            ({"retry-after": "soon"}, 1.0),
            ({}, 1.0),
            ({"x-ratelimit-reset": "1000012", "date": formatdate(1_000_000, usegmt=True)}, 12.0),
            ({"x-ratelimit-reset": "999000", "date": formatdate(1_000_000, usegmt=True)}, 1.0),
        ],
    )
    def test_throttled(self, headers: dict[str, str], waited_s: float) -> None:
        """A 429 is waited for as it says, by the tenant's own clock, and then asked again."""
        clock = Time()
        pace = Pace(2, now=lambda: clock.now, sleep=clock.sleep)
        assert pace.heed(429, headers)
        assert [waited_s] == clock.slept

    def test_nobody_waits_for_an_hour(self) -> None:
        """What takes too long is not waited for."""
        clock = Time()
        pace = Pace(2, now=lambda: clock.now, sleep=clock.sleep)
        assert not pace.heed(429, {"retry-after": "3600"})
        assert [] == clock.slept


@dataclass
class Tenant:
    """A tenant that gives a token and then one prepared answer after the other."""

    replies: list[Reply]
    token: dict[str, object] = field(default_factory=lambda: token_with("create:users"))
    seen: list[Received] = field(default_factory=list)

    def answer(self, received: Received) -> Reply:
        """Note the request and answer it."""
        self.seen.append(received)
        if received.path == "/oauth/token":
            return Reply(200, self.token)
        return self.replies.pop(0)

    @property
    def calls(self) -> list[str]:
        """Method and path of what was sent."""
        return [f"{each.method} {each.path}" for each in self.seen]


def token_with(scope: str | None, expires_in: object = 86_400) -> dict[str, object]:
    """A token answer; without scope no JWT."""
    key = "planted-key-that-is-long-enough-for-it"
    token = "planted" if scope is None else jwt.encode({"scope": scope}, key)
    return {"access_token": token, "expires_in": expires_in, "token_type": "Bearer"}


@pytest.fixture
def connect(serve: Serve) -> Connect:
    """A client for a tenant, what counts its calls, and the time by which it waits."""

    def connected(tenant: Tenant) -> tuple[ManagementClient, Recorder, Time]:
        recorder, clock = Recorder(), Time(time.time())
        transport = Transport(serve(tenant.answer), recorder)
        application = Application("m2m", Secret("planted-secret", "client_secret"))
        token = ManagementToken(
            transport, application, f"{transport.base_url}/api/v2/", now=lambda: clock.now
        )
        pace = Pace(None, now=lambda: clock.now, sleep=clock.sleep)
        return ManagementClient(transport, token, pace, lambda: recorder.spend), recorder, clock

    return connected


class TestToken:
    """The token is asked for once, and tells its scopes."""

    def test_kept_and_replaced(self, connect: Connect) -> None:
        """It serves until a minute before its end."""
        tenant = Tenant([Reply(204)] * 3)
        client, _, clock = connect(tenant)
        client.delete_user("auth0|1")
        client.delete_user("auth0|1")
        clock.now += 86_400 - 30
        client.delete_user("auth0|1")
        assert 2 == tenant.calls.count("POST /oauth/token")
        assert tenant.seen[0].body.count(b"/api/v2/") == 1

    def test_refused_once(self, connect: Connect) -> None:
        """A token that is refused is replaced, and the request sent again."""
        tenant = Tenant([Reply(401, {"error": "Unauthorized"}), Reply(204)])
        client, recorder, _ = connect(tenant)
        client.delete_user("auth0|1")
        assert (2, 2) == (tenant.calls.count("POST /oauth/token"), recorder.spend.management)

    def test_all_missing_scopes(self, connect: Connect) -> None:
        """They are named together, with the place where they are granted."""
        client, _, _ = connect(Tenant([]))
        client.token.need(["create:users"])
        with pytest.raises(TenantError, match=r"API: read:users delete:users\. Grant them all"):
            client.token.need(["create:users", "read:users", "delete:users"])

    def test_scopes_that_are_not_told(self, connect: Connect) -> None:
        """An opaque token is taken as it is: a call will tell."""
        client, _, _ = connect(Tenant([], token_with(None)))
        client.token.need(["create:users"])


class TestCalls:
    """What the API answers, as a run takes it."""

    def test_throttled(self, connect: Connect) -> None:
        """It waits and asks again."""
        error = {"statusCode": 429, "error": "Too Many Requests", "message": "Global limit"}
        tenant = Tenant([Reply(429, error, {"retry-after": "2"}), Reply(204)])
        client, _, clock = connect(tenant)
        client.delete_user("auth0|1")
        assert [2.0] == clock.slept

    def test_throttled_for_good(self, connect: Connect) -> None:
        """In the end that is a disturbance, which says what to do."""
        error = {"statusCode": 429, "error": "Too Many Requests", "message": "Global limit"}
        client, _, _ = connect(Tenant([Reply(429, error)] * 4))
        with pytest.raises(Disturbance, match="rate limit is used up"):
            client.delete_user("auth0|1")

    def test_refused(self, connect: Connect) -> None:
        """The API's own words are passed on."""
        error = {
            "statusCode": 400,
            "error": "Bad Request",
            "message": "PasswordStrengthError: weak",
        }
        client, _, _ = connect(Tenant([Reply(400, error)]))
        with pytest.raises(Disturbance, match="status 400, PasswordStrengthError: weak"):
            client.create_user(email="x@example.com")

    def test_ids_are_encoded(self, connect: Connect) -> None:
        """The bar of an id does not stand in a path."""
        tenant = Tenant([Reply(204)])
        client, _, _ = connect(tenant)
        client.delete_user("auth0|a/b")
        assert "DELETE /api/v2/users/auth0%7Ca%2Fb" == tenant.calls[-1]

    def test_search_ends(self, connect: Connect) -> None:
        """Pages are turned until one is not full."""
        full = [{"user_id": f"auth0|{number}"} for number in range(50)]
        tenant = Tenant([Reply(200, {"users": full}), Reply(200, {"users": full[:2]})])
        client, _, _ = connect(tenant)
        assert 52 == len(list(client.search_users("q")))
        assert ["page=0", "page=1"] == [call.rpartition("&")[2] for call in tenant.calls[1:]]

    def test_search_of_a_tenant_that_never_ends(self, connect: Connect) -> None:
        """No more is asked for than a search can show."""
        full = [{"user_id": f"auth0|{number}"} for number in range(50)]
        tenant = Tenant([Reply(200, {"users": full})] * 30)
        client, _, _ = connect(tenant)
        assert 1000 == len(list(client.search_users("q")))

    @pytest.mark.parametrize("body", [{"users": "none"}, "<html>", [1], {}])
    def test_no_list(self, connect: Connect, body: object) -> None:
        """What is no list of users is a disturbance."""
        client, _, _ = connect(Tenant([Reply(200, body)]))
        with pytest.raises(Disturbance, match="gave no list"):
            list(client.search_users("q"))

    def test_secrets_are_not_told(self, connect: Connect) -> None:
        """Neither the password of a user nor the token is in a record."""
        tenant = Tenant([Reply(201, {"user_id": "auth0|1"})])
        client, recorder, _ = connect(tenant)
        client.create_user(email="x@example.com", password="planted-password")
        text = str([exchange.to_json() for exchange in recorder.exchanges])
        assert "planted" not in text
        assert b"planted-password" in tenant.seen[-1].body
