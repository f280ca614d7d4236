"""`POST /mfa/associate`: enrolls an authenticator, which stays pending until it is confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import clients, problems, totp, transactions
from pytest_auth0_mfa.mock.enrollment import enroll_otp, issue_recovery_code
from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.model import Factor
from pytest_auth0_mfa.mock.operations import Operation

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.authorizations import Presented
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.messages import Json
    from pytest_auth0_mfa.mock.model import User
    from pytest_auth0_mfa.mock.rules import Rules

_TYPES = "authenticator_types"
_KNOWN_FIELDS = frozenset({_TYPES, "client_id", "client_secret"})


def answer(call: Call) -> Answer:
    """Enroll what the body asks for."""
    presented = transactions.present_bearer(call, "enroll")
    clients.verify_if_sent(call)
    _check_types(call)
    _check_still_allowed(call, presented)
    if not call.tenant.offers(Factor.OTP):
        raise problems.invalid_enrollment("The factor otp is not enabled on this tenant.")
    return _enroll_otp(call, presented.authorization.user)


def _check_types(call: Call) -> None:
    rules, parameters = call.tenant.rules, call.body.parameters
    types = parameters.get(_TYPES)
    if types is None and (Operation.ASSOCIATE, _TYPES) in rules.unnoticed_omissions:
        return
    if not isinstance(types, list) or not types:
        raise problems.invalid_enrollment(f'{_TYPES} must be a list such as ["otp"].')
    if types != [Factor.OTP.value] and rules.unknown_types_refused:
        raise problems.invalid_enrollment(f"{_TYPES} holds a type that is not supported.")
    if not rules.extra_fields_ignored and not _KNOWN_FIELDS.issuperset(parameters):
        raise problems.invalid_enrollment("The body holds an unknown field.")


def _check_still_allowed(call: Call, presented: Presented) -> None:
    """Refuse an `mfa_token` once a factor is confirmed; further ones take an access token.

    https://community.auth0.com/t/user-is-already-enrolled-error-when-enrolling-more-than-one-mfa-factors-using-mfa-api/90893
    """
    if presented.is_mfa_token and _is_enrolled(presented.authorization.user, call.tenant.rules):
        raise problems.already_enrolled()


def _is_enrolled(user: User, rules: Rules) -> bool:
    if user.active_factors:
        return rules.active_blocks_association
    if user.lost_last_factor and not rules.removal_allows_enrollment:
        return True
    return rules.pending_blocks_association and any(user.enrolled(Factor.OTP))


def _enroll_otp(call: Call, user: User) -> Answer:
    secret = enroll_otp(call.tenant, user).secret
    issuer = call.tenant.settings.friendly_name
    body: dict[str, Json] = {
        "authenticator_type": "otp",
        "secret": secret,
        "barcode_uri": totp.provisioning_uri(issuer, user.email, secret),
    }
    recovery_code = issue_recovery_code(call.tenant, user)
    if recovery_code is not None:
        body["recovery_codes"] = [recovery_code]
    return Answer(200, body, "associate.otp")
