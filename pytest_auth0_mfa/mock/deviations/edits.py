"""Ways to change an answer on its way out.

Owns small edits of one place each, for deviations and variations. Each returns a new answer and
leaves alone what it was not made for. Must not know who uses it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.mock.messages import Answer, Json

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


def listed(name: str, value: Json) -> Edit:
    """Add a value to a list in the body, where there is one."""

    def edit(answer: Answer) -> Answer:
        if not isinstance(answer.body, dict) or not isinstance(answer.body.get(name), list):
            return answer
        return replace(answer, body={**answer.body, name: [*answer.body[name], value]})

    return edit
