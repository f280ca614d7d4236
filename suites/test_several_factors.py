"""Several authenticators of one user, and which of them a challenge reaches.

Source: https://auth0.com/docs/secure/multi-factor-authentication/manage-mfa-auth0-apis/manage-authenticator-factors-mfa-api
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa import OMIT

if TYPE_CHECKING:
    from pytest_auth0_mfa import (
        Answer,
        EnrolledAuthenticator,
        Inbox,
        Judgement,
        Login,
        Tenant,
    )

requirement = pytest.mark.requirement

TYPES = {"otp", "oob"}
OTHER_TYPE = {"otp": "email", "sms": "otp", "voice": "otp", "email": "otp", "push": "email"}
"""Factor -> another one, of the other challenge type; a push brings both types along."""

OTHER_ADDRESS = {"sms": "email", "voice": "email", "email": "sms"}
"""Factor -> another one whose codes are delivered, elsewhere."""


def _is_active(enrolled: EnrolledAuthenticator, answer: Answer) -> bool:
    """Whether a list has an authenticator as confirmed."""
    own = (entry for entry in answer.items() if entry.get("id") == enrolled.id)
    return any(entry.get("active") is True for entry in own)


def _known_type(judge: Judgement, answer: Answer) -> str:
    """The type of a challenge; that it is one of the two is another requirement's affair."""
    chosen = str(answer.get("challenge_type"))
    judge.needs("challenges of the type otp or oob", when=chosen in TYPES)
    return chosen


def _enroll_further(
    judge: Judgement,
    tenant: Tenant,
    first: EnrolledAuthenticator,
    factor: str,
    inbox: Inbox | None = None,
) -> EnrolledAuthenticator:
    """Enroll one more factor; the user must have both then."""
    tenant.needs_factor(factor)
    judge.needs("an id of the first factor", when=bool(first.id))
    second = tenant.enroll_further(first, factor, inbox)
    listed = first.login().authenticators()
    both = _is_active(first, listed) and _is_active(second, listed)
    judge.needs("two confirmed factors of one user", when=both)
    return second


@requirement("MFA-SEVERAL-KEPT")
def test_further_factor_leaves_the_first(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Who enrolls another factor keeps the one that there was."""
    other, first_id = OTHER_TYPE[enrolled_authenticator.factor], enrolled_authenticator.id
    auth0_tenant.needs_factor(other)
    further = auth0_tenant.enroll_further(enrolled_authenticator, other)
    mfa_judge.needs("two authenticators", when=further.id != first_id)
    answer = enrolled_authenticator.login().authenticators()
    for each in (further, enrolled_authenticator):
        active = _is_active(each, answer)
        mfa_judge.holds(
            f"an active entry for {each.factor}", f"active: {active}", when=active, answer=answer
        )


@requirement("MFA-SEVERAL-LOGIN")
def test_each_factor_completes_a_login(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Who has two factors logs in with either."""
    first, other = enrolled_authenticator, OTHER_TYPE[enrolled_authenticator.factor]
    second = _enroll_further(mfa_judge, auth0_tenant, first, other)
    for each, beside in ((first, second), (second, first)):
        what = f"the right code by {each.factor}, with {beside.factor} enrolled as well"
        mfa_judge.accepts(each.complete_login(), what)


@requirement("MFA-SEVERAL-BY-ID")
def test_named_authenticator_gets_the_code(
    mfa_judge: Judgement,
    auth0_tenant: Tenant,
    inbox: Inbox,
    enrolled_authenticator: EnrolledAuthenticator,
) -> None:
    """Of two addresses the one that is named gets the code, and the other one nothing."""
    first, other = enrolled_authenticator, OTHER_ADDRESS[enrolled_authenticator.factor]
    auth0_tenant.needs_factor(other)
    elsewhere = auth0_tenant.open_inbox(other)
    second = _enroll_further(mfa_judge, auth0_tenant, first, other, elsewhere)
    login = first.login()
    for named, own, other_inbox in ((first, inbox, elsewhere), (second, elsewhere, inbox)):
        answer = named.challenge(login)
        mfa_judge.needs("a challenge by id", when=answer.accepted)
        arrived, strayed = _arrivals(own, other_inbox)
        mfa_judge.needs("a message that arrives", when=arrived or strayed)
        mfa_judge.holds(
            f"the code by {named.factor} and nowhere else",
            f"by {named.factor}: {arrived}, elsewhere: {strayed}",
            when=not strayed,
            answer=answer,
        )


def _arrivals(own: Inbox, other: Inbox) -> tuple[bool, bool]:
    """Whether a message arrives where it should, and whether one arrives elsewhere."""
    strayed = not other.is_quiet()
    arrived = not strayed and own.receives()
    return arrived, strayed or not other.is_quiet()


@requirement("MFA-SEVERAL-BY-TYPE")
def test_type_chooses_the_authenticator(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A client that takes one type is given the authenticator of that type."""
    first, other = enrolled_authenticator, OTHER_TYPE[enrolled_authenticator.factor]
    second = _enroll_further(mfa_judge, auth0_tenant, first, other)
    login = first.login()
    for each in (first, second):
        wanted = "oob" if each.out_of_band else "otp"
        answer = each.challenge(login, challenge_type=wanted, authenticator_id=OMIT)
        mfa_judge.accepts(
            answer,
            f"a challenge of the type {wanted}",
            unlike=lambda each=each: each.challenge(login),  # type: ignore[misc]
        )
        chosen = _known_type(mfa_judge, answer)
        mfa_judge.holds(f'challenge_type "{wanted}"', chosen, when=chosen == wanted, answer=answer)


@requirement("MFA-SEVERAL-DEFAULT")
def test_tenant_chooses_among_several(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A client that says nothing gets a challenge that one of the user's factors answers."""
    first, other = enrolled_authenticator, OTHER_TYPE[enrolled_authenticator.factor]
    second = _enroll_further(mfa_judge, auth0_tenant, first, other)
    by_code, by_message = (second, first) if first.delivered else (first, second)
    login = first.login()
    answer = _challenged_by_default(by_message, login)
    mfa_judge.accepts(
        answer,
        "a challenge of any of several factors",
        unlike=lambda: _challenged_by_default(auth0_tenant.enroll(first.factor)),
    )
    chosen = by_code if _known_type(mfa_judge, answer) == "otp" else by_message
    completed = chosen.verify(login, chosen.possession.code())
    mfa_judge.needs("a code that completes the login", when=completed.accepted)


def _challenged_by_default(enrolled: EnrolledAuthenticator, login: Login | None = None) -> Answer:
    """Ask for a challenge, and say neither of what type nor of which authenticator."""
    return enrolled.challenge(login or enrolled.login(), challenge_type=OMIT, authenticator_id=OMIT)


@requirement("MFA-SEVERAL-UNCONFIRMED")
def test_unconfirmed_one_beside_others_is_not_challenged(
    mfa_judge: Judgement, auth0_tenant: Tenant, mfa_factor: str, inbox: Inbox
) -> None:
    """A factor that the user has yet to confirm cannot be named, whatever else is confirmed."""
    other = OTHER_TYPE[mfa_factor]
    auth0_tenant.needs_factor(other)
    confirmed = auth0_tenant.enroll(other)
    pending = auth0_tenant.associate_further(confirmed, mfa_factor, inbox)
    wanted = "oob" if pending.out_of_band else "otp"
    answer = confirmed.login().challenge(
        challenge_type=wanted, authenticator_id=pending.entry()["id"]
    )
    mfa_judge.refuses(answer)
    further = pending.confirm()
    mfa_judge.control(further.challenge(further.login(), authenticator_id=further.id))


@requirement("MFA-SEVERAL-DELETE")
def test_deletion_leaves_the_other_factor(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Who deletes one of two factors logs in with the other."""
    deleted, other = enrolled_authenticator, OTHER_TYPE[enrolled_authenticator.factor]
    kept = _enroll_further(mfa_judge, auth0_tenant, deleted, other)
    identifier, token = deleted.id, auth0_tenant.mfa_access_token(deleted)
    mfa_judge.control(auth0_tenant.client.delete_authenticator(token, identifier))
    answer = deleted.login().authenticators()
    states = {"kept": _is_active(kept, answer), "deleted": _is_active(deleted, answer)}
    mfa_judge.needs("an authenticator that is gone when deleted", when=not states["deleted"])
    mfa_judge.holds(f"{other} still active", str(states), when=states["kept"], answer=answer)
    mfa_judge.accepts(kept.complete_login(), f"a login by {other}, which was not deleted")


@requirement("MFA-CHALLENGE-TYPE-LIST")
def test_client_takes_several_types(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A client that takes both types, in whatever order, gets the one that the user has."""
    challenge, login = enrolled_authenticator.challenge, enrolled_authenticator.login()
    wanted = "oob" if enrolled_authenticator.out_of_band else "otp"
    for listed in ("oob otp", "otp oob"):
        answer = challenge(login, challenge_type=listed, authenticator_id=OMIT)
        mfa_judge.accepts(
            answer,
            f'a challenge of "{listed}"',
            unlike=lambda: challenge(login, authenticator_id=OMIT),
        )
        chosen = _known_type(mfa_judge, answer)
        mfa_judge.holds(f'challenge_type "{wanted}"', chosen, when=chosen == wanted, answer=answer)


@requirement("MFA-CHALLENGE-TYPE-CASE")
def test_type_in_capitals(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """OTP and OOB mean the same as otp and oob."""
    challenge, login = enrolled_authenticator.challenge, enrolled_authenticator.login()
    capitals = "OOB" if enrolled_authenticator.out_of_band else "OTP"
    mfa_judge.accepts(
        challenge(login, challenge_type=capitals, authenticator_id=OMIT),
        f"a challenge of the type {capitals}",
        unlike=lambda: challenge(login, authenticator_id=OMIT),
    )
