"""Users that exist already: each handed out once, and to one process only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.errors import SettingsError, TenantError, Untestable
from pytest_auth0_mfa.mock.server import MockServer
from pytest_auth0_mfa.tenant.opening import Opening, open_tenant
from pytest_auth0_mfa.tenant.profile import KeyFile, Profile
from tests.conftest import Reply

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_auth0_mfa.tenant.tenant import Tenant
    from tests.conftest import Received

NAMES = [f"user-{number}" for number in range(5)]
VARIABLES = {
    "AUTH0_CLIENT_ID": "an-application",
    "AUTH0_USERNAME": "first",
    "AUTH0_PASSWORD": "planted",
    "MY_PASSWORD": "planted too",
}


def opened(share: tuple[int, int] = (0, 1), **variables: str) -> Tenant:
    """A tenant without control plane, opened without a request."""
    profile = Profile(users=tuple((name, "MY_PASSWORD") for name in NAMES))
    opening = Opening(
        url="https://acme.us.auth0.com",
        variables={**VARIABLES, **variables},
        may_be_mock=False,
        profile=profile,
        share=share,
    )
    return open_tenant(opening, Recorder())


def all_users(tenant: Tenant) -> list[str]:
    """Every user that the tenant hands out."""
    users = []
    try:
        while True:
            users.append(tenant.new_user().email)
    except Untestable:
        return users


def test_environment_first() -> None:
    """The user of the environment comes before those of the profile."""
    assert ["first", *NAMES] == all_users(opened())


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_shares(count: int) -> None:
    """Whatever the number of workers, each user goes to one of them and none is lost."""
    shares = [all_users(opened((index, count))) for index in range(count)]
    assert sorted(["first", *NAMES]) == sorted(name for share in shares for name in share)


def test_used_up() -> None:
    """Where no user is left the message says how many there were and how to give more."""
    tenant = opened((0, 6))
    tenant.new_user()
    with pytest.raises(Untestable, match=r"the 1 given are used up: list more under \[\[user\]\]"):
        tenant.new_user()


def test_are_counted_and_masked() -> None:
    """A user costs one user; the password is a secret."""
    tenant = opened()
    user = tenant.new_user()
    assert (1, "<password>") == (tenant.recorder.spend.users, repr(user.password))


def test_password_is_missing() -> None:
    """A user without a password is told with the variable."""
    with pytest.raises(SettingsError, match="user user-0: the variable MY_PASSWORD"):
        opened(MY_PASSWORD="")


def test_time_does_not_travel() -> None:
    """On a real tenant no clock is moved, and no tries are spent."""
    tenant = opened()
    with pytest.raises(Untestable):
        tenant.new_user().clock.travel(600, "expiry")
    with pytest.raises(Untestable, match="use_up_tries = true in the profile"):
        tenant.spend_tries()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("audience", "AUTH0_AUDIENCE"),
        ("connection", "AUTH0_CONNECTION"),
        ("public_application", "public_client_id"),
        ("private_key_application", "private_key_client_id and private_key_file in the profile"),
        ("management_application", "AUTH0_MANAGEMENT_CLIENT_ID"),
        ("confidential_application", "AUTH0_CLIENT_SECRET"),
    ],
)
def test_what_was_not_given_is_untestable(name: str, told: str) -> None:
    """What a requirement needs and nobody gave is named by its variable."""
    with pytest.raises(Untestable, match=told):
        getattr(opened(), name)


def test_domain_is_never_asked_for_a_control_plane(
    serve: Callable[[Callable[[Received], Reply]], str],
) -> None:
    """A real tenant sees no request that only a mock answers."""
    seen: list[str] = []

    def answer(received: Received) -> Reply:
        seen.append(received.path)
        return Reply(404, {})

    url = serve(answer)
    opening = Opening(url=url, variables=VARIABLES, may_be_mock=False)
    open_tenant(opening, Recorder())
    assert [] == seen


def test_control_plane_that_refuses(serve: Callable[[Callable[[Received], Reply]], str]) -> None:
    """A mock that describes itself but makes no user is a disturbance, not a violation."""
    described = {
        "client_id": "x",
        "client_secret": "planted",
        "public_client_id": "y",
        "audience": "a",
        "connection": "c",
    }
    url = serve(lambda r: Reply(200, described) if r.method == "GET" else Reply(500, {}))
    tenant = open_tenant(Opening(url=url, variables={}), Recorder())
    assert tenant.mock
    with pytest.raises(Exception, match="control plane refused: status 500"):
        tenant.new_user()


def test_nothing_answers(silent_url: str) -> None:
    """A dead address is told with a question that helps."""
    opening = Opening(url=silent_url, variables=VARIABLES)
    with pytest.raises(TenantError, match="Is the tenant's address right, and is it running"):
        open_tenant(opening, Recorder())


def test_signing_application_of_a_mock() -> None:
    """It is registered when first asked for, once, and the mock takes its assertions."""
    with MockServer(seed=1) as server:
        tenant = open_tenant(Opening(url=str(server.info["url"]), variables={}), Recorder())
        application = tenant.private_key_application
        assert application is tenant.private_key_application
        answer = tenant.password(tenant.new_user(), application=application)
        assert "mfa_required" == answer.error
        body = answer.exchange.request["body"]
        assert isinstance(body, dict)
        assert "client_assertion#1" == body["client_assertion"]
        tenant.client.transport.close()


def test_key_file_that_is_missing(tmp_path: Path) -> None:
    """A mistake in the profile is told before the first test."""
    profile = Profile(key_file=KeyFile("signing", tmp_path / "none.pem", "RS256"))
    opening = Opening(
        url="https://acme.us.auth0.com", variables=VARIABLES, may_be_mock=False, profile=profile
    )
    with pytest.raises(SettingsError, match=r"private_key_file: .*none.pem cannot be read"):
        open_tenant(opening, Recorder())
