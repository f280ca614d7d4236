"""Which responses are documented, and what their schema files say about them.

Owns finding and reading the files, wherever the package is installed. Compares nothing and needs
only the standard library.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, TypeAlias, cast

Document: TypeAlias = Mapping[str, object]
"""A JSON object, as read from a file; treat it as read-only."""

Basis: TypeAlias = Literal["recorded", "documented", "sdk", "standard", "inferred"]
"""What the knowledge of a response rests on, strongest first."""

_SUFFIX = ".schema.json"
_SHARED = "definitions"
_REPORT = "report"
_DOCTOR = "doctor"
_BASELINE = "baseline"


class UnknownResponseError(KeyError):
    """No response of this id is documented."""

    def __init__(self, response_id: str) -> None:
        """Name the closest documented ids, for most unknown ones are typing mistakes."""
        near = difflib.get_close_matches(response_id, response_ids(), cutoff=0.5)
        advice = f"did you mean {' or '.join(near)}?" if near else "see response_ids() for all."
        super().__init__(f"expected a documented response id, got {response_id!r}; {advice}")

    def __str__(self) -> str:
        """Give the message itself: KeyError would show it as a quoted literal."""
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class ResponseSchema:
    """What is known of one documented response besides the shape of its body.

    ``status`` holds every accepted HTTP status, the usual one first. ``content_type`` is a media
    type without parameters, None where it is irrelevant. ``headers`` holds pairs of a header
    name in lower case and a directive that its value must contain. ``source`` holds public URLs.
    """

    id: str
    title: str
    description: str
    request: str
    status: tuple[int, ...]
    content_type: str | None
    headers: tuple[tuple[str, str], ...]
    basis: Basis
    source: tuple[str, ...]
    file: str


@cache
def response_ids() -> tuple[str, ...]:
    """Give the ids of all documented responses, sorted."""
    names = (entry.name for entry in resources.files(__package__).iterdir())
    ids = {name.removesuffix(_SUFFIX) for name in names if name.endswith(_SUFFIX)}
    return tuple(sorted(ids - {_SHARED, _REPORT, _DOCTOR, _BASELINE}))


@cache
def describe(response_id: str) -> ResponseSchema:
    """Tell what is known of a response; raise UnknownResponseError for an undocumented id."""
    document = response_document(response_id)
    answer = cast("Mapping[str, object]", document["x-response"])
    headers = cast("Mapping[str, str]", answer.get("headers", {}))
    return ResponseSchema(
        id=response_id,
        title=cast("str", document["title"]),
        description=cast("str", document["description"]),
        request=cast("str", answer["request"]),
        status=tuple(cast("list[int]", answer["status"])),
        content_type=cast("str | None", answer["content_type"]),
        headers=tuple(headers.items()),
        basis=cast("Basis", answer["basis"]),
        source=tuple(cast("list[str]", answer["source"])),
        file=response_id + _SUFFIX,
    )


def response_document(response_id: str) -> Document:
    """Give the schema of a response; raise UnknownResponseError for an undocumented id."""
    if response_id not in response_ids():
        raise UnknownResponseError(response_id)
    return _read(response_id)


def shared_definitions() -> Document:
    """Give the schema that holds the definitions common to several responses."""
    return _read(_SHARED)


def report_schema() -> dict[str, object]:
    """Give a fresh copy of the schema of the JSON report."""
    return _read(_REPORT)


def doctor_schema() -> dict[str, object]:
    """Give a fresh copy of the schema of what the doctor writes."""
    return _read(_DOCTOR)


def baseline_schema() -> dict[str, object]:
    """Give a fresh copy of the schema of a baseline."""
    return _read(_BASELINE)


def _read(name: str) -> dict[str, object]:
    text = resources.files(__package__).joinpath(name + _SUFFIX).read_text(encoding="utf-8")
    return cast("dict[str, object]", json.loads(text))
