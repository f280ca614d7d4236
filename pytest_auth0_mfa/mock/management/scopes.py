"""The scopes of the Management API that this mock knows, and what a plan may lack.

Owns their names, as in https://auth0.com/docs/api/management/v2. Must not check any.
"""

from __future__ import annotations

from typing import Final

_READ = "read"
_READ_UPDATE = "read update"
_ALL = "read create update delete"

_VERBS: Final = {
    "users": _ALL,
    "users_app_metadata": _ALL,
    "authentication_methods": _ALL,
    "guardian_enrollments": "read delete",
    "guardian_enrollment_tickets": "create",
    "guardian_factors": _READ_UPDATE,
    "mfa_policies": _READ_UPDATE,
    "clients": "read create update",
    "client_keys": _READ_UPDATE,
    "client_grants": _ALL,
    "connections": _READ_UPDATE,
    "tenant_settings": _READ_UPDATE,
    "attack_protection": _READ_UPDATE,
    "anomaly_blocks": "read delete",
    "email_provider": _ALL,
    "email_templates": "read create update",
    "phone_providers": _ALL,
    "phone_templates": _READ,
    "actions": _ALL,
    "logs": _READ,
    "logs_users": _READ,
    "custom_domains": _READ,
    "network_acls": _ALL,
    "resource_servers": "read create",
    "prompts": _READ_UPDATE,
}

ALL: Final = tuple(f"{verb}:{name}" for name, verbs in _VERBS.items() for verb in verbs.split())
"""Every scope, by what it is for."""

PLAN_FEATURES: Final = ("bot detection", "breached password detection")
"""What needs a plan that includes it, as refusals call it."""
