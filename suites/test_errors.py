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


def _errors_of_each_endpoint(tenant: Tenant, user: User) -> list[Answer]:
    """Errors of the token endpoint, and one of every other."""
    client, application = tenant.client, tenant.application
    return [
        *_token_errors(tenant, user),
        client.associate(None, {"authenticator_types": ["otp"]}),
        client.challenge(application, {}),
        client.authenticators(None),
        client.delete_authenticator(None, "totp|dev_0000000000000000"),
    ]


@requirement("MFA-ERROR-JSON")
def test_every_error_is_json(mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User) -> None:
    """Clients parse an error only when it says that it is JSON."""
    for answer in _errors_of_each_endpoint(auth0_tenant, auth0_user):
        sort = answer.headers.get("content-type", "no content type")
        mfa_judge.holds(
            "content-type: application/json",
            sort,
            when=sort.partition(";")[0].strip().lower() == "application/json",
            answer=answer,
        )
        in_envelope = answer.error is not None
        mfa_judge.holds("a string error", answer.summary(), when=in_envelope, answer=answer)


@requirement("MFA-ERROR-DESCRIPTION")
def test_every_error_says_why(mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User) -> None:
    """Developers read the description, whatever their code goes by."""
    for answer in _errors_of_each_endpoint(auth0_tenant, auth0_user):
        told = answer.get("error_description")
        described = isinstance(told, str) and bool(told)
        mfa_judge.holds("an error_description", answer.summary(), when=described, answer=answer)


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
