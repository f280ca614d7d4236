"""Text messages and calls: which channels are on, and who delivers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.doctor.reading import LegacyPhoneError, as_record
from pytest_auth0_mfa.doctor.site import text, texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.doctor.configuration.looks import Look
    from pytest_auth0_mfa.doctor.site import Site

_ROOT: Final = "/guardian/factors/phone"
_UNIFIED: Final = "/branding/phone/providers"
_CHANNELS: Final = ("sms", "voice")
_DELIVERY: Final = {"sms": "text", "voice": "voice"}
_TRIGGERS: Final = {
    "phone-message-hook": "send-phone-message",
    "custom": "custom-phone-provider",
}
"""Where an Action must be bound that delivers in the place of a provider."""

_USUAL_LENGTH: Final = 6


def lacks_channels(site: Site) -> str | None:
    """Whether a channel that must work is off."""
    held = texts(site.reading.record(f"{_ROOT}/message-types").get("message_types"))
    off = [each for each in _needed(site) if each not in held]
    return f"message_types is {held}, without {', '.join(off)}" if off else None


def has_both_channels(site: Site) -> str | None:
    """Whether one phone makes two authenticators, and the tests know of one alone."""
    held = texts(site.reading.record(f"{_ROOT}/message-types").get("message_types"))
    return "message_types has both" if len(held) > 1 and len(_needed(site)) == 1 else None


def lacks_provider(site: Site) -> str | None:
    """Whether nobody delivers."""
    provider = _selected(site)
    if provider is None:
        return _lacks_unified(site)
    if provider == "twilio":
        return _lacks_twilio(site)
    if provider in _TRIGGERS:
        return _lacks_action(site, provider)
    return None


def _selected(site: Site) -> str | None:
    """The provider in the older configuration of phones, None where the unified one counts."""
    try:
        return text(site.reading.record(f"{_ROOT}/selected-provider").get("provider"))
    except LegacyPhoneError:
        return None


def _lacks_twilio(site: Site) -> str | None:
    twilio = site.reading.record(f"{_ROOT}/providers/twilio")
    missing = [name for name in ("sid", "auth_token") if not twilio.get(name)]
    if not (twilio.get("from") or twilio.get("messaging_service_sid")):
        missing.append("from or messaging_service_sid")
    return f"the provider is twilio, without {', '.join(missing)}" if missing else None


def _lacks_action(site: Site, provider: str) -> str | None:
    trigger = _TRIGGERS[provider]
    bound = site.reading.records(f"/actions/triggers/{trigger}/bindings", "bindings")
    return None if bound else f"the provider is {provider}, and no Action is bound to {trigger}"


def _lacks_unified(site: Site) -> str | None:
    providers = site.reading.records(_UNIFIED, "providers")
    usable = [each for each in providers if each.get("disabled") is not True]
    if not usable:
        return "no provider of phones is enabled"
    if any(each.get("name") == "custom" for each in usable):
        return _lacks_action(site, "custom")
    held = {each for one in usable for each in _delivers(one)}
    off = [each for each in _needed(site) if _DELIVERY[each] not in held]
    return f"no provider delivers {', '.join(off)}" if off else None


def _delivers(provider: Mapping[str, object]) -> list[str]:
    configuration = provider.get("configuration")
    return texts(configuration.get("delivery_methods")) if isinstance(configuration, dict) else []


def has_auth0_provider(site: Site) -> str | None:
    """Whether messages are those that Auth0 gives for free."""
    return "the provider is auth0" if _selected(site) == "auth0" else None


def has_other_length(site: Site) -> str | None:
    """Whether codes have another length than usual."""
    try:
        page = site.reading.page(f"{_ROOT}/settings")
    except LegacyPhoneError:
        return None
    length = as_record(page, f"{_ROOT}/settings").get("otp_length") if page is not None else None
    return f"otp_length is {length}" if length not in {None, _USUAL_LENGTH} else None


def _needed(site: Site) -> list[str]:
    return [each for each in _CHANNELS if each in site.needs.factors]


LOOKS: Final[Mapping[str, Look]] = {
    "phone.message-types": lacks_channels,
    "phone.both": has_both_channels,
    "phone.provider": lacks_provider,
    "phone.auth0-provider": has_auth0_provider,
    "phone.otp-length": has_other_length,
}
