"""Protection against guessed passwords, and blocked users."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from pytest_auth0_mfa.mock.asgi import TenantApp

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.mock.conftest import Harness, Person, Reply

HOME, ELSEWHERE = "192.0.2.1", "2001:db8::1"
INTERRUPTED, BLOCKED, WRONG = (
    "error.mfa-required",
    "error.too-many-attempts",
    "error.wrong-password",
)
FORM = [(b"content-type", b"application/x-www-form-urlencoded")]


def login_from(user: Person, address: str, password: str | None = None, **client: str) -> Reply:
    """Log in from an address that a client tells."""
    form = {"grant_type": "password", "username": user.email, "password": password or user.password}
    told = {"auth0-forwarded-for": address}
    return user.tenant.form("/oauth/token", {**form, **(client or user.tenant.client)}, **told)


def guess(user: Person, times: int = 10) -> list[str]:
    """Give wrong passwords at home; return how each was answered."""
    return [login_from(user, HOME, "wrong").response_id for _ in range(times)]


class TestGuessing:
    """Ten wrong passwords of one user from one address."""

    def test_eleventh(self, user: Person) -> None:
        """Ten are wrong; then even the right one is refused, and stays so."""
        assert [WRONG] * 10 + [BLOCKED] == guess(user, 11)
        answer = login_from(user, HOME)
        assert (429, "too_many_attempts") == (answer.status, answer.body["error"])
        user.tenant.clock.now += 86_400
        assert BLOCKED == login_from(user, HOME).response_id

    def test_nine(self, user: Person) -> None:
        """Nine do no harm."""
        guess(user, 9)
        assert INTERRUPTED == login_from(user, HOME).response_id

    def test_elsewhere(self, user: Person) -> None:
        """From another address the user logs in."""
        guess(user)
        assert INTERRUPTED == login_from(user, ELSEWHERE).response_id

    def test_other_user(self, tenant: Harness, user: Person) -> None:
        """At the same address another user logs in."""
        guess(user)
        assert INTERRUPTED == login_from(tenant.person(), HOME).response_id

    def test_public_client_is_not_believed(self, tenant: Harness, user: Person) -> None:
        """A client that cannot prove itself tells no address: its own one counts."""
        public = str(tenant.info["public_client_id"])
        for _ in range(10):
            login_from(user, HOME, "wrong", client_id=public)
        answers = [login_from(user, ELSEWHERE, client_id=public), login_from(user, HOME)]
        assert [BLOCKED, INTERRUPTED] == [each.response_id for each in answers]

    def test_reset(self, tenant: Harness, user: Person) -> None:
        """A reset forgets it with the user."""
        guess(user)
        tenant.post("/__mock__/reset")
        tenant.post("/__mock__/users", {"email": user.email, "password": user.password})
        assert INTERRUPTED == login_from(user, HOME).response_id

    @pytest.mark.parametrize("client", [("192.0.2.7", 4711), None])
    def test_address_of_the_connection(
        self, tenant: Harness, user: Person, client: tuple[str, int] | None
    ) -> None:
        """Where nobody tells an address, that of the connection counts."""
        app = TenantApp(tenant.engine)
        errors = [over_a_connection(app, user, client, "wrong")["error"] for _ in range(10)]
        assert ["invalid_grant"] * 10 == errors
        assert over_a_connection(app, user, client)["error"] == "too_many_attempts"
        assert over_a_connection(app, user, ("192.0.2.8", 1))["error"] == "mfa_required"


class TestLoginLimit:
    """`POST /__mock__/features/login-limit`: twenty logins a minute, then ten."""

    LIMITED = "error.too-many-requests"

    def limit(self, user: Person) -> None:
        """Switch it on for a user, and use it up at home."""
        body = {"enabled": True, "user_id": user.user_id}
        assert 200 == user.tenant.post("/__mock__/features/login-limit", body).status
        answers = [login_from(user, HOME).response_id for _ in range(20)]
        assert [INTERRUPTED] * 20 == answers

    def test_one_too_many(self, user: Person) -> None:
        """The next one is refused, with the right password or a wrong one, and told to wait."""
        self.limit(user)
        answer = login_from(user, HOME)
        assert (429, "6") == (answer.status, answer.headers["retry-after"])
        assert self.LIMITED == login_from(user, HOME, "wrong").response_id

    def test_refill(self, user: Person) -> None:
        """Every six seconds one more is allowed."""
        self.limit(user)
        user.tenant.clock.now += 6
        answers = [login_from(user, HOME).response_id for _ in range(2)]
        assert [INTERRUPTED, self.LIMITED] == answers

    def test_others(self, tenant: Harness, user: Person) -> None:
        """Elsewhere the user logs in, and others do at the same address."""
        self.limit(user)
        answers = [login_from(user, ELSEWHERE), login_from(tenant.person(), HOME)]
        assert [INTERRUPTED] * 2 == [each.response_id for each in answers]

    def test_off(self, user: Person) -> None:
        """Nobody is limited who was not asked for."""
        assert {INTERRUPTED} == {login_from(user, HOME).response_id for _ in range(40)}

    def test_enforced(self, make_tenant: Callable[..., Harness]) -> None:
        """Where all limits are enforced this one is, for everybody."""
        user = make_tenant(enforce_limits=True).person()
        answers = [login_from(user, HOME).response_id for _ in range(21)]
        assert [INTERRUPTED] * 20 + [self.LIMITED] == answers


def over_a_connection(
    app: TenantApp, user: Person, client: tuple[str, int] | None, password: str | None = None
) -> dict[str, Any]:
    """Log in through the ASGI interface."""
    form = {"grant_type": "password", "username": user.email, "password": password or user.password}
    body = urlencode({**form, **user.tenant.client}).encode()
    scope: dict[str, Any] = {
        "type": "http",
        "method": "POST",
        "path": "/oauth/token",
        "query_string": b"",
    }
    scope |= {"scheme": "https", "server": ("h", 443), "headers": FORM, "client": client}
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:  # noqa: ANN401  As ASGI has it.
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return dict(json.loads(sent[-1]["body"]))


class TestBlockedUsers:
    """`POST /__mock__/blocks`."""

    def block(self, user: Person, blocked: object = True) -> Reply:  # noqa: FBT002  As in the body.
        """Block a user, or take the block back."""
        return user.tenant.post("/__mock__/blocks", {"user_id": user.user_id, "blocked": blocked})

    def test_login(self, user: Person) -> None:
        """The right password is refused with the reason, a wrong one without."""
        answer = self.block(user)
        assert {"user_id": user.user_id, "blocked": True} == answer.body
        refused = user.login()
        assert (401, "error.blocked-user") == (refused.status, refused.response_id)
        assert WRONG == user.login(password="wrong").response_id

    def test_code(self, user: Person) -> None:
        """Between password and code it holds as well, for a challenge too."""
        user.enroll()
        token = user.mfa_token()
        self.block(user)
        answer = user.verify(token)
        assert (403, "invalid_grant") == (answer.status, answer.body["error"])
        challenge = user.tenant.post("/mfa/challenge", {"mfa_token": token, **user.tenant.client})
        assert challenge.response_id == "error.blocked-user"

    def test_unblocked(self, user: Person) -> None:
        """A block can be taken back."""
        self.block(user)
        self.block(user, blocked=False)
        assert INTERRUPTED == user.login().response_id

    @pytest.mark.parametrize(
        ("body", "status"),
        [
            ({"blocked": True}, 400),
            ({"user_id": "auth0|0", "blocked": True}, 404),
            ({"user_id": "auth0|0"}, 400),
            ({"user_id": "auth0|0", "blocked": "yes"}, 400),
        ],
    )
    def test_bad_request(self, tenant: Harness, body: dict[str, object], status: int) -> None:
        """A user who exists, and true or false."""
        assert status == tenant.post("/__mock__/blocks", body).status
