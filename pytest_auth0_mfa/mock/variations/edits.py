"""Further edits of answers, of the kind that variations need: whole bodies, and URIs in them.

Owns edits that keep what an answer says. Must not know which variation uses them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pytest_auth0_mfa.mock.deviations import edits

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.mock.deviations.edits import Edit
    from pytest_auth0_mfa.mock.messages import Answer, Json

_Pairs = list[tuple[str, str]]


def together(*steps: Edit) -> Edit:
    """Make several edits, one after the other."""

    def edit(answer: Answer) -> Answer:
        for step in steps:
            answer = step(answer)
        return answer

    return edit


def error(status: int, code: str | None = None, description: str | None = None) -> Edit:
    """Give a refusal another status, and another code or text where these are named."""
    steps = [edits.status(status)]
    if code is not None:
        steps.append(edits.member("error", code))
    if description is not None:
        steps.append(edits.member("error_description", description))
    return together(*steps)


def objects(rewrite: Callable[[dict[str, Json]], dict[str, Json]]) -> Edit:
    """Rewrite every object of a body, the innermost first."""

    def rewritten(value: Json) -> Json:
        if isinstance(value, dict):
            return rewrite({name: rewritten(each) for name, each in value.items()})
        return [*map(rewritten, value)] if isinstance(value, list) else value

    return lambda answer: replace(answer, body=rewritten(answer.body))


def each_item(rewrite: Callable[[dict[str, Json]], dict[str, Json]]) -> Edit:
    """Rewrite every object of a body that is a list."""

    def edit(answer: Answer) -> Answer:
        if not isinstance(answer.body, list):
            return answer
        items = [rewrite(item) if isinstance(item, dict) else item for item in answer.body]
        return replace(answer, body=items)

    return edit


def listed(rearrange: Callable[[list[Json]], list[Json]]) -> Edit:
    """Rearrange a body that is a list."""

    def edit(answer: Answer) -> Answer:
        if not isinstance(answer.body, list):
            return answer
        return replace(answer, body=rearrange(answer.body))

    return edit


def header_of(name: str, rewrite: Callable[[str], str]) -> Edit:
    """Rewrite a header, where there is one; its name in lower case."""

    def edit(answer: Answer) -> Answer:
        if name not in answer.headers:
            return answer
        return edits.header(name, rewrite(answer.headers[name]))(answer)

    return edit


def query_of(name: str, rewrite: Callable[[_Pairs], _Pairs]) -> Edit:
    """Rewrite the query of a URI in the body."""

    def rewritten(uri: str) -> str:
        parts = urlsplit(uri)
        query = urlencode(rewrite(parse_qsl(parts.query)))
        return urlunsplit(parts._replace(query=query.replace("+", "%20")))

    return edits.rewritten(name, rewritten)


def in_small_hex(uri: str) -> str:
    """Write percent-encoded octets with small letters."""
    return re.sub("%[0-9A-F]{2}", lambda octet: octet[0].lower(), uri)
