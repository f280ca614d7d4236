"""What a completed login gives: tokens that any relying party can use and verify.

Source: https://auth0.com/docs/api/authentication/multi-factor-authentication
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_auth0_mfa import Answer, EnrolledAuthenticator, Judgement, Tenant

requirement = pytest.mark.requirement

DAY_S = 86_400
CLOCKS_APART_S = 300


def _complete(judge: Judgement, enrolled: EnrolledAuthenticator, **login: object) -> Answer:
    """Log in once more, with the given parameters of the password grant."""
    answer = enrolled.complete_login(**login)
    judge.control(answer)
    return answer


@requirement("MFA-TOKEN-NOT-CACHED")
def test_tokens_are_not_cached(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Tokens must not end in a cache (RFC 6749, section 5.1)."""
    answer = _complete(mfa_judge, enrolled_authenticator)
    directives = answer.headers.get("cache-control", "no such header")
    mfa_judge.holds(
        "cache-control with no-store", directives, when="no-store" in directives, answer=answer
    )


@requirement("MFA-TOKEN-PRAGMA")
def test_old_caches_do_not_keep_tokens(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A cache that knows HTTP 1.0 only reads another header (RFC 6749, section 5.1)."""
    answer = _complete(mfa_judge, enrolled_authenticator)
    pragma = answer.headers.get("pragma", "no such header")
    mfa_judge.holds("pragma: no-cache", pragma, when=pragma == "no-cache", answer=answer)


@requirement("MFA-TOKEN-SCOPE")
def test_scopes_of_the_login_come_back(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """What was asked for with the password is granted with the second factor."""
    asked = {"openid", "profile", "email"}
    answer = _complete(mfa_judge, enrolled_authenticator, scope="openid profile email")
    scope = answer.get("scope")
    granted = set(scope.split()) if isinstance(scope, str) else set()
    mfa_judge.holds(
        "scope: a string with openid profile email",
        f"{scope}" if granted else answer.summary(),
        when=asked <= granted,
        answer=answer,
    )


@requirement("MFA-TOKEN-LIFETIME")
def test_tokens_tell_their_lifetime(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """expires_in is a whole, positive number of seconds."""
    answer = enrolled_authenticator.confirmation
    if enrolled_authenticator.factor == "recovery-code":
        answer = _complete(mfa_judge, enrolled_authenticator)
    lifetime = answer.get("expires_in")
    whole = isinstance(lifetime, int) and not isinstance(lifetime, bool) and lifetime > 0
    mfa_judge.holds(
        "expires_in: a whole number of seconds", repr(lifetime), when=whole, answer=answer
    )


@requirement("MFA-TOKEN-LIFETIME-DAY")
def test_tokens_last_a_day(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Ten minutes, as guides show them, are for managing one's authenticators."""
    answer = enrolled_authenticator.confirmation
    lifetime = answer.get("expires_in")
    mfa_judge.needs("a lifetime in seconds", when=isinstance(lifetime, int))
    mfa_judge.holds("expires_in: 86400", repr(lifetime), when=lifetime == DAY_S, answer=answer)


@requirement("MFA-TOKEN-ID-SIGNATURE")
def test_id_token_verifies(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """The id_token is signed with RS256 by a key of the tenant's JWKS."""
    answer = enrolled_authenticator.confirmation
    mfa_judge.verifies(answer, answer.secret("id_token"), auth0_tenant.jwks())


@requirement("MFA-TOKEN-ID-ISSUER")
def test_id_token_names_the_tenant(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """iss is the tenant's URL with a trailing slash, which verifiers compare to the letter."""
    answer = enrolled_authenticator.confirmation
    issuer = mfa_judge.claims(answer.secret("id_token")).get("iss")
    wanted = auth0_tenant.issuer
    mfa_judge.holds(f"iss {wanted}", str(issuer), when=issuer == wanted, answer=answer)


@requirement("MFA-TOKEN-ID-AUDIENCE")
def test_id_token_is_for_the_client(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """aud is the client that logged the user in."""
    answer = enrolled_authenticator.confirmation
    audience = mfa_judge.claims(answer.secret("id_token")).get("aud")
    wanted = auth0_tenant.application.client_id
    mfa_judge.holds(
        f"aud {wanted}", str(audience), when=audience in (wanted, [wanted]), answer=answer
    )


@requirement("MFA-TOKEN-ID-SUBJECT")
def test_id_token_names_the_user(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """sub is the user who logged in: as created, or as /userinfo tells."""
    answer = enrolled_authenticator.confirmation
    subject = mfa_judge.claims(answer.secret("id_token")).get("sub")
    wanted = enrolled_authenticator.user.user_id
    if wanted is None:
        wanted = auth0_tenant.client.userinfo(answer.secret("access_token")).text("sub")
    mfa_judge.holds(f"sub {wanted}", str(subject), when=subject == wanted, answer=answer)


@requirement("MFA-TOKEN-ID-TIMES")
def test_id_token_has_whole_times(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """iat and exp are whole seconds, iat now and exp later; verifiers refuse anything else."""
    answer = enrolled_authenticator.confirmation
    claims = mfa_judge.claims(answer.secret("id_token"))
    issued, expires = claims.get("iat"), claims.get("exp")
    now = int(enrolled_authenticator.user.clock.now())
    whole = type(issued) is int and type(expires) is int and expires > issued
    recent = isinstance(issued, int) and abs(issued - now) <= CLOCKS_APART_S
    mfa_judge.holds(
        "whole seconds, iat now and exp after it",
        f"iat {issued!r} and exp {expires!r} at {now}",
        when=whole and recent,
        answer=answer,
    )


@requirement("MFA-TOKEN-ID-NO-AMR")
def test_id_token_does_not_tell_the_method(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """With the MFA API the id_token has neither amr nor acr."""
    answer = enrolled_authenticator.confirmation
    claims = mfa_judge.claims(answer.secret("id_token"))
    told = [name for name in ("amr", "acr") if name in claims]
    mfa_judge.holds(
        "neither amr nor acr", ", ".join(told) or "neither", when=not told, answer=answer
    )


@requirement("MFA-TOKEN-ID-ON-REQUEST")
def test_id_token_comes_with_openid_only(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A login without the scope openid gives no id_token."""
    answer = _complete(mfa_judge, enrolled_authenticator, scope="profile")
    given = answer.get("id_token") is not None
    mfa_judge.holds("no id_token", answer.summary(), when=not given, answer=answer)


@requirement("MFA-TOKEN-REFRESH-ON-REQUEST")
def test_refresh_token_comes_with_offline_access_only(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A login without the scope offline_access gives no refresh token."""
    answer = enrolled_authenticator.confirmation
    given = answer.get("refresh_token") is not None
    mfa_judge.holds("no refresh_token", answer.summary(), when=not given, answer=answer)


@requirement("MFA-TOKEN-REFRESH")
def test_refresh_token_is_exchanged(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """With offline_access there is a refresh token, and it gives a new access token."""
    login = _complete(mfa_judge, enrolled_authenticator, scope="openid offline_access")
    answer = auth0_tenant.client.token(
        auth0_tenant.application,
        {"grant_type": "refresh_token", "refresh_token": login.secret("refresh_token")},
    )
    mfa_judge.conforms(answer, "token.refresh")


@requirement("MFA-TOKEN-REFRESH-INVALID")
def test_invented_refresh_token_is_refused(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A refresh token that the tenant did not issue gives nothing."""
    request = {"grant_type": "refresh_token", "refresh_token": "invented"}
    application = auth0_tenant.application
    mfa_judge.refuses(
        auth0_tenant.client.token(application, request), "error.invalid-refresh-token"
    )
    login = _complete(mfa_judge, enrolled_authenticator, scope="openid offline_access")
    request["refresh_token"] = login.secret("refresh_token")
    mfa_judge.control(auth0_tenant.client.token(application, request))


@requirement("MFA-TOKEN-AUDIENCE")
def test_access_token_is_good_for_the_audience(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """The API that was asked for with the password can verify the access token."""
    answer = _complete(mfa_judge, enrolled_authenticator, audience=auth0_tenant.audience)
    claims = mfa_judge.verifies(answer, answer.secret("access_token"), auth0_tenant.jwks())
    audience = claims.get("aud")
    named = audience if isinstance(audience, list) else [audience]
    mfa_judge.holds(
        f"aud with {auth0_tenant.audience}",
        str(audience),
        when=auth0_tenant.audience in named,
        answer=answer,
    )


@requirement("MFA-TOKEN-USERINFO")
def test_access_token_opens_userinfo(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """An access token with openid tells about the user who logged in, and about nobody else."""
    confirmation = enrolled_authenticator.confirmation
    answer = auth0_tenant.client.userinfo(confirmation.secret("access_token"))
    mfa_judge.conforms(answer, "userinfo")
    wanted = enrolled_authenticator.user.user_id
    if wanted is None:
        wanted = str(mfa_judge.claims(confirmation.secret("id_token")).get("sub"))
    subject = answer.get("sub")
    mfa_judge.holds(f"sub {wanted}", str(subject), when=subject == wanted, answer=answer)


@requirement("MFA-TOKEN-USERINFO-INVALID")
def test_invented_access_token_opens_nothing(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A token that the tenant did not issue is refused with 401."""
    answer = auth0_tenant.client.userinfo("invented")
    mfa_judge.refuses(answer)
    mfa_judge.holds("status 401", answer.summary(), when=answer.status == 401, answer=answer)
    token = enrolled_authenticator.confirmation.secret("access_token")
    mfa_judge.control(auth0_tenant.client.userinfo(token))
