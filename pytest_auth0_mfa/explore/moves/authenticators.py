"""Moves with authenticators: they are enrolled, scanned, listed, deleted, and used for all that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.explore import deleting, enrolling, one_time_passwords, oob_codes, preparing
from pytest_auth0_mfa.explore.choosing import nth, pick
from pytest_auth0_mfa.explore.listing import look
from pytest_auth0_mfa.explore.preparing import access_token, fresh_login
from pytest_auth0_mfa.explore.sparing import may_send

if TYPE_CHECKING:
    from pytest_auth0_mfa.explore.state import Enrollment, Token
    from pytest_auth0_mfa.explore.world import World


def associate(world: World, which: int, factor: int) -> None:
    """Enroll something with any token."""
    token = pick(world.tokens, which)
    name = nth(world.door.offers.enrollable, factor)
    if token is not None and name is not None and may_send(world, token.owner, name):
        enrolling.associate(world, token, name)


def enroll(world: World, who: int, factor: int) -> None:
    """Enroll and confirm a factor, by a login or beside another one by an access token."""
    person = pick(world.people, who)
    name = nth(world.door.offers.enrollable, factor)
    if person is not None and name is not None:
        preparing.enroll(world, person, name)


def scan(world: World, which: int) -> None:
    """Scan a barcode, of whatever age and once more too."""
    chosen = pick([each for each in world.enrollments if each.barcode], which)
    if chosen is not None:
        enrolling.scan(world, chosen)


def list_all(world: World, which: int) -> None:
    """List with any token."""
    token = pick(world.tokens, which)
    if token is not None:
        look(world, token)


def delete(world: World, which: int, what: int) -> None:
    """Delete something with a token, mostly an access token for something of one's own."""
    tokens = world.tokens
    token = pick([each for each in tokens if each.is_access] if which % 4 else tokens, which // 4)
    if token is None:
        return
    things = [*world.enrollments] if what % 4 == 3 else token.owner.listed  # noqa: PLR2004
    _delete_entry(world, token, pick(things, what // 4), what)


def delete_own(world: World, who: int, what: int) -> None:
    """Get an access token and delete something with it."""
    person = pick(world.people, who)
    token = access_token(world, person) if person and person.enrollments else None
    if person is not None and token is not None:
        _delete_entry(world, token, pick(person.enrollments, what), what)


def _delete_entry(world: World, token: Token, chosen: Enrollment | None, what: int) -> None:
    """Delete by one of the ids of an enrollment, if any was seen."""
    if chosen is not None and chosen.ids:
        deleting.delete(world, token, chosen, sorted(chosen.ids)[what % len(chosen.ids)])


def use_deleted(world: World, which: int) -> None:
    """Use what was deleted: its one-time password in a new login, its code or its prompt."""
    chosen = pick([each for person in world.people for each in person.removed], which)
    if chosen is None:
        return
    oobs = [each for each in chosen.owner.oobs if each.enrollment is chosen and not each.is_used]
    if chosen.secret:
        token = fresh_login(world, chosen.owner)
        step = one_time_passwords.step_of(world, chosen.owner)
        if token is not None:
            one_time_passwords.redeem(world, token, one_time_passwords.code_of(chosen, step))
    elif oobs:
        oob_codes.redeem(world, oobs[-1].token, oobs[-1], oobs[-1].code)
