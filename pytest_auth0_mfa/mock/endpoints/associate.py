"""`POST /mfa/associate`: enrolls an authenticator, which stays pending until it is confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import clients, problems, transactions, verified_email
from pytest_auth0_mfa.mock.endpoints import associate_channel, associate_otp
from pytest_auth0_mfa.mock.model import Factor
from pytest_auth0_mfa.mock.operations import Operation

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.authorizations import Presented
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.messages import Answer
    from pytest_auth0_mfa.mock.model import User
    from pytest_auth0_mfa.mock.rules import Rules

_TYPES = "authenticator_types"
_OTP, _OOB = "otp", "oob"


def answer(call: Call) -> Answer:
    """Enroll what the body asks for."""
    scope = "enroll" if call.tenant.rules.enrollment_scope_checked else ""
    presented = transactions.present_bearer(call, scope)
    clients.verify_if_sent(call)
    enrolls_channel = _type(call) == _OOB
    _check_still_allowed(call, presented)
    if enrolls_channel:
        return associate_channel.answer(call, presented)
    return associate_otp.answer(call, presented.authorization.user)


def _type(call: Call) -> str:
    """Return the one type that the body lists, or refuse it."""
    rules = call.tenant.rules
    types = call.body.parameters.get(rules.types_parameter)
    if types is None and (Operation.ASSOCIATE, _TYPES) in rules.unnoticed_omissions:
        return _OTP
    if not isinstance(types, list) or not types:
        raise problems.invalid_enrollment(f'{_TYPES} must be a list such as ["otp"].')
    if types in ([_OTP], [_OOB]):
        return str(types[0])
    if rules.unknown_types_refused:
        raise problems.invalid_enrollment(f"{_TYPES} holds a type that is not supported.")
    return _OTP


def _check_still_allowed(call: Call, presented: Presented) -> None:
    """Refuse an `mfa_token` once a factor is confirmed; further ones take an access token.

    https://community.auth0.com/t/user-is-already-enrolled-error-when-enrolling-more-than-one-mfa-factors-using-mfa-api/90893
    """
    user, rules = presented.authorization.user, call.tenant.rules
    if presented.is_mfa_token and _is_enrolled(user, rules):
        raise problems.already_enrolled()
    if rules.verified_email_blocks_association and verified_email.usable(call.tenant, user):
        raise problems.already_enrolled()
    if rules.active_blocks_access_tokens and user.active_factors:
        raise problems.already_enrolled()


def _is_enrolled(user: User, rules: Rules) -> bool:
    if user.active_factors:
        return rules.active_blocks_association
    if user.lost_last_factor and not rules.removal_allows_enrollment:
        return True
    has_pending = any(
        each.factor is not Factor.RECOVERY_CODE for each in user.authenticators.values()
    )
    return rules.pending_blocks_association and has_pending
