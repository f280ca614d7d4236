"""Where the users of a run come from: builds what gives them, from what the run was told.

On a mock its control plane gives them, for speed, unless the profile says `users = "management"`;
elsewhere `safety` decides.
"""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.api.transport import Transport
from pytest_auth0_mfa.api.waits import Cause
from pytest_auth0_mfa.errors import SettingsError
from pytest_auth0_mfa.tenant.clock import UserClock
from pytest_auth0_mfa.tenant.journal import Journal, folder_of
from pytest_auth0_mfa.tenant.management.client import ManagementClient
from pytest_auth0_mfa.tenant.management.pace import Pace
from pytest_auth0_mfa.tenant.management.token import ManagementToken
from pytest_auth0_mfa.tenant.provisioning import ManagedUsers, RestoredUsers
from pytest_auth0_mfa.tenant.safety import may_change_users, source_of_users
from pytest_auth0_mfa.tenant.users import Account, GivenUsers, User

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytest_auth0_mfa.api.application import Application
    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.tenant.access import Access
    from pytest_auth0_mfa.tenant.control import ControlPlane
    from pytest_auth0_mfa.tenant.opening import Opening
    from pytest_auth0_mfa.tenant.provisioning import MakeUser
    from pytest_auth0_mfa.tenant.users import UserSource


def users_for(
    opening: Opening,
    access: Access,
    transport: Transport,
    verify: bool | str,  # noqa: FBT001 - as `Transport` has it
    plane: ControlPlane | None,
) -> UserSource:
    """What gives users; `plane` is the control plane of a mock, None on any other tenant.

    What they spend is counted, and their time told, by what `transport` records. Raises
    `SettingsError` where users may not be had in the way that was asked for.
    """
    recorder = transport.recorder
    clock = partial(UserClock, tenant_time=transport.tenant_time)
    application = access.management_application
    domain, is_mock = access.canonical_domain, plane is not None
    client = partial(
        management_client, opening, application, recorder, verify, domain, is_mock=is_mock
    )
    if plane is not None:
        if opening.profile.users_from != "management":
            return plane
        return _managed(opening, access, recorder, client(), plane.user)
    permitted = {"allow_production": opening.allow_production}
    if source_of_users(opening.profile, opening.variables, **permitted) == "management":
        return _managed(opening, access, recorder, client(), partial(_user, clock, recorder))
    given = GivenUsers(_accounts(opening, recorder), clock, recorder)
    if application and may_change_users(opening.profile, **permitted):
        return RestoredUsers(given, client(), _journal(opening), journals_of(opening))
    return given


def management_client(  # noqa: PLR0913 - what decides where it is, and what it may
    opening: Opening,
    application: Application | None,
    recorder: Recorder,
    verify: bool | str,  # noqa: FBT001 - as above
    canonical_domain: str | None,
    *,
    is_mock: bool,
) -> ManagementClient:
    """A client of the Management API; its calls and waits are counted by `recorder`.

    That API is at the tenant's own domain, and a mock's where the mock is reached.
    """
    if application is None:
        raise SettingsError(
            "the Management API needs credentials: set AUTH0_MANAGEMENT_CLIENT_ID and "
            "AUTH0_MANAGEMENT_CLIENT_SECRET"
        )
    own_url = f"https://{canonical_domain}" if canonical_domain else opening.url
    url = opening.url if is_mock else own_url
    transport = Transport(url, Recorder(recorder.redactor), verify=verify)
    token = ManagementToken(transport, application, f"{own_url}/api/v2/")
    rate = None if is_mock else opening.profile.management_per_second
    pace = Pace(rate, opening.share[1], sleep=partial(_wait_out, recorder))
    return ManagementClient(transport, token, pace, lambda: recorder.spend)


def journals_of(opening: Opening) -> Path:
    """The folder of the journals of the tenant."""
    return folder_of(opening.url, opening.journals)


def _managed(
    opening: Opening,
    access: Access,
    recorder: Recorder,
    client: ManagementClient,
    make_user: MakeUser,
) -> ManagedUsers:
    return ManagedUsers(
        client,
        _journal(opening),
        folder=journals_of(opening),
        recorder=recorder,
        run=opening.run,
        prefix=opening.user_prefix,
        domain=opening.profile.user_domain,
        connection=access.connection,
        make_user=make_user,
    )


def _journal(opening: Opening) -> Journal:
    return Journal(journals_of(opening), opening.run, opening.worker)


def _user(
    clock: Callable[[Recorder], UserClock],
    recorder: Recorder,
    email: str,
    password: Secret,
    user_id: str,
) -> User:
    return User(email, password, clock(recorder), user_id)


def _wait_out(recorder: Recorder, seconds: float) -> None:
    recorder.will_wait(Cause.LIMIT, seconds)
    time.sleep(seconds)


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
