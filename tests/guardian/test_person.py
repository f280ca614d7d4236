"""A person with a phone: what they are shown and asked, and what becomes of their answers."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
import zxingcpp

from pytest_auth0_mfa.errors import Undelivered, Untestable
from pytest_auth0_mfa.guardian.person import Person, as_barcode, once
from tests.guardian.stand_in import BARCODE_URI

DARK, LIGHT, SCALE = 0, 255, 4
HALVES = {"█": (LIGHT, LIGHT), "▀": (LIGHT, DARK), "▄": (DARK, LIGHT), " ": (DARK, DARK)}
"""A character of the drawing -> its upper and its lower half, on a dark terminal."""


@dataclass
class Console:
    """A terminal at which somebody types these lines; None stands for nobody."""

    lines: list[str | None]
    shown: list[str] = field(default_factory=list)
    asked: list[tuple[str, float]] = field(default_factory=list)

    def show(self, text: str) -> None:
        """Keep what is shown."""
        self.shown.append(text)

    def ask(self, question: str, timeout_s: float) -> str | None:
        """Type the next line."""
        self.asked.append((question, timeout_s))
        return self.lines.pop(0)


def seen_by_a_phone(drawing: str, *, inverted: bool = False) -> str:
    """What a camera reads from the drawing on a terminal."""
    rows = []
    for line in drawing.splitlines():
        halves = [HALVES[character] for character in line]
        for half in (0, 1):
            row = b"".join(bytes([each[half]]) * SCALE for each in halves)
            rows += [bytes(LIGHT - dot for dot in row) if inverted else row] * SCALE
    picture = memoryview(b"".join(rows)).cast("B", (len(rows), len(rows[0])))
    found = zxingcpp.read_barcode(picture)
    assert found is not None
    return str(found.text)


@pytest.mark.parametrize("inverted", [False, True])
def test_barcode_can_be_scanned(inverted: bool) -> None:  # noqa: FBT001 - a kind of terminal
    """The drawing holds the URI, on a dark terminal and on a light one."""
    assert BARCODE_URI == seen_by_a_phone(as_barcode(BARCODE_URI), inverted=inverted)


def test_scan() -> None:
    """The barcode is shown, its text is not, and the wait ends before the barcode expires."""
    console = Console(["\n"])
    Person(console).scan(BARCODE_URI)
    (shown,), ((question, timeout_s),) = console.shown, console.asked
    assert BARCODE_URI == seen_by_a_phone(shown)
    assert "otpauth" not in shown + question
    assert "scan this with the Guardian app, then press Enter" in question
    assert timeout_s < 300


@pytest.mark.parametrize("task", ["allow", "reject"])
def test_answer(task: str) -> None:
    """The task is in the question."""
    console = Console(["\n"])
    getattr(Person(console), task)()
    ((question, timeout_s),) = console.asked
    assert task.upper() in question
    assert timeout_s < 600


@pytest.mark.parametrize("typed", ["s\n", "S\n", " s \n"])
def test_cannot_be_done(typed: str) -> None:
    """A person without a phone says so, and the test is skipped with that."""
    with pytest.raises(Untestable, match="could not be done, says the person at the terminal"):
        Person(Console([typed])).allow()


def test_nobody_there() -> None:
    """A question that stays unanswered is a delivery that failed."""
    with pytest.raises(Undelivered, match="nobody at the terminal did this within 240 s"):
        Person(Console([None])).reject()


def test_expecting_asks_nothing() -> None:
    """A challenge needs nothing of a person."""
    console = Console([])
    Person(console).expect()
    assert ([], []) == (console.shown, console.asked)


def test_one_person_serves_all_tests() -> None:
    """The console is made for the first test, and only once."""
    made: list[Console] = []

    def make() -> Console:
        made.append(Console([]))
        return made[-1]

    person = once(make)
    assert [] == made
    assert person() is person()
    assert 1 == len(made)
