"""The commands that the guides print, sent to the letter: order, blanks, encoding, headers.

`curl --data` sends what it is given without encoding it, joins several with `&`, and names a form
as content type where the command names none. Placeholders in braces are filled in; to add a
factor, add its commands.

Source: https://auth0.com/docs/secure/multi-factor-authentication/authenticate-using-ropg-flow-with-mfa
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_auth0_mfa import (
        Answer,
        EnrolledAuthenticator,
        Enrollment,
        Inbox,
        Judgement,
        Login,
        Tenant,
        User,
    )

requirement = pytest.mark.requirement

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
TOKEN = "/oauth/token"  # noqa: S105 - a path
GRANT = "grant_type=http://auth0.com/oauth/grant-type/"
CLIENT = "client_id={client_id}&client_secret={client_secret}"
BROKEN_BY = "&+%#"

LOGIN = (
    f"grant_type=password&username={{username}}&password={{password}}&{CLIENT}"
    "&audience={audience}&scope=openid profile read:sample"
)

BY_PHONE = (
    '{{ "authenticator_types": ["oob"], "oob_channels": ["{channel}"],'
    ' "phone_number": "{address}" }}'
)
ASSOCIATE = {
    "otp": '{{ "authenticator_types": ["otp"] }}',
    "sms": BY_PHONE,
    "voice": BY_PHONE,
    "email": (
        '{{ "authenticator_types": ["oob"], "oob_channels": ["{channel}"], "email" : "{address}" }}'
    ),
    "push": '{{ "authenticator_types": ["oob"], "oob_channels": ["auth0"] }}',
}

PUSH = f"{GRANT}mfa-oob&{CLIENT}&mfa_token={{mfa_token}}&oob_code={{oob_code}}"
OOB = f"{PUSH}&binding_code={{code}}"
CONFIRM = {
    "otp": f"{GRANT}mfa-otp&client_id={{client_id}}&mfa_token={{mfa_token}}"
    "&client_secret={client_secret}&otp={code}",
    "sms": OOB,
    "voice": OOB,
    "email": f"{GRANT}mfa-oob&mfa_token={{mfa_token}}&oob_code={{oob_code}}&binding_code={{code}}"
    f"&{CLIENT}",
    "push": PUSH,
}
WITH_BEARER = {"sms", "voice", "push"}
"""Factors whose command to confirm repeats the mfa_token in a header."""

VERIFY = {
    "otp": f"{GRANT}mfa-otp&{CLIENT}&mfa_token={{mfa_token}}&otp={{code}}",
    "sms": OOB,
    "voice": OOB,
    "email": OOB,
    "push": PUSH,
    "recovery-code": f"{GRANT}mfa-recovery-code&{CLIENT}&mfa_token={{mfa_token}}"
    "&recovery_code={code}",
}

CHALLENGE = (
    '{{ "client_id": "{client_id}",  "client_secret": "{client_secret}", "challenge_type": "oob",'
    ' "authenticator_id": "{authenticator_id}", "mfa_token": "{mfa_token}" }}'
)


def _filled(judge: Judgement, tenant: Tenant, command: str, **values: str) -> str:
    """The body of a command, its placeholders filled in."""
    application = tenant.confidential_application
    client_secret = str(application.client_secret)
    known = {"client_id": application.client_id, "client_secret": client_secret, **values}
    used = [value for name, value in known.items() if f"{{{name}}}" in command]
    plain = command.startswith("{") or not any(set(BROKEN_BY) & set(value) for value in used)
    judge.needs("values that a form carries without encoding", when=plain)
    return command.format(**known)


@requirement("MFA-SAMPLE-LOGIN")
def test_login_as_printed(mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User) -> None:
    """The command that begins a login; its scope holds blanks, and one that no API defines."""
    if auth0_tenant.access.realm_needed:
        pytest.skip("the printed login names no realm: the tenant needs a default directory")
    audience = auth0_tenant.audience
    values = {"username": auth0_user.email, "password": auth0_user.password, "audience": audience}
    text = _filled(mfa_judge, auth0_tenant, LOGIN, **values)
    mfa_judge.accepts(
        auth0_tenant.client.send_text("POST", TOKEN, text, content_type=FORM),
        "the guide's login",
        "mfa_required",
        unlike=lambda: auth0_tenant.password(auth0_user, audience=audience),
    )


@requirement("MFA-SAMPLE-ASSOCIATE")
def test_association_as_printed(
    mfa_judge: Judgement,
    auth0_tenant: Tenant,
    inbox: Inbox,
    mfa_factor: str,
    mfa_login: Login,
) -> None:
    """The command that enrolls, with the blanks in its JSON."""
    named = "{address}" in ASSOCIATE[mfa_factor]
    place = {"channel": mfa_factor, "address": inbox.address} if named else {}
    text = _filled(mfa_judge, auth0_tenant, ASSOCIATE[mfa_factor], **place)
    mfa_judge.accepts(
        auth0_tenant.client.send_text(
            "POST", "/mfa/associate", text, content_type=JSON, bearer=mfa_login.mfa_token
        ),
        "the guide's association",
        unlike=lambda: auth0_tenant.associate(mfa_factor).answer,
    )


@requirement("MFA-SAMPLE-CONFIRM")
def test_confirmation_as_printed(
    mfa_judge: Judgement, auth0_tenant: Tenant, mfa_enrollment: Enrollment
) -> None:
    """The command that confirms, its form unencoded."""
    factor, login = mfa_enrollment.factor, mfa_enrollment.login
    values = {"mfa_token": login.mfa_token, "code": mfa_enrollment.code() or ""}
    if mfa_enrollment.out_of_band:
        values["oob_code"] = mfa_enrollment.answer.secret("oob_code")
    text = _filled(mfa_judge, auth0_tenant, CONFIRM[factor], **values)
    bearer = login.mfa_token if factor in WITH_BEARER else None
    mfa_judge.accepts(
        auth0_tenant.client.send_text("POST", TOKEN, text, content_type=FORM, bearer=bearer),
        "the guide's confirmation",
        unlike=lambda: _confirmed(auth0_tenant, factor),
    )


def _confirmed(tenant: Tenant, factor: str) -> Answer:
    """Another user's confirmation, encoded; its bearer is judged elsewhere and sent as well."""
    enrollment = tenant.associate(factor)
    bearer = {"Authorization": f"Bearer {enrollment.login.mfa_token}"}
    headers = bearer if factor in WITH_BEARER else None
    return enrollment.verify(enrollment.code(), headers=headers)


@requirement("MFA-SAMPLE-LIST")
def test_list_as_printed(mfa_judge: Judgement, auth0_tenant: Tenant, mfa_login: Login) -> None:
    """The command that lists names a content type although it sends nothing."""
    mfa_judge.accepts(
        auth0_tenant.client.send_text(
            "GET", "/mfa/authenticators", "", content_type=JSON, bearer=mfa_login.mfa_token
        ),
        "the guide's list",
        unlike=mfa_login.authenticators,
    )


@requirement("MFA-SAMPLE-CHALLENGE")
def test_challenge_as_printed(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """The command that challenges, as JSON."""
    login, challenge = enrolled_authenticator.login(), enrolled_authenticator.challenge
    text = _challenge(mfa_judge, auth0_tenant, enrolled_authenticator, login)
    answer = auth0_tenant.client.send_text("POST", "/mfa/challenge", text, content_type=JSON)
    mfa_judge.accepts(answer, "the guide's challenge", unlike=lambda: challenge(login))


@requirement("MFA-SAMPLE-CHALLENGE-UNTYPED")
def test_challenge_without_content_type_as_printed(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """The command names no content type, so that curl sends its JSON as a form."""
    login, challenge = enrolled_authenticator.login(), enrolled_authenticator.challenge
    text = _challenge(mfa_judge, auth0_tenant, enrolled_authenticator, login)
    answer = auth0_tenant.client.send_text("POST", "/mfa/challenge", text, content_type=FORM)
    mfa_judge.accepts(
        answer,
        "the guide's challenge, its JSON labelled as a form",
        unlike=lambda: challenge(login),
    )


def _challenge(
    judge: Judgement, tenant: Tenant, enrolled: EnrolledAuthenticator, login: Login
) -> str:
    """The body of the printed challenge, with the values of this login."""
    values = {"authenticator_id": enrolled.id, "mfa_token": login.mfa_token}
    return _filled(judge, tenant, CHALLENGE, **values)


@requirement("MFA-SAMPLE-VERIFY")
def test_verification_as_printed(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """The command that completes a login, its form unencoded."""
    login = enrolled_authenticator.login()
    values = {"mfa_token": str(login.mfa_token)}
    if enrolled_authenticator.out_of_band:
        values["oob_code"] = enrolled_authenticator.challenge(login).secret("oob_code")
    values["code"] = enrolled_authenticator.code(login) or ""
    text = _filled(mfa_judge, auth0_tenant, VERIFY[enrolled_authenticator.factor], **values)
    mfa_judge.accepts(
        auth0_tenant.client.send_text("POST", TOKEN, text, content_type=FORM),
        "the guide's verification",
        # Another user, for a recovery code may be used up even where it was refused.
        unlike=lambda: auth0_tenant.enroll(enrolled_authenticator.factor).complete_login(),
    )
