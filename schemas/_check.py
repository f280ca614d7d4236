"""Comparison of one response with what is documented.

Owns the order of judgement: status, headers, body; first what must hold, then what should.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._explain import body_findings
from ._findings import Finding
from ._registry import describe
from ._validators import validators_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ._registry import ResponseSchema

_SHOWN_HEADER_LENGTH = 80


def check(
    response_id: str,
    body: object,
    *,
    status: int | None = None,
    headers: Mapping[str, str] | None = None,
) -> list[Finding]:
    """Compare a response with its schema; the list is empty when it conforms.

    ``body`` is the decoded JSON value, None for an empty body, or the text of a body that is not
    JSON. ``status`` and ``headers`` (names in any case) are judged only when given.
    Raises UnknownResponseError, a KeyError, for an id that response_ids() does not list.
    """
    response = describe(response_id)
    findings: list[Finding] = []
    if status is not None:
        findings += _status_findings(response, status)
    if headers is not None:
        findings += _header_findings(response, headers)
    validators = validators_of(response_id)
    broken = body_findings(response_id, "MUST", validators.must, body)
    advised = body_findings(response_id, "SHOULD", validators.should, body)
    places = {finding.where for finding in broken}
    return [*findings, *broken, *(found for found in advised if found.where not in places)]


def _status_findings(response: ResponseSchema, status: int) -> Iterator[Finding]:
    """Report a status outside the accepted set; any member of the set is as good as another."""
    if status not in response.status:
        accepted = " or ".join(map(str, response.status))
        yield Finding(response.id, "MUST", "status", accepted, str(status))


def _header_findings(response: ResponseSchema, headers: Mapping[str, str]) -> Iterator[Finding]:
    """Report a wrong media type and each missing directive."""
    received = {name.lower(): value for name, value in headers.items()}
    expected = dict(response.headers)
    if response.content_type is not None:
        media_type = received.get("content-type", "").partition(";")[0].strip().lower()
        if media_type != response.content_type:
            yield _header_finding(response, "content-type", response.content_type, received)
    for name, directive in expected.items():
        if directive not in _directives(received.get(name, "")):
            yield _header_finding(response, name, directive, received)


def _directives(value: str) -> set[str]:
    """Split a header value at its commas, as Cache-Control is built (RFC 9111, 5.2)."""
    return {directive.strip().lower() for directive in value.split(",")}


def _header_finding(
    response: ResponseSchema, name: str, expected: str, received: Mapping[str, str]
) -> Finding:
    actual = received[name][:_SHOWN_HEADER_LENGTH] if name in received else "no such header"
    return Finding(response.id, "MUST", f"header {name}", expected, actual)
