"""What a challenge has sent, and to whom: a delivered code, a prompt, or what nobody can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.errors import Undelivered, Untestable
from pytest_auth0_mfa.explore.door import AT_ONCE_S, code_from
from pytest_auth0_mfa.explore.finding import disagree

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.explore.state import Enrollment, Person
    from pytest_auth0_mfa.explore.world import World
    from pytest_auth0_mfa.guardian.notification import Notification

_COMPARED: Final = 3


def arrived(
    world: World, person: Person, named: Enrollment | None, *, binding: object
) -> tuple[Enrollment | None, Secret | None]:
    """What was challenged, and the code that came; no code for a prompt, nothing if unknown.

    `named` is what was asked for, `binding` what the answer says is to be typed.
    """
    if named is not None and named.inbox is None:
        return named, None
    if named is not None:
        _check_others(world, person, named)
        return named, code_from(named.inbox)
    devices = [each for each in person.active if each.factor == "push"]
    if binding is None and devices:
        return devices[0] if len(devices) == 1 else None, None
    return _found(world, [each for each in person.challengeable if each.inbox])


def _check_others(world: World, person: Person, named: Enrollment) -> None:
    """Expect that nothing was sent elsewhere, where looking costs nothing."""
    if not world.door.offers.configures:
        return
    for each in person.challengeable:
        if each is not named and each.inbox and not each.inbox.is_quiet():
            told, seen = f"a message to {named} alone", f"a message to {each}"
            disagree(["MFA-SEVERAL-BY-ID"], named.factor, told, seen)


def _found(world: World, candidates: list[Enrollment]) -> tuple[Enrollment | None, Secret | None]:
    """Which of several addresses got a code."""
    if len(candidates) == 1:
        return candidates[0], code_from(candidates[0].inbox)
    for each in candidates if world.door.offers.configures else ():
        code = _code_at_once(each)
        if code is not None:
            return each, code
    return None, None


def _code_at_once(enrollment: Enrollment) -> Secret | None:
    """The code that has come to an address, None where none has."""
    try:
        return code_from(enrollment.inbox, AT_ONCE_S)
    except Undelivered:
        return None


def prompt_of(enrollment: Enrollment) -> Notification | None:
    """The prompt that came to a device, None where the device hears of none."""
    try:
        return enrollment.approver.prompt() if enrollment.approver else None
    except Untestable:
        return None


def compare_codes(person: Person, channel: str, code: str) -> None:
    """Expect that codes change from challenge to challenge."""
    person.delivered.append(str(code))
    latest = person.delivered[-_COMPARED:]
    if len(latest) == _COMPARED and len(set(latest)) == 1:
        told = f"{_COMPARED} times the same code"
        disagree(["MFA-DELIVERY-FRESH"], channel, "a code of its own for each challenge", told)
