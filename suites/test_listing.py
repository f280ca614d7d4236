"""The list of a user's authenticators: `GET /mfa/authenticators`.

Source: https://auth0.com/docs/secure/multi-factor-authentication/manage-mfa-auth0-apis/manage-authenticator-factors-mfa-api
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa import (
        EnrolledAuthenticator,
        Enrollment,
        Inbox,
        Judgement,
        Login,
        Tenant,
        User,
    )

requirement = pytest.mark.requirement

EXPIRED_S = 601
ID_PLACE = r"/\d+/id"
SHOWN = 4
DEVICE_NAME = "Phone of the tests"
PREFIXES = {"otp": "totp"}
"""Factor -> prefix of its ids where that is not its name."""


@requirement("MFA-LIST-EMPTY")
def test_new_user_has_an_empty_list(mfa_judge: Judgement, mfa_login: Login) -> None:
    """A user without authenticators gets an empty array, not an error.

    A verified address of the user may stand in it, where e-mail is a factor.
    """
    answer = mfa_login.authenticators()
    entries = answer.body if answer.accepted and isinstance(answer.body, list) else [None]
    enrolled = [entry for entry in entries if not _is_by_email(entry)]
    mfa_judge.holds("[]", answer.summary(), when=not enrolled, answer=answer)


@requirement("MFA-LIST-ITEM")
def test_entries_have_the_recorded_fields(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Each entry has id, type and state, and nothing that belongs to another factor."""
    answer = enrolled_authenticator.login().authenticators()
    # Of an id that is there the form is judged apart.
    named = all(isinstance(item.get("id"), str) for item in answer.items())
    mfa_judge.conforms(answer, "authenticators", besides=ID_PLACE if named else "")
    entries = enrolled_authenticator.entries(answer)
    mfa_judge.holds(
        f"an entry for {enrolled_authenticator.factor}",
        f"{len(entries)} of {len(answer.items())} entries",
        when=bool(entries),
        answer=answer,
    )


@requirement("MFA-LIST-ID")
def test_ids_have_the_recorded_form(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """An id is a prefix for the kind, a bar, dev_ and sixteen letters or digits."""
    factor = enrolled_authenticator.factor
    prefix = PREFIXES.get(factor, factor)
    form = re.compile(rf"{prefix}\|dev_[A-Za-z0-9]{{16}}")
    identifier = enrolled_authenticator.id
    mfa_judge.holds(
        f"{prefix}|dev_ and 16 letters or digits",
        identifier,
        when=form.fullmatch(identifier) is not None,
    )


@requirement("MFA-LIST-OWN")
def test_list_holds_own_authenticators_only(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """What other users enrolled is never listed."""
    other = auth0_tenant.enroll()
    theirs = {item.get("id") for item in other.login().authenticators().items()} - {None}
    answer = enrolled_authenticator.login().authenticators()
    shared = [item.get("id") for item in answer.items() if item.get("id") in theirs]
    mfa_judge.holds(
        "no entry of another user", f"{len(shared)} of them", when=not shared, answer=answer
    )


@requirement("MFA-LIST-ONCE")
def test_nothing_is_listed_twice(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """An id names one authenticator, whatever else was enrolled."""
    answer = enrolled_authenticator.login().authenticators()
    ids = [item.get("id") for item in answer.items()]
    mfa_judge.needs("a list with entries", when=bool(ids))
    twice = len(ids) - len(set(ids))
    mfa_judge.holds("every id once", f"{twice} of {len(ids)} again", when=not twice, answer=answer)


@requirement("MFA-LIST-NO-BEARER")
def test_listing_needs_a_bearer(
    mfa_judge: Judgement, auth0_tenant: Tenant, mfa_login: Login
) -> None:
    """Nobody lists without a token."""
    mfa_judge.refuses(auth0_tenant.client.authenticators(None), "error.missing-bearer")
    mfa_judge.control(mfa_login.authenticators())


@requirement("MFA-LIST-BAD-BEARER")
def test_listing_refuses_an_invented_token(
    mfa_judge: Judgement, auth0_tenant: Tenant, mfa_login: Login
) -> None:
    """A token that the tenant did not issue lists nothing."""
    mfa_judge.refuses(auth0_tenant.client.authenticators("invented"), "error.invalid-bearer")
    mfa_judge.control(mfa_login.authenticators())


@requirement("MFA-LIST-EXPIRED-BEARER")
def test_listing_refuses_an_expired_token(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User, mfa_login: Login
) -> None:
    """After ten minutes an mfa_token lists nothing."""
    auth0_user.clock.travel(EXPIRED_S, "the mfa_token to expire")
    mfa_judge.refuses(mfa_login.authenticators(), "error.expired-bearer")
    mfa_judge.control(auth0_tenant.login(auth0_user).authenticators())


@requirement("MFA-LIST-ACCESS-TOKEN")
def test_access_token_lists(mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User) -> None:
    """An access token for the MFA audience with read:authenticators lists too."""
    token = auth0_tenant.unenrolled_access_token(auth0_user, "read:authenticators")
    answer = auth0_tenant.client.authenticators(token)
    mfa_judge.accepts(answer, "a list asked for with an access token")


@requirement("MFA-LIST-NAME")
def test_address_is_masked_as_recorded(
    mfa_judge: Judgement, inbox: Inbox, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """The name lets the user recognize the address and tells nobody else."""
    wanted = _masked(inbox.address)
    name = enrolled_authenticator.entry().get("name")
    mfa_judge.holds(f"name {wanted}", str(name), when=name == wanted)


@requirement("MFA-LIST-TWIN")
def test_phone_is_listed_for_both_channels(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A phone takes text messages and calls: two entries, one device."""
    twin = enrolled_authenticator.twin
    auth0_tenant.needs_factor(twin)
    own = _device(enrolled_authenticator.entry())
    answer = enrolled_authenticator.login().authenticators()
    others = [_device(item) for item in answer.items() if item.get("oob_channel") == twin]
    mfa_judge.holds(
        f"an entry for {twin} with the same dev_ suffix, name and state",
        f"{others.count(own)} of {len(others)} entries for {twin}",
        when=own in others,
        answer=answer,
    )


@requirement("MFA-LIST-COMPANION")
def test_device_is_listed_for_its_passwords_too(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A device answers prompts and shows one-time passwords: two entries, told apart."""
    answer = enrolled_authenticator.login().authenticators()
    own = [_device(item)[0] for item in enrolled_authenticator.entries(answer)]
    others = [
        _device(item)[0]
        for item in answer.items()
        if item.get("authenticator_type") == "otp" and item.get("active") is True
    ]
    mfa_judge.holds(
        "an active totp entry with another dev_ suffix than that of push",
        f"{len(others)} active totp entries, {len({*own} & {*others})} with the same suffix",
        when=bool(others) and not {*own} & {*others},
        answer=answer,
    )


@requirement("MFA-LIST-DEVICE-NAME")
def test_device_is_listed_by_its_name(mfa_judge: Judgement, mfa_enrollment: Enrollment) -> None:
    """A user with two devices tells them apart."""
    mfa_judge.needs("a device that enrolls", when=mfa_enrollment.scan(name=DEVICE_NAME).accepted)
    name = mfa_enrollment.confirm().entry().get("name")
    mfa_judge.holds(f"name {DEVICE_NAME}", str(name), when=name == DEVICE_NAME)


@requirement("MFA-LIST-VERIFIED-EMAIL")
def test_verified_address_is_listed(
    mfa_judge: Judgement, auth0_tenant: Tenant, inbox: Inbox
) -> None:
    """A user who has proved to own the address need not enroll it."""
    user = auth0_tenant.new_user(verified_email=inbox.address)
    answer = auth0_tenant.login(user).authenticators()
    found = [item.get("active") for item in answer.items() if _is_by_email(item)]
    mfa_judge.holds("an active entry for e-mail", str(found), when=found == [True], answer=answer)


@requirement("MFA-LIST-UNVERIFIED-EMAIL")
def test_unverified_address_is_not_listed(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """An address that anybody may have typed in at sign-up is no factor; an enrolled one is."""
    other = auth0_tenant.open_inbox("email").address
    verified = auth0_tenant.login(auth0_tenant.new_user(verified_email=other))
    offered = any(map(_is_by_email, verified.authenticators().items()))
    mfa_judge.needs("a tenant that lists verified addresses", when=offered)
    answer = enrolled_authenticator.login().authenticators()
    # Entries that somebody else has too are another requirement's affair.
    elsewhere = {item.get("id") for item in auth0_tenant.enroll().login().authenticators().items()}
    entries = enrolled_authenticator.entries(answer)
    own = [item for item in entries if item.get("id") not in elsewhere]
    mfa_judge.holds(
        "one entry for e-mail at most, that of the enrolled address",
        f"{len(own)} of them",
        when=len(own) <= 1,
        answer=answer,
    )


def _is_by_email(item: object) -> bool:
    return isinstance(item, dict) and item.get("oob_channel") == "email"


def _device(item: Mapping[str, object]) -> tuple[object, ...]:
    """What two entries of one device have in common."""
    return str(item.get("id")).partition("|")[2], item.get("name"), item.get("active")


def _masked(address: str) -> str:
    """An address as recorded names show it: its length, and four characters of it."""
    local, at, domain = address.partition("@")
    if not at:
        return "X" * (len(address) - SHOWN) + address[-SHOWN:]
    shown = local[:SHOWN] if len(local) > SHOWN else ""
    return f"{shown:*<{len(local)}}@{domain[:SHOWN]:*<{len(domain)}}"
