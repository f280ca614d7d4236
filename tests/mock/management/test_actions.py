"""Actions and their bindings, and the lists that are only shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.mock.management.conftest import AUDIENCE

if TYPE_CHECKING:
    from tests.mock.conftest import Person
    from tests.mock.management.conftest import Administrator

ACTIONS, BINDINGS = "actions/actions", "actions/triggers/post-login/bindings"
TRIGGERS = [{"id": "post-login", "version": "v3"}]
ASKS_ITSELF = "exports.onExecutePostLogin = async (e, api) => api.authentication.challengeWith({})"
TURNS_ON = "exports.onExecutePostLogin = async (e, api) => api.multifactor.enable('any')"


def create(admin: Administrator, code: str = "", name: str = "mfa") -> str:
    """Create an Action and return its id."""
    body = {"name": name, "supported_triggers": TRIGGERS, "code": code}
    answer = admin.ask("POST", ACTIONS, body)
    assert 201 == answer.status
    return str(answer.body["id"])


def bind(admin: Administrator, *names: str) -> int:
    """Bind Actions by their names and return the status."""
    bindings = [{"ref": {"type": "action_name", "value": each}} for each in names]
    return admin.ask("PATCH", BINDINGS, {"bindings": bindings}).status


def test_nothing_is_bound(admin: Administrator) -> None:
    """A new tenant has triggers and no Actions."""
    triggers = admin.get("actions/triggers").body["triggers"]
    assert {"id": "post-login", "version": "v3", "status": "CURRENT"} in triggers
    assert {"actions": [], "total": 0, "page": 0, "per_page": 50} == admin.get(ACTIONS).body
    assert {"bindings": [], "total": 0, "page": 0, "per_page": 50} == admin.get(BINDINGS).body


def test_bound(admin: Administrator) -> None:
    """Bindings are told in their order, each with its Action and the code of it."""
    identifier = create(admin, "// nothing")
    create(admin, name="other")
    assert 200 == bind(admin, "other", "mfa")
    told = admin.get(BINDINGS).body["bindings"]
    assert ["other", "mfa"] == [each["display_name"] for each in told]
    assert (identifier, "// nothing") == (told[1]["action"]["id"], told[1]["action"]["code"])
    again = [{"ref": {"type": "binding_id", "value": told[1]["id"]}, "display_name": "again"}]
    [kept] = admin.ask("PATCH", BINDINGS, {"bindings": again}).body["bindings"]
    assert ("again", identifier) == (kept["display_name"], kept["action"]["id"])
    assert 204 == admin.ask("DELETE", f"{ACTIONS}/{identifier}").status
    assert [] == admin.get(BINDINGS).body["bindings"]


def test_action_is_changed(admin: Administrator) -> None:
    """An Action is found by name and trigger, changed and deployed."""
    path = f"{ACTIONS}/{create(admin)}"
    assert 1 == admin.get(ACTIONS, actionName="mfa", triggerId="post-login").body["total"]
    assert 0 == admin.get(ACTIONS, triggerId="send-phone-message").body["total"]
    assert "// new" == admin.ask("PATCH", path, {"code": "// new"}).body["code"]
    assert 202 == admin.ask("POST", f"{path}/deploy").status
    assert admin.get(path).body["all_changes_deployed"]
    assert 404 == admin.get(f"{ACTIONS}/none").status


def test_action_that_asks_itself(admin: Administrator, user: Person) -> None:
    """A bound Action that challenges leaves logins without an mfa_token, whatever the policy."""
    path = f"{ACTIONS}/{create(admin, ASKS_ITSELF)}"
    assert "mfa_token" in user.login().body
    bind(admin, "mfa")
    assert "mfa_token" not in user.login().body
    admin.ask("PUT", "guardian/policies", [])
    assert ("mfa_required", False) == (user.login().body["error"], "mfa_token" in user.login().body)
    admin.ask("PATCH", path, {"code": ""})
    assert "access_token" in user.login().body


def test_action_that_turns_mfa_on(admin: Administrator, user: Person) -> None:
    """A bound Action can ask for a second factor where no policy does."""
    admin.ask("PUT", "guardian/policies", [])
    create(admin, TURNS_ON)
    assert "access_token" in user.login().body
    bind(admin, "mfa")
    assert "mfa_token" in user.login().body


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"bindings": [{"ref": {"type": "action_name", "value": "none"}}]}, 404),
        ({"bindings": [{"ref": {"type": "binding_id", "value": "none"}}]}, 404),
        ({"bindings": [{"ref": {"type": "dream", "value": "x"}}]}, 400),
        ({"bindings": [{}]}, 400),
        ({}, 400),
    ],
)
def test_bad_bindings(admin: Administrator, body: object, status: int) -> None:
    """What is not there cannot be bound."""
    assert status == admin.ask("PATCH", BINDINGS, body).status
    assert 400 == admin.get("actions/triggers/dreams/bindings").status


class TestLists:
    """APIs, domains, logs."""

    def test_apis(self, admin: Administrator) -> None:
        """The registered API and this one, by the page, by id and by audience."""
        listed = admin.get("resource-servers").body
        assert [AUDIENCE, admin.tenant.info["audience"]] == [e["identifier"] for e in listed]
        assert [True, False] == [each["is_system"] for each in listed]
        assert listed[1] == admin.get(f"resource-servers/{listed[1]['id']}").body
        assert 404 == admin.get("resource-servers/none").status
        assert 2 == admin.get("resource-servers", include_totals="true").body["total"]

    def test_domains(self, admin: Administrator) -> None:
        """There are no custom domains."""
        assert [] == admin.get("custom-domains").body

    def test_logs(self, admin: Administrator, user: Person) -> None:
        """Nothing is logged, in every form of the list."""
        for path in ("logs", f"users/{user.user_id}/logs"):
            assert [] == admin.get(path).body == admin.get(path, take=5, **{"from": "x"}).body
            assert 0 == admin.get(path, include_totals="true").body["total"]
        assert 404 == admin.get("users/auth0|none/logs").status
