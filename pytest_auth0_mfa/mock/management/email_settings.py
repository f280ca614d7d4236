"""`/emails/provider` and `/email-templates`: whether codes reach anybody by e-mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pytest_auth0_mfa.mock.management import fields, refusals
from pytest_auth0_mfa.mock.management.calls import NO_CONTENT, endpoint
from pytest_auth0_mfa.mock.management.pages import merged
from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.model import Factor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.mock.management.calls import Call, Endpoints
    from pytest_auth0_mfa.mock.messages import Json

_PROVIDER: Final = "emails/provider"
_CODES: Final = "mfa_oob_code"
_DEFAULT: Final[Mapping[str, Json]] = {
    "name": "smtp",
    "enabled": True,
    "default_from_address": "no-reply@mock.example",
    "credentials": {"smtp_host": "smtp.mock.example", "smtp_port": 587, "smtp_user": "mock"},
    "settings": {},
}
_NAMES: Final = (
    *("mailgun", "mandrill", "sendgrid", "resend", "ses", "sparkpost", "smtp"),
    *("azure_cs", "ms365", "custom"),
)
_TAKES: Final = {
    "name": fields.one_of(*_NAMES),
    "enabled": fields.flag,
    "default_from_address": fields.email,
    "credentials": fields.mapping,
    "settings": fields.nullable(fields.mapping),
}
_SECRETS: Final = frozenset({"smtp_pass", "api_key", "apiKey", "secretAccessKey", "accessKeyId"})
_ALWAYS_SHOWN: Final = ("name", "enabled")
# https://auth0.com/docs/customize/email/email-templates
_TEMPLATES: Final = (
    *("verify_email", "verify_email_by_code", "reset_email", "reset_email_by_code"),
    *("welcome_email", "blocked_account", "stolen_credentials", "enrollment_email", _CODES),
    *("user_invitation", "async_approval", "change_password", "password_reset"),
)
_TEMPLATE: Final = {
    "template": fields.one_of(*_TEMPLATES),
    "body": fields.nullable(fields.any_text),
    "from": fields.nullable(fields.any_text),
    "subject": fields.nullable(fields.any_text),
    "resultUrl": fields.nullable(fields.any_text),
    "syntax": fields.nullable(fields.any_text),
    "urlLifetimeInSeconds": fields.nullable(fields.whole),
    "includeEmailInRedirect": fields.flag,
    "enabled": fields.nullable(fields.flag),
}


def show_provider(call: Call) -> Answer:
    """Show the provider; without `fields` no more than its name and whether it is on."""
    provider = _provider(call)
    if "fields" in call.query:
        return Answer(200, call.query.shown(provider))
    return Answer(200, {name: provider[name] for name in _ALWAYS_SHOWN})


def create_provider(call: Call) -> Answer:
    """Configure a provider where there is none."""
    given = fields.members(call.body, _TAKES, ("name", "credentials"))
    if call.tenant.settings.pages.get(_PROVIDER, _DEFAULT):
        raise refusals.email_provider_exists()
    _keep(call, {"enabled": True, "default_from_address": "", "settings": {}, **given})
    return Answer(201, _provider(call))


def change_provider(call: Call) -> Answer:
    """Change the provider."""
    given = fields.members(call.body, _TAKES)
    _keep(call, merged(_provider(call), given))
    return Answer(200, _provider(call))


def delete_provider(call: Call) -> Answer:
    """Have no provider; e-mails then go by Auth0's own, as slowly and as rarely as it likes."""
    _keep(call, {})
    return NO_CONTENT


def show_template(call: Call) -> Answer:
    """Show a template that was customized."""
    return Answer(200, call.query.shown(_template(call)))


def create_template(call: Call) -> Answer:
    """Customize a template for the first time."""
    given: Mapping[str, Any] = fields.members(call.body, _TEMPLATE, ("template",))
    if _path(given["template"]) in call.tenant.settings.pages:
        raise refusals.email_template_exists(given["template"])
    return _keep_template(call, given["template"], dict(given))


def replace_template(call: Call) -> Answer:
    """Customize a template anew."""
    given = fields.members(call.body, _TEMPLATE)
    name = str(_template(call)["template"])
    return _keep_template(call, name, {**given, "template": name})


def change_template(call: Call) -> Answer:
    """Change a template that was customized."""
    held = _template(call)
    given = fields.members(call.body, _TEMPLATE)
    return _keep_template(call, str(held["template"]), {**held, **given})


def _provider(call: Call) -> dict[str, Json]:
    held = call.tenant.settings.pages.get(_PROVIDER, dict(_DEFAULT))
    if not held:
        raise refusals.no_email_provider()
    return held


def _keep(call: Call, provider: dict[str, Any]) -> None:
    """Keep a provider without what must never be shown again."""
    told = provider.get("credentials", {})
    shown = {name: each for name, each in told.items() if name not in _SECRETS}
    kept = {**provider, "credentials": shown} if provider else provider
    call.tenant.settings.pages[_PROVIDER] = kept
    _put_into_effect(call)


def _path(name: str) -> str:
    return f"email-templates/{name}"


def _template(call: Call) -> dict[str, Json]:
    name = call.ids[0]
    if name not in _TEMPLATES:
        raise refusals.invalid_uri(f"No enum match for: {name}", "templateName")
    held = call.tenant.settings.pages.get(_path(name))
    if held is None:
        raise refusals.no_email_template()
    return held


def _keep_template(call: Call, name: str, template: dict[str, Json]) -> Answer:
    call.tenant.settings.pages[_path(name)] = template
    _put_into_effect(call)
    return Answer(200, template)


def _put_into_effect(call: Call) -> None:
    """Lose e-mails where the provider or the template of codes is off."""
    settings = call.tenant.settings
    provider = settings.pages.get(_PROVIDER, dict(_DEFAULT))
    template = settings.pages.get(_path(_CODES), {})
    is_off = provider.get("enabled") is False or template.get("enabled") is False
    settings.undelivered.discard(Factor.EMAIL)
    if is_off:
        settings.undelivered.add(Factor.EMAIL)


ENDPOINTS: Final[Endpoints] = {
    _PROVIDER: {
        "GET": endpoint(show_provider, "read:email_provider"),
        "POST": endpoint(create_provider, "create:email_provider"),
        "PATCH": endpoint(change_provider, "update:email_provider"),
        "DELETE": endpoint(delete_provider, "delete:email_provider"),
    },
    "email-templates": {"POST": endpoint(create_template, "create:email_templates")},
    "email-templates/{}": {
        "GET": endpoint(show_template, "read:email_templates"),
        "PUT": endpoint(replace_template, "update:email_templates"),
        "PATCH": endpoint(change_template, "update:email_templates"),
    },
}
