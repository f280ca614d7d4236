"""Auth0's own SDK against the mock, over TLS: what it sends is understood, what it wants is told.

`auth0-python` validates every answer by its models and pages until a page is empty.
"""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import requests
from auth0.management import ManagementClient
from auth0.management.core.api_error import ApiError
from auth0.management.errors import BadRequestError, ConflictError, ForbiddenError, NotFoundError

from pytest_auth0_mfa.mock.server import MockServer

if TYPE_CHECKING:
    from collections.abc import Iterator

TIMEOUT_S = 30
CONNECTION = "Username-Password-Authentication"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(scope="module")
def server() -> Iterator[MockServer]:
    """Return a mock that listens with TLS, as the SDK wants it."""
    with MockServer(seed=1, tls=True) as listening:
        yield listening


@pytest.fixture
def sdk(server: MockServer) -> Iterator[ManagementClient]:
    """Return the SDK's client of a tenant in its initial state."""
    url, ca_file = str(server.info["url"]), str(server.info["ca_file"])
    requests.post(f"{url}/__mock__/reset", verify=ca_file, timeout=TIMEOUT_S)
    management: Any = server.info["management"]
    form = {"grant_type": "client_credentials", "audience": f"{url}/api/v2/", **management}
    told = requests.post(f"{url}/oauth/token", json=form, verify=ca_file, timeout=TIMEOUT_S).json()
    trust = ssl.create_default_context(cafile=ca_file)
    with httpx.Client(verify=trust, timeout=TIMEOUT_S) as http:
        domain = url.removeprefix("https://")
        yield ManagementClient(domain=domain, token=told["access_token"], httpx_client=http)


def create(sdk: ManagementClient, number: int = 0) -> str:
    """Create a user and return the id."""
    made = sdk.users.create(
        connection=CONNECTION,
        email=f"user-{number}@example.com",
        password="correct horse",
        app_metadata={"run": "7"},
        verify_email=False,
    )
    return str(made.user_id)


class TestUsers:
    """`client.users`."""

    def test_paged(self, sdk: ManagementClient) -> None:
        """The pager ends, and every user comes once."""
        ids = [create(sdk, number) for number in range(5)]
        query = 'app_metadata.run:"7"'
        found = sdk.users.list(q=query, search_engine="v3", per_page=2)
        assert ids == [each.user_id for each in found]
        [by_email] = sdk.users.list_users_by_email(email="user-3@example.com")
        assert ids[3] == by_email.user_id

    def test_changed_and_deleted(self, sdk: ManagementClient) -> None:
        """A change is told, a deletion can be repeated, and then there is nobody."""
        user_id = create(sdk)
        assert sdk.users.update(user_id, blocked=True).blocked is True
        sdk.users.delete(user_id)
        sdk.users.delete(user_id)
        with pytest.raises(NotFoundError) as caught:
            sdk.users.get(user_id)
        assert "inexistent_user" in str(caught.value.body)

    def test_refusals(self, sdk: ManagementClient) -> None:
        """Refusals are the SDK's own exceptions."""
        create(sdk)
        with pytest.raises(ConflictError):
            create(sdk)
        with pytest.raises(BadRequestError):
            sdk.users.create(connection="none", email="a@b.example", password="p")


class TestFactors:
    """`client.users.authentication_methods` and `client.guardian`."""

    def test_methods(self, sdk: ManagementClient) -> None:
        """Methods are created, listed to the end, renamed, replaced and deleted."""
        user_id, methods = create(sdk), sdk.users.authentication_methods
        assert [] == list(methods.list(user_id))
        totp = methods.create(user_id, type="totp", name="CI", totp_secret=SECRET)
        methods.create(user_id, type="phone", name="P", phone_number="+15551234567")
        assert ["totp", "phone"] == [each.type for each in methods.list(user_id, per_page=1)]
        assert "New" == methods.update(user_id, str(totp.id), name="New").name
        methods.set(user_id, request=[{"type": "email", "email": "a@b.example"}])
        [email] = methods.list(user_id)
        assert [email.id] == [methods.get(user_id, email.id).id]
        methods.delete(user_id, email.id)
        methods.delete_all(user_id)
        assert [] == list(methods.list(user_id))

    def test_enrollments(self, sdk: ManagementClient) -> None:
        """Enrollments are told of the user and by themselves."""
        user_id = create(sdk)
        sdk.users.authentication_methods.create(user_id, type="totp", totp_secret=SECRET)
        [enrollment] = sdk.users.enrollments.get(user_id)
        assert "confirmed" == enrollment.status
        assert enrollment.id == sdk.guardian.enrollments.get(str(enrollment.id)).id
        assert 24 == len(sdk.users.regenerate_recovery_code(user_id).recovery_code or "")

    def test_guardian(self, sdk: ManagementClient) -> None:
        """Factors, message types and policies are read and written."""
        guardian = sdk.guardian
        assert guardian.factors.set("otp", enabled=False).enabled is False
        assert {"otp": False} == {
            each.name: each.enabled for each in guardian.factors.list() if each.name == "otp"
        }
        guardian.factors.phone.set_message_types(message_types=["sms"])
        assert ["sms"] == guardian.factors.phone.get_message_types().message_types
        assert "twilio" == guardian.factors.phone.get_selected_provider().provider
        assert "guardian" == guardian.factors.push_notification.get_selected_provider().provider
        codes = guardian.factors.email.set(otp_length=8, otp_expiration_time=60)
        assert 8 == codes.otp_length
        assert 6 == guardian.factors.phone.get().otp_length
        assert [] == guardian.policies.set(request=[]) == guardian.policies.list()


class TestCreating:
    """What a tenant is set up with."""

    def test_application_and_api(self, sdk: ManagementClient) -> None:
        """An application, an API with offline access, a grant and a connection that is on."""
        client = sdk.clients.create(
            name="Shop", app_type="non_interactive", grant_types=["client_credentials"]
        )
        assert (64, ["client_credentials"]) == (len(client.client_secret or ""), client.grant_types)
        api = sdk.resource_servers.create(identifier="https://shop", allow_offline_access=True)
        assert api.allow_offline_access is True
        grant = sdk.client_grants.create(
            client_id=client.client_id, audience="https://shop", scope=["read:cart"]
        )
        assert ["read:cart"] == grant.scope
        [connection] = sdk.connections.list(name=CONNECTION)
        switch = [{"client_id": str(client.client_id), "status": True}]
        sdk.connections.clients.update(str(connection.id), request=switch)
        listed = sdk.connections.clients.get(str(connection.id))
        assert client.client_id in {each.client_id for each in listed}

    def test_api_that_is_there(self, sdk: ManagementClient) -> None:
        """A second one for the same audience is a conflict."""
        sdk.resource_servers.create(identifier="https://shop")
        with pytest.raises(ConflictError):
            sdk.resource_servers.create(identifier="https://shop")


class TestConfiguration:
    """What a look at the configuration reads."""

    def test_lists_end(self, sdk: ManagementClient) -> None:
        """By whatever way the SDK pages, it comes to an end."""
        assert 3 == len(list(sdk.clients.list(per_page=1)))
        assert 3 == len(list(sdk.client_grants.list(take=1)))
        assert 2 == len(list(sdk.resource_servers.list(per_page=1)))
        [connection] = sdk.connections.list(take=1)
        assert 3 == len(list(sdk.connections.clients.get(str(connection.id), take=1)))
        assert [] == list(sdk.logs.list())
        assert [] == list(sdk.actions.triggers.bindings.list("post-login"))
        assert [] == list(sdk.actions.list())

    def test_pages(self, sdk: ManagementClient) -> None:
        """Pages of settings suit the SDK's models."""
        assert CONNECTION == sdk.tenants.settings.get().default_directory
        protection = sdk.attack_protection
        assert 10 == protection.brute_force_protection.get().max_attempts
        assert 5 == protection.brute_force_protection.update(max_attempts=5).max_attempts
        assert "never" == protection.bot_detection.get().challenge_password_policy
        assert protection.suspicious_ip_throttling.get().enabled is True
        assert protection.breached_password_detection.get().enabled is False
        assert "smtp" == sdk.emails.provider.get(fields="name,enabled").name
        assert 1 == len(sdk.branding.phone.providers.list().providers or [])
        with pytest.raises(ApiError) as caught:
            sdk.email_templates.get("mfa_oob_code")
        assert 404 == caught.value.status_code

    def test_missing_scope(self, server: MockServer, sdk: ManagementClient) -> None:
        """A client without a scope gets the SDK's exception for it."""
        url, ca_file = str(server.info["url"]), str(server.info["ca_file"])
        switch = {"unentitled": ["bot detection"]}
        requests.post(f"{url}/__mock__/management", json=switch, verify=ca_file, timeout=TIMEOUT_S)
        with pytest.raises(ForbiddenError) as caught:
            sdk.attack_protection.bot_detection.get()
        assert "insufficient_entitlement" in str(caught.value.body)
