"""Findings in words, made from the errors of a JSON Schema validator.

The bodies of this API are made of secrets (mfa tokens, TOTP secrets, recovery codes), so nothing
here may quote a body: values are described by kind and size, save for a few keys whose values
are public vocabulary. What was expected is worded from the schema alone.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from ._findings import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence, Sized

    from jsonschema import Draft202012Validator, ValidationError

    from ._findings import Level

HARMLESS_KEYS = frozenset(
    {
        "active",
        "alg",
        "authenticator_type",
        "binding_method",
        "challenge_type",
        "error",
        "error_description",
        "expires_in",
        "issuer",
        "kty",
        "oob_channel",
        "scope",
        "token_type",
        "use",
    }
)
"""Keys whose values are vocabulary of the protocol and may be quoted."""

_QUOTED_LENGTH = 120

_TYPE_PHRASES: Mapping[str, str] = {
    "array": "an array",
    "boolean": "true or false",
    "integer": "an integer",
    "null": "an empty body",
    "number": "a number",
    "object": "an object",
    "string": "a string",
}

_SCALAR_PHRASES: Mapping[type, str] = {
    bool: "true or false",
    float: "a number with a fraction",
    int: "an integer",
}


def body_findings(
    response_id: str, level: Level, validator: Draft202012Validator, body: object
) -> list[Finding]:
    """List what a validator has against a body: the first broken rule at each place, sorted."""
    findings: dict[str, Finding] = {}
    for error in validator.iter_errors(body):
        for where, expected, actual in _details(error):
            finding = Finding(response_id, level, where, expected, actual)
            findings.setdefault(where, finding)
    return [findings[where] for where in sorted(findings)]


def _details(error: ValidationError) -> Iterator[tuple[str, str, str]]:
    """Yield where, expected and actual; one error of ``required`` may stand for several."""
    path = list(error.absolute_path)
    if error.validator == "required":
        for name in _missing(error):
            yield _pointer([*path, name]), "a value", "no such member"
        return
    yield _pointer(path), _expected(error), _actual(path, error.instance)


def _missing(error: ValidationError) -> list[str]:
    """Name the members that are absent: the validator reports one by one, without the name."""
    required = cast("Sequence[str]", error.validator_value)
    present = cast("Mapping[str, object]", error.instance)
    return [name for name in required if name not in present]


def _pointer(path: Sequence[str | int]) -> str:
    """Write a path as a JSON pointer (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def _expected(error: ValidationError) -> str:
    """Word the broken rule: by the title of its schema, else by the keyword."""
    schema = cast("Mapping[str, object]", error.schema)
    if "title" in schema and error.validator != "type":
        return str(schema["title"])
    phrase = _KEYWORD_PHRASES.get(str(error.validator))
    if phrase is None:
        return f"{error.validator} {json.dumps(error.validator_value)}"
    return phrase(error.validator_value)


def _type_phrase(value: object) -> str:
    names = [value] if isinstance(value, str) else cast("list[str]", value)
    return " or ".join(_TYPE_PHRASES[name] for name in names)


_KEYWORD_PHRASES: Mapping[str, Callable[[object], str]] = {
    "const": json.dumps,
    "enum": lambda value: " or ".join(json.dumps(option) for option in cast("list[object]", value)),
    "maxItems": lambda value: f"an array of {value} or fewer items",
    "minItems": lambda value: f"an array of {value} or more items",
    "minLength": lambda value: f"a string of {value} or more characters",
    "minimum": lambda value: f"at least {value}",
    "pattern": lambda value: f"text that matches {value}",
    "type": _type_phrase,
}


def _actual(path: Sequence[str | int], value: object) -> str:
    """Quote a harmless value, describe any other by kind and size."""
    scalar = value is None or isinstance(value, (str, bool, int, float))
    if scalar and path and path[-1] in HARMLESS_KEYS:
        quoted = json.dumps(value)
        return quoted if len(quoted) <= _QUOTED_LENGTH else quoted[:_QUOTED_LENGTH] + "..."
    return _describe(value, whole_body=not path)


def _describe(value: object, *, whole_body: bool) -> str:
    """Name the kind and the size of a JSON value, never its content."""
    if isinstance(value, str):
        kind = "plain text" if whole_body else "a string"
        return f"{kind} of {_count(value, 'character')}"
    if isinstance(value, list):
        return f"an array of {_count(value, 'item')}"
    if isinstance(value, dict):
        return f"an object of {_count(value, 'member')}"
    if value is None:
        return "an empty body" if whole_body else "null"
    return _SCALAR_PHRASES.get(type(value), f"a Python {type(value).__name__}")


def _count(value: Sized, noun: str) -> str:
    return f"{len(value)} {noun}{'' if len(value) == 1 else 's'}"
