"""What tenants with customized MFA tell: kinds of factors, in logins and in the list.

Owns the words for kinds. An Early Access feature, off unless it is switched on:
https://auth0.com/docs/secure/multi-factor-authentication/authenticate-using-ropg-flow-with-mfa
Must not decide whether a second factor is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import verified_email
from pytest_auth0_mfa.mock.model import Factor, Feature

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_auth0_mfa.mock.messages import Json, JsonObject
    from pytest_auth0_mfa.mock.model import User
    from pytest_auth0_mfa.mock.tenant import Tenant

_KINDS = {
    Factor.OTP: "otp",
    Factor.PUSH: "push-notification",
    Factor.SMS: "phone",
    Factor.VOICE: "phone",
    Factor.RECOVERY_CODE: "recovery-code",
    Factor.EMAIL: "email",
}
"""In the order of the documentation's sample."""

_ENROLLABLE = (Factor.OTP, Factor.SMS, Factor.VOICE, Factor.PUSH)


def kind(factor: Factor) -> str:
    """Return the word for a factor; text messages and calls are one kind."""
    return _KINDS[factor]


def requirements(tenant: Tenant, user: User) -> JsonObject | None:
    """Return what a login tells of a user, None on a tenant without the feature.

    Who has something to prove is told what may be challenged, anybody else what may be enrolled.
    """
    if not tenant.has(Feature.CUSTOMIZE_MFA, user):
        return None
    held = {each.factor for each in user.authenticators.values() if each.is_active}
    if verified_email.usable(tenant, user) is not None:
        held.add(Factor.EMAIL)
    challenged = [each for each in _KINDS if each in held and tenant.offers(each, user)]
    if challenged:
        return {"challenge": _told(challenged)}
    return {"enroll": _told(each for each in _ENROLLABLE if tenant.offers(each, user))}


def _told(factors: Iterable[Factor]) -> list[Json]:
    return [{"type": each} for each in dict.fromkeys(map(kind, factors))]
