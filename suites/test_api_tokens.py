"""What an access token for a registered API says, which the API goes by.

Source: https://auth0.com/docs/secure/tokens/access-tokens/access-token-profiles
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa import Answer, EnrolledAuthenticator, Judgement, Tenant

requirement = pytest.mark.requirement

ROUNDED_S = 1


def _access(
    judge: Judgement, tenant: Tenant, enrolled: EnrolledAuthenticator
) -> tuple[Answer, Mapping[str, object]]:
    """A completed login for the API, and the claims of its access token."""
    answer = enrolled.complete_login(audience=tenant.audience)
    judge.control(answer)
    claims = judge.claims(answer.secret("access_token"))
    judge.needs("an access token that is a JWT", when=bool(claims))
    return answer, claims


@requirement("MFA-TOKEN-API-ISSUER")
def test_access_token_names_the_tenant(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """An API that trusts several tenants learns which one speaks."""
    answer, claims = _access(mfa_judge, auth0_tenant, enrolled_authenticator)
    issuer, wanted = claims.get("iss"), auth0_tenant.issuer
    mfa_judge.holds(f"iss {wanted}", str(issuer), when=issuer == wanted, answer=answer)


@requirement("MFA-TOKEN-API-SUBJECT")
def test_access_token_names_the_user(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """The API lets in the user who logged in, and nobody else: as created, or as the id_token."""
    answer, claims = _access(mfa_judge, auth0_tenant, enrolled_authenticator)
    wanted = enrolled_authenticator.user.user_id
    if wanted is None:
        wanted = str(mfa_judge.claims(answer.secret("id_token")).get("sub"))
    subject = claims.get("sub")
    mfa_judge.holds(f"sub {wanted}", str(subject), when=subject == wanted, answer=answer)


@requirement("MFA-TOKEN-API-TIMES")
def test_access_token_ends_when_it_is_said_to(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """The client renews the token by expires_in, the API refuses it by exp."""
    answer, claims = _access(mfa_judge, auth0_tenant, enrolled_authenticator)
    issued, expires, lifetime = claims.get("iat"), claims.get("exp"), answer.get("expires_in")
    mfa_judge.needs("a lifetime in seconds", when=isinstance(lifetime, int))
    numbers = isinstance(issued, int) and isinstance(expires, int) and isinstance(lifetime, int)
    agree = numbers and abs(expires - issued - lifetime) <= ROUNDED_S  # type: ignore[operator]
    mfa_judge.holds(
        f"exp {lifetime} seconds after iat",
        f"iat {issued!r}, exp {expires!r}",
        when=agree,
        answer=answer,
    )
