"""Logging in: the password grants, their clients, and the MFA audience."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

if TYPE_CHECKING:
    from tests.mock.conftest import Harness, Person

PASSWORD_REALM = "http://auth0.com/oauth/grant-type/password-realm"
MFA_AUDIENCE = "https://tenant.example/mfa/"
CONNECTION = "Username-Password-Authentication"


def test_login_demands_a_second_factor(user: Person) -> None:
    """A right password gets mfa_required and an mfa_token, nothing else."""
    answer = user.login()
    assert answer.status == 403
    assert {"error", "error_description", "mfa_token"} == set(answer.body)
    assert answer.body["error"] == "mfa_required"


def test_address_is_matched_in_any_case(user: Person) -> None:
    """Letter case of the address does not matter, as on Auth0's database connections."""
    assert user.login(username=user.email.upper()).response_id == "error.mfa-required"


@pytest.mark.parametrize("grant_type", ["password", PASSWORD_REALM])
def test_realm_may_name_the_connection(tenant: Harness, user: Person, grant_type: str) -> None:
    """SDKs send a realm with either grant type."""
    answer = tenant.token(grant_type, username=user.email, password=user.password, realm=CONNECTION)
    assert answer.response_id == "error.mfa-required"


def test_unknown_realm_is_refused(user: Person) -> None:
    """A realm that is no connection is a bad request."""
    assert user.login(realm="elsewhere").status == 400


def test_json_login_with_nulls_is_read(tenant: Harness, user: Person) -> None:
    """Nulls and empty texts count as absent, as auth0-python sends them."""
    body = {"username": user.email, "password": user.password, "grant_type": "password"}
    answer = tenant.post(
        "/oauth/token", {**body, **tenant.client, "realm": None, "audience": None, "scope": ""}
    )
    assert answer.response_id == "error.mfa-required"


class TestClients:
    """Who may ask."""

    def test_basic_authentication(self, tenant: Harness, user: Person) -> None:
        """Id and secret are form-encoded, then base64."""
        text = ":".join(quote(part, safe="") for part in tenant.client.values())
        answer = tenant.form(
            "/oauth/token",
            {"grant_type": "password", "username": user.email, "password": user.password},
            authorization=f"Basic {b64encode(text.encode()).decode()}",
        )
        assert answer.response_id == "error.mfa-required"

    @pytest.mark.parametrize("header", ["Basic !", "Basic eA==", "Basic /w==", "Basic "])
    def test_unreadable_basic_authentication(self, tenant: Harness, header: str) -> None:
        """What is not base64 of id and secret is a failed authentication."""
        answer = tenant.form("/oauth/token", {"grant_type": "password"}, authorization=header)
        assert (answer.status, answer.response_id) == (401, "error.invalid-client")

    def test_public_client_needs_no_secret(self, tenant: Harness, user: Person) -> None:
        """The public client logs in with its id alone."""
        answer = user.login(client_id=str(tenant.info["public_client_id"]), client_secret=None)
        assert answer.response_id == "error.mfa-required"

    @pytest.mark.parametrize("secret", [None, "wrong"])
    def test_confidential_client_needs_its_secret(self, user: Person, secret: str | None) -> None:
        """Without it, or with another, the client is refused."""
        answer = user.login(client_secret=secret)
        assert (answer.status, answer.body["error"]) == (401, "invalid_client")

    def test_client_without_the_grant(self, tenant: Harness, user: Person) -> None:
        """The management client may not log users in."""
        answer = user.login(**tenant.info["management"])
        assert answer.status == 403
        expected = "Grant type 'password' not allowed for the client."
        assert expected == answer.body["error_description"]

    def test_client_credentials(self, tenant: Harness) -> None:
        """A client gets a token of its own for the API, with the API's scopes."""
        answer = tenant.token(
            "client_credentials", audience=tenant.info["audience"], **tenant.info["management"]
        )
        assert (answer.status, answer.body["scope"]) == (200, "read:messages")
        assert {"access_token", "scope", "expires_in", "token_type"} == set(answer.body)

    def test_client_credentials_for_an_unknown_audience(self, tenant: Harness) -> None:
        """An audience that is not registered is refused by its name."""
        answer = tenant.token("client_credentials", audience="urn:nowhere")
        assert answer.status == 403
        assert answer.body["error_description"] == "Service not enabled within domain: urn:nowhere"


class TestMfaAudience:
    """Tokens by which users manage their own factors."""

    def test_user_without_factor_gets_one_at_once(self, user: Person) -> None:
        """Nothing to challenge: the token comes with the password, for ten minutes."""
        answer = user.login(audience=MFA_AUDIENCE, scope="enroll read:authenticators")
        assert (answer.status, answer.body["expires_in"]) == (200, 600)
        assert answer.body["scope"] == "enroll read:authenticators"

    def test_pending_factor_does_not_count(self, user: Person) -> None:
        """An unconfirmed authenticator is nothing to challenge."""
        user.associate()
        assert user.login(audience=MFA_AUDIENCE, scope="enroll").status == 200

    def test_enrolled_user_is_challenged(self, user: Person) -> None:
        """With a confirmed factor the password alone is not enough."""
        user.enroll()
        assert user.login(audience=MFA_AUDIENCE).response_id == "error.mfa-required"

    @pytest.mark.parametrize(
        "audience",
        ["https://tenant.example/mfa/", "https://tenant.example/mfa", "http://tenant.example/mfa/"],
    )
    def test_spellings(self, user: Person, audience: str) -> None:
        """With or without its last slash, under either scheme."""
        assert user.login(audience=audience, scope="enroll").status == 200

    def test_mfa_audience_of_another_host_is_unknown(self, user: Person) -> None:
        """The audience must be this tenant's."""
        answer = user.login(audience="https://elsewhere.example/mfa/")
        assert answer.response_id == "error.invalid-audience"

    def test_access_token_enrolls_a_further_factor(self, tenant: Harness, user: Person) -> None:
        """Beside a confirmed factor, a second one is enrolled and confirmed by access token."""
        user.enroll()
        token = user.access_token()
        user.associate(bearer=token)
        assert user.verify(token).status == 200
        states = [each["active"] for each in user.authenticators()]
        assert [True, True, True] == states
        tenant.clock.now += 60
        assert user.verify().status == 200
