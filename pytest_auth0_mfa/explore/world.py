"""A tenant as the model sees it: who is there, and what was given out so far.

Owns what holds between people: nothing is given out twice, and nobody gets what is another's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.explore.finding import disagree
from pytest_auth0_mfa.explore.state import (
    OOB_LIFETIME_S,
    TOKEN_LIFETIME_S,
    Enrollment,
    Oob,
    Person,
    Token,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_auth0_mfa.explore.door import Door

MARGIN_S: Final = 6.0
"""So near the end of a lifetime nothing is expected: clocks differ, and answers take time."""

KINDS: Final = {
    "otp": ("totp",),
    "sms": ("sms", "voice"),
    "voice": ("voice", "sms"),
    "email": ("email",),
    "push": ("push", "totp"),
}
"""Factor -> how the ids of the entries begin that its enrollment has."""


class World:
    """One tenant and what a sequence of calls has done there."""

    def __init__(self, door: Door) -> None:
        """Start with nobody there."""
        self.door = door
        self.people: list[Person] = []
        self.ids: dict[str, tuple[Enrollment, str]] = {}
        self._given: dict[str, set[str]] = {}

    def add_person(self, *, verified: bool = False) -> Person:
        """Make a user, with a verified address if that is asked for and can be had."""
        inbox = self.door.open_inbox("email") if verified and self.door.offers.verifies else None
        account = self.door.new_user(inbox.address if inbox else None)
        person = Person(len(self.people) + 1, account)
        person.is_address_unknown = not self.door.offers.configures
        if inbox:
            person.verified = Enrollment(person, "email", ("email",), self.now(person))
            person.verified.is_active = person.verified.is_automatic = True
            person.verified.inbox = inbox
        self.people.append(person)
        self.door.note(f"{person} is made{' with a verified address' if inbox else ''}")
        return person

    def others(self, person: Person) -> list[Person]:
        """Everybody else."""
        return [each for each in self.people if each is not person]

    def other(self, person: Person) -> Person:
        """The latest one else, or the same person where nobody else is there."""
        return next(reversed(self.others(person)), person)

    @property
    def enrollments(self) -> Iterator[Enrollment]:
        """Everything that was ever enrolled by anybody."""
        for person in self.people:
            yield from person.enrollments
            yield from person.removed

    @property
    def tokens(self) -> list[Token]:
        """Every token that was given out."""
        return [each for person in self.people for each in person.tokens]

    @property
    def oobs(self) -> list[Oob]:
        """Every `oob_code` that was given out."""
        return [each for person in self.people for each in person.oobs]

    def now(self, person: Person) -> float:
        """The time of a person, in epoch seconds."""
        return person.account.clock.now()

    def kinds(self, factor: str) -> tuple[str, ...]:
        """How the ids of an enrollment's entries begin."""
        if factor in {"sms", "voice"} and not self.door.offers.has_twins:
            return (factor,)
        return KINDS[factor]

    def age(self, thing: Token | Oob) -> float:
        """How long ago something was given out, in seconds."""
        person = thing.owner if isinstance(thing, Token) else thing.token.owner
        return self.now(person) - thing.issued_at

    def is_expired(self, thing: Token | Oob) -> bool:
        """Whether its time is certainly over."""
        return self.age(thing) > _lifetime(thing) + MARGIN_S

    def is_alive(self, thing: Token | Oob) -> bool:
        """Whether its time is certainly not over."""
        return self.age(thing) < _lifetime(thing) - MARGIN_S

    def fresh(self, kind: str, value: str, requirement: str, factor: str) -> None:
        """Expect that nothing of this kind was given out before with this value."""
        given = self._given.setdefault(kind, set())
        if value in given:
            disagree([requirement], factor, f"a {kind} of its own", f"the {kind} of an earlier one")
        given.add(str(value))


def _lifetime(thing: Token | Oob) -> float:
    return TOKEN_LIFETIME_S if isinstance(thing, Token) else OOB_LIFETIME_S
