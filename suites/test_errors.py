"""What all error answers have in common, as clients rely on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_auth0_mfa import Answer, Judgement, Tenant, User

requirement = pytest.mark.requirement


def _token_errors(tenant: Tenant, user: User) -> list[Answer]:
    """Two errors of the token endpoint: an interrupted login and a wrong password."""
    wrong = tenant.learn("not-the-password", "password")
    return [tenant.password(user), tenant.password(user, password=wrong)]


@requirement("MFA-ERROR-JSON")
def test_every_error_is_json(mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User) -> None:
    """Clients parse an error only when it says that it is JSON."""
    errors = [*_token_errors(auth0_tenant, auth0_user), auth0_tenant.client.authenticators(None)]
    for answer in errors:
        sort = answer.headers.get("content-type", "no content type")
        mfa_judge.holds(
            "content-type: application/json",
            sort,
            when=sort.partition(";")[0].strip() == "application/json",
            answer=answer,
        )


@requirement("MFA-ERROR-NO-AUTHENTICATE")
def test_token_errors_carry_no_challenge_header(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """Client libraries that see WWW-Authenticate drop the body, and with it the mfa_token."""
    for answer in _token_errors(auth0_tenant, auth0_user):
        present = "www-authenticate" in answer.headers
        mfa_judge.holds(
            "no WWW-Authenticate header",
            "there is one" if present else "there is none",
            when=not present,
            answer=answer,
        )


@requirement("MFA-ERROR-NOT-CACHED")
def test_token_errors_are_not_cached(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """An mfa_token in an error must not end in a cache."""
    for answer in _token_errors(auth0_tenant, auth0_user):
        directives = answer.headers.get("cache-control", "no such header")
        mfa_judge.holds(
            "cache-control with no-store", directives, when="no-store" in directives, answer=answer
        )


@requirement("MFA-RATE-HEADERS")
def test_answers_tell_how_many_requests_are_left(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """Clients slow down before they are throttled."""
    wanted = [f"x-ratelimit-{name}" for name in ("limit", "remaining", "reset")]
    for answer in _token_errors(auth0_tenant, auth0_user):
        bad = [name for name in wanted if not answer.headers.get(name, "").isdigit()]
        mfa_judge.holds(
            ", ".join(wanted),
            f"missing or no number: {', '.join(bad)}" if bad else "all three",
            when=not bad,
            answer=answer,
        )
