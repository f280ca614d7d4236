"""The members of documented responses, as their schemas tell them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from pytest_auth0_mfa.schemas._registry import response_document, shared_definitions

if TYPE_CHECKING:
    from collections.abc import Iterator

Schema = dict[str, Any]
ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Member:
    """A member by its place (`/keys/*/kid`), and the definition or response that speaks of it.

    `fault` is what would be wrong with it: `missing` where it is required, `wrong` where its
    value is described, `extra` where it must not be.
    """

    place: str
    owner: str
    fault: str


def members(response_id: str) -> set[Member]:
    """Every member that the schema of a response speaks of, however deep."""
    document = cast("Schema", response_document(response_id))
    return set(_walk(document, "", response_id))


def required(response_id: str) -> set[str]:
    """The places of members that a response must have."""
    return {each.place for each in members(response_id) if each.fault == "missing"}


def _walk(schema: Schema, place: str, owner: str) -> Iterator[Member]:
    if "$ref" in schema:
        name, target = _resolved(schema["$ref"])
        yield from _walk(target, place, name)
    for part in schema.get("allOf", ()):
        yield from _walk(part, place, owner)
    if "then" in schema:
        yield from _walk(schema["then"], place, owner)
    for name in schema.get("required", ()):
        yield Member(f"{place}/{name}", owner, "missing")
    for name, value in schema.get("properties", {}).items():
        yield from _member(value, f"{place}/{name}", owner)
    if "items" in schema:
        yield from _walk(schema["items"], f"{place}/*", owner)


def _member(schema: Schema, place: str, owner: str) -> Iterator[Member]:
    if schema.get("$ref", "").endswith(f"/{ABSENT}"):
        yield Member(place, owner, "extra")
        return
    yield Member(place, owner, "wrong")
    yield from _walk(schema, place, owner)


def _resolved(reference: str) -> tuple[str, Schema]:
    name = reference.rpartition("/")[2]
    definitions = cast("dict[str, Schema]", shared_definitions()["$defs"])
    return name, definitions[name]
