"""Deletion of an authenticator: `DELETE /mfa/authenticators/{id}`.

Source: https://auth0.com/docs/api/authentication/multi-factor-authentication/delete-authenticator
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
        Tenant,
    )

requirement = pytest.mark.requirement

UNKNOWN_ID = "totp|dev_0000000000000000"
TYPES = ("oob", "otp")
WITHOUT_REMOVAL = "enroll read:authenticators"


def _ids(answer: Answer) -> list[object]:
    return [item.get("id") for item in answer.items()]


def _delete_confirmed(tenant: Tenant, factor: str) -> Answer:
    """Delete the confirmed authenticator of a user of its own."""
    enrolled = tenant.enroll(factor)
    return tenant.client.delete_authenticator(tenant.mfa_access_token(enrolled), enrolled.id)


@requirement("MFA-DELETE-RESPONSE")
def test_authenticator_is_deleted(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Deletion answers 204 without a body."""
    token = auth0_tenant.mfa_access_token(enrolled_authenticator)
    answer = auth0_tenant.client.delete_authenticator(token, enrolled_authenticator.id)
    mfa_judge.conforms(answer, "authenticator.deleted")


@requirement("MFA-DELETE-GONE")
def test_deleted_authenticator_is_gone(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A deleted authenticator is no longer listed and its codes no longer count."""
    before = enrolled_authenticator.login()
    token = auth0_tenant.mfa_access_token(enrolled_authenticator)
    identifier = enrolled_authenticator.id
    if enrolled_authenticator.out_of_band:
        code = enrolled_authenticator.code(before)
    mfa_judge.control(auth0_tenant.client.delete_authenticator(token, identifier))
    login = enrolled_authenticator.login()
    answer = login.authenticators()
    listed = answer.body != [] and identifier in _ids(answer)
    mfa_judge.holds("no longer listed", f"listed: {listed}", when=not listed, answer=answer)
    if not enrolled_authenticator.out_of_band:
        code = enrolled_authenticator.code(before)
    mfa_judge.refuses(enrolled_authenticator.verify(before, code))


@requirement("MFA-DELETE-UNCONFIRMED")
def test_unconfirmed_authenticator_is_deleted(
    mfa_judge: Judgement, auth0_tenant: Tenant, mfa_enrollment: Enrollment
) -> None:
    """An enrollment that nobody finished can be removed."""
    token = auth0_tenant.unenrolled_access_token(mfa_enrollment.user)
    identifier = mfa_enrollment.entry()["id"]
    answer = auth0_tenant.client.delete_authenticator(token, str(identifier))
    mfa_judge.accepts(
        answer,
        "deletion of an unconfirmed authenticator",
        unlike=lambda: _delete_confirmed(auth0_tenant, mfa_enrollment.factor),
    )
    after = auth0_tenant.client.authenticators(token)
    gone = identifier not in _ids(after)
    mfa_judge.holds("no longer listed", f"listed: {not gone}", when=gone, answer=after)


@requirement("MFA-DELETE-REENROLL")
def test_user_enrolls_again_after_the_last_deletion(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Who has removed the last authenticator enrolls again at the next login."""
    token = auth0_tenant.mfa_access_token(enrolled_authenticator)
    deleted = auth0_tenant.client.delete_authenticator(token, enrolled_authenticator.id)
    mfa_judge.control(deleted)
    login = enrolled_authenticator.login()
    left = [item for item in login.authenticators().items() if item.get("active") is True]
    mfa_judge.needs("a list without active authenticators", when=not left)
    answer = enrolled_authenticator.associate(login)
    mfa_judge.accepts(
        answer,
        "an association after the last deletion",
        unlike=lambda: auth0_tenant.associate(enrolled_authenticator.factor).answer,
    )


@requirement("MFA-DELETE-UNKNOWN")
def test_unknown_id_is_refused(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """An id that nobody has is not found."""
    token = auth0_tenant.mfa_access_token(enrolled_authenticator)
    delete = auth0_tenant.client.delete_authenticator
    mfa_judge.refuses(delete(token, UNKNOWN_ID), "error.unknown-authenticator")
    mfa_judge.control(delete(token, enrolled_authenticator.id))


@requirement("MFA-DELETE-FOREIGN")
def test_foreign_authenticator_stays(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Nobody deletes the authenticator of another user."""
    victim = auth0_tenant.enroll()
    token = auth0_tenant.mfa_access_token(enrolled_authenticator)
    identifier = victim.id
    delete = auth0_tenant.client.delete_authenticator
    mfa_judge.refuses(delete(token, identifier))
    answer = victim.login().authenticators()
    listed = identifier in _ids(answer)
    mfa_judge.holds("still listed", f"listed: {listed}", when=listed, answer=answer)
    mfa_judge.control(delete(token, enrolled_authenticator.id))


@requirement("MFA-DELETE-MFA-TOKEN")
def test_mfa_token_does_not_delete(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A stolen password, which is enough for an mfa_token, must not remove a factor."""
    identifier, delete = enrolled_authenticator.id, auth0_tenant.client.delete_authenticator
    weak = enrolled_authenticator.login().mfa_token
    mfa_judge.refuses(delete(weak, identifier), "error.insufficient-scope", "error.invalid-bearer")
    mfa_judge.control(delete(auth0_tenant.mfa_access_token(enrolled_authenticator), identifier))


@requirement("MFA-DELETE-SCOPE")
def test_deletion_needs_its_scope(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """An access token without remove:authenticators removes nothing."""
    identifier, delete = enrolled_authenticator.id, auth0_tenant.client.delete_authenticator
    weak = auth0_tenant.mfa_access_token(enrolled_authenticator, WITHOUT_REMOVAL)
    mfa_judge.refuses(delete(weak, identifier), "error.insufficient-scope")
    mfa_judge.control(delete(auth0_tenant.mfa_access_token(enrolled_authenticator), identifier))


@requirement("MFA-DELETE-NO-BEARER")
def test_deletion_needs_a_bearer(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Nobody deletes without a token."""
    identifier, delete = enrolled_authenticator.id, auth0_tenant.client.delete_authenticator
    mfa_judge.refuses(delete(None, identifier), "error.missing-bearer")
    mfa_judge.control(delete(auth0_tenant.mfa_access_token(enrolled_authenticator), identifier))


@requirement("MFA-DELETE-BAD-BEARER")
def test_deletion_refuses_an_invented_token(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A token that the tenant did not issue deletes nothing."""
    identifier, delete = enrolled_authenticator.id, auth0_tenant.client.delete_authenticator
    mfa_judge.refuses(delete("invented", identifier), "error.invalid-bearer")
    mfa_judge.control(delete(auth0_tenant.mfa_access_token(enrolled_authenticator), identifier))


@requirement("MFA-DELETE-TWIN")
def test_deletion_takes_the_other_channel_along(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A phone that was removed gets neither messages nor calls any more."""
    twin = enrolled_authenticator.twin
    auth0_tenant.needs_factor(twin)
    enrolled_authenticator.entry(twin)
    token = auth0_tenant.mfa_access_token(enrolled_authenticator)
    deleted = auth0_tenant.client.delete_authenticator(token, enrolled_authenticator.id)
    mfa_judge.control(deleted)
    answer = enrolled_authenticator.login().authenticators()
    left = [item for item in answer.items() if item.get("oob_channel") == twin]
    mfa_judge.holds(f"no entry for {twin}", f"{len(left)} of them", when=not left, answer=answer)


@requirement("MFA-DELETE-COMPANION")
def test_deletion_takes_both_entries_of_a_device_along(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A device that was lost neither answers prompts nor shows passwords any more."""
    other = auth0_tenant.enroll(enrolled_authenticator.factor)
    for enrolled, deleted in ((enrolled_authenticator, "oob"), (other, "otp")):
        token = auth0_tenant.mfa_access_token(enrolled)
        identifier = enrolled.id if deleted == "oob" else enrolled.entry("otp")["id"]
        enrolled.entry("otp")
        mfa_judge.control(auth0_tenant.client.delete_authenticator(token, str(identifier)))
        answer = auth0_tenant.client.authenticators(token)
        left = [item for item in answer.items() if item.get("authenticator_type") in TYPES]
        mfa_judge.holds(
            f"neither entry after that of type {deleted} was deleted",
            f"{len(left)} of them",
            when=not left,
            answer=answer,
        )


@requirement("MFA-DELETE-VERIFIED-EMAIL")
def test_verified_address_is_not_deleted(
    mfa_judge: Judgement,
    auth0_tenant: Tenant,
    inbox: Inbox,
    enrolled_authenticator: EnrolledAuthenticator,
) -> None:
    """What the user never enrolled cannot be removed; what was enrolled can."""
    delete = auth0_tenant.client.delete_authenticator
    user = auth0_tenant.new_user(verified_email=inbox.address)
    token = auth0_tenant.unenrolled_access_token(user)
    before = auth0_tenant.client.authenticators(token).items()
    identifiers = [str(item["id"]) for item in before if item.get("oob_channel") == "email"]
    mfa_judge.needs("a tenant that lists verified addresses", when=bool(identifiers))
    mfa_judge.refuses(delete(token, identifiers[0]))
    answer = auth0_tenant.client.authenticators(token)
    listed = identifiers[0] in _ids(answer)
    mfa_judge.holds("still listed", f"listed: {listed}", when=listed, answer=answer)
    own = auth0_tenant.mfa_access_token(enrolled_authenticator)
    mfa_judge.control(delete(own, enrolled_authenticator.id))
