"""What a body may hold: names, and what each of them takes.

Owns the reading of a body and the complaints, in the words of the validator that Auth0's answers
quote. Must not know any endpoint.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, TypeAlias

from pytest_auth0_mfa.mock import addresses
from pytest_auth0_mfa.mock.bodies import SIZE_LIMIT
from pytest_auth0_mfa.mock.management import refusals

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from pytest_auth0_mfa.mock.messages import Json, Request

    Check: TypeAlias = "Callable[[Json], str]"
    """Returns what is wrong with a value, or nothing."""

_JSON: Final = "application/json"


def read(request: Request) -> Json:
    """Read the body of a request, None where it is empty; refuse what is no JSON."""
    if len(request.body) > SIZE_LIMIT:
        raise refusals.large_body(SIZE_LIMIT)
    if not request.body.strip():
        return None
    kind = request.headers.get("content-type", _JSON).partition(";")[0].strip().lower()
    if kind != _JSON:
        raise refusals.unknown_media_type()
    try:
        parsed: Json = json.loads(request.body)
        # Finds lone surrogates and infinities, which JSON may not carry.
        json.dumps(parsed, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as fault:
        raise refusals.unreadable_body() from fault
    return parsed


def members(
    body: Json, takes: Mapping[str, Check], required: Collection[str] = ()
) -> Mapping[str, Json]:
    """Return the members of an object that holds what is taken and nothing else."""
    wrong = complaint(body, takes, required)
    if wrong:
        raise refusals.invalid_body(*wrong)
    return body if isinstance(body, dict) else {}


def complaint(
    body: Json, takes: Mapping[str, Check], required: Collection[str] = ()
) -> tuple[str, str] | None:
    """Return what is wrong with an object, and where, or None."""
    if not isinstance(body, dict):
        return _wrong_type("object", body), ""
    unknown = [name for name in body if name not in takes]
    if unknown:
        return f"Additional properties not allowed: {','.join(unknown)}", ""
    missing = [name for name in required if name not in body]
    if missing:
        return f"Missing required property: {missing[0]}", ""
    for name, value in body.items():
        wrong = takes[name](value)
        if wrong:
            return wrong, f" on property {name}"
    return None


def entries(body: Json, check: Check) -> list[Json]:
    """Return the entries of a list in which each is taken."""
    wrong = listed(check)(body)
    if wrong:
        raise refusals.invalid_body(wrong)
    return body if isinstance(body, list) else []


def text(value: Json) -> str:
    """Take a text that is not empty."""
    if not isinstance(value, str):
        return _wrong_type("string", value)
    return "" if value else "String is too short (0 chars), minimum 1"


def any_text(value: Json) -> str:
    """Take any text."""
    return "" if isinstance(value, str) else _wrong_type("string", value)


def flag(value: Json) -> str:
    """Take a boolean."""
    return "" if isinstance(value, bool) else _wrong_type("boolean", value)


def whole(value: Json) -> str:
    """Take a whole number."""
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return "" if is_whole else _wrong_type("integer", value)


def between(least: int, most: int) -> Check:
    """Take a whole number within limits."""

    def check(value: Json) -> str:
        wrong = whole(value)
        is_within = not wrong and least <= int(str(value)) <= most
        return wrong or ("" if is_within else f"Value {value} is not between {least} and {most}")

    return check


def mapping(value: Json) -> str:
    """Take any object."""
    return "" if isinstance(value, dict) else _wrong_type("object", value)


def anything(_: Json) -> str:
    """Take whatever there is."""
    return ""


def email(value: Json) -> str:
    """Take an e-mail address."""
    if not isinstance(value, str):
        return _wrong_type("string", value)
    return "" if addresses.is_email(value) else _wrong_form("email", value)


def phone_number(value: Json) -> str:
    """Take a phone number."""
    if not isinstance(value, str):
        return _wrong_type("string", value)
    return "" if addresses.is_phone_number(value) else _wrong_form("phone-number", value)


def one_of(*choices: str) -> Check:
    """Take one of some words."""

    def check(value: Json) -> str:
        return "" if value in choices else f"No enum match for: {json.dumps(value)}"

    return check


def nullable(check: Check) -> Check:
    """Take null, or what `check` takes."""
    return lambda value: "" if value is None else check(value)


def listed(check: Check) -> Check:
    """Take a list in which `check` takes every entry."""

    def check_all(value: Json) -> str:
        if not isinstance(value, list):
            return _wrong_type("array", value)
        return next(filter(None, map(check, value)), "")

    return check_all


def shaped(takes: Mapping[str, Check], required: Collection[str] = ()) -> Check:
    """Take an object that holds what is taken and nothing else."""

    def check(value: Json) -> str:
        wrong = complaint(value, takes, required)
        return "".join(wrong) if wrong else ""

    return check


def known(sample: Mapping[str, Json]) -> Check:
    """Take an object whose members are like those of a sample, as far as it has them."""

    def check(value: Json) -> str:
        if not isinstance(value, dict):
            return _wrong_type("object", value)
        found = ((value[name], each) for name, each in sample.items() if name in value)
        return next(filter(None, (like(each)(one) for one, each in found)), "")

    return check


def like(sample: Json) -> Check:
    """Take what is of the same kind as a sample; of an object, the same members."""
    if isinstance(sample, dict):
        return shaped({name: like(each) for name, each in sample.items()})
    if isinstance(sample, bool):
        return flag
    if isinstance(sample, int):
        return whole
    if isinstance(sample, list):
        return listed(like(sample[0]) if sample else any_text)
    return any_text if isinstance(sample, str) else anything


def _wrong_type(expected: str, value: Json) -> str:
    names = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array"}
    found = "null" if value is None else names.get(type(value), "object")
    return f"Expected type {expected} but found type {found}"


def _wrong_form(name: str, value: str) -> str:
    return f"Object didn't pass validation for format {name}: {value}"
