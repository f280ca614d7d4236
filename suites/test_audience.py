"""The audience `https://{domain}/mfa/`, by which users manage their own authenticators.

Source: https://auth0.com/docs/secure/multi-factor-authentication/manage-mfa-auth0-apis/manage-authenticator-factors-mfa-api
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pytest_auth0_mfa import (
        Answer,
        EnrolledAuthenticator,
        Enrollment,
        Judgement,
        Secret,
        Tenant,
        User,
    )

requirement = pytest.mark.requirement

SCOPES = "enroll read:authenticators remove:authenticators"
READ = "read:authenticators"
OTP = {"authenticator_types": ["otp"]}
TEN_MINUTES_S = 600
REFUSED_BEARER = ("error.invalid-bearer", "error.insufficient-scope")


@requirement("MFA-AUDIENCE-UNENROLLED")
def test_access_is_granted_without_a_factor(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """A user who has no factor gets the access token at once, for there is none to ask for."""
    answer = auth0_tenant.password(auth0_user, audience=auth0_tenant.mfa_audience, scope=SCOPES)
    mfa_judge.conforms(answer, "token.password", besides=r"/expires_in")


@requirement("MFA-AUDIENCE-STEP-UP")
def test_access_demands_the_factor(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A user who has a factor must use it to manage factors."""
    answer = auth0_tenant.password(
        enrolled_authenticator.user, audience=auth0_tenant.mfa_audience, scope=SCOPES
    )
    mfa_judge.accepts(
        answer,
        "an interrupted login",
        "mfa_required",
        unlike=lambda: auth0_tenant.password(enrolled_authenticator.user),
    )


@requirement("MFA-AUDIENCE-LIFETIME")
def test_access_lasts_ten_minutes(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """Such an access token expires after 600 seconds."""
    answer = auth0_tenant.password(auth0_user, audience=auth0_tenant.mfa_audience, scope=SCOPES)
    mfa_judge.control(answer)
    lifetime = answer.get("expires_in")
    mfa_judge.holds(
        f"expires_in {TEN_MINUTES_S}", repr(lifetime), when=lifetime == TEN_MINUTES_S, answer=answer
    )


@requirement("MFA-AUDIENCE-EMAIL")
def test_access_is_granted_with_email_alone(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """E-mail does not count as a factor here: the access token is given at once."""
    plain = auth0_tenant.password(enrolled_authenticator.user)
    mfa_judge.needs("a second factor for other tokens", when=plain.error == "mfa_required")
    answer = auth0_tenant.password(
        enrolled_authenticator.user, audience=auth0_tenant.mfa_audience, scope=SCOPES
    )
    mfa_judge.accepts(
        answer,
        "access to the MFA audience with e-mail alone",
        unlike=lambda: auth0_tenant.password(
            auth0_tenant.new_user(), audience=auth0_tenant.mfa_audience, scope=SCOPES
        ),
    )


def _mfa_scopes(answer: Answer) -> list[str]:
    """The scopes of the MFA audience that an answer with tokens names."""
    return sorted({*SCOPES.split()}.intersection(str(answer.get("scope")).split()))


@requirement("MFA-AUDIENCE-SPELLING")
def test_audience_is_known_without_its_slash(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """The documentation writes a slash at the end, and applications leave it out."""

    def listed(audience: str) -> Answer:
        answer = auth0_tenant.password(auth0_user, audience=audience, scope=READ)
        if not answer.accepted:
            return answer
        return auth0_tenant.client.authenticators(answer.secret("access_token"))

    mfa_judge.accepts(
        listed(auth0_tenant.mfa_audience.rstrip("/")),
        "a list with a token for the audience without slash",
        unlike=lambda: listed(auth0_tenant.mfa_audience),
    )


@requirement("MFA-AUDIENCE-CLAIM")
def test_access_token_names_the_audience(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """An application can read off the token what it is for."""
    wanted = auth0_tenant.mfa_audience
    answer = auth0_tenant.password(auth0_user, audience=wanted, scope=SCOPES)
    audience = mfa_judge.claims(answer.secret("access_token")).get("aud")
    named = audience if isinstance(audience, list) else [audience]
    mfa_judge.holds(
        f"a JWT with aud {wanted}", f"aud {audience}", when=wanted in named, answer=answer
    )


@requirement("MFA-AUDIENCE-SCOPE")
def test_access_is_limited_to_what_was_asked(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """Who asks for one scope gets that one, and not the power to remove factors."""
    answer = auth0_tenant.password(auth0_user, audience=auth0_tenant.mfa_audience, scope=READ)
    mfa_judge.control(answer)
    scopes = _mfa_scopes(answer)
    mfa_judge.holds(
        f"of the MFA scopes {READ} alone",
        ", ".join(scopes) or "none",
        when=scopes == [READ],
        answer=answer,
    )


@requirement("MFA-AUDIENCE-COMPLETED")
def test_second_factor_gives_the_access_that_was_asked(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """What the password asked for comes with the code: audience, scope and the short life."""
    audience = auth0_tenant.mfa_audience
    answer = enrolled_authenticator.complete_login(audience=audience, scope=READ)
    mfa_judge.control(answer)
    told = (answer.get("expires_in"), _mfa_scopes(answer))
    mfa_judge.holds(
        f"expires_in {TEN_MINUTES_S} and the scope {READ}",
        f"expires_in {told[0]!r} and the scope {', '.join(told[1]) or 'of no MFA API'}",
        when=told == (TEN_MINUTES_S, [READ]),
        answer=answer,
    )
    authenticators = auth0_tenant.client.authenticators
    mfa_judge.accepts(
        authenticators(answer.secret("access_token")),
        "a list with that access token",
        unlike=lambda: authenticators(
            auth0_tenant.unenrolled_access_token(auth0_tenant.new_user())
        ),
    )


@requirement("MFA-AUDIENCE-REFRESH")
def test_access_is_renewed(mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User) -> None:
    """A refresh token gives another ten minutes of the same access."""
    scope = f"{SCOPES} offline_access"
    first = auth0_tenant.password(auth0_user, audience=auth0_tenant.mfa_audience, scope=scope)
    answer = auth0_tenant.client.token(
        auth0_tenant.application,
        {"grant_type": "refresh_token", "refresh_token": first.secret("refresh_token")},
    )
    authenticators = auth0_tenant.client.authenticators
    mfa_judge.accepts(
        authenticators(answer.secret("access_token")),
        "a list with the renewed access token",
        unlike=lambda: authenticators(first.secret("access_token")),
    )
    lifetime = answer.get("expires_in")
    mfa_judge.holds(
        f"expires_in {TEN_MINUTES_S}", repr(lifetime), when=lifetime == TEN_MINUTES_S, answer=answer
    )


def _uses(tenant: Tenant, token: Secret, identifier: str) -> list[Answer]:
    """Enroll, list and delete with one token."""
    return [
        tenant.client.associate(token, OTP),
        tenant.client.authenticators(token),
        tenant.client.delete_authenticator(token, identifier),
    ]


@requirement("MFA-AUDIENCE-ORDINARY")
def test_token_for_another_audience_manages_nothing(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """What an application got for its own API must not add or remove a user's factors."""
    identifier = enrolled_authenticator.id
    ordinary = enrolled_authenticator.complete_login(audience=auth0_tenant.audience)
    for answer in _uses(auth0_tenant, ordinary.secret("access_token"), identifier):
        mfa_judge.refuses(answer, *REFUSED_BEARER)
    access = auth0_tenant.mfa_access_token(enrolled_authenticator)
    for answer in _uses(auth0_tenant, access, identifier):
        mfa_judge.control(answer)


def _forged(token: str) -> Iterator[str]:
    """The token with other claims under its signature, and with the algorithm none."""
    header, claims, signature = token.split(".")
    told = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    longer = _encoded({**told, "exp": int(told["exp"]) + TEN_MINUTES_S})
    yield f"{header}.{longer}.{signature}"
    yield f"{_encoded({'alg': 'none', 'typ': 'JWT'})}.{claims}.{signature}"


def _encoded(part: Mapping[str, object]) -> str:
    """A part of a JWT (RFC 7515, section 7.1)."""
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


@requirement("MFA-AUDIENCE-FORGED")
def test_forged_token_manages_nothing(
    mfa_judge: Judgement, auth0_tenant: Tenant, mfa_enrollment: Enrollment
) -> None:
    """What anybody can write down is not enough: the signature must be the tenant's."""
    user, identifier = mfa_enrollment.user, str(mfa_enrollment.entry()["id"])
    right = auth0_tenant.unenrolled_access_token(user)
    mfa_judge.needs("an access token that is a JWT", when=bool(mfa_judge.claims(right)))
    for token in _forged(right):
        forged = auth0_tenant.learn(token, "access_token")
        for answer in _uses(auth0_tenant, forged, identifier):
            mfa_judge.refuses(answer, *REFUSED_BEARER)
    for answer in _uses(auth0_tenant, right, identifier):
        mfa_judge.control(answer)


@requirement("MFA-AUDIENCE-EXPIRED")
def test_access_ends_after_ten_minutes(
    mfa_judge: Judgement, auth0_tenant: Tenant, mfa_enrollment: Enrollment
) -> None:
    """An access token that lies about is of no use for long."""
    user, identifier = mfa_enrollment.user, str(mfa_enrollment.entry()["id"])
    expired = auth0_tenant.unenrolled_access_token(user)
    user.clock.travel(TEN_MINUTES_S + 1, "the access token to expire")
    for answer in _uses(auth0_tenant, expired, identifier):
        mfa_judge.refuses(answer, "error.expired-bearer")
    for answer in _uses(auth0_tenant, auth0_tenant.unenrolled_access_token(user), identifier):
        mfa_judge.control(answer)
