"""Example answers for the tests of the schemas, handed out one by one.

`examples.json` holds at least one conforming body for every documented response, recorded or
documented, with the members that it cannot do without, may have, and must not have: those lists
are judged by hand, not taken from the schemas.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest


@dataclass(frozen=True, slots=True)
class Example:
    """A conforming answer and the names of its members by their part."""

    id: str
    body: object
    required: tuple[str, ...]
    optional: tuple[str, ...]
    forbidden: tuple[str, ...]

    def members(self, part: str) -> tuple[str, ...]:
        """Name the members of a part; those that are typed are the ones the body has."""
        if part == "typed":
            present = self.body if isinstance(self.body, dict) else {}
            return tuple(name for name in self.required + self.optional if name in present)
        return self.required if part == "required" else self.forbidden


def examples() -> Iterator[Example]:
    """Read the examples, in the order of the file."""
    for entry in json.loads(Path(__file__).with_name("examples.json").read_text("utf-8")):
        lists = {part: tuple(entry[part]) for part in ("required", "optional", "forbidden")}
        yield Example(id=entry["id"], body=entry["body"], **lists)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test once for each example, for each object, or for each member of a part.

    A test asks by argument: ``good_body``, ``good_object``, or ``good_object`` with one of
    ``required_name``, ``typed_name`` and ``forbidden_name``; ``response_id`` comes with each.
    """
    wanted = set(metafunc.fixturenames)
    for part in ("required", "typed", "forbidden"):
        if f"{part}_name" in wanted:
            cases = [(each, name) for each in examples() for name in each.members(part)]
            metafunc.parametrize(
                ("response_id", "good_object", f"{part}_name"),
                [(each.id, each.body, name) for each, name in cases],
                ids=[f"{each.id}-{name}" for each, name in cases],
            )
            return
    for argument, kind in (("good_object", dict), ("good_body", object)):
        if argument in wanted:
            chosen = [each for each in examples() if isinstance(each.body, kind)]
            metafunc.parametrize(
                ("response_id", argument),
                [(each.id, each.body) for each in chosen],
                ids=[each.id for each in chosen],
            )
