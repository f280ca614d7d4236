"""The configuration of a tenant, looked at part by part through its Management API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.doctor.configuration import (
    actions,
    application,
    attack_protection,
    channels,
    factors,
    phones,
    tenant,
    users,
)
from pytest_auth0_mfa.doctor.configuration.looks import Weighed
from pytest_auth0_mfa.doctor.finding import Depth, Finding, State
from pytest_auth0_mfa.doctor.reading import UnreadError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pytest_auth0_mfa.doctor.configuration.looks import Look
    from pytest_auth0_mfa.doctor.site import Site

_PARTS: Final = (
    *(application, tenant, actions, factors, phones),
    *(channels, users, attack_protection),
)
LOOKS: Final[Mapping[str, Look]] = {
    id_: look for part in _PARTS for id_, look in part.LOOKS.items()
}
_PHONES: Final = frozenset({"sms", "voice"})
_OF_FACTORS: Final[Mapping[str, frozenset[str]]] = {
    "phone.": _PHONES,
    "email.": frozenset({"email"}),
    "push.": frozenset({"push"}),
}
"""Checks that matter only where one of these factors must work, by how their ids begin."""


def look_at(site: Site) -> Iterator[Finding]:
    """Look at every part, and say what came of each check."""
    for id_, look in LOOKS.items():
        if _matters(id_, site.needs.factors):
            yield _looked(id_, look, site)
        else:
            yield Finding(id_, State.UNNEEDED, Depth.CONFIGURATION)
    yield _of_scopes(site)
    yield _of_plan(site)


def _matters(id_: str, factors: frozenset[str]) -> bool:
    wanted = (some for start, some in _OF_FACTORS.items() if id_.startswith(start))
    return all(factors & some for some in wanted)


def _looked(id_: str, look: Look, site: Site) -> Finding:
    try:
        found = look(site)
    except UnreadError as error:
        return Finding(id_, error.state, Depth.CONFIGURATION, error.told)
    if found is None:
        return Finding(id_, State.HEALTHY, Depth.CONFIGURATION)
    if isinstance(found, Weighed):
        return Finding(id_, State.FOUND, Depth.CONFIGURATION, found.told, found.level)
    return Finding(id_, State.FOUND, Depth.CONFIGURATION, found)


def _of_scopes(site: Site) -> Finding:
    """All scopes that were missing, together."""
    missing = " ".join(sorted(site.reading.missing))
    state = State.FOUND if missing else State.HEALTHY
    return Finding("m2m.scopes", state, Depth.CONFIGURATION, missing and f"missing: {missing}")


def _of_plan(site: Site) -> Finding:
    """All features that the plan does not have."""
    told = "; ".join(f"{path}: {why}" for path, why in site.reading.unentitled.items())
    state = State.FOUND if told else State.HEALTHY
    return Finding("m2m.entitlement", state, Depth.CONFIGURATION, told)
