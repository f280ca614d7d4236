"""`/attack-protection/*`: what is done against guessing and bots.

The defaults are a new tenant's, as recorded by https://github.com/auth0/auth0-deploy-cli.
Wrong passwords and suspected bots have an effect on logins; the rest is kept and shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pytest_auth0_mfa.mock.configuration import BruteForce
from pytest_auth0_mfa.mock.management import fields
from pytest_auth0_mfa.mock.management.pages import Page, endpoints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.mock.management.calls import Endpoints
    from pytest_auth0_mfa.mock.tenant import Tenant

_SCOPE: Final = "attack_protection"
_SHIELDS: Final = fields.listed(fields.one_of("block", "user_notification", "admin_notification"))
_CHALLENGES: Final = fields.one_of("never", "when_risky", "always")
_STAGE: Final = {"max_attempts": 100, "rate": 864_000}


def _count_wrong_passwords(tenant: Tenant, page: Mapping[str, Any]) -> None:
    tenant.settings.sign_in.brute_force = BruteForce(
        is_enabled=page["enabled"] and "block" in page["shields"],
        max_attempts=page["max_attempts"],
        counts_by_address=page["mode"] == "count_per_identifier_and_ip",
        allowed=frozenset(page["allowlist"]),
    )


def _suspect_bots(tenant: Tenant, page: Mapping[str, Any]) -> None:
    """Suspect everybody or nobody: in memory there is no risk to score."""
    sign_in = tenant.settings.sign_in
    is_always = page["challenge_password_policy"] == "always"  # noqa: S105  A setting.
    sign_in.are_bots_suspected = is_always and not page["monitoring_mode_enabled"]
    sign_in.trusted_addresses = frozenset(page["allowlist"])


ENDPOINTS: Final[Endpoints] = endpoints(
    [
        Page(
            "attack-protection/brute-force-protection",
            _SCOPE,
            {
                "enabled": True,
                "shields": ["block", "user_notification"],
                "mode": "count_per_identifier_and_ip",
                "allowlist": [],
                "max_attempts": 10,
            },
            takes={
                "shields": _SHIELDS,
                "mode": fields.one_of("count_per_identifier_and_ip", "count_per_identifier"),
                "max_attempts": fields.between(1, 100),
            },
            effect=_count_wrong_passwords,
        ),
        Page(
            "attack-protection/suspicious-ip-throttling",
            _SCOPE,
            {
                "enabled": True,
                "shields": ["admin_notification", "block"],
                "allowlist": [],
                "stage": {
                    "pre-login": _STAGE,
                    "pre-user-registration": {"max_attempts": 50, "rate": 1200},
                    "pre-custom-token-exchange": {"max_attempts": 10, "rate": 600_000},
                },
            },
            takes={"shields": _SHIELDS},
        ),
        Page(
            "attack-protection/breached-password-detection",
            _SCOPE,
            {
                "enabled": False,
                "shields": [],
                "admin_notification_frequency": [],
                "method": "standard",
                "stage": {
                    "pre-user-registration": {"shields": []},
                    "pre-change-password": {"shields": []},
                },
            },
            takes={
                "shields": _SHIELDS,
                "method": fields.one_of("standard", "enhanced"),
                "admin_notification_frequency": fields.listed(
                    fields.one_of("immediately", "daily", "weekly", "monthly")
                ),
            },
            feature="breached password detection",
        ),
        Page(
            "attack-protection/bot-detection",
            _SCOPE,
            {
                "bot_detection_level": "medium",
                "challenge_password_policy": "never",
                "challenge_passwordless_policy": "never",
                "challenge_password_reset_policy": "never",
                "allowlist": [],
                "monitoring_mode_enabled": False,
            },
            takes={
                "bot_detection_level": fields.one_of("low", "medium", "high"),
                "challenge_password_policy": _CHALLENGES,
                "challenge_passwordless_policy": _CHALLENGES,
                "challenge_password_reset_policy": _CHALLENGES,
            },
            effect=_suspect_bots,
            feature="bot detection",
        ),
        Page(
            "attack-protection/captcha",
            _SCOPE,
            {"active_provider_id": "auth_challenge"},
        ),
        Page(
            "attack-protection/phone-provider-protection",
            _SCOPE,
            {"type": "exponential"},
            takes={"type": fields.one_of("exponential", "none")},
        ),
    ]
)
