"""By whom codes and prompts are delivered: pages of `/guardian/factors` and `/prompts`.

A new mock has providers that work. Where text messages and calls have none, they are lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.mock.management import fields
from pytest_auth0_mfa.mock.management.pages import Page, endpoints
from pytest_auth0_mfa.mock.model import Factor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.mock.management.calls import Endpoints
    from pytest_auth0_mfa.mock.messages import Json
    from pytest_auth0_mfa.mock.tenant import Tenant

_SCOPE: Final = "guardian_factors"
_PUT: Final = ("GET", "PUT")
_ALL: Final = ("GET", "PUT", "PATCH")
_WRITE_ONLY: Final = ("PUT", "PATCH")
_FACTORS: Final = "guardian/factors"
_PHONE_PROVIDERS: Final = ("auth0", "twilio", "phone-message-hook")
_TWILIO: Final = {"from": "+15550000000", "sid": "AC00000000000000000000000000000000"}
_TEMPLATES: Final = {
    "enrollment_message": "{{code}} is your verification code for {{tenant.friendly_name}}.",
    "verification_message": "{{code}} is your verification code for {{tenant.friendly_name}}",
}


def put_into_effect(tenant: Tenant) -> None:
    """Lose messages to phones where the selected provider cannot send them."""
    phones = {Factor.SMS, Factor.VOICE}
    twilio = _TWILIO_PAGE.held(tenant)
    sender = twilio.get("from") or twilio.get("messaging_service_sid")
    is_usable = bool(sender and twilio.get("sid") and twilio.get("auth_token"))
    provider = _SELECTED.held(tenant)["provider"]
    if tenant.settings.phones.is_unified:
        return
    tenant.settings.undelivered -= phones
    if provider == "auth0":
        tenant.settings.undelivered.add(Factor.VOICE)
    elif provider == "twilio" and not is_usable:
        tenant.settings.undelivered |= phones


def _deliver_to_phones(tenant: Tenant, _: Mapping[str, Json]) -> None:
    put_into_effect(tenant)


def _form_codes(tenant: Tenant, page: Mapping[str, Json], *factors: Factor) -> None:
    """Send codes of this length and life to these factors."""
    for each in factors:
        tenant.settings.code_lengths[each] = int(str(page["otp_length"]))
        tenant.settings.code_lifetimes_s[each] = float(str(page["otp_expiration_time"]))


def _codes_page(name: str, *factors: Factor) -> Page:
    """Lay out the page of the codes of a factor.

    Auth0's SDKs know it (https://github.com/auth0/auth0-python guardian/factors/phone); ranges are
    not on record.
    """
    return Page(
        f"{_FACTORS}/{name}/settings",
        _SCOPE,
        {"otp_length": 6, "otp_expiration_time": 300},
        _PUT,
        takes={"otp_length": fields.between(4, 10), "otp_expiration_time": fields.between(30, 900)},
        effect=lambda tenant, page: _form_codes(tenant, page, *factors),
        needs=("otp_length", "otp_expiration_time"),
    )


_TWILIO_PAGE: Final = Page(
    f"{_FACTORS}/phone/providers/twilio",
    _SCOPE,
    {**_TWILIO, "auth_token": "0" * 32},
    _PUT,
    takes=dict.fromkeys(
        ("from", "messaging_service_sid", "auth_token", "sid"), fields.nullable(fields.any_text)
    ),
    effect=_deliver_to_phones,
    is_legacy=True,
)
_SELECTED: Final = Page(
    f"{_FACTORS}/phone/selected-provider",
    _SCOPE,
    {"provider": "twilio"},
    _PUT,
    takes={"provider": fields.one_of(*_PHONE_PROVIDERS)},
    needs=("provider",),
    effect=_deliver_to_phones,
    is_legacy=True,
)
_PUSH: Final = f"{_FACTORS}/push-notification"

_PAGES: Final = endpoints(
    [
        _TWILIO_PAGE,
        _SELECTED,
        _codes_page("phone", Factor.SMS, Factor.VOICE),
        _codes_page("email", Factor.EMAIL),
        Page(f"{_FACTORS}/phone/templates", _SCOPE, _TEMPLATES, _PUT, is_legacy=True),
        Page(
            f"{_PUSH}/selected-provider",
            _SCOPE,
            {"provider": "guardian"},
            _PUT,
            takes={"provider": fields.one_of("guardian", "sns", "direct")},
            needs=("provider",),
        ),
        Page(
            f"{_PUSH}/providers/sns",
            _SCOPE,
            {},
            _ALL,
            takes=dict.fromkeys(
                (
                    *("aws_access_key_id", "aws_secret_access_key", "aws_region"),
                    "sns_apns_platform_application_arn",
                    "sns_gcm_platform_application_arn",
                ),
                fields.nullable(fields.any_text),
            ),
            secret=frozenset({"aws_secret_access_key"}),
        ),
        Page(
            f"{_PUSH}/providers/apns",
            _SCOPE,
            {},
            _ALL,
            takes={
                "bundle_id": fields.nullable(fields.any_text),
                "p12": fields.nullable(fields.any_text),
                "sandbox": fields.flag,
                "enabled": fields.flag,
            },
            secret=frozenset({"p12"}),
        ),
        Page(
            f"{_PUSH}/providers/fcm",
            _SCOPE,
            {},
            _WRITE_ONLY,
            takes={"server_key": fields.nullable(fields.any_text)},
            secret=frozenset({"server_key"}),
        ),
        Page(
            f"{_PUSH}/providers/fcmv1",
            _SCOPE,
            {},
            _WRITE_ONLY,
            takes={"server_credentials": fields.nullable(fields.any_text)},
            secret=frozenset({"server_credentials"}),
        ),
        Page(
            f"{_FACTORS}/duo/settings",
            _SCOPE,
            {},
            _ALL,
            takes=dict.fromkeys(("ikey", "skey", "host"), fields.any_text),
        ),
        Page(
            "prompts",
            "prompts",
            {
                "universal_login_experience": "new",
                "identifier_first": True,
                "webauthn_platform_first_factor": False,
            },
            takes={"universal_login_experience": fields.one_of("new", "classic")},
        ),
        Page(
            "prompts/mfa-push",
            "prompts",
            {"app_name": "Guardian", "apple_app_link": "", "google_app_link": ""},
            _ALL,
        ),
    ]
)
# Before there were calls, the pages of phones had another name.
_FORMER: Final[Endpoints] = {
    f"{_FACTORS}/sms/{name}": _PAGES[f"{_FACTORS}/phone/{name}"]
    for name in ("providers/twilio", "selected-provider", "templates")
}
ENDPOINTS: Final[Endpoints] = {**_PAGES, **_FORMER}
