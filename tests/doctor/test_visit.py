"""What the doctor sees without the Management API, and where behaviour belies the configuration."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from pytest_auth0_mfa.schemas import doctor_schema

from pytest_auth0_mfa.doctor.check import Level
from pytest_auth0_mfa.doctor.document import document
from pytest_auth0_mfa.doctor.finding import Depth, State
from pytest_auth0_mfa.doctor.markdown import page
from pytest_auth0_mfa.doctor.text import lines
from tests.conftest import RESET, Reply, passed_on
from tests.doctor.test_every_state import STATES, found

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Received
    from tests.doctor.conftest import Visited

    Serve = Callable[[Callable[[Received], Reply]], str]

TOKENS = {"access_token": "planted", "token_type": "Bearer", "expires_in": 86400}
BLACK_BOX = {
    *("app.mfa-grants", "app.password-grant", "app.secret", "app.org"),
    *("tenant.default-directory", "tenant.mfa-in-action", "mfa.policy", "conn.enabled"),
    *("ap.ip-blocked", "ap.bot"),
}
"""Checks whose state shows without any look at the configuration."""


def variables(visited: Visited, **others: str) -> dict[str, str]:
    """What somebody without the Management API has: the application, and a user."""
    visited.administrator.create("given@example.test")
    return {
        "AUTH0_CLIENT_ID": visited.info["client_id"],
        "AUTH0_CLIENT_SECRET": visited.info["client_secret"],
        "AUTH0_USERNAME": "given@example.test",
        "AUTH0_PASSWORD": "correct horse",
        **others,
    }


@pytest.mark.parametrize("id_", sorted(BLACK_BOX))
def test_black_box(visited: Visited, id_: str) -> None:
    """Without the Management API the check is named all the same."""
    given = variables(visited)
    STATES[id_](visited)
    made = visited.visit(**given)
    assert id_ in found(made, Level.BLOCKS, Level.WARNS), made.attempt
    assert {Depth.PROBE, Depth.BEHAVIOUR} >= {each.depth for each in made.found()}


def test_healthy_black_box(visited: Visited) -> None:
    """A given user is challenged and not enrolled; what was not looked at is said."""
    made = visited.visit(**variables(visited))
    assert (set(), "challenged", True) == (found(made), made.attempt.ended, made.authenticated)
    assert "needs the Management API" in {each.told for each in made.ended(State.UNREAD)}
    (user,) = [e for e in visited.administrator.users() if e["email"] == "given@example.test"]
    assert [] == visited.ask("GET", f"/users/{user['user_id'].replace('|', '%7C')}/enrollments")


def test_management_refused(visited: Visited) -> None:
    """A Management API that gives no token blocks, and the rest is looked at all the same."""
    given = variables(
        visited, AUTH0_MANAGEMENT_CLIENT_ID="nobody", AUTH0_MANAGEMENT_CLIENT_SECRET="planted"
    )
    given.pop("AUTH0_USERNAME")
    made = visited.visit(**given)
    assert {"m2m.token"} == found(made)
    assert "planted" not in "\n".join(lines(made))


def test_no_user(visited: Visited) -> None:
    """Where nobody can log in that is said, and the application was still let in."""
    given = variables(visited)
    del given["AUTH0_USERNAME"]
    made = visited.visit(**given)
    assert ("untried", True) == (made.attempt.ended, made.authenticated)
    assert "needs a user" in made.attempt.told


def test_wrong_password(visited: Visited) -> None:
    """A given user whose password is refused: nothing is named, and nothing is said to be well."""
    made = visited.visit(**variables(visited, AUTH0_PASSWORD="wrong"))
    assert ("refused", False, set()) == (made.attempt.ended, made.authenticated, found(made))
    assert "nothing is said to be well" in list(lines(made))[-1]


@pytest.fixture
def altered(visited: Visited, serve: Serve) -> Callable[[Callable[[Any], Reply | None]], None]:
    """Puts a server in front of the mock that answers some token requests by itself."""

    def alter(answer: Callable[[Any], Reply | None]) -> None:
        def respond(received: Received) -> Reply:
            is_token = received.path == "/oauth/token"
            reply = answer(received.body.decode()) if is_token else None
            return reply or passed_on(visited.info["url"], received)

        visited.url = serve(respond)

    return alter


def test_configuration_says_always(
    visited: Visited, altered: Callable[[Callable[[Any], Reply | None]], None]
) -> None:
    """A policy that is right, and a login that gets tokens: both are shown, and it blocks."""
    altered(lambda body: Reply(200, TOKENS) if "username=mfa" in body else None)
    made = visited.visit()
    (one,) = made.disagreements
    assert ("mfa.policy", False) == (one.id, one.works)
    assert "as it should be" == one.configuration
    assert "access_token" in one.behaviour
    assert "mfa.policy" in found(made, Level.BLOCKS)
    assert "unchallenged" == made.attempt.ended


def test_configuration_says_never(visited: Visited, serve: Serve) -> None:
    """A policy that is empty, and a login that is challenged: it works, so that it only warns."""

    def respond(received: Received) -> Reply:
        if received.path == "/api/v2/guardian/policies":
            return Reply(200, [])
        return passed_on(visited.info["url"], received)

    visited.url = serve(respond)
    made = visited.visit()
    (one,) = made.disagreements
    assert ("mfa.policy", True) == (one.id, one.works)
    assert "an Action or a rule asks for it" in one.likely
    assert set() == found(made, Level.BLOCKS)
    assert {"mfa.policy"} == found(made, Level.WARNS)


@pytest.mark.parametrize("reply", [RESET, Reply(503, "down")])
def test_disturbed(
    visited: Visited, altered: Callable[[Callable[[Any], Reply | None]], None], reply: Reply
) -> None:
    """A tenant that cannot be heard is not told to be wrong, nor to be well."""
    altered(lambda body: None if "api%2Fv2" in body or "api/v2" in body else reply)
    made = visited.visit()
    assert set() == found(made)
    assert not made.authenticated
    assert "untried" == made.attempt.ended


def test_document_follows_its_schema(visited: Visited) -> None:
    """The JSON is what its schema says, whatever was found; Markdown says the same."""
    import jsonschema  # noqa: PLC0415 - slow to load

    validator = jsonschema.Draft202012Validator(doctor_schema())
    visited.client(oidc_conformant=False)
    visited.ask("PUT", "/guardian/policies", [])
    visited.control(unentitled=["bot detection"])
    made = visited.visit()
    written = json.loads(json.dumps(document(made)))
    validator.validate(written)
    assert {"blocks": 1, "warns": 1} == {k: written["summary"][k] for k in ("blocks", "warns")}
    assert all(each.id in page(made) for each in made.found())
    assert "| blocks | `mfa.policy` Nothing asks for a second factor |" in page(made)


def test_no_secret_is_told(visited: Visited) -> None:
    """None of the secrets of the tenant stands in what the doctor writes."""
    visited.ask("PUT", "/guardian/policies", [])
    made = visited.visit()
    written = "\n".join([*lines(made), json.dumps(document(made)), page(made)])
    management = visited.info["management"]["client_secret"]
    assert all(each not in written for each in (visited.info["client_secret"], management))
