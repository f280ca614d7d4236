"""Compiled validators of the response schemas.

Owns everything that touches the JSON Schema library, which it loads when the first validator is
asked for. Each schema is compiled once in a process.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from ._registry import Document, response_document, shared_definitions

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator


@dataclass(frozen=True, slots=True)
class Validators:
    """The two validators of a response: what must hold and what should hold."""

    must: Draft202012Validator
    should: Draft202012Validator


@cache
def validators_of(response_id: str) -> Validators:
    """Compile the schema of a response; raise UnknownResponseError for an undocumented id."""
    document = response_document(response_id)
    should = cast("Document", document.get("x-should", {}))
    return Validators(must=_compile(document), should=_compile(should))


def _compile(schema: Document) -> Draft202012Validator:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 -- 80 ms, spent when first needed
    from referencing import Registry  # noqa: PLC0415 -- as above
    from referencing.jsonschema import DRAFT202012  # noqa: PLC0415 -- as above

    shared = DRAFT202012.create_resource(shared_definitions())
    return Draft202012Validator(schema, registry=shared @ Registry())
