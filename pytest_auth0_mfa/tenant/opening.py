"""Opens the tenant under test: finds out what is there and gathers what the run may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_auth0_mfa.api.circuit import Aside
from pytest_auth0_mfa.api.client import TenantClient
from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.api.transport import Transport
from pytest_auth0_mfa.delivery.inboxes import Inboxes
from pytest_auth0_mfa.delivery.waiting import Watch
from pytest_auth0_mfa.errors import SettingsError
from pytest_auth0_mfa.guardian.pushes import MockReceiver, NoReceiver
from pytest_auth0_mfa.tenant.access import (
    access_from_mock,
    access_from_variables,
    application_of,
    registered_application,
)
from pytest_auth0_mfa.tenant.approvers import Approvers
from pytest_auth0_mfa.tenant.clock import UserClock
from pytest_auth0_mfa.tenant.control import ControlPlane, describe_mock
from pytest_auth0_mfa.tenant.firebase import firebase_receiver
from pytest_auth0_mfa.tenant.mailboxes import late_s, mailboxes_for
from pytest_auth0_mfa.tenant.profile import Profile
from pytest_auth0_mfa.tenant.tenant import Tenant
from pytest_auth0_mfa.tenant.users import Account, GivenUsers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pytest_auth0_mfa.api.application import Application
    from pytest_auth0_mfa.guardian import Approver
    from pytest_auth0_mfa.tenant.users import UserSource


@dataclass(frozen=True, slots=True)
class Opening:
    """What is needed to open a tenant.

    `share` is the part (index, count) of the given users that this process may hand out, and
    `user_prefix` begins the names of users it creates; both keep workers apart. `ask_for_mailbox`
    gives the user's own mailbox for a channel and a name, or None; `ask_for_approver` somebody of
    the user's own who answers push notifications, for a name, or None; `person` is somebody at the
    terminal who does.
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


def open_tenant(opening: Opening, recorder: Recorder) -> Tenant:
    """Open the tenant; its exchanges go to `recorder`.

    Raises `TenantError` where nothing usable answers, `SettingsError` where credentials lack.
    """
    verify = _authorities(opening.ca_file)
    transport = Transport(opening.url, recorder, verify=verify)
    aside = Transport(
        opening.url,
        Recorder(recorder.redactor),
        verify=verify,
        tenant_time=transport.tenant_time,
        circuit=Aside(transport.circuit),
    )
    learn = recorder.redactor.learn
    described = describe_mock(aside) if opening.may_be_mock else None
    if described is not None:
        plane = ControlPlane(aside, recorder, opening.user_prefix)
        now = transport.tenant_time.now
        register = partial(registered_application, f"{opening.url}/", plane.register, now)
        access = access_from_mock(described, learn, cache(register))
        users: UserSource = plane
    else:
        clock = partial(UserClock, tenant_time=transport.tenant_time)
        access = access_from_variables(
            opening.variables,
            learn,
            opening.profile.public_client_id,
            _given_application(opening, transport.tenant_time.now),
        )
        users = GivenUsers(_accounts(opening, recorder), clock, recorder)
    return Tenant(
        mock=described is not None,
        access=access,
        factors=opening.profile.factors,
        use_up_tries=opening.profile.use_up_tries,
        url=opening.url,
        client=TenantClient(transport),
        users=users,
        inboxes=Inboxes(
            mailboxes_for(opening, described, learn),
            recorder,
            opening.user_prefix,
            opening.profile.code_pattern,
            watch=_watch(described),
        ),
        approvers=_approvers(opening, transport, aside if described is not None else None),
        recorder=recorder,
    )


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


def _authorities(ca_file: str | None) -> bool | str:
    """The bundle that certificates are verified by; True stands for the public authorities."""
    if ca_file and not Path(ca_file).is_file():
        raise SettingsError(
            f"AUTH0_CA_FILE: {ca_file} is no file; name the certificate authority's file (PEM)"
        )
    return ca_file or True


def _given_application(
    opening: Opening, now: Callable[[], float]
) -> Callable[[], Application] | None:
    """What gives the application of the profile that signs assertions; its key is read now."""
    if opening.profile.key_file is None:
        return None
    application = application_of(opening.profile.key_file, f"{opening.url}/", now)
    return lambda: application


def _accounts(opening: Opening, recorder: Recorder) -> Iterator[Account]:
    """The given users of this process: every `count`-th, so that workers share none."""
    index, count = opening.share
    pairs = list(opening.profile.users)
    if opening.variables.get("AUTH0_USERNAME"):
        pairs.insert(0, (opening.variables["AUTH0_USERNAME"], "AUTH0_PASSWORD"))
    for username, variable in pairs[index::count]:
        password = opening.variables.get(variable)
        if not password:
            raise SettingsError(
                f"user {username}: the variable {variable} that holds the password is not set"
            )
        yield Account(username, recorder.redactor.learn(password, "password"))
