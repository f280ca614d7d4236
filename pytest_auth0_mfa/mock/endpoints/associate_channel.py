"""`POST /mfa/associate` for the type `oob`: a phone or an address, which gets a code at once.

The channel of devices is `associate_push`'s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import addresses, message_limits, problems, sending
from pytest_auth0_mfa.mock.endpoints import associate_push
from pytest_auth0_mfa.mock.enrollment import enroll_channel, issue_recovery_code
from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.model import CHANNELS, Factor
from pytest_auth0_mfa.mock.operations import Operation

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.authorizations import Presented
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.messages import Json

_CHANNELS, _PHONE, _EMAIL = "oob_channels", "phone_number", "email"
_BY_NAME = {each.channel: each for each in (*CHANNELS, Factor.PUSH)}


def answer(call: Call, presented: Presented) -> Answer:
    """Enroll by the channel that the body lists."""
    channel = _channel(call)
    if channel is Factor.PUSH:
        return associate_push.answer(call, presented)
    return _enroll_address(call, presented, channel)


def _enroll_address(call: Call, presented: Presented, channel: Factor) -> Answer:
    """Enroll a phone or an e-mail address and send the code that confirms it."""
    tenant, user = call.tenant, presented.authorization.user
    address = _phone_number(call) if channel.is_phone else _email(call, user.email)
    if not tenant.offers(channel, user) and not tenant.rules.disabled_enrollable:
        raise problems.factor_not_enabled(channel.value)
    message_limits.admit(tenant, user, channel)
    authenticator = enroll_channel(tenant, user, channel, address)
    recovery_code = issue_recovery_code(tenant, user)
    oob_code = sending.send_code(call, presented, authenticator)
    body = _body(channel, oob_code, [] if recovery_code is None else [recovery_code])
    return Answer(200, body, f"associate.{channel.value}")


def _body(channel: Factor, oob_code: str, recovery_codes: list[str]) -> dict[str, Json]:
    """Put the answer together, in the recorded order for phones, in the documented for e-mail."""
    named: dict[str, Json] = {"oob_channel": channel.value}
    awaiting: dict[str, Json] = {"oob_code": oob_code}
    recovery: dict[str, Json] = {"recovery_codes": recovery_codes} if recovery_codes else {}
    rest = recovery | named | awaiting if channel.is_phone else awaiting | named | recovery
    return {"authenticator_type": "oob", "binding_method": "prompt", **rest}


def _channel(call: Call) -> Factor:
    """Return the one channel that the body lists, or names as older samples do."""
    rules, channels = call.tenant.rules, call.body.parameters.get(_CHANNELS)
    if channels is None:
        if _is_omission_unnoticed(call, _CHANNELS):
            return Factor.SMS
        raise problems.invalid_enrollment(f'{_CHANNELS} must be a list such as ["sms"].')
    listed = [channels] if isinstance(channels, str) else channels
    if isinstance(listed, list) and len(listed) == 1 and str(listed[0]) in _BY_NAME:
        return _BY_NAME[str(listed[0])]
    if rules.unknown_channels_refused:
        raise problems.invalid_enrollment(
            f"{_CHANNELS} must list one channel out of {', '.join(_BY_NAME)}."
        )
    return Factor.SMS


def _phone_number(call: Call) -> str:
    number = call.body.parameters.get(_PHONE)
    if number is None:
        if _is_omission_unnoticed(call, _PHONE):
            return ""
        raise problems.invalid_enrollment(f"{_PHONE} is missing, such as +15551234567.")
    if not isinstance(number, str):
        raise problems.invalid_phone_number()
    if call.tenant.rules.phone_number_checked and not addresses.is_phone_number(number):
        raise problems.invalid_phone_number()
    return number


def _email(call: Call, of_account: str) -> str:
    address = call.body.parameters.get(_EMAIL)
    if address is None and not call.tenant.rules.email_required:
        return of_account
    if not isinstance(address, str) or not addresses.is_email(address):
        raise problems.invalid_enrollment(f"{_EMAIL} must be an address such as user@example.com.")
    return address


def _is_omission_unnoticed(call: Call, name: str) -> bool:
    return (Operation.ASSOCIATE, name) in call.tenant.rules.unnoticed_omissions
