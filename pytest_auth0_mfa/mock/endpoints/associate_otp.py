"""`POST /mfa/associate` for the type `otp`: a secret, as text and as barcode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import clients, problems, totp
from pytest_auth0_mfa.mock.enrollment import enroll_otp, issue_recovery_code
from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.model import Factor

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.messages import Json
    from pytest_auth0_mfa.mock.model import User

_KNOWN_FIELDS = frozenset({"authenticator_types", *clients.PARAMETERS})


def answer(call: Call, user: User) -> Answer:
    """Enroll an authenticator app."""
    if not call.tenant.rules.extra_fields_ignored and not _KNOWN_FIELDS.issuperset(
        call.body.parameters
    ):
        raise problems.invalid_enrollment("The body holds an unknown field.")
    is_offered = call.tenant.offers(Factor.OTP, user)
    if not is_offered and not call.tenant.rules.disabled_enrollable:
        raise problems.factor_not_enabled(Factor.OTP.value)
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
