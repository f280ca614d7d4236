"""`/tenants/settings`: the page of the tenant itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pytest_auth0_mfa.mock.management import fields
from pytest_auth0_mfa.mock.management.pages import Page, endpoints
from pytest_auth0_mfa.mock.model import DEFAULT_CONNECTION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.mock.management.calls import Endpoints
    from pytest_auth0_mfa.mock.tenant import Tenant


def _apply(tenant: Tenant, page: Mapping[str, Any]) -> None:
    """Put a name, a default directory and who asks for second factors into effect."""
    tenant.settings.friendly_name = page["friendly_name"]
    sign_in = tenant.settings.sign_in
    sign_in.default_directory = page["default_directory"]
    sign_in.is_mfa_left_to_action = page["customize_mfa_in_postlogin_action"]


ENDPOINTS: Final[Endpoints] = endpoints(
    [
        Page(
            "tenants/settings",
            "tenant_settings",
            {
                "friendly_name": "Mock Tenant",
                "default_directory": DEFAULT_CONNECTION,
                "default_audience": "",
                "picture_url": "",
                "support_email": "",
                "support_url": "",
                "enabled_locales": ["en"],
                "flags": {
                    "enable_sso": True,
                    "universal_login": True,
                    "mfa_show_factor_list_on_enrollment": False,
                    "allow_legacy_ro_grant_types": False,
                    "enable_client_connections": False,
                    "disable_clickjack_protection_headers": False,
                    "revoke_refresh_token_grant": False,
                },
                "customize_mfa_in_postlogin_action": False,
                "guardian_mfa_page": {"enabled": False, "html": ""},
                "sandbox_version": "22",
                "session_lifetime": 168,
                "idle_session_lifetime": 72,
            },
            takes={"friendly_name": fields.text, "default_directory": fields.any_text},
            effect=_apply,
        )
    ]
)
