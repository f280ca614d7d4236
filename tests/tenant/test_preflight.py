"""The look at the tenant before the first test: which answers make a run pointless."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.errors import TenantError
from pytest_auth0_mfa.tenant.opening import Opening, open_tenant
from pytest_auth0_mfa.tenant.preflight import look_at
from tests.conftest import Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Received

VARIABLES = {"AUTH0_CLIENT_ID": "an-application", "AUTH0_CLIENT_SECRET": "planted"}


@dataclass(slots=True)
class Looked:
    """A tenant that gives one answer, and the requests that it saw."""

    reply: Reply
    seen: list[Received]

    def answer(self, received: Received) -> Reply:
        """Note the request."""
        self.seen.append(received)
        return self.reply


@pytest.fixture
def look(
    serve: Callable[[Callable[[Received], Reply]], str],
) -> Callable[..., list[Received]]:
    """Look at a tenant that answers in one way; returns the requests that were sent."""

    def at(reply: Reply, *factors: str) -> list[Received]:
        looked = Looked(reply, [])
        opening = Opening(serve(looked.answer), VARIABLES, may_be_mock=False)
        look_at(open_tenant(opening, Recorder()), factors or ("otp", "recovery-code"))
        return looked.seen

    return at


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (403, "invalid_grant"),
        (401, "expired_token"),
        (400, "invalid_request"),
        (401, "unsupported_challenge_type"),
        (500, "server_error"),
    ],
)
def test_refused_token_is_fine(
    look: Callable[..., list[Received]], status: int, error: str
) -> None:
    """That the made-up mfa_token is refused is all that one can ask."""
    assert 2 == len(look(Reply(status, {"error": error})))


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (Reply(200, "<html></html>"), "does not answer like an Auth0 tenant"),
        (Reply(404, ""), "does not answer like an Auth0 tenant"),
        (Reply(200, [1]), "does not answer like an Auth0 tenant"),
        (Reply(403, {"error": "unauthorized_client"}), "may not use the grant http://auth0.com"),
        (Reply(401, {"error": "invalid_client"}), "check AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET"),
        (Reply(401, {"error": "access_denied"}), "check AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET"),
        (Reply(503, "busy"), "a gateway answered in the tenant's place"),
        (
            Reply(429, {"error": "too_many_requests"}, {"Retry-After": "0"}),
            "rate limit is used up",
        ),
    ],
)
def test_hopeless(look: Callable[..., list[Received]], reply: Reply, told: str) -> None:
    """What no test could get past is told before the first one."""
    with pytest.raises(TenantError) as raised:
        look(reply)
    assert told in str(raised.value)
    assert "planted" not in str(raised.value)


def test_touches_no_user(look: Callable[..., list[Received]]) -> None:
    """Only the token endpoint is asked, with a token that nobody issued."""
    requests = look(Reply(403, {"error": "invalid_grant"}))
    assert {"/oauth/token"} == {request.path for request in requests}
    assert all(b"mfa_token=not-a-token" in request.body for request in requests)
    assert not any(b"username" in request.body for request in requests)


@pytest.mark.parametrize(
    ("factors", "grants"),
    [
        (["otp"], [b"mfa-otp"]),
        (["recovery-code"], [b"mfa-recovery-code"]),
        (["sms", "voice", "push"], [b"mfa-oob"]),
    ],
)
def test_only_grants_that_are_needed(
    look: Callable[..., list[Received]], factors: list[str], grants: list[bytes]
) -> None:
    """A factor that is not to be tested needs no grant."""
    requests = look(Reply(403, {"error": "invalid_grant"}), *factors)
    assert len(grants) == len(requests)
    assert all(grant in sent.body for grant, sent in zip(grants, requests, strict=True))
