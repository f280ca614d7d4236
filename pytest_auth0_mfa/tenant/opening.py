"""Opens the tenant under test: finds out what is there and gathers what the run may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING

from pytest_auth0_mfa.api.certificates import authorities
from pytest_auth0_mfa.api.circuit import Aside, Circuit
from pytest_auth0_mfa.api.client import TenantClient
from pytest_auth0_mfa.api.governed import InFile, InMemory
from pytest_auth0_mfa.api.governor import Governor
from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.api.tenant_time import TenantTime
from pytest_auth0_mfa.api.transport import Transport
from pytest_auth0_mfa.delivery.inboxes import Inboxes
from pytest_auth0_mfa.delivery.waiting import Watch
from pytest_auth0_mfa.errors import SettingsError
from pytest_auth0_mfa.factors.steps import Steps
from pytest_auth0_mfa.guardian.pushes import MockReceiver, NoReceiver
from pytest_auth0_mfa.tenant.access import (
    access_from_mock,
    access_from_variables,
    application_of,
    management_application,
    registered_application,
)
from pytest_auth0_mfa.tenant.approvers import Approvers
from pytest_auth0_mfa.tenant.control import ControlPlane, describe_mock
from pytest_auth0_mfa.tenant.domains import canonical_domain, check_with_mock
from pytest_auth0_mfa.tenant.firebase import firebase_receiver
from pytest_auth0_mfa.tenant.mailboxes import late_s, mailboxes_for
from pytest_auth0_mfa.tenant.profile import Profile
from pytest_auth0_mfa.tenant.provisioning import SWEEPING
from pytest_auth0_mfa.tenant.safety import REMEDY, may_change_users
from pytest_auth0_mfa.tenant.sources import journals_of, management_client, users_for
from pytest_auth0_mfa.tenant.tenant import Tenant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from pytest_auth0_mfa.api.application import Application
    from pytest_auth0_mfa.guardian import Approver
    from pytest_auth0_mfa.tenant.management.client import ManagementClient


@dataclass(frozen=True, slots=True)
class Opening:
    """What is needed to open a tenant.

    `share` is the part (index, count) of the given users that this process may hand out, and
    `user_prefix` begins the names of users it creates; both keep workers apart. `ask_for_mailbox`
    gives the user's own mailbox for a channel and a name, or None; `ask_for_approver` somebody of
    the user's own who answers push notifications, for a name, or None; `person` is somebody at the
    terminal who does. `run` and `worker` name this process; `journals` is the folder of what it
    creates, None for the user's own; `allow_production` lets it create users on any tenant.
    `shared` is a folder of all processes of the run, None where there is but one; `governed` says
    that the tenant may have limits.
    """

    url: str
    variables: Mapping[str, str]
    may_be_mock: bool = True
    profile: Profile = field(default_factory=Profile)
    ca_file: str | None = None
    user_prefix: str = "mfa"
    share: tuple[int, int] = (0, 1)
    ask_for_mailbox: Callable[[str, str], object] | None = None
    ask_for_approver: Callable[[str], object] | None = None
    person: Callable[[], Approver] | None = None
    run: str = "run"
    worker: str = "main"
    journals: Path | None = None
    allow_production: bool = False
    shared: Path | None = None
    governed: bool = True


def open_tenant(opening: Opening, recorder: Recorder) -> Tenant:
    """Open the tenant; its exchanges go to `recorder`.

    Raises `TenantError` where nothing usable answers, `SettingsError` where credentials lack.
    """
    verify, tenant_time, circuit = authorities(opening.ca_file), TenantTime(), Circuit()
    common = partial(Transport, opening.url, verify=verify, tenant_time=tenant_time)
    aside = common(Recorder(recorder.redactor), circuit=Aside(circuit))
    learn = recorder.redactor.learn
    described = describe_mock(aside) if opening.may_be_mock else None
    governor = _governor(opening, is_mock=described is not None)
    transport = common(recorder, circuit=circuit, governor=governor)
    plane = None
    if described is not None:
        plane = ControlPlane(aside, recorder, opening.user_prefix)
        now = transport.tenant_time.now
        register = partial(registered_application, f"{opening.url}/", plane.register, now)
        access = access_from_mock(described, learn, cache(register))
        check_with_mock(opening.profile.canonical_domain, access.canonical_domain)
    else:
        access = access_from_variables(
            opening.variables,
            learn,
            opening.profile.public_client_id,
            _given_application(opening, transport.tenant_time.now),
            opening.profile.canonical_domain,
        )
    return Tenant(
        mock=described is not None,
        access=access,
        factors=opening.profile.factors,
        use_up_tries=opening.profile.use_up_tries,
        rehearses=described is not None and described.get("rate_limits") == "real",
        url=opening.url,
        client=TenantClient(transport),
        users=users_for(opening, access, transport, verify, plane),
        inboxes=Inboxes(
            mailboxes_for(opening, described, learn),
            recorder,
            opening.user_prefix,
            opening.profile.code_pattern,
            watch=_watch(described),
        ),
        approvers=_approvers(opening, transport, aside if described is not None else None),
        recorder=recorder,
        steps=Steps(_steps_file(opening, is_mock=described is not None)),
    )


def open_for_sweep(opening: Opening, recorder: Recorder) -> tuple[ManagementClient, Path]:
    """What a sweep needs: the Management API, and the folder of the journals of the tenant.

    Raises `SettingsError` where users may not be deleted, or credentials lack.
    """
    is_mock, client = _administer(opening, recorder)
    permitted = may_change_users(opening.profile, allow_production=opening.allow_production)
    if not (is_mock or permitted):
        raise SettingsError(f"{opening.url}: {REMEDY}")
    client.token.need(SWEEPING)
    return client, journals_of(opening)


def open_for_reading(opening: Opening, recorder: Recorder) -> ManagementClient | None:
    """The Management API, to read the configuration; None where no credentials were given."""
    try:
        return _administer(opening, recorder)[1]
    except SettingsError:
        return None


def _administer(opening: Opening, recorder: Recorder) -> tuple[bool, ManagementClient]:
    """Whether a mock is there, and its Management API, or that of any other tenant.

    Raises `SettingsError` where credentials lack.
    """
    verify = authorities(opening.ca_file)
    aside = Transport(opening.url, Recorder(recorder.redactor), verify=verify)
    described = describe_mock(aside) if opening.may_be_mock else None
    is_mock = described is not None
    application = management_application(described, opening.variables, recorder.redactor.learn)
    domain = canonical_domain(described, opening.profile.canonical_domain)
    client = management_client(opening, application, recorder, verify, domain, is_mock=is_mock)
    return is_mock, client


def _governor(opening: Opening, *, is_mock: bool) -> Governor | None:
    """What keeps to the tenant's limits; None for an embedded mock, which has none.

    Where a mock is served elsewhere time may be moved, and nobody counts logins.
    """
    if not opening.governed:
        return None
    shared = opening.shared
    store = InFile(shared / "limits") if shared else InMemory()
    return Governor(store, opening.share[1], counts_logins=not is_mock)


def _steps_file(opening: Opening, *, is_mock: bool) -> Path | None:
    """Where used one-time passwords are counted: in a file where users existed before the run."""
    shared = opening.shared
    return shared / "steps.json" if shared and opening.profile.users and not is_mock else None


def _watch(described: Mapping[str, object] | None) -> Watch:
    """How to wait for messages; a mock has delivered before it answers unless it says otherwise."""
    if described is None:
        return Watch()
    patience_s = late_s(described)
    return Watch(grace=0.2, patience_s=patience_s) if patience_s else Watch(grace=0, patience_s=0)


def _approvers(opening: Opening, transport: Transport, control: Transport | None) -> Approvers:
    """Who answers push notifications; `control` leads to a mock, None for another tenant."""
    if control is not None:
        return Approvers(transport, opening.user_prefix, receiver=partial(MockReceiver, control))
    push, learn = opening.profile.push, transport.recorder.redactor.learn
    return Approvers(
        transport,
        opening.user_prefix,
        receiver=firebase_receiver(push, opening.variables, opening.share, learn)
        if push
        else NoReceiver,
        ask=opening.ask_for_approver,
        person=opening.person,
    )


def _given_application(
    opening: Opening, now: Callable[[], float]
) -> Callable[[], Application] | None:
    """What gives the application of the profile that signs assertions; its key is read now."""
    if opening.profile.key_file is None:
        return None
    application = application_of(opening.profile.key_file, f"{opening.url}/", now)
    return lambda: application
