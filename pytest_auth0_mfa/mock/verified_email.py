"""The verified address of an account as an authenticator that nobody enrolled.

Owns when there is one. It is listed and can be challenged, but does not count as enrolled:
https://auth0.com/docs/secure/multi-factor-authentication/manage-mfa-auth0-apis/manage-authenticator-factors-mfa-api
Must not know requests or answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.model import Authenticator, Factor
from pytest_auth0_mfa.mock.states import Event
from pytest_auth0_mfa.mock.tenant import authenticator_id

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.model import User
    from pytest_auth0_mfa.mock.tenant import Tenant


def usable(tenant: Tenant, user: User) -> Authenticator | None:
    """Return the entry of a verified address while the tenant offers e-mail, else None."""
    if not user.email_verified or not tenant.offers(Factor.EMAIL, user):
        return None
    return _entry(tenant, user)


def listed(tenant: Tenant, user: User) -> Authenticator | None:
    """Return the entry that the list of authenticators shows."""
    rules = tenant.rules
    if rules.unverified_email_listed and user.active_factors:
        return _entry(tenant, user)
    return usable(tenant, user) if rules.verified_email_listed else None


def challengeable(tenant: Tenant, user: User) -> Authenticator | None:
    """Return the entry that can be challenged."""
    return usable(tenant, user) if tenant.rules.verified_email_challengeable else None


def _entry(tenant: Tenant, user: User) -> Authenticator:
    """Return the entry of an address, which keeps its id from the first time on."""
    if user.verified_email is None:
        identifier = authenticator_id(Factor.EMAIL, tenant.draw_enrollment())
        user.verified_email = Authenticator(identifier, Factor.EMAIL, address=user.email)
        user.verified_email.take(Event.ENABLED)
        tenant.owners[identifier] = user
    return user.verified_email
