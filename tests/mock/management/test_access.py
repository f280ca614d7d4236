"""Tokens for the Management API, and who may call it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jwt
import pytest

from pytest_auth0_mfa.mock.management.scopes import ALL
from tests.mock.management.conftest import AUDIENCE, Administrator

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.mock.conftest import Harness


class TestToken:
    """`POST /oauth/token` with the audience of this API."""

    def test_scopes_are_told(self, admin: Administrator) -> None:
        """The answer and the signed token list all granted scopes, for a day."""
        answer = admin.log_in()
        claims = jwt.decode(admin.token, options={"verify_signature": False})
        assert (200, 86_400) == (answer.status, answer.body["expires_in"])
        assert list(ALL) == answer.body["scope"].split() == claims["scope"].split()
        assert AUDIENCE == claims["aud"]

    def test_fewer_scopes_can_be_asked_for(self, admin: Administrator) -> None:
        """`scope` narrows a token."""
        answer = admin.log_in(scope="read:users delete:everything")
        assert "read:users" == answer.body["scope"]

    @pytest.mark.parametrize("audience", [AUDIENCE[:-1], "https://other.example/api/v2/"])
    def test_audience_must_be_canonical(self, admin: Administrator, audience: str) -> None:
        """The last slash and the host count."""
        answer = admin.log_in(audience=audience)
        assert (403, "access_denied") == (answer.status, answer.body["error"])
        assert f"Service not enabled within domain: {audience}" == answer.body["error_description"]

    def test_client_without_grant(self, tenant: Harness) -> None:
        """The application under test may not administer the tenant."""
        answer = tenant.token("client_credentials", audience=AUDIENCE)
        assert (403, "access_denied") == (answer.status, answer.body["error"])
        assert f'not authorized to access "{AUDIENCE}"' in answer.body["error_description"]

    def test_scopes_can_be_narrowed(self, admin: Administrator) -> None:
        """The control plane narrows what is granted, and a reset grants all again."""
        assert ["read:users"] == admin.switch(scopes=["read:users"]).body["scopes"]
        assert "read:users" == admin.log_in().body["scope"]
        admin.tenant.post("/__mock__/reset")
        assert list(ALL) == admin.log_in().body["scope"].split()

    @pytest.mark.parametrize(
        "body",
        [
            {"scopes": "read:users"},
            {"scopes": ["read:dreams"]},
            {"search_lag_s": -1},
            {"search_lag_s": True},
            {"search_lag_s": "soon"},
            {"unified_phone": "yes"},
            {"blocked_ips": ["10.0.0.1", 7]},
            {"unentitled": ["everything"]},
            {"unified_phone": True, "dreams": True},
        ],
    )
    def test_bad_switch(self, admin: Administrator, body: dict[str, object]) -> None:
        """What the control plane does not know changes nothing."""
        assert 400 == admin.switch(**body).status
        assert {
            "scopes": list(ALL),
            "search_lag_s": 0.0,
            "unified_phone": False,
            "blocked_ips": [],
            "unentitled": [],
        } == admin.switch().body


class TestBearer:
    """Which tokens open the API."""

    def test_missing(self, tenant: Harness) -> None:
        """Without a token the answer is 401."""
        answer = tenant.get("/api/v2/users")
        assert (401, "Unauthorized") == (answer.status, answer.body["error"])
        assert {"error": answer.body["message"]} == answer.body["attributes"]

    def test_no_jwt(self, admin: Administrator) -> None:
        """What cannot be a signed token is a bad header."""
        admin.token = "opaque"
        answer = admin.get("users")
        assert (400, "Bearer") == (answer.status, answer.body["errorCode"])

    def test_forged(self, admin: Administrator) -> None:
        """A changed signature is found."""
        head, _, signature = admin.token.rpartition(".")
        admin.token = f"{head}.{signature[::-1]}"
        assert 401 == admin.get("users").status

    def test_expired(self, admin: Administrator) -> None:
        """After a day it is over, in the recorded words."""
        admin.tenant.clock.now += 86_400
        answer = admin.get("users")
        message = "Expired token received for JSON Web Token validation"
        assert (401, message) == (answer.status, answer.body["message"])

    def test_of_another_api(self, admin: Administrator) -> None:
        """A token for another API is refused."""
        admin.log_in(audience=str(admin.tenant.info["audience"]))
        answer = admin.get("users")
        assert (401, True) == (answer.status, "audience" in answer.body["message"])

    def test_scope_is_missing(self, admin: Administrator) -> None:
        """The refusal names the scopes, any of which would do."""
        admin.narrow("read:clients")
        answer = admin.create_user()
        assert {
            "statusCode": 403,
            "error": "Forbidden",
            "message": "Insufficient scope, expected any of: create:users",
            "errorCode": "insufficient_scope",
        } == answer.body


class TestRequests:
    """What is the same for every endpoint."""

    @pytest.mark.parametrize(("method", "path"), [("GET", "dreams"), ("PUT", "users"), ("GET", "")])
    def test_not_there(self, admin: Administrator, method: str, path: str) -> None:
        """A path and a method that are not served are 404."""
        answer = admin.ask(method, path)
        assert (404, "Not Found") == (answer.status, answer.body["message"])

    @pytest.mark.parametrize(
        ("octets", "kind", "status"),
        [
            (b"{", "application/json", 400),
            (b'{"email":"\\ud800"}', "application/json", 400),
            (b"[" * 30_000, "application/json", 400),
            (b"email=a@b", "application/x-www-form-urlencoded", 415),
            (b" " * 65_537, "application/json", 413),
            (b"[]", "application/json; charset=utf-8", 400),
        ],
    )
    def test_unreadable_body(
        self, admin: Administrator, octets: bytes, kind: str, status: int
    ) -> None:
        """A body must be a JSON object of bearable size."""
        headers = {"authorization": f"Bearer {admin.token}", "content-type": kind}
        answer = admin.tenant.request("POST", "/api/v2/users", headers=headers, body=octets)
        assert (status, status) == (answer.status, answer.body["statusCode"])

    def test_headers(self, admin: Administrator) -> None:
        """Every answer is JSON in UTF-8 and tells the limit."""
        headers = admin.get("users").headers
        assert "application/json; charset=utf-8" == headers["content-type"]
        assert int(headers["x-ratelimit-reset"]) > admin.tenant.clock.now
        assert int(headers["x-ratelimit-remaining"]) > 0

    def test_rate_limit(self, make_tenant: Callable[..., Harness]) -> None:
        """With real limits the third call within a second is one too many."""
        admin = Administrator(make_tenant(enforce_limits=True))
        answers = [admin.get("users") for _ in range(3)]
        assert [200, 200, 429] == [each.status for each in answers]
        refused = answers[-1]
        assert "too_many_requests" == refused.body["errorCode"]
        assert ("1", "0", "2") == tuple(
            refused.headers[name]
            for name in ("retry-after", "x-ratelimit-remaining", "x-ratelimit-limit")
        )
        admin.tenant.clock.now += 1
        assert 200 == admin.get("users").status

    def test_preflight(self, tenant: Harness) -> None:
        """A browser may ask what is allowed."""
        assert 204 == tenant.request("OPTIONS", "/api/v2/users").status

    def test_same_seed_gives_the_same_answers(self, make_tenant: Callable[..., Harness]) -> None:
        """Seed and calls decide every byte."""
        first, second = (
            json.dumps(Administrator(make_tenant(seed=7)).create_user().body) for _ in range(2)
        )
        assert first == second
