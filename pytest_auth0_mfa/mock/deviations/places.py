"""Answers by their place: which ones one requirement judges, and the faults they can have.

A place names, describes and narrows; each of its methods makes one deviation there, so that a
table of faults reads as one. Must not know any requirement by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.deviations import edits
from pytest_auth0_mfa.mock.deviations.model import Change, Deviation

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.deviations.edits import Edit
    from pytest_auth0_mfa.mock.messages import Json
    from pytest_auth0_mfa.mock.operations import Operation

_FAILED = 500


@dataclass(frozen=True, slots=True)
class Place:
    """Answers that one requirement judges.

    `stem` begins the names of its deviations, `words` the sentences about them; `to`, `operations`
    and `when` are those of a `Change`, `also` that of a `Deviation`. A member is named by its
    path, with `*` for every item of a list: `keys/*/kid`.
    """

    stem: str
    words: str
    requirement: str
    to: str
    operations: frozenset[Operation] = frozenset()
    when: Callable[[Call], bool] | None = None
    also: frozenset[str] = frozenset()

    def fault(self, name: str, told: str, edit: Edit, *also: str) -> Deviation:
        """Make answers wrong by any edit; `told` ends the sentence that `words` begin."""
        return Deviation(
            f"{self.stem}-{name}",
            self.requirement,
            f"{self.words} {told}",
            change=Change(self.to, edit, self.operations, self.when),
            also=self.also | frozenset(also),
        )

    def status(self, number: int, *also: str) -> Deviation:
        """Answer with another status."""
        is_failure = number == _FAILED
        name = "as-server-error" if is_failure else f"with-{number}"
        return self.fault(name, f"is answered with status {number}", edits.status(number), *also)

    def code(self, error: str, *also: str) -> Deviation:
        """Refuse with another error code."""
        name, edit = f"as-{error.replace('_', '-')}", edits.member("error", error)
        return self.fault(name, f"is answered with the error {error}", edit, *also)

    def without(self, member: str, *also: str) -> Deviation:
        """Leave a member out."""
        name = f"without-{_spoken(member)}"
        return self.fault(
            name, f"is answered without {_last(member)}", edits.removed(member), *also
        )

    def having(self, said: str, member: str, value: Json, *also: str) -> Deviation:
        """Give a member another value, which `said` describes in a few words."""
        name = f"with-{_spoken(said.replace(' ', '-'))}"
        return self.fault(name, f"is answered with {said}", edits.replaced(member, value), *also)

    def beside(self, said: str, member: str, value: Json, *also: str) -> Deviation:
        """Add a member that does not belong there, which `said` names."""
        name = f"with-{_spoken(said.replace(' ', '-'))}"
        return self.fault(name, f"is answered with {said}", edits.added(member, value), *also)

    def as_text(self, *also: str) -> Deviation:
        """Call the body plain text."""
        edit = edits.header("content-type", "text/plain")
        return self.fault("as-text", "is answered as text/plain", edit, *also)

    def accepted(self, body: Json, *also: str, status: int = 200) -> Deviation:
        """Answer as if the request were right."""
        return self.fault("accepted", "is accepted", edits.accepted(body, status), *also)

    def interrupted(self, *also: str) -> Deviation:
        """Go on with a login that is to be refused."""
        return self.fault("accepted", "gets an mfa_token", edits.interrupted, *also)


def _spoken(member: str) -> str:
    return member.replace("/*", "").replace("/", "-").replace("_", "-").lower()


def _last(member: str) -> str:
    return member.rpartition("/")[2]
