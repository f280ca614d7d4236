"""What the refusal of a login says about the tenant, which is not always what it says.

Sources beside the texts; statuses differ between tenants and are not looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.doctor.finding import Depth, Finding, State

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.exchange import Answer

REFUSED_APPLICATION: Final = {"invalid_client", "access_denied"}
"""What an application hears that does not prove itself, or not in its way."""

_BY_ERROR: Final = {
    "unauthorized_client": "app.password-grant",
    "requires_verification": "ap.bot",
    "password_leaked": "ap.breached",
}
"""Errors that have one cause each."""

_NO_DIRECTORY: Final = "default connection"
"""From: Authorization server not configured with default connection."""

_SUSPICIOUS: Final = "suspicious login behavior"
"""From what suspicious IP throttling says."""

_BY_WORDS: Final = {
    _NO_DIRECTORY: "tenant.default-directory",
    "connection was disabled": "conn.enabled",
    "organization is required": "app.org",
    "user is blocked": "user.blocked",
}
"""Parts of descriptions, in lower case, that have one cause each."""

_OF_REALM: Final = {"server_error", "invalid_request"}


def seen_in(
    answer: Answer, depth: Depth, *, realm: str | None = None, known: bool = True
) -> Finding | None:
    """What a refused login gives away, None where it says no more than that it is refused.

    `realm` is the one that the login named; `known` tells whether the user exists, for somebody
    who does not can be blocked by the address alone.
    """
    error = answer.error or ""
    said = str(answer.get("error_description") or "").lower()
    id_ = _cause(error, said, known=known)
    if id_ is None and realm and error in _OF_REALM:
        id_ = "conn.realm"
    return Finding(id_, State.FOUND, depth, f"a login: {answer.summary()}") if id_ else None


def _cause(error: str, said: str, *, known: bool) -> str | None:
    if error in REFUSED_APPLICATION:
        return "app.auth-method"
    if error == "too_many_attempts":
        return "user.blocked" if known and _SUSPICIOUS not in said else "ap.ip-blocked"
    by_words = (id_ for words, id_ in _BY_WORDS.items() if words in said)
    return _BY_ERROR.get(error) or next(by_words, None)
