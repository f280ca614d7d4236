"""Moves of people: they are made, log in, guess, are blocked, and time passes for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.errors import Untestable
from pytest_auth0_mfa.explore import logins, sparing
from pytest_auth0_mfa.explore.choosing import SCOPES, pick
from pytest_auth0_mfa.explore.moves.authenticators import enroll
from pytest_auth0_mfa.explore.preparing import move_clock

if TYPE_CHECKING:
    from pytest_auth0_mfa.explore.world import World

_SECONDS: Final = (31, 61, 13, 290, 301, 311, 361, 590, 611, 3601, 1810, 6)
"""How far clocks are moved: past steps, allowances and lifetimes, and up to just before."""

_BARE: Final = 2
"""Below this a person begins without a factor, which is the simplest."""
_ORDINARY: Final = ("profile", "openid profile", "profile offline_access", "profile")


def begin(world: World, verified: int, first: int, second: int, also: int) -> None:
    """Make two people, the second perhaps with a verified address, and enroll what is drawn."""
    world.add_person()
    try:
        world.add_person(verified=bool(verified))
    except Untestable:
        world.door.note("there is no second user")
    for who, factor in ((1, first), (0, second), (1, also)):
        if factor >= _BARE:
            enroll(world, who, factor - _BARE)


def log_in(world: World, who: int, scope: int) -> None:
    """Log in as usual, up to the second factor."""
    person = pick(world.people, who)
    if person is not None:
        logins.log_in(world, person, _ORDINARY[scope % len(_ORDINARY)])


def log_in_for_mfa(world: World, who: int, scope: int) -> None:
    """Log in for the MFA audience."""
    person = pick(world.people, who)
    if person is not None:
        logins.log_in(world, person, SCOPES[scope % len(SCOPES)], for_mfa=True)


def refresh(world: World, who: int, which: int) -> None:
    """Exchange a refresh token."""
    person = pick(world.people, who)
    token = pick(person.refresh_tokens, which) if person else None
    if person is not None and token is not None:
        logins.refresh(world, person, token)


def guess_passwords(world: World, who: int, times: int) -> None:
    """Send a wrong password, or as many as block a user."""
    person = pick(world.people, who)
    if person is None:
        return
    many = times % 4 == 3 and world.door.offers.exhausts  # noqa: PLR2004 - a quarter
    if many or person.wrong_passwords < sparing.SPARED:
        logins.guess_password(world, person, 10 if many else 1)


def block(world: World, who: int, blocked: int) -> None:
    """Block or unblock a user, as an administrator."""
    person = pick(world.people, who)
    if person is not None and world.door.offers.configures:
        person.account.configuration.block(blocked=bool(blocked))
        person.is_blocked = bool(blocked)
        world.door.note(f"{person} is {'blocked' if blocked else 'unblocked'}")


def pass_time(world: World, who: int, seconds: int) -> None:
    """Move the clock of one person."""
    person = pick(world.people, who)
    if person is not None and world.door.offers.moves_clocks:
        move_clock(world, person, _SECONDS[seconds % len(_SECONDS)])
