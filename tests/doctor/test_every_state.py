"""Every state of the mock that a check is about: the doctor names it, and nothing in vain."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from pytest_auth0_mfa.api import grants
from pytest_auth0_mfa.doctor.check import Level, checks
from pytest_auth0_mfa.doctor.finding import State
from tests.doctor.conftest import LOOPBACK, Change, Visited

if TYPE_CHECKING:
    from pytest_auth0_mfa.doctor.examination import Examination

USER = "somebody@example.test"
ALL_GRANTS = sorted({grants.PASSWORD, grants.PASSWORD_REALM, *grants.MFA_GRANTS, "refresh_token"})
PUSH = "/guardian/factors/push-notification"
PHONE = "/guardian/factors/phone"
PROTECTION = "/attack-protection"
ACL = {
    "description": "all",
    "active": True,
    "rule": {
        "action": {"block": True},
        "scope": "authentication",
        "match": {"ipv4_cidrs": ["127.0.0.0/8"]},
    },
}


def without(*names: str) -> list[str]:
    """The grants of the application but for these."""
    return [each for each in ALL_GRANTS if each not in names]


def user(visited: Visited, **changes: Any) -> None:  # noqa: ANN401 - JSON
    """Create a given user, and change it."""
    user_id = visited.administrator.create(USER)
    if changes:
        visited.ask("PATCH", f"/users/{user_id.replace('|', '%7C')}", changes)
    visited.needs["users"] = (USER,)


def needs(**changes: object) -> Change:
    """Have other needs than usual."""
    return lambda visited: visited.needs.update(changes)


def both(*changes: Change) -> Change:
    """Make several changes."""
    return lambda visited: [change(visited) for change in changes]


def put(path: str, body: object, method: str = "PUT") -> Change:
    """Change a page."""
    return lambda visited: visited.ask(method, path, body)


def patch(path: str, **body: object) -> Change:
    """Change members of a page."""
    return put(path, body, "PATCH")


def connected(visited: Visited, *, status: bool) -> None:
    """Switch the database for the application."""
    (one,) = visited.ask("GET", "/connections")
    body = [{"client_id": visited.info["client_id"], "status": status}]
    visited.ask("PATCH", f"/connections/{one['id']}/clients", body)


STATES: dict[str, Change] = {
    "app.mfa-grants": lambda v: v.client(grant_types=without(grants.MFA_OOB)),
    "app.password-grant": lambda v: v.client(grant_types=without(grants.PASSWORD)),
    "app.oidc": lambda v: v.client(oidc_conformant=False),
    "app.auth-method": lambda v: v.client(token_endpoint_auth_method="client_secret_basic"),
    "app.first-party": lambda v: v.client(is_first_party=False),
    "app.ip-header": lambda v: v.client(is_token_endpoint_ip_header_trusted=False),
    "app.secret": lambda v: v.ask("POST", f"/clients/{v.info['client_id']}/rotate-secret"),
    "app.org": lambda v: v.client(organization_usage="require"),
    "app.refresh": lambda v: v.client(grant_types=without("refresh_token")),
    "tenant.default-directory": patch("/tenants/settings", default_directory=""),
    "tenant.mfa-in-action": patch("/tenants/settings", customize_mfa_in_postlogin_action=True),
    "tenant.action-redirect": lambda v: v.bind("api.redirect.sendUserTo('https://a.test')"),
    "tenant.action-refresh": lambda v: v.bind("api.multifactor.enable('any')"),
    "tenant.default-audience": patch("/tenants/settings", default_audience="https://api.test"),
    "tenant.legacy-phone": lambda v: v.control(unified_phone=True),
    "mfa.factor-enabled": lambda v: v.factors("sms", "push-notification", "email", "recovery-code"),
    "mfa.factor-unexpected": needs(factors=frozenset({"otp", "email", "push"})),
    "mfa.policy": put("/guardian/policies", []),
    "mfa.policy-adaptive": put("/guardian/policies", ["confidence-score"]),
    "mfa.policy-no-factor": both(lambda v: v.factors(), needs(factors=frozenset())),
    "mfa.independent": both(
        lambda v: v.factors("email", "recovery-code"), needs(factors=frozenset({"email"}))
    ),
    "mfa.recovery": put("/guardian/factors/recovery-code", {"enabled": False}),
    "mfa.webauthn-duo": both(lambda v: v.factors("duo"), needs(factors=frozenset({"duo"}))),
    "phone.message-types": both(
        put(f"{PHONE}/message-types", {"message_types": []}),
        needs(factors=frozenset({"sms", "otp", "email", "push"})),
    ),
    "phone.both": needs(factors=frozenset({"sms", "otp", "email", "push"})),
    "phone.provider": put(f"{PHONE}/providers/twilio", {"sid": None, "auth_token": None}),
    "phone.auth0-provider": put(f"{PHONE}/selected-provider", {"provider": "auth0"}),
    "phone.otp-length": put(f"{PHONE}/settings", {"otp_length": 8, "otp_expiration_time": 300}),
    "email.provider": patch("/emails/provider", enabled=False),
    "email.template": put(
        "/email-templates",
        {
            "template": "mfa_oob_code",
            "enabled": False,
            "body": "{{ code }}",
            "from": "a@example.test",
            "subject": "code",
            "syntax": "liquid",
        },
        "POST",
    ),
    "email.verified": user,
    "push.provider": put(f"{PUSH}/selected-provider", {"provider": "sns"}),
    "push.apns-sandbox": both(
        put(f"{PUSH}/selected-provider", {"provider": "direct"}),
        put(f"{PUSH}/providers/apns", {"sandbox": True, "bundle_id": "a", "enabled": True}),
    ),
    "conn.enabled": lambda v: connected(v, status=False),
    "conn.realm": needs(connection="no-such-database"),
    "conn.password-method": lambda v: v.connection(
        authentication_methods={"password": {"enabled": False}}
    ),
    "conn.username": lambda v: v.connection(requires_username=True),
    "conn.bruteforce": lambda v: v.connection(brute_force_protection=False),
    "conn.import": lambda v: v.connection(import_mode=True),
    "user.stale": lambda v: v.administrator.create(USER, run="old", age=timedelta(hours=9)),
    "user.blocked": lambda v: user(v, email_verified=True, blocked=True),
    "ap.bruteforce": patch(f"{PROTECTION}/brute-force-protection", max_attempts=3),
    "ap.suspicious-ip": patch(
        f"{PROTECTION}/suspicious-ip-throttling",
        stage={"pre-login": {"max_attempts": 5, "rate": 864_000}},
    ),
    "ap.ip-blocked": lambda v: v.control(blocked_ips=[LOOPBACK]),
    "ap.bot": patch(f"{PROTECTION}/bot-detection", challenge_password_policy="always"),
    "ap.breached": patch(
        f"{PROTECTION}/breached-password-detection", enabled=True, shields=["block"]
    ),
    "ap.network-acl": put("/network-acls", ACL, "POST"),
    "ap.allowlist-posture": patch(
        f"{PROTECTION}/suspicious-ip-throttling", allowlist=["192.0.2.1"]
    ),
    "m2m.scopes": lambda v: v.administrator.grant("read:clients", "read:guardian_factors"),
    "m2m.entitlement": lambda v: v.control(unentitled=["bot detection"]),
}
"""How the mock gets into the state that each check is about."""

ELSEWHERE = {"tenant.domain", "ap.rate", "m2m.token"}
"""Checks whose state is another tenant's: see `test_reading`, `test_visit`."""

IMPLIED: dict[str, set[str]] = {
    "mfa.policy-no-factor": {"mfa.independent"},
    "mfa.webauthn-duo": {"mfa.policy-no-factor"},
    "app.secret": {"app.auth-method"},
}
"""What is found besides, since it is so."""


def found(made: Examination, *levels: Level) -> set[str]:
    """The checks that found something."""
    return {each.id for each in made.found(*levels)}


def test_healthy(visited: Visited) -> None:
    """Nothing is found at a mock as it starts, and everything that can be was looked at."""
    made = visited.visit()
    assert set() == found(made)
    assert [] == made.ended(State.UNKNOWN, State.UNENTITLED)
    assert {id_ for id_, each in checks().items() if each.unread} == {
        each.id for each in made.ended(State.UNREAD)
    }
    assert ("completed", True, ()) == (made.attempt.ended, made.authenticated, made.disagreements)


def test_every_check_has_a_state() -> None:
    """No check is forgotten, and none is tried that there is not."""
    tried = STATES.keys() | ELSEWHERE
    assert {id_ for id_, each in checks().items() if not each.unread} == tried


@pytest.mark.parametrize("id_", STATES)
def test_state_is_named(visited: Visited, id_: str) -> None:
    """The doctor names the check, and nothing that blocks besides."""
    STATES[id_](visited)
    made = visited.visit()
    assert id_ in found(made), made.attempt
    allowed = {id_, *IMPLIED.get(id_, ())}
    assert found(made, Level.BLOCKS) <= allowed
