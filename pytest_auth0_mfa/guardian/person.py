"""A person with a phone: shown the barcode, asked to allow or to reject.

Owns the words and the waiting. How something is shown and asked is the affair of a `Console`.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final, Protocol

from pytest_auth0_mfa.errors import Undelivered, Untestable

if TYPE_CHECKING:
    from collections.abc import Callable

SCAN_TIMEOUT_S: Final = 290.0
"""A little less than a barcode is good for."""

ANSWER_TIMEOUT_S: Final = 240.0
_SKIP: Final = "s"


class Console(Protocol):
    """Where the person sits."""

    def show(self, text: str) -> None:
        """Show a text of several lines."""
        ...

    def ask(self, question: str, timeout_s: float) -> str | None:
        """Show a question and return the line that was typed; None where none came in time."""
        ...


class Person:
    """Holds the phone with the Guardian app, and types when it is done."""

    def __init__(self, console: Console) -> None:
        """Speak to the person at `console`."""
        self._console = console

    def scan(self, barcode_uri: str) -> None:
        """Show the barcode and wait until it was scanned."""
        self._console.show(as_barcode(barcode_uri))
        self._done("scan this with the Guardian app", SCAN_TIMEOUT_S)

    def expect(self) -> None:
        """Do nothing: a person looks at the newest prompt."""

    def allow(self) -> None:
        """Wait until the login was allowed."""
        self._done("a login waits in the Guardian app: ALLOW it", ANSWER_TIMEOUT_S)

    def reject(self) -> None:
        """Wait until the login was rejected."""
        self._done("a login waits in the Guardian app: REJECT it", ANSWER_TIMEOUT_S)

    def _done(self, task: str, timeout_s: float) -> None:
        question = f"{task}, then press Enter ({_SKIP} and Enter: cannot be done): "
        answer = self._console.ask(question, timeout_s)
        if answer is None:
            raise Undelivered(f"nobody at the terminal did this within {timeout_s:g} s: {task}")
        if answer.strip().lower() == _SKIP:
            raise Untestable(f"could not be done, says the person at the terminal: {task}")


def as_barcode(uri: str) -> str:
    """A QR code of half blocks, which a phone reads from a terminal, dark or light."""
    import segno  # noqa: PLC0415 - for people only

    drawn = io.StringIO()
    segno.make_qr(uri, error="l").terminal(drawn, compact=True)
    return drawn.getvalue()


def once(make: Callable[[], Console]) -> Callable[[], Person]:
    """Gives the same person to every test, at a console that is made for the first of them."""
    people: list[Person] = []

    def person() -> Person:
        if not people:
            people.append(Person(make()))
        return people[0]

    return person
