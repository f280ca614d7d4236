"""Deleting authenticators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.explore.expectation import Expectation, Reason
from pytest_auth0_mfa.explore.lifetimes import too_old
from pytest_auth0_mfa.explore.listing import READ, look
from pytest_auth0_mfa.explore.refusals import FORBIDDEN

if TYPE_CHECKING:
    from pytest_auth0_mfa.explore.state import Enrollment, Person, Token
    from pytest_auth0_mfa.explore.world import World


def delete(world: World, token: Token, enrollment: Enrollment, kind: str) -> None:
    """Delete the entry of an enrollment with a token as bearer, and look at the list."""
    expectation = expected_deletion(world, token, enrollment)
    answer = world.door.delete(token.value, enrollment.ids[kind])
    if expectation.judge(answer) and not enrollment.is_removed:
        forget(token.owner, enrollment, kind)
    looking = _who_looks(world, enrollment.owner, token)
    if looking is not None:
        look(world, looking)


def expected_deletion(world: World, token: Token, enrollment: Enrollment) -> Expectation:
    """What must come of a deletion; of one with an `mfa_token` the facts are divided."""
    person = token.owner
    reasons = []
    if world.is_expired(token):
        reasons.append(too_old("MFA-AUDIENCE-EXPIRED"))
    if token.is_access and "remove:authenticators" not in token.scopes:
        reasons.append(Reason("MFA-DELETE-SCOPE", "without remove:authenticators", FORBIDDEN))
    if enrollment.owner is not person:
        reasons.append(Reason("MFA-DELETE-FOREIGN", f"which is not {person}'s"))
    elif enrollment.is_removed:
        reasons.append(Reason("MFA-DELETE-UNKNOWN", "which is deleted", frozenset({404})))
    elif enrollment.is_automatic:
        reasons.append(Reason("MFA-DELETE-VERIFIED-EMAIL", "which nobody enrolled"))
    is_open = not token.is_access or not world.is_alive(token) or len(reasons) > 1
    rules = ["MFA-DELETE-RESPONSE"] if enrollment.is_active else ["MFA-DELETE-UNCONFIRMED"]
    rules += [] if READ in token.scopes else ["MFA-DELETE-ONE-SCOPE"]
    what = f"the deletion of {enrollment} with {token}"
    factor = "otp" if enrollment.owner is not person else enrollment.factor
    changed = enrollment.is_active and not enrollment.was_seen_active
    renamed = ["MFA-CONFIRM-ACTIVE"] if changed else []
    keeps = (*renamed, *enrollment.suspects, *reversed(rules))
    return Expectation(what, factor, keeps, tuple(reasons), is_open)


def forget(person: Person, enrollment: Enrollment, kind: str) -> None:
    """Note that an enrollment is gone; with the last factor the recovery code may go."""
    person.enrollments.remove(enrollment)
    person.removed.append(enrollment)
    enrollment.is_removed, enrollment.removed_by = True, kind
    for each in person.enrollments:
        each.suspects.add("MFA-SEVERAL-DELETE")
    if enrollment.is_active and not person.active:
        person.lost_last = True
        if person.recovery.state != "none":
            person.recovery.state = "unknown"


def _who_looks(world: World, owner: Person, token: Token) -> Token | None:
    """A token that lists what the owner has, the given one before others."""
    usable = [
        each
        for each in [token, *reversed(owner.tokens)]
        if each.owner is owner
        and world.is_alive(each)
        and not each.is_spent
        and (not each.is_access or READ in each.scopes)
    ]
    return usable[0] if usable else None
