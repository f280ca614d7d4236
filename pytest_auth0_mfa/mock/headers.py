"""The headers around an answer, as recorded from real tenants.

Owns cache, security, CORS and content-type headers
(https://github.com/auth0/ruby-auth0, spec/fixtures/vcr_cassettes). Must not look into bodies.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.mock.messages import Answer, Request

_ALWAYS = {"x-content-type-options": "nosniff", "vary": "Accept-Encoding, Origin"}
_STRICT_TRANSPORT = {"strict-transport-security": "max-age=31536000"}
_NO_CACHE = "private, no-store, no-cache, must-revalidate, post-check=0, pre-check=0, no-transform"
_TOKEN_PATH = "/oauth/token"  # noqa: S105  A path.

# /oauth/token names no charset, everything else does.
_TOKEN_SUCCESS = {
    **_ALWAYS,
    "content-type": "application/json",
    "cache-control": "no-store",
    "pragma": "no-cache",
}
_TOKEN_ERROR = {**_ALWAYS, "content-type": "application/json", "cache-control": _NO_CACHE}
_OTHER_SUCCESS = {
    **_ALWAYS,
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
}
_OTHER_ERROR = {**_OTHER_SUCCESS, "cache-control": _NO_CACHE}

PREFLIGHT: Mapping[str, str] = MappingProxyType(
    {
        "access-control-allow-methods": "GET, POST, DELETE, OPTIONS",
        "access-control-allow-headers": "authorization, content-type, auth0-client, dpop",
        "access-control-max-age": "600",
    }
)
"""What a browser wants to hear before it calls."""


def around(request: Request, answer: Answer, limits: Mapping[str, str]) -> dict[str, str]:
    """Return every header of an answer; those that the answer brings itself win."""
    if request.path == _TOKEN_PATH:
        common = _TOKEN_ERROR if answer.is_error else _TOKEN_SUCCESS
    else:
        common = _OTHER_ERROR if answer.is_error else _OTHER_SUCCESS
    complete = {**common, **limits, **answer.headers}
    if request.is_encrypted:
        complete.update(_STRICT_TRANSPORT)
    if "origin" in request.headers:
        complete["access-control-allow-origin"] = request.headers["origin"]
    return complete
