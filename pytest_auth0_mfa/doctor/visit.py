"""A visit to a tenant: its configuration, probes, and the login of a user, one after the other."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pytest_auth0_mfa.doctor.behaviour import attempt
from pytest_auth0_mfa.doctor.configuration import look_at
from pytest_auth0_mfa.doctor.examination import examination
from pytest_auth0_mfa.doctor.finding import Depth, Finding, State
from pytest_auth0_mfa.doctor.probes import Probes
from pytest_auth0_mfa.doctor.reading import Reading
from pytest_auth0_mfa.doctor.site import Site
from pytest_auth0_mfa.errors import Disturbance, TenantError
from pytest_auth0_mfa.tenant.management.token import scopes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_auth0_mfa.doctor.examination import Examination
    from pytest_auth0_mfa.doctor.site import Needs
    from pytest_auth0_mfa.tenant.management.client import ManagementClient
    from pytest_auth0_mfa.tenant.tenant import Tenant


def examine(
    name: str, tenant: Tenant, client: ManagementClient | None, needs: Needs
) -> Examination:
    """Examine a tenant; `client` leads to its Management API, None without credentials for it.

    What the login creates goes with the users of the run.
    """
    ask = partial(tenant.client.token, tenant.application, expecting="too_many_attempts")
    seen = [*_configuration(client, needs), *Probes(ask, needs).look()]
    return examination(name, seen, attempt(tenant, needs.factors))


def _configuration(client: ManagementClient | None, needs: Needs) -> Iterator[Finding]:
    """What the Management API tells; nothing without credentials."""
    if client is None:
        return
    try:
        token = client.token.current()
    except TenantError as error:
        yield Finding("m2m.token", State.FOUND, Depth.CONFIGURATION, str(error))
        return
    except Disturbance as error:
        yield Finding("m2m.token", State.UNKNOWN, Depth.CONFIGURATION, str(error))
        return
    yield Finding("m2m.token", State.HEALTHY, Depth.CONFIGURATION)
    yield from look_at(Site(Reading(client.read, scopes_of(token)), needs))
