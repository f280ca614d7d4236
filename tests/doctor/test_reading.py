"""Pages of the Management API as the doctor reads them, and what keeps one from being read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pytest_auth0_mfa.api.exchange import Answer, Exchange
from pytest_auth0_mfa.doctor.configuration import LOOKS, look_at
from pytest_auth0_mfa.doctor.finding import Finding, State
from pytest_auth0_mfa.doctor.reading import Reading, UnreadError
from pytest_auth0_mfa.doctor.site import Needs, Site
from pytest_auth0_mfa.errors import Disturbance
from pytest_auth0_mfa.tenant.profile import FACTORS

if TYPE_CHECKING:
    from collections.abc import Mapping

NEEDS = Needs(
    "x",
    "client_secret_post",
    frozenset(FACTORS),
    "db",
    "https://login.acme.test",
    users=("somebody",),
)
SCOPE = {"errorCode": "insufficient_scope", "error": "Forbidden", "message": "Insufficient scope"}
PLAN = {"errorCode": "insufficient_entitlement", "error": "Forbidden", "message": "Please upgrade"}
ODD: tuple[Any, ...] = (None, [], {}, "text", 7, [None], [[]], {"name": 7}, [{"name": None}])
"""Bodies that no page of the Management API has, or not all of them."""


def answered(status: int, body: object, path: str = "/page", **headers: str) -> Answer:
    """An answer of the Management API."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, named, body, Exchange(1, "GET", path, status, {}, {}, 1.0))


class Pages:
    """A Management API that answers by path, and counts what it is asked."""

    def __init__(self, pages: Mapping[str, Answer], otherwise: Answer) -> None:
        """Answer so, and otherwise like that."""
        self.pages = pages
        self.otherwise = otherwise
        self.asked: list[str] = []

    def read(self, path: str) -> Answer:
        """Answer a GET."""
        self.asked.append(path)
        return self.pages.get(path, self.otherwise)


def findings(pages: Pages, granted: frozenset[str] | None = None) -> dict[str, Finding]:
    """What each check of the configuration comes to."""
    return {each.id: each for each in look_at(Site(Reading(pages.read, granted), NEEDS))}


def test_each_page_once() -> None:
    """However many checks need a page, it is asked for once, whether it is there or not."""
    pages = Pages({}, answered(404, {"error": "Not Found"}))
    findings(pages)
    assert len(pages.asked) == len(set(pages.asked))
    assert 15 < len(pages.asked)


def test_missing_scopes_are_named_together() -> None:
    """What the token does not hold is not asked for, and all of it is named at once."""
    pages = Pages({}, answered(200, {}))
    found = findings(pages, frozenset({"read:clients"}))
    assert {"/clients/x"} == set(pages.asked)
    told = found["m2m.scopes"].told
    assert told.startswith("missing: read:actions read:attack_protection read:connections ")
    assert "read:clients" not in told
    assert State.UNREAD is found["mfa.policy"].state
    assert "needs the scope read:mfa_policies" == found["mfa.policy"].told


def test_refused_scope() -> None:
    """A token that does not tell its scopes is refused page by page, and comes to the same."""
    found = findings(Pages({}, answered(403, SCOPE)))
    assert "read:mfa_policies" in found["m2m.scopes"].told
    assert State.UNREAD is found["ap.bot"].state


def test_plan() -> None:
    """A feature that the plan lacks is no fault: its check says so, and one informs."""
    found = findings(
        Pages({"/attack-protection/bot-detection": answered(403, PLAN)}, answered(404, {}))
    )
    assert State.UNENTITLED is found["ap.bot"].state
    assert "Please upgrade" in found["m2m.entitlement"].told


@pytest.mark.parametrize("status", [400, 401, 429, 500, 503])
def test_faults(status: int) -> None:
    """A page that cannot be read says nothing about the tenant."""
    found = findings(Pages({}, answered(status, {"error": "x", "message": "y"})))
    assert {State.UNKNOWN} == {each.state for each in found.values()} - {
        State.HEALTHY,
        State.UNREAD,
        State.UNNEEDED,
    }
    assert State.UNKNOWN is found["mfa.policy"].state
    assert f"-> {status}" in found["mfa.policy"].told


def test_network() -> None:
    """Neither does a network that is down; the page is not asked for again."""

    def read(path: str) -> Answer:
        raise Disturbance(f"GET {path}: nothing answers there")

    reading = Reading(read, None)
    for _ in range(2):
        with pytest.raises(UnreadError, match="nothing answers there") as caught:
            reading.page("/guardian/policies")
    assert State.UNKNOWN is caught.value.state


@pytest.mark.parametrize("body", ODD, ids=repr)
def test_odd_shapes(body: object) -> None:
    """Whatever the pages hold, each check ends in one of the states and none in a traceback."""
    found = findings(Pages({}, answered(200, body)))
    assert LOOKS.keys() <= found.keys()


def test_custom_domain() -> None:
    """A custom domain without the canonical one is told."""
    listed = answered(200, [{"domain": "login.acme.test"}, {"domain": "other.test"}])
    found = findings(Pages({"/custom-domains": listed}, answered(404, {})))
    assert "login.acme.test is a custom domain" in found["tenant.domain"].told


def test_slow_plan() -> None:
    """A plan that takes few requests a second is told, with how many."""
    found = findings(Pages({}, answered(200, {}, x_ratelimit_limit="2")))
    assert "2 requests a second" == found["ap.rate"].told
    assert State.HEALTHY is findings(Pages({}, answered(200, {})))["ap.rate"].state
