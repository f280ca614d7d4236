"""The password grant: what interrupts a login, and what refuses it.

Source: https://auth0.com/docs/secure/multi-factor-authentication/authenticate-using-ropg-flow-with-mfa
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa import OMIT

if TYPE_CHECKING:
    from pytest_auth0_mfa import Judgement, Tenant, User

requirement = pytest.mark.requirement

INTERRUPTED = "mfa_required"
WRONG_PASSWORD = {"invalid_grant", "invalid_user_password"}
TOKENS = ("access_token", "id_token", "refresh_token")


@requirement("MFA-LOGIN-MFA-REQUIRED")
def test_password_grant_is_interrupted(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """A right password gives mfa_required with an mfa_token."""
    answer = auth0_tenant.password(auth0_user, grant_type="password", realm=OMIT)
    mfa_judge.conforms(answer, "error.mfa-required", besides=r"/(access|id|refresh)_token")


@requirement("MFA-LOGIN-REALM")
def test_password_realm_grant_is_interrupted(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """The same holds for the grant that names the connection."""
    answer = auth0_tenant.password(
        auth0_user,
        grant_type="http://auth0.com/oauth/grant-type/password-realm",
        realm=auth0_tenant.connection,
    )
    mfa_judge.accepts(
        answer,
        "a login with a realm",
        INTERRUPTED,
        unlike=lambda: auth0_tenant.password(auth0_user),
    )


@requirement("MFA-LOGIN-JSON-BODY")
def test_token_endpoint_reads_json(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """A login sent as JSON is read like one sent as a form."""
    answer = auth0_tenant.password(auth0_user, as_json=True)
    mfa_judge.accepts(
        answer,
        "a login sent as JSON",
        INTERRUPTED,
        unlike=lambda: auth0_tenant.password(auth0_user),
    )


@requirement("MFA-LOGIN-WRONG-PASSWORD")
def test_wrong_password_is_refused(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """A wrong password is refused as invalid_grant."""
    wrong = auth0_tenant.learn("not-the-password", "password")
    mfa_judge.refuses(auth0_tenant.password(auth0_user, password=wrong), "error.wrong-password")
    mfa_judge.control(auth0_tenant.password(auth0_user), INTERRUPTED)


@requirement("MFA-LOGIN-UNKNOWN-USER")
def test_unknown_user_looks_like_a_wrong_password(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """Nobody can learn from the answer whether a user exists."""
    wrong = auth0_tenant.learn("not-the-password", "password")
    known = auth0_tenant.password(auth0_user, password=wrong)
    unknown = auth0_tenant.password(auth0_user, username=f"nobody.{auth0_user.email}")
    mfa_judge.needs("a refusal of wrong passwords", when=known.error in WRONG_PASSWORD)
    mfa_judge.refuses(unknown)
    mfa_judge.holds(
        f"the answer to a wrong password: {known.summary()}",
        unknown.summary(),
        when=(known.status, known.body) == (unknown.status, unknown.body),
        answer=unknown,
    )
    mfa_judge.control(auth0_tenant.password(auth0_user), INTERRUPTED)


@requirement("MFA-LOGIN-UNKNOWN-AUDIENCE")
def test_unknown_audience_is_refused(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """An audience that is not registered is refused."""
    answer = auth0_tenant.password(auth0_user, audience="https://no-such-api.example/")
    mfa_judge.refuses(answer, "error.invalid-audience")
    mfa_judge.control(auth0_tenant.password(auth0_user), INTERRUPTED)


@requirement("MFA-LOGIN-MISSING-USERNAME")
def test_login_needs_a_username(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """Without a username the request is invalid."""
    answer = auth0_tenant.password(auth0_user, username=OMIT)
    mfa_judge.refuses(answer, "error.missing-parameter")
    mfa_judge.control(auth0_tenant.password(auth0_user), INTERRUPTED)


@requirement("MFA-LOGIN-MISSING-PASSWORD")
def test_login_needs_a_password(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """Without a password the request is invalid."""
    answer = auth0_tenant.password(auth0_user, password=OMIT)
    mfa_judge.refuses(answer, "error.missing-parameter")
    mfa_judge.control(auth0_tenant.password(auth0_user), INTERRUPTED)


@requirement("MFA-LOGIN-MISSING-GRANT")
def test_login_needs_a_grant_type(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """Without a grant type the request is invalid."""
    answer = auth0_tenant.password(auth0_user, grant_type=OMIT)
    mfa_judge.refuses(answer, "error.missing-parameter")
    mfa_judge.control(auth0_tenant.password(auth0_user), INTERRUPTED)


@requirement("MFA-LOGIN-UNSUPPORTED-GRANT")
def test_unknown_grant_is_refused(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """A grant type that nobody defined is refused."""
    answer = auth0_tenant.password(auth0_user, grant_type="urn:example:no-such-grant")
    mfa_judge.refuses(answer, "error.unsupported-grant")
    mfa_judge.control(auth0_tenant.password(auth0_user), INTERRUPTED)


@requirement("MFA-LOGIN-FRESH-TOKEN")
def test_each_login_gets_its_own_token(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """Two logins of one user have different mfa_tokens."""
    first, second = (auth0_tenant.login(auth0_user).mfa_token for _ in range(2))
    same = "equal" if first == second else "different"
    mfa_judge.holds("two logins: different mfa_tokens", same, when=first != second)


@requirement("MFA-LOGIN-NO-TOKENS")
def test_interrupted_login_gives_no_tokens(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """Nothing that grants access comes before the second factor."""
    answer = auth0_tenant.password(auth0_user)
    mfa_judge.control(answer, INTERRUPTED)
    early = [name for name in TOKENS if answer.get(name) is not None]
    mfa_judge.holds("no tokens yet", ", ".join(early) or "none", when=not early, answer=answer)


@requirement("MFA-LOGIN-TOKEN-PLAIN")
def test_token_survives_a_form_without_encoding(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """The documentation's commands put the mfa_token into a form as it is."""
    token = auth0_tenant.login(auth0_user).mfa_token
    special = sorted(set(re.findall(r"[+/=&%\s]", token)))
    mfa_judge.holds(
        "an mfa_token without + / = & % and blanks",
        " ".join(special) or "none of them",
        when=not special,
    )


@requirement("MFA-LOGIN-PUBLIC-CLIENT")
def test_public_client_logs_in(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """An application without a secret enrolls and completes a login."""
    public = auth0_tenant.public_application
    answer = auth0_tenant.password(auth0_user, application=public)
    mfa_judge.accepts(
        answer,
        "a login by a public client",
        INTERRUPTED,
        unlike=lambda: auth0_tenant.password(auth0_user),
    )
    enrollment = auth0_tenant.associate("otp", auth0_user, application=public)
    mfa_judge.accepts(
        enrollment.verify(enrollment.code()),
        "its second factor",
        unlike=lambda: auth0_tenant.enroll().confirmation,
    )
