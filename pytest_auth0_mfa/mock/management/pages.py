"""A page of settings: one object under a path, shown and changed as a whole.

Owns how pages are kept, changed and put into effect. What they hold is said where they are laid
out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.management import fields, refusals
from pytest_auth0_mfa.mock.management.calls import Endpoint
from pytest_auth0_mfa.mock.messages import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pytest_auth0_mfa.mock.management.calls import Call, Endpoints
    from pytest_auth0_mfa.mock.management.fields import Check
    from pytest_auth0_mfa.mock.messages import Json, JsonObject
    from pytest_auth0_mfa.mock.tenant import Tenant


def _no_effect(_: Tenant, __: Mapping[str, Json]) -> None:
    """Leave the tenant as it behaves."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page with what it holds until it is changed.

    It takes what is like its `default`, other than `takes` says; PUT replaces it, by what holds all
    that it `needs`, and PATCH changes the members that are named. `effect` is told the whole page
    after a change. `feature` is what a plan may lack; a legacy page is no more where phones are
    unified, and what is `secret` is never shown.
    """

    path: str
    scope: str
    default: JsonObject
    methods: Sequence[str] = ("GET", "PATCH")
    takes: Mapping[str, Check] = field(default_factory=dict)
    effect: Callable[[Tenant, Mapping[str, Json]], None] = _no_effect
    needs: Sequence[str] = ()
    feature: str = ""
    is_legacy: bool = False
    secret: frozenset[str] = frozenset()

    def held(self, tenant: Tenant) -> dict[str, Json]:
        """Return what the page holds."""
        return dict(tenant.settings.pages.get(self.path, self.default))

    def endpoints(self) -> Endpoints:
        """Return the endpoints of the page."""
        answers = {"GET": self.show, "PUT": self.replace, "PATCH": self.change}
        verbs = {"GET": "read"}
        return {
            self.path: {
                method: Endpoint(answers[method], (f"{verbs.get(method, 'update')}:{self.scope}",))
                for method in self.methods
            }
        }

    def show(self, call: Call) -> Answer:
        """Show what the page holds."""
        self._check_there(call)
        return Answer(200, call.query.shown(self._shown(self.held(call.tenant))))

    def replace(self, call: Call) -> Answer:
        """Hold what the body says and nothing else."""
        self._check_there(call)
        return self._keep(call, dict(self._taken(call.body, self.needs)))

    def change(self, call: Call) -> Answer:
        """Hold what the body says, and all else as before."""
        self._check_there(call)
        return self._keep(call, merged(self.held(call.tenant), self._taken(call.body)))

    def _taken(self, body: Json, needs: Sequence[str] = ()) -> Mapping[str, Json]:
        like = {name: fields.like(each) for name, each in self.default.items()}
        return fields.members(body, {**like, **self.takes}, needs)

    def _keep(self, call: Call, held: dict[str, Json]) -> Answer:
        call.tenant.settings.pages[self.path] = held
        self.effect(call.tenant, held)
        return Answer(200, self._shown(held))

    def _shown(self, held: dict[str, Json]) -> dict[str, Json]:
        return {name: each for name, each in held.items() if name not in self.secret}

    def _check_there(self, call: Call) -> None:
        settings = call.tenant.settings
        if self.is_legacy and settings.phones.is_unified:
            raise refusals.legacy_phone()
        if self.feature in settings.unentitled:
            raise refusals.insufficient_entitlement(self.feature)


def merged(held: Mapping[str, Json], given: Mapping[str, Json]) -> dict[str, Json]:
    """Return an object with the members that are given, and within them those that are."""
    result = {**held, **given}
    for name, each in given.items():
        before = held.get(name)
        if isinstance(each, dict) and isinstance(before, dict):
            result[name] = merged(before, each)
    return result


def endpoints(pages: Sequence[Page]) -> Endpoints:
    """Return the endpoints of several pages."""
    return {path: each for page in pages for path, each in page.endpoints().items()}
