"""Ways to change an answer on its way out.

Owns small edits of one place each, for deviations and variations. Each returns a new answer and
leaves alone what it was not made for. Must not know who uses it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from pytest_auth0_mfa.mock.deviations.samples import MFA_TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.mock.messages import Answer, Json, JsonObject

Edit: TypeAlias = "Callable[[Answer], Answer]"
"""Makes another answer out of the one that the documented tenant gives."""


def status(number: int) -> Edit:
    """Answer with another status."""
    return lambda answer: replace(answer, status=number)


def header(name: str, text: str) -> Edit:
    """Set a header; its name in lower case."""
    return lambda answer: replace(answer, headers={**answer.headers, name: text})


def without_headers(prefix: str) -> Edit:
    """Leave out the headers whose names start with `prefix`."""

    def edit(answer: Answer) -> Answer:
        kept = {name: text for name, text in answer.headers.items() if not name.startswith(prefix)}
        return replace(answer, headers=kept)

    return edit


def body(value: Json) -> Edit:
    """Answer with another body."""
    return lambda answer: replace(answer, body=value)


def refused(number: int) -> Edit:
    """Answer with a refusal, whatever was right."""
    told = {"error": "invalid_request", "error_description": "This request is not understood."}
    return lambda answer: replace(answer, status=number, body=told)


def member(name: str, value: Json) -> Edit:
    """Set a member of the body."""

    def edit(answer: Answer) -> Answer:
        if not isinstance(answer.body, dict):
            return answer
        return replace(answer, body={**answer.body, name: value})

    return edit


def further_member(name: str, value: Json) -> Edit:
    """Set a member of the body that it does not have."""

    def edit(answer: Answer) -> Answer:
        has = isinstance(answer.body, dict) and name in answer.body
        return answer if has else member(name, value)(answer)

    return edit


def without(name: str) -> Edit:
    """Leave out a member of the body."""

    def edit(answer: Answer) -> Answer:
        if not isinstance(answer.body, dict):
            return answer
        kept = {key: value for key, value in answer.body.items() if key != name}
        return replace(answer, body=kept)

    return edit


def rewritten(name: str, rewrite: Callable[[str], Json]) -> Edit:
    """Make another value out of a text member of the body."""

    def edit(answer: Answer) -> Answer:
        if not isinstance(answer.body, dict) or not isinstance(answer.body.get(name), str):
            return answer
        return replace(answer, body={**answer.body, name: rewrite(answer.body[name])})

    return edit


def items(kind: str, name: str, value: Json, *, by: str = "authenticator_type") -> Edit:
    """Set a member of every listed authenticator of one type, or of one channel."""

    def edited(item: Json) -> Json:
        if not isinstance(item, dict) or item.get(by) != kind:
            return item
        return {**item, name: value}

    def edit(answer: Answer) -> Answer:
        if not isinstance(answer.body, list):
            return answer
        return replace(answer, body=[edited(item) for item in answer.body])

    return edit


def items_without(kind: str, name: str, *, by: str = "authenticator_type") -> Edit:
    """Leave a member out of every listed authenticator of one type, or of one channel."""

    def edited(item: Json) -> Json:
        if not isinstance(item, dict) or item.get(by) != kind:
            return item
        return {key: value for key, value in item.items() if key != name}

    def edit(answer: Answer) -> Answer:
        if not isinstance(answer.body, list):
            return answer
        return replace(answer, body=[edited(item) for item in answer.body])

    return edit


def listed(name: str, value: Json) -> Edit:
    """Add a value to a list in the body, where there is one."""

    def edit(answer: Answer) -> Answer:
        if not isinstance(answer.body, dict) or not isinstance(answer.body.get(name), list):
            return answer
        return replace(answer, body={**answer.body, name: [*answer.body[name], value]})

    return edit


def accepted(value: Json, number: int = 200) -> Edit:
    """Answer as if the request were right."""
    return lambda answer: replace(answer, status=number, body=value)


def interrupted(answer: Answer) -> Answer:
    """Answer as to the right password of a user who must use MFA."""
    told = {
        "error": "mfa_required",
        "error_description": "Multifactor authentication required",
        "mfa_token": MFA_TOKEN,
    }
    return replace(answer, status=403, body=told)


def removed(path: str) -> Edit:
    """Leave out a member, by its path: `keys/*/kid`."""
    return _everywhere(path, lambda parent, name: {k: v for k, v in parent.items() if k != name})


def replaced(path: str, value: Json) -> Edit:
    """Give a member another value wherever there is one, by its path."""

    def change(parent: JsonObject, name: str) -> JsonObject:
        return {**parent, name: value} if name in parent else parent

    return _everywhere(path, change)


def added(path: str, value: Json) -> Edit:
    """Add a member, by its path."""
    return _everywhere(path, lambda parent, name: {**parent, name: value})


def _everywhere(path: str, change: Callable[[JsonObject, str], JsonObject]) -> Edit:
    *steps, name = path.split("/")
    return lambda answer: replace(answer, body=_changed(answer.body, steps, name, change))


def _changed(
    value: Json, steps: list[str], name: str, change: Callable[[JsonObject, str], JsonObject]
) -> Json:
    """Change the objects to which `steps` lead; leave everything else as it is."""
    if steps and steps[0] == "*" and isinstance(value, list):
        return [_changed(each, steps[1:], name, change) for each in value]
    if not isinstance(value, dict):
        return value
    if not steps:
        return change(value, name)
    if steps[0] not in value:
        return value
    return {**value, steps[0]: _changed(value[steps[0]], steps[1:], name, change)}
