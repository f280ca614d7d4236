"""Pages of the Management API, each read at most once, and none that a scope is missing for.

Owns what keeps a page from being read, told apart: a scope, the plan, a fault, another shape than
pages have. Sends nothing but GET.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.doctor.finding import State
from pytest_auth0_mfa.errors import Auth0MfaError, Disturbance

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_auth0_mfa.api.exchange import Answer

SCOPES: Final[Mapping[str, str]] = {
    "/actions/": "read:actions",
    "/anomaly/": "read:anomaly_blocks",
    "/attack-protection/": "read:attack_protection",
    "/branding/phone/providers": "read:phone_providers",
    "/clients/": "read:clients",
    "/connections": "read:connections",
    "/custom-domains": "read:custom_domains",
    "/email-templates/": "read:email_templates",
    "/emails/": "read:email_provider",
    "/guardian/factors": "read:guardian_factors",
    "/guardian/policies": "read:mfa_policies",
    "/network-acls": "read:network_acls",
    "/tenants/settings": "read:tenant_settings",
    "/user": "read:users",
}
"""The scope that opens each page, by how its path begins.
Source: https://auth0.com/docs/api/management/v2"""

LEGACY_PHONE: Final = "legacy_mfa_phone_provider_not_allowed"
"""Source: https://github.com/auth0/auth0-deploy-cli/pull/1429"""

_NOT_FOUND: Final = 404
_FORBIDDEN: Final = 403


class UnreadError(Exception):
    """A page that could not be read; `state` says for what kind of reason."""

    def __init__(self, state: State, told: str) -> None:
        """Keep the reason, in words without secrets."""
        super().__init__(told)
        self.state = state
        self.told = told


class LegacyPhoneError(UnreadError):
    """The page belongs to the older configuration of phones, which this tenant does not have."""


class Reading:
    """The pages of one tenant, as they are asked for.

    `read` sends a GET for a path below `/api/v2` and gives the last answer; `granted` are the
    scopes of the token, None where it does not tell them. `missing` gathers those that lack.
    """

    def __init__(self, read: Callable[[str], Answer], granted: frozenset[str] | None) -> None:
        """Read nothing yet."""
        self._read = read
        self._granted = granted
        self._pages: dict[str, object | UnreadError] = {}
        self.missing: set[str] = set()
        self.unentitled: dict[str, str] = {}
        self.per_second: int | None = None

    def page(self, path: str) -> object:
        """The body of a page, None where there is no such page; raises `UnreadError`."""
        if path not in self._pages:
            try:
                self._pages[path] = self._fetched(path)
            except UnreadError as error:
                self._pages[path] = error
        page = self._pages[path]
        if isinstance(page, UnreadError):
            raise page
        return page

    def record(self, path: str) -> Mapping[str, object]:
        """A page that is an object, as all but lists are; raises `UnreadError` for others."""
        return as_record(self.page(path), path)

    def records(self, path: str, envelope: str = "") -> list[Mapping[str, object]]:
        """A page that is a list of objects, bare or in its envelope; raises `UnreadError`."""
        page = self.page(path)
        if envelope and isinstance(page, dict):
            page = page.get(envelope)
        if not isinstance(page, list):
            raise odd(path)
        return [as_record(each, path) for each in page]

    def _fetched(self, path: str) -> object:
        scope = next((scope for start, scope in SCOPES.items() if path.startswith(start)), "")
        if self._granted is not None and scope and scope not in self._granted:
            self._lacks(scope)
        try:
            answer = self._read(path)
        except (Disturbance, Auth0MfaError) as error:
            raise UnreadError(State.UNKNOWN, str(error)) from None
        self._note_limit(answer)
        if answer.accepted:
            return answer.body
        if answer.status == _NOT_FOUND:
            return None
        raise self._refused(path, scope, answer)

    def _refused(self, path: str, scope: str, answer: Answer) -> UnreadError:
        code = answer.get("errorCode")
        if answer.status == _FORBIDDEN and code == LEGACY_PHONE:
            return LegacyPhoneError(State.UNREAD, "phones are configured under Branding")
        if answer.status == _FORBIDDEN and code == "insufficient_entitlement":
            self.unentitled[path] = str(answer.get("message") or "")
            return UnreadError(State.UNENTITLED, f"the plan does not have {path}")
        if answer.status == _FORBIDDEN and code == "insufficient_scope" and scope:
            self._lacks(scope)
        return UnreadError(State.UNKNOWN, f"{answer.exchange}: {answer.summary()}")

    def _lacks(self, scope: str) -> None:
        self.missing.add(scope)
        raise UnreadError(State.UNREAD, f"needs the scope {scope}")

    def _note_limit(self, answer: Answer) -> None:
        told = answer.headers.get("x-ratelimit-limit", "")
        if told.isdecimal():
            self.per_second = int(told)


def as_record(page: object, where: str) -> Mapping[str, object]:
    """An object; raises `UnreadError` for anything else."""
    if isinstance(page, dict):
        return page
    raise odd(where)


def odd(where: str) -> UnreadError:
    """That a page has another shape than pages of the Management API have."""
    return UnreadError(State.UNKNOWN, f"{where} has a shape that is not known here")
