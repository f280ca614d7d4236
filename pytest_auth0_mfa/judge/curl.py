"""A recorded exchange as a command to copy, with names in the place of secrets."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_LEFT_OUT: Final = {"accept", "accept-encoding", "connection", "content-length", "user-agent"}
"""Headers that curl sets itself or that change nothing."""


def to_curl(method: str, request: Mapping[str, object]) -> str:
    """One line for a shell; secrets stand as `{mfa_token#1}`, to be filled in by the reader."""
    words = ["curl", "--request", method, "--url", str(request["url"])]
    headers = request.get("headers")
    kept = headers if isinstance(headers, dict) else {}
    for name, value in kept.items():
        if name not in _LEFT_OUT:
            words += ["--header", f"{name}: {value}"]
    words += _body(request.get("body"), str(kept.get("content-type", "")))
    return " ".join(map(shlex.quote, words))


def _body(body: object, content_type: str) -> list[str]:
    if body is None:
        return []
    if isinstance(body, dict) and "json" not in content_type:
        pairs = (f"{name}={value}" for name, value in body.items())
        return [word for pair in pairs for word in ("--data-urlencode", pair)]
    compact = json.dumps(body, separators=(",", ":"), ensure_ascii=False)
    return ["--data", body if isinstance(body, str) else compact]
