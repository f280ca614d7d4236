"""The list of a user's authenticators: `GET /mfa/authenticators`.

Source: https://auth0.com/docs/secure/multi-factor-authentication/manage-mfa-auth0-apis/manage-authenticator-factors-mfa-api
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_auth0_mfa import EnrolledAuthenticator, Judgement, Login, Tenant, User

requirement = pytest.mark.requirement

EXPIRED_S = 601
ID_PLACE = r"/\d+/id"
PREFIXES = {"otp": "totp", "recovery-code": "recovery-code"}


@requirement("MFA-LIST-EMPTY")
def test_new_user_has_an_empty_list(mfa_judge: Judgement, mfa_login: Login) -> None:
    """A user without authenticators gets an empty array, not an error."""
    answer = mfa_login.authenticators()
    empty = answer.accepted and answer.body == []
    mfa_judge.holds("[]", answer.summary(), when=empty, answer=answer)


@requirement("MFA-LIST-ITEM")
def test_entries_have_the_recorded_fields(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Each entry has id, type and state, and nothing that belongs to another factor."""
    answer = enrolled_authenticator.login().authenticators()
    mfa_judge.conforms(answer, "authenticators", besides=ID_PLACE)
    types = [item.get("authenticator_type") for item in answer.items()]
    mfa_judge.holds(
        f"an entry of type {enrolled_authenticator.factor}",
        str(types),
        when=enrolled_authenticator.factor in types,
        answer=answer,
    )


@requirement("MFA-LIST-ID")
def test_ids_have_the_recorded_form(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """An id is a prefix for the kind, a bar, dev_ and sixteen letters or digits."""
    factor = enrolled_authenticator.factor
    form = re.compile(rf"{PREFIXES[factor]}\|dev_[A-Za-z0-9]{{16}}")
    identifier = enrolled_authenticator.id
    mfa_judge.holds(
        f"{PREFIXES[factor]}|dev_ and 16 letters or digits",
        identifier,
        when=form.fullmatch(identifier) is not None,
    )


@requirement("MFA-LIST-OWN")
def test_list_holds_own_authenticators_only(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """What other users enrolled is never listed."""
    other = auth0_tenant.enroll()
    theirs = {item.get("id") for item in other.login().authenticators().items()}
    answer = enrolled_authenticator.login().authenticators()
    shared = [item.get("id") for item in answer.items() if item.get("id") in theirs]
    mfa_judge.holds(
        "no entry of another user", f"{len(shared)} of them", when=not shared, answer=answer
    )


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
