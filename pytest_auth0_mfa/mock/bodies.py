"""Reading request bodies as real SDKs send them.

Owns the step from bytes to parameters. A body that starts with `{` is JSON whatever its content
type says, because published curl samples send JSON under a form type or under none. A JSON null
and an empty text count as absent: auth0-python sends both for parameters it was not given. Must
not know which parameters an endpoint wants.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from pytest_auth0_mfa.mock import problems

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.messages import Json, Request

SIZE_LIMIT = 65_536
"""The largest body, in bytes, that is read."""

_FIELD_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Body:
    """The parameters of a request, absent ones left out."""

    parameters: dict[str, Json]
    is_json: bool


def read(request: Request, *, refuse_repetitions: bool = True) -> Body:
    """Read the parameters of a request, or refuse what cannot be read.

    Of a form's repetitions, where they are not refused, the last one counts.
    """
    if len(request.body) > SIZE_LIMIT:
        raise problems.invalid_request(f"The body exceeds {SIZE_LIMIT} bytes.", status=413)
    is_json = request.body.lstrip()[:1] == b"{" or _says_json(request)
    if not request.body.strip():
        return Body({}, is_json)
    parameters = (
        _read_json(request.body) if is_json else _read_form(request.body, refuse_repetitions)
    )
    present: dict[str, Json] = {
        key: each for key, each in parameters.items() if each is not None and each != ""
    }
    return Body(present, is_json)


def _says_json(request: Request) -> bool:
    return request.headers.get("content-type", "").lower().startswith("application/json")


def _read_json(body: bytes) -> dict[str, Json]:
    try:
        parsed = json.loads(body)
        json.dumps(parsed, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as fault:
        # The second pass finds lone surrogates and infinities, which JSON may not carry.
        raise problems.invalid_request("The body is not valid JSON.") from fault
    if not isinstance(parsed, dict):
        raise problems.invalid_request("The body must be a JSON object.")
    return parsed


def _read_form(body: bytes, refuse_repetitions: bool) -> dict[str, Json]:  # noqa: FBT001  Of `read`.
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_FIELD_LIMIT)
    except ValueError as fault:
        raise problems.invalid_request("The body is not a valid form.") from fault
    parameters: dict[str, Json] = dict(pairs)
    if len(parameters) != len(pairs) and refuse_repetitions:
        # Parameters must not be repeated: https://www.rfc-editor.org/rfc/rfc6749#section-3.2
        raise problems.invalid_request("A parameter is repeated.")
    return parameters
