"""Actions at the login: what their code does to a login by password.

The code is read, not run: a name that stands in it counts as used, one in a comment does not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.doctor.reading import as_record
from pytest_auth0_mfa.doctor.site import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.doctor.configuration.looks import Look
    from pytest_auth0_mfa.doctor.site import Site

_BINDINGS: Final = "/actions/triggers/post-login/bindings"
_COMMENT: Final = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
_ASKS: Final = re.compile(r"\b(?:enroll|challenge)With(?:Any)?\s*\(")
_ENABLES: Final = re.compile(r"\bmultifactor\s*\.\s*enable\s*\(")
_REDIRECTS: Final = re.compile(r"\bredirect\s*\.\s*sendUserTo\s*\(|\bcontext\.redirect\s*=")
_SPARES_REFRESHING: Final = "oauth2-refresh-token"
"""The protocol of an exchange of refresh tokens, by which an Action can pass it over.
Source: https://auth0.com/docs/customize/actions/explore-triggers/signup-and-login-triggers/login-trigger/post-login-event-object"""


def enables_mfa(site: Site) -> bool:
    """Whether an Action at the login asks for a second factor, whatever the policies."""
    return any(_ENABLES.search(code) for code in _bound(site).values())


def asks_for_factors(site: Site) -> str | None:
    """Whether factors are asked for by Actions, which gives logins by password no mfa_token."""
    if site.settings().get("customize_mfa_in_postlogin_action") is True:
        return "customize_mfa_in_postlogin_action is on"
    return _named(site, _ASKS, "calls enrollWith or challengeWith")


def redirects(site: Site) -> str | None:
    """Whether an Action sends users elsewhere."""
    return _named(site, _REDIRECTS, "redirects")


def asks_when_refreshing(site: Site) -> str | None:
    """Whether an Action that asks for a second factor does not pass over refresh tokens."""
    asking = {
        name: code
        for name, code in _bound(site).items()
        if _ENABLES.search(code) and _SPARES_REFRESHING not in code
    }
    told = f"never mentions the protocol {_SPARES_REFRESHING}"
    return f"the Action {next(iter(asking))!r} enables MFA and {told}" if asking else None


def _named(site: Site, pattern: re.Pattern[str], does: str) -> str | None:
    names = [name for name, code in _bound(site).items() if pattern.search(code)]
    return f"the Action {names[0]!r} {does}" if names else None


def _bound(site: Site) -> Mapping[str, str]:
    """The code of each Action at the login, without its comments, by the name of the Action."""
    found = {}
    for binding in site.reading.records(_BINDINGS, "bindings"):
        action = as_record(binding.get("action"), _BINDINGS)
        name = text(binding.get("display_name")) or text(action.get("name")) or "without a name"
        found[name] = _COMMENT.sub("", _code(site, action))
    return found


def _code(site: Site, action: Mapping[str, object]) -> str:
    """The code of an Action; a list of bindings may leave it out."""
    code = action.get("code")
    if not isinstance(code, str):
        code = site.reading.record(f"/actions/actions/{action.get('id')}").get("code")
    return code if isinstance(code, str) else ""


LOOKS: Final[Mapping[str, Look]] = {
    "tenant.mfa-in-action": asks_for_factors,
    "tenant.action-redirect": redirects,
    "tenant.action-refresh": asks_when_refreshing,
}
