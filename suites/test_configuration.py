"""What an administrator has configured: factors that are off, customized MFA, blocked users.

Source: https://auth0.com/docs/secure/multi-factor-authentication
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa import EnrolledAuthenticator, Inbox, Judgement, Tenant, User

requirement = pytest.mark.requirement

INTERRUPTED = "mfa_required"
JUDGED_APART = r"(?!/mfa_requirements).*"
KINDS = {
    "otp": "otp",
    "sms": "phone",
    "voice": "phone",
    "email": "email",
    "recovery-code": "recovery-code",
}
"""Factor -> its kind, where MFA is customized."""
OTHER_CHANNEL = {"sms": "voice", "voice": "sms"}
NEVER_ENROLLED = {"email", "recovery-code"}


@requirement("MFA-CONFIG-ENROLL-OFF")
def test_factor_that_is_off_is_not_enrolled(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User, mfa_factor: str, inbox: Inbox
) -> None:
    """What the administrator does not offer nobody can enroll."""
    auth0_tenant.switch(auth0_user, mfa_factor, enabled=False)
    mfa_judge.refuses(auth0_tenant.associate(mfa_factor, auth0_user, inbox).answer)
    auth0_tenant.switch(auth0_user, mfa_factor, enabled=True)
    mfa_judge.control(auth0_tenant.associate(mfa_factor, auth0_user, inbox).answer)


@requirement("MFA-CONFIG-ONE-CHANNEL")
def test_phone_has_no_entry_for_a_channel_that_is_off(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User, mfa_factor: str, inbox: Inbox
) -> None:
    """Where nobody can be called a phone is listed for text messages alone, or the reverse."""
    other = OTHER_CHANNEL[mfa_factor]
    auth0_tenant.switch(auth0_user, other, enabled=False)
    enrollment = auth0_tenant.associate(mfa_factor, auth0_user, inbox)
    mfa_judge.needs("an association", when=enrollment.answer.accepted)
    answer = enrollment.login.authenticators()
    # Entries that somebody else has too are another requirement's affair.
    elsewhere = {item.get("id") for item in auth0_tenant.enroll().login().authenticators().items()}
    channels = [item.get("oob_channel") for item in answer.items()]
    mfa_judge.needs(f"a list with the entry for {mfa_factor}", when=mfa_factor in channels)
    listed = [item for item in answer.items() if item.get("oob_channel") == other]
    own = [item for item in listed if item.get("id") not in elsewhere]
    mfa_judge.holds(f"no entry for {other}", f"{len(own)} of them", when=not own, answer=answer)


@requirement("MFA-CONFIG-CHALLENGE-OFF")
def test_factor_that_is_off_is_not_challenged(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """What the administrator does not offer any more proves nothing any more."""
    user, factor = enrolled_authenticator.user, enrolled_authenticator.factor
    login, identifier = enrolled_authenticator.login(), enrolled_authenticator.id
    auth0_tenant.switch(user, factor, enabled=False)
    mfa_judge.refuses(enrolled_authenticator.challenge(login, authenticator_id=identifier))
    auth0_tenant.switch(user, factor, enabled=True)
    mfa_judge.control(enrolled_authenticator.challenge(login, authenticator_id=identifier))


@requirement("MFA-CONFIG-RECOVERY-ISSUED")
def test_no_recovery_code_where_they_are_off(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User, mfa_factor: str, inbox: Inbox
) -> None:
    """Where the administrator offers no recovery codes the first association brings none."""
    auth0_tenant.switch(auth0_user, "recovery-code", enabled=False)
    answer = auth0_tenant.associate(mfa_factor, auth0_user, inbox).answer
    mfa_judge.control(answer)
    codes = answer.get("recovery_codes")
    mfa_judge.holds("no recovery_codes", answer.summary(), when=codes is None, answer=answer)


@requirement("MFA-CONFIG-RECOVERY-REFUSED")
def test_recovery_code_is_refused_where_they_are_off(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A recovery code opens nothing any more once the administrator offers none."""
    mfa_judge.control(enrolled_authenticator.complete_login())
    auth0_tenant.switch(enrolled_authenticator.user, "recovery-code", enabled=False)
    mfa_judge.refuses(enrolled_authenticator.complete_login())


@requirement("MFA-CONFIG-EMAIL-ALONE")
def test_verified_address_alone_is_no_factor(
    mfa_judge: Judgement, auth0_tenant: Tenant, inbox: Inbox
) -> None:
    """Who has nothing but a verified address may enroll a first factor."""
    user, audience = auth0_tenant.new_user(inbox.address), auth0_tenant.mfa_audience
    plain = auth0_tenant.password(user)
    mfa_judge.needs("a second factor for other tokens", when=plain.error == INTERRUPTED)
    mfa_judge.accepts(
        auth0_tenant.password(user, audience=audience, scope="enroll"),
        "access to the MFA audience with a verified address alone",
        unlike=lambda: auth0_tenant.password(
            auth0_tenant.new_user(), audience=audience, scope="enroll"
        ),
    )


@requirement("MFA-REQUIREMENTS-CHALLENGE")
def test_login_names_what_can_be_challenged(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A client learns from the interrupted login how the user can go on."""
    answer, told = auth0_tenant.mfa_requirements(enrolled_authenticator.user)
    mfa_judge.conforms(answer, "error.mfa-required", besides=JUDGED_APART)
    kinds, wanted = _kinds(told, "challenge"), KINDS[enrolled_authenticator.factor]
    mfa_judge.holds(f"{wanted} under challenge", str(kinds), when=wanted in kinds, answer=answer)


@requirement("MFA-REQUIREMENTS-ENROLL")
def test_login_names_what_can_be_enrolled(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """A client learns from the interrupted login what a user without factors may enroll."""
    answer, told = auth0_tenant.mfa_requirements(auth0_user)
    mfa_judge.conforms(answer, "error.mfa-required", besides=JUDGED_APART)
    kinds = _kinds(told, "enroll")
    mfa_judge.holds("at least one kind under enroll", str(kinds), when=bool(kinds), answer=answer)
    odd = NEVER_ENROLLED.intersection(kinds)
    mfa_judge.holds(
        "neither email nor recovery-code under enroll", str(kinds), when=not odd, answer=answer
    )


@requirement("MFA-REQUIREMENTS-LIST")
def test_list_names_kinds(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A client finds in the list which authenticator is of the kind that it was told."""
    auth0_tenant.mfa_requirements(enrolled_authenticator.user)
    answer = enrolled_authenticator.login().authenticators()
    own, wanted = enrolled_authenticator.id, KINDS[enrolled_authenticator.factor]
    kinds = [entry.get("type") for entry in answer.items() if entry.get("id") == own]
    mfa_judge.holds(f"type {wanted}", str(kinds), when=kinds == [wanted], answer=answer)


def _kinds(told: Mapping[str, object], member: str) -> list[object]:
    """The kinds that the requirements of a login list under `challenge` or `enroll`."""
    listed = told.get(member)
    items = listed if isinstance(listed, list) else []
    return [item.get("type") for item in items if isinstance(item, dict)]


@requirement("MFA-BLOCKED-LOGIN")
def test_blocked_user_does_not_log_in(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """The right password does not help whom the administrator has blocked."""
    auth0_user.configuration.block(blocked=True)
    mfa_judge.refuses(auth0_tenant.password(auth0_user), "error.blocked-user")
    auth0_user.configuration.block(blocked=False)
    mfa_judge.control(auth0_tenant.password(auth0_user), INTERRUPTED)


@requirement("MFA-BLOCKED-VERIFY")
def test_user_blocked_meanwhile_gets_no_tokens(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A block holds at once, also between the password and the code."""
    configuration, login = enrolled_authenticator.user.configuration, enrolled_authenticator.login()
    code = enrolled_authenticator.code(login)
    configuration.block(blocked=True)
    mfa_judge.refuses(enrolled_authenticator.verify(login, code))
    configuration.block(blocked=False)
    mfa_judge.control(enrolled_authenticator.complete_login())
