"""Reports laid side by side: what the same requirement came to in each of them.

Works on the JSON documents alone, whichever version of this package or tenant they are from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A requirement and factor; a verdict for each report, None where it does not have one."""

    requirement: str
    factor: str
    title: str
    verdicts: tuple[str | None, ...]

    @property
    def differs(self) -> bool:
        """Whether the reports disagree."""
        return len(set(self.verdicts)) > 1


def compare(documents: Sequence[Document]) -> list[Row]:
    """One row for each requirement and factor of any report, in the order of the first."""
    found = [dict(_verdicts(document)) for document in documents]
    titles = {
        (entry["id"], entry["factor"]): str(entry["title"])
        for document in documents
        for entry in document["requirements"]
    }
    return [
        Row(*key, title, tuple(verdicts.get(key) for verdicts in found))
        for key, title in titles.items()
    ]


def _verdicts(document: Document) -> Iterator[tuple[tuple[str, str], str]]:
    for entry in document["requirements"]:
        yield (entry["id"], entry["factor"]), entry["verdict"]
