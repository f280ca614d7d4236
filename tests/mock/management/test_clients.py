"""Applications, their grants, and the connection that they use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from tests.mock.conftest import EXTENSION
from tests.mock.management.conftest import AUDIENCE

if TYPE_CHECKING:
    from tests.mock.conftest import Harness, Person
    from tests.mock.management.conftest import Administrator


@pytest.fixture
def path(tenant: Harness) -> str:
    """Return the path of the application under test."""
    return f"clients/{tenant.info['client_id']}"


class TestClients:
    """`/clients`."""

    def test_shown(self, admin: Administrator, path: str) -> None:
        """An application is described as recorded, with a secret for those who may see it."""
        body = admin.get(path).body
        assert {f"{EXTENSION}mfa-{each}" for each in ("otp", "oob", "recovery-code")} <= set(
            body["grant_types"]
        )
        assert ("client_secret_post", True, True, admin.tenant.info["client_secret"]) == (
            body["token_endpoint_auth_method"],
            body["oidc_conformant"],
            body["is_first_party"],
            body["client_secret"],
        )
        admin.narrow("read:clients")
        assert "client_secret" not in admin.get(path).body
        assert {"name"} == set(admin.get(path, fields="name").body)

    def test_listed(self, admin: Administrator) -> None:
        """There are three, by the page or from a checkpoint on."""
        body = admin.get("clients", include_totals="true", per_page=2, page=1).body
        assert (3, 1, 2) == (body["total"], len(body["clients"]), body["start"])
        first = admin.get("clients", take=2).body
        rest = admin.get("clients", take=2, **{"from": first["next"]}).body
        assert (2, 1, False) == (len(first["clients"]), len(rest["clients"]), "next" in rest)
        assert ["spa"] == [e["app_type"] for e in admin.get("clients", app_type="spa").body]

    def test_unknown(self, admin: Administrator) -> None:
        """An unknown id is refused in the recorded words."""
        answers = [
            admin.get("clients/none"),
            admin.ask("PATCH", "clients/none", {}),
            admin.ask("POST", "clients/none/rotate-secret"),
            admin.get("clients/none/connections"),
        ]
        told = {(each.status, each.body["errorCode"]) for each in answers}
        assert {(404, "inexistent_client")} == told

    def test_grant_types(self, admin: Administrator, path: str, user: Person) -> None:
        """A grant type that is taken away is refused at the token endpoint, until it is back."""
        user.enroll()
        grants = admin.get(path).body["grant_types"]
        fewer = [each for each in grants if not each.endswith("mfa-otp")]
        assert fewer == admin.ask("PATCH", path, {"grant_types": fewer}).body["grant_types"]
        refused = user.verify()
        assert (403, "unauthorized_client") == (refused.status, refused.body["error"])
        admin.ask("PATCH", path, {"grant_types": grants})
        assert 200 == user.verify().status

    def test_invalid_grant_type(self, admin: Administrator, path: str) -> None:
        """The word of the dashboard is none."""
        answer = admin.ask("PATCH", path, {"grant_types": ["password", "mfa"]})
        assert (400, "Invalid grant types: mfa") == (answer.status, answer.body["message"])

    def test_authentication(self, admin: Administrator, path: str, user: Person) -> None:
        """How an application proves itself decides whether it needs a secret."""
        assert 401 == user.login(client_secret=None).status
        admin.ask("PATCH", path, {"token_endpoint_auth_method": "none"})
        assert 403 == user.login(client_secret=None).status
        assert 200 == admin.ask("PATCH", path, {"token_endpoint_auth_method": None}).status

    def test_public_client_gets_a_secret(self, admin: Administrator, user: Person) -> None:
        """A public application that shall prove itself has a secret from then on."""
        public = str(admin.tenant.info["public_client_id"])
        change = {"token_endpoint_auth_method": "client_secret_basic"}
        body = admin.ask("PATCH", f"clients/{public}", change).body
        wrong = user.login(client_id=public, client_secret=None)
        right = user.login(client_id=public, client_secret=body["client_secret"])
        assert (401, 403) == (wrong.status, right.status)

    def test_secret_is_rotated(self, admin: Administrator, path: str, user: Person) -> None:
        """The old secret is over; a reset brings it back."""
        secret = admin.ask("POST", f"{path}/rotate-secret").body["client_secret"]
        assert [401, 403] == [user.login().status, user.login(client_secret=secret).status]
        admin.tenant.post("/__mock__/reset")
        assert 403 == admin.tenant.person().login().status

    def test_organization(self, admin: Administrator, path: str, user: Person) -> None:
        """An application that needs organizations refuses logins without one."""
        admin.ask("PATCH", path, {"organization_usage": "require"})
        answer = user.login()
        assert (400, "invalid_request") == (answer.status, answer.body["error"])
        assert "organization" in answer.body["error_description"]
        admin.ask("PATCH", path, {"organization_usage": "deny"})
        assert 403 == user.login().status

    def test_forwarded_address(self, admin: Administrator, path: str, user: Person) -> None:
        """An application that is not trusted with it cannot say where its users are."""
        form = {"username": user.email, "password": "wrong", "grant_type": "password"}

        def refused() -> bool:
            """Send ten wrong passwords from as many addresses, and a right one."""
            for index in range(10):
                told = {**form, **admin.tenant.client}
                admin.tenant.form(
                    "/oauth/token", told, **{"auth0-forwarded-for": f"10.0.0.{index}"}
                )
            return user.login().status == 429

        assert admin.get(path).body["is_token_endpoint_ip_header_trusted"] is True
        assert not refused()
        admin.ask("PATCH", path, {"is_token_endpoint_ip_header_trusted": False})
        assert refused()

    @pytest.mark.parametrize(
        "change",
        [
            {"dreams": True},
            {"grant_types": "password"},
            {"grant_types": [7]},
            {"token_endpoint_auth_method": "psychic"},
            {"jwt_configuration": {"alg": 7}},
            {"organization_usage": "never"},
            [],
        ],
    )
    def test_bad_change(self, admin: Administrator, path: str, change: object) -> None:
        """What is wrong changes nothing."""
        before = admin.get(path).body
        assert 400 == admin.ask("PATCH", path, change).status
        assert before == admin.get(path).body

    def test_change_is_kept(self, admin: Administrator, path: str) -> None:
        """Members without an effect are kept and shown, those within objects one by one."""
        change = {"name": "Shop", "jwt_configuration": {"lifetime_in_seconds": 60}}
        body = admin.ask("PATCH", path, change).body
        assert body == admin.get(path).body
        assert ("Shop", 60) == (body["name"], body["jwt_configuration"]["lifetime_in_seconds"])

    def test_signing_client(self, admin: Administrator) -> None:
        """A client that signs has no method but credentials."""
        from tests.mock.signing import key, public_pem  # noqa: PLC0415  One test needs a key.

        told = admin.tenant.post("/__mock__/clients", {"public_key": public_pem(key("own"))}).body
        body = admin.get(f"clients/{told['client_id']}").body
        assert "token_endpoint_auth_method" not in body
        assert "private_key_jwt" in body["client_authentication_methods"]


class TestCreating:
    """`POST /clients`."""

    NAMED: ClassVar[dict[str, object]] = {"name": "Shop"}

    def test_defaults(self, admin: Administrator) -> None:
        """A name is enough; grants and conformance are those of a new application."""
        made = admin.ask("POST", "clients", self.NAMED)
        assert (201, "Shop", False) == (
            made.status,
            made.body["name"],
            made.body["oidc_conformant"],
        )
        assert ["authorization_code", "client_credentials", "implicit", "refresh_token"] == (
            made.body["grant_types"]
        )
        assert 4 == len(admin.get("clients").body)

    def test_secret_is_told_at_once(self, admin: Administrator) -> None:
        """Whoever creates an application learns its secret, and later only by a scope."""
        admin.narrow("create:clients", "read:clients")
        made = admin.ask("POST", "clients", self.NAMED).body
        assert 64 == len(made["client_secret"])
        assert "client_secret" not in admin.get(f"clients/{made['client_id']}").body

    @pytest.mark.parametrize("kind", ["spa", "native"])
    def test_public(self, admin: Administrator, kind: str) -> None:
        """What runs at the user has no secret unless it asks for one."""
        made = admin.ask("POST", "clients", {**self.NAMED, "app_type": kind}).body
        assert ("none", False) == (made["token_endpoint_auth_method"], "client_secret" in made)

    def test_logs_in_once_the_connection_is_on(self, admin: Administrator, user: Person) -> None:
        """Grants and method take effect; a connection is off until it is switched on."""
        user.enroll()
        told = {"grant_types": ["password"], "token_endpoint_auth_method": "client_secret_post"}
        made = admin.ask("POST", "clients", {**self.NAMED, **told}).body
        own = {"client_id": made["client_id"], "client_secret": made["client_secret"]}
        assert "the connection was disabled" == user.login(**own).body["error_description"]
        [connection] = admin.get("connections").body
        switch = [{"client_id": made["client_id"], "status": True}]
        admin.ask("PATCH", f"connections/{connection['id']}/clients", switch)
        assert "mfa_required" == user.login(**own).body["error"]
        assert 401 == user.login(**{**own, "client_secret": "wrong"}).status
        refused = user.verify(user.login(**own).body["mfa_token"], **own)
        assert "unauthorized_client" == refused.body["error"]

    def test_ends_with_a_reset(self, admin: Administrator) -> None:
        """A reset leaves what was there at the start."""
        made = admin.ask("POST", "clients", self.NAMED).body
        admin.tenant.post("/__mock__/reset")
        assert 404 == admin.get(f"clients/{made['client_id']}").status

    @pytest.mark.parametrize(
        "body",
        [{}, {"name": ""}, {"name": "x", "dreams": 1}, {"name": "x", "grant_types": ["mfa"]}],
    )
    def test_bad_body(self, admin: Administrator, body: object) -> None:
        """What is wrong creates nothing."""
        assert 400 == admin.ask("POST", "clients", body).status
        assert 3 == len(admin.get("clients").body)


class TestGrants:
    """`/client-grants`."""

    def test_listed(self, admin: Administrator) -> None:
        """Grants can be found by client and by audience; this API's is among them."""
        management: Any = admin.tenant.info["management"]
        found = admin.get("client-grants", audience=AUDIENCE).body
        assert [management["client_id"]] == [each["client_id"] for each in found]
        assert 2 == len(admin.get("client-grants", client_id=management["client_id"]).body)
        assert 3 == len(admin.get("client-grants", take=10).body["client_grants"])

    def test_granted(self, admin: Administrator, tenant: Harness) -> None:
        """The application under test can be let in, with fewer scopes, and shut out again."""
        body = {
            "client_id": tenant.info["client_id"],
            "audience": AUDIENCE,
            "scope": ["read:users"],
        }
        made = admin.ask("POST", "client-grants", body)
        assert (201, AUDIENCE) == (made.status, made.body["audience"])
        assert 409 == admin.ask("POST", "client-grants", body).status
        token = tenant.token("client_credentials", audience=AUDIENCE)
        assert "read:users" == token.body["scope"]
        path = f"client-grants/{made.body['id']}"
        admin.ask("PATCH", path, {"scope": ["read:logs"]})
        assert ["read:logs"] == admin.get(path).body["scope"]
        assert [204, 204] == [admin.ask("DELETE", path).status for _ in range(2)]
        assert 403 == tenant.token("client_credentials", audience=AUDIENCE).status
        assert 404 == admin.get(path).status

    def test_api_of_its_own(self, admin: Administrator, tenant: Harness) -> None:
        """Without its grant a client gets no token for the API either."""
        audience = str(tenant.info["audience"])
        [grant] = admin.get("client-grants", client_id=tenant.info["client_id"]).body
        assert audience == grant["audience"]
        admin.ask("DELETE", f"client-grants/{grant['id']}")
        assert 403 == tenant.token("client_credentials", audience=audience).status

    @pytest.mark.parametrize(
        ("change", "status"),
        [
            ({"audience": "https://none.example"}, 404),
            ({"client_id": "none"}, 404),
            ({"x": 1}, 400),
        ],
    )
    def test_bad_grant(self, admin: Administrator, change: dict[str, object], status: int) -> None:
        """What is not registered cannot be granted."""
        body = {"client_id": admin.tenant.info["client_id"], "audience": AUDIENCE, **change}
        assert status == admin.ask("POST", "client-grants", body).status


class TestConnections:
    """`/connections`."""

    @pytest.mark.parametrize(
        "change",
        [
            {"name": "x"},
            {"options": 7},
            {"options": {"authentication_methods": 7}},
            {"options": {"authentication_methods": {"password": {"enabled": "no"}}}},
            {"enabled_clients": "all"},
        ],
    )
    def test_bad_change(self, admin: Administrator, change: dict[str, object]) -> None:
        """What is wrong changes nothing."""
        [before] = admin.get("connections").body
        assert 400 == admin.ask("PATCH", f"connections/{before['id']}", change).status
        assert [before] == admin.get("connections").body

    def test_shown(self, admin: Administrator) -> None:
        """There is one database, by list, by filter and by id."""
        [listed] = admin.get("connections", strategy="auth0").body
        assert listed == admin.get(f"connections/{listed['id']}").body
        assert ("Username-Password-Authentication", 3) == (
            listed["name"],
            len(listed["enabled_clients"]),
        )
        assert [] == admin.get("connections", strategy="sms").body
        assert 404 == admin.get("connections/con_none").status
        assert [listed] == admin.get("connections", take=5).body["connections"]

    def test_disabled(self, admin: Administrator, path: str, user: Person) -> None:
        """An application for which the connection is off cannot log anybody in."""
        [connection] = admin.get("connections").body
        clients = f"connections/{connection['id']}/clients"
        client_id = admin.tenant.info["client_id"]
        assert (
            204 == admin.ask("PATCH", clients, [{"client_id": client_id, "status": False}]).status
        )
        refused = user.login()
        assert (400, "the connection was disabled") == (
            refused.status,
            refused.body["error_description"],
        )
        assert {"client_id": client_id} not in admin.get(clients).body["clients"]
        assert [] == admin.get(f"{path}/connections").body["connections"]
        admin.ask("PATCH", clients, [{"client_id": client_id, "status": True}])
        assert 403 == user.login().status
        assert 1 == len(admin.get(f"{path}/connections").body["connections"])

    def test_enabled_clients(self, admin: Administrator, user: Person) -> None:
        """The older member has the same effect."""
        [connection] = admin.get("connections").body
        admin.ask("PATCH", f"connections/{connection['id']}", {"enabled_clients": []})
        assert 400 == user.login().status

    def test_options(self, admin: Administrator, user: Person) -> None:
        """Options decide who can be created, and whether wrong passwords are counted."""
        [connection] = admin.get("connections").body
        path = f"connections/{connection['id']}"
        admin.ask("PATCH", path, {"options": {"requires_username": True}})
        assert [400, 201] == [
            admin.create_user().status,
            admin.create_user(username="someone").status,
        ]
        methods = {"password": {"enabled": False}}
        admin.ask("PATCH", path, {"options": {"authentication_methods": methods}})
        assert 400 == admin.create_user("x@example.com").status
        admin.ask("PATCH", path, {"options": {"brute_force_protection": False}})
        for _ in range(11):
            user.login(password="wrong")
        assert 403 == user.login().status

    @pytest.mark.parametrize(
        ("clients", "status"),
        [([{"client_id": "none", "status": True}], 404), ([{"client_id": "x"}], 400), ({}, 400)],
    )
    def test_bad_clients(self, admin: Administrator, clients: object, status: int) -> None:
        """Unknown clients and half entries are refused."""
        [connection] = admin.get("connections").body
        path = f"connections/{connection['id']}/clients"
        assert status == admin.ask("PATCH", path, clients).status
