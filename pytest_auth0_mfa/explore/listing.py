"""Listing authenticators: exactly those that there are, each in its state.

Ids are learned from lists, as associations give none. An entry that is too much or missing is
traced to what happened before, and so to the requirement that rules it out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.explore.expectation import Expectation, Reason
from pytest_auth0_mfa.explore.finding import disagree
from pytest_auth0_mfa.explore.lifetimes import too_old
from pytest_auth0_mfa.explore.refusals import FORBIDDEN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.explore.state import Enrollment, Person, Token
    from pytest_auth0_mfa.explore.world import World

READ: Final = "read:authenticators"
_TYPES: Final = {"totp": "otp", "recovery-code": "recovery-code"}

Item = "Mapping[str, object]"


def look(world: World, token: Token) -> None:
    """List what the owner of a token has, and compare."""
    answer = world.door.list(token.value)
    if not expected_list(world, token).judge(answer):
        return
    body = answer.body
    if not isinstance(body, list) or not all(isinstance(each, dict) for each in body):
        disagree(["MFA-LIST-EMPTY"], "any", "an array of authenticators", answer.summary())
    ids = [str(each.get("id")) for each in body]
    twice = next((each for each in ids if ids.count(each) > 1), None)
    if twice is not None:
        told = f"two entries {twice.partition('|')[0]} of one id"
        disagree(["MFA-LIST-ONCE"], "any", "an id once", told)
    compare(world, token.owner, dict(zip(ids, body, strict=True)))


def expected_list(world: World, token: Token) -> Expectation:
    """What must come of a list with this token as bearer."""
    what = f"a list with {token}"
    reasons = []
    if world.is_expired(token):
        named = "MFA-AUDIENCE-EXPIRED" if token.is_access else "MFA-LIST-EXPIRED-BEARER"
        reasons.append(too_old(named))
    if token.is_access and READ not in token.scopes:
        reasons.append(Reason("MFA-LIST-SCOPE", f"without {READ}", FORBIDDEN))
    is_open = token.is_spent or not world.is_alive(token)
    keeps = "MFA-LIST-ACCESS-TOKEN" if token.is_access else "MFA-LIFETIME-TOKEN"
    return Expectation(what, "any", (*token.suspects, keeps), tuple(reasons), is_open)


def compare(world: World, person: Person, items: dict[str, Mapping[str, object]]) -> None:
    """Compare a list with what the model knows; raises `Disagreement`."""
    for identifier in items:
        _check_owner(world, person, identifier)
    _learn(world, person, items)
    for enrollment in person.listed:
        for kind in enrollment.kinds:
            _check_entry(enrollment, kind, items.get(enrollment.ids.get(kind, "")))
    _check_recovery(person, items)
    _check_rest(world, person, items)


def _check_owner(world: World, person: Person, identifier: str) -> None:
    """Expect an entry to be one that this person has."""
    enrollment, kind = world.ids.get(identifier, (None, ""))
    if enrollment is None:
        return
    if enrollment.owner is not person:
        disagree(["MFA-LIST-OWN"], "any", f"what {person} has", f"an entry of {enrollment.owner}")
    if enrollment.is_removed:
        told = f"the entry {kind} of {enrollment}, which was deleted"
        disagree(_removal_rules(enrollment, kind), enrollment.factor, "no deleted entry", told)


def _removal_rules(enrollment: Enrollment, kind: str) -> list[str]:
    """The requirements that an entry breaks which is still listed."""
    gone = "MFA-DELETE-GONE" if enrollment.is_active else "MFA-DELETE-UNCONFIRMED"
    if kind == enrollment.removed_by:
        return [gone]
    twin = {"push": "MFA-DELETE-COMPANION", "sms": "MFA-DELETE-TWIN", "voice": "MFA-DELETE-TWIN"}
    return [twin[enrollment.factor], gone] if enrollment.factor in twin else [gone]


def _learn(world: World, person: Person, items: dict[str, Mapping[str, object]]) -> None:
    """Give ids that are new to the enrollments that have none yet, in their order."""
    fresh = [each for each in items if each not in world.ids and each != person.recovery.id]
    for identifier in fresh:
        kind = identifier.partition("|")[0]
        if kind == "recovery-code":
            if person.recovery.state != "none" and not person.recovery.id:
                person.recovery.id = identifier
            continue
        owner = next(
            (e for e in person.listed if kind in e.kinds and _takes(e, kind, identifier)), None
        )
        if owner is not None:
            owner.ids[kind] = identifier
            world.ids[identifier] = (owner, kind)


def _takes(enrollment: Enrollment, kind: str, identifier: str) -> bool:
    """Whether an id may be that of an entry of this enrollment."""
    if kind in enrollment.ids:
        return False
    if enrollment.is_automatic:
        return True
    suffixes = {each.partition("|")[2] for each in enrollment.ids.values()}
    if enrollment.factor in {"sms", "voice"} and suffixes:
        return identifier.partition("|")[2] in suffixes
    return True


def _check_entry(enrollment: Enrollment, kind: str, item: Mapping[str, object] | None) -> None:
    """Expect one entry of an enrollment, in its state."""
    factor = enrollment.factor
    expected = f"{kind} of {enrollment}, {'active' if enrollment.is_active else 'inactive'}"
    if item is None:
        disagree(_missing_rules(enrollment, kind), factor, expected, "no such entry")
    _check_shape(enrollment, kind, item)
    if item.get("active") is enrollment.is_active:
        enrollment.was_seen_active = enrollment.is_active
        return
    actual = f"active: {str(item.get('active')).lower()}"
    if enrollment.is_active:
        disagree(["MFA-CONFIRM-ACTIVE", *enrollment.suspects], factor, expected, actual)
    suspects = ["MFA-CONFIRM-WRONG-CODE"] if enrollment.had_wrong_code else []
    disagree([*suspects, "MFA-ENROLL-INACTIVE"], factor, expected, actual)


def _missing_rules(enrollment: Enrollment, kind: str) -> list[str]:
    """The requirements that an entry breaks by its absence."""
    if enrollment.is_automatic:
        return ["MFA-LIST-VERIFIED-EMAIL"]
    if kind not in enrollment.ids and kind != enrollment.kinds[0]:
        named = "MFA-LIST-COMPANION" if enrollment.factor == "push" else "MFA-LIST-TWIN"
        return [named, *enrollment.suspects]
    rule = "MFA-CONFIRM-ACTIVE" if enrollment.is_active else "MFA-ENROLL-INACTIVE"
    return [*enrollment.suspects, rule]


def _check_shape(enrollment: Enrollment, kind: str, item: Mapping[str, object]) -> None:
    """Expect the type and the channel that go with the kind of entry."""
    channel = {"totp": None, "push": "auth0"}.get(kind, kind)
    found = (item.get("authenticator_type"), item.get("oob_channel"))
    if found != (_TYPES.get(kind, "oob"), channel):
        told = f"authenticator_type {found[0]}, oob_channel {found[1]}"
        disagree(["MFA-LIST-ITEM"], enrollment.factor, f"the type and channel of {kind}", told)


def _check_recovery(person: Person, items: dict[str, Mapping[str, object]]) -> None:
    """Expect the entry of the recovery code, active once a factor is confirmed."""
    recovery = person.recovery
    found = [each for name, each in items.items() if name.startswith("recovery-code|")]
    if recovery.state == "unknown":
        return
    actual = [each.get("active") for each in found]
    expected = [] if recovery.state == "none" else [recovery.state == "active"]
    if actual != expected:
        told = f"a recovery code that is {recovery.state}" if expected else "no recovery code"
        seen = ", ".join(f"active: {str(each).lower()}" for each in actual) or "none"
        disagree(["MFA-RECOVERY-LISTED"], "recovery-code", told, seen)


def _check_rest(world: World, person: Person, items: dict[str, Mapping[str, object]]) -> None:
    """Expect nothing that nobody enrolled."""
    for identifier in items:
        kind = identifier.partition("|")[0]
        if identifier in world.ids or kind == "recovery-code":
            continue
        if kind == "email" and person.is_address_unknown:
            continue
        own = not person.enrollments and not person.removed
        named = ["MFA-LIST-EMPTY"] if own else ["MFA-LIST-OWN"]
        named = ["MFA-LIST-UNVERIFIED-EMAIL", *named] if kind == "email" else named
        gone = [rule for each in person.removed for rule in _removal_rules(each, kind)]
        changed = ["MFA-CONFIRM-ACTIVE"] if any(kind in e.kinds for e in person.active) else []
        actual = f"an entry {kind} that nobody enrolled"
        disagree([*gone, *changed, *named], "any", f"what {person} has", actual)
