"""Enrolling, confirming and removing authenticators.

Owns what these do to the user's other authenticators, recovery codes above all. Must not read
requests or make answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import draws
from pytest_auth0_mfa.mock.model import Factor
from pytest_auth0_mfa.mock.states import Event
from pytest_auth0_mfa.mock.tenant import authenticator_id

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.model import Authenticator, User
    from pytest_auth0_mfa.mock.tenant import Tenant

# What a tenant gives out that does not draw anew.
_STALE_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105  Wrong on purpose.
_STALE_RECOVERY_CODE = "AAAABBBBCCCCDDDDEEEEFFFF"

_TWINS = {Factor.SMS: Factor.VOICE, Factor.VOICE: Factor.SMS}


def enroll_otp(tenant: Tenant, user: User) -> Authenticator:
    """Give `user` a pending TOTP authenticator with a fresh secret."""
    rules = tenant.rules
    secret = draws.otp_secret(tenant.entropy, rules.otp_secret_bytes)
    return tenant.enroll(user, Factor.OTP, secret if rules.otp_secret_fresh else _STALE_SECRET)


def enroll_channel(tenant: Tenant, user: User, channel: Factor, address: str) -> Authenticator:
    """Give `user` a pending authenticator that sends its codes to `address`.

    A phone gets a second one for its other channel where the tenant offers both: same end of the
    id, same state for life
    (https://github.com/auth0/Auth0.swift Auth0Tests/MFA/Auth0MFAClientTests.swift).
    """
    if tenant.rules.pending_replaced:
        _drop_pending(tenant, user, address)
    authenticator = tenant.enroll(user, channel, address=address)
    twin = _TWINS.get(channel)
    if twin is not None and (tenant.offers(twin, user) or tenant.rules.disabled_twin_enrolled):
        second = tenant.enroll(user, twin, address=address, enrollment=authenticator.enrollment)
        if not tenant.rules.twin_shares_suffix:
            _rename(tenant, user, second, tenant.draw_enrollment())
    return authenticator


def enroll_push(tenant: Tenant, user: User) -> Authenticator:
    """Give `user` a pending push authenticator, and the TOTP one of the same device with it.

    Their ids end differently, as recorded: https://github.com/auth0/go-auth0
    test/data/recordings/authentication/TestMFAListAuthenticators.yaml
    """
    authenticator = tenant.enroll(user, Factor.PUSH)
    companion = enroll_otp(tenant, user)
    companion.enrollment = authenticator.enrollment
    if tenant.rules.companion_shares_suffix:
        _rename(tenant, user, companion, authenticator.id.partition("dev_")[2])
    return authenticator


def issue_recovery_code(tenant: Tenant, user: User) -> str | None:
    """Return a recovery code with the first association, None with any further one.

    The first is the one before which the user has no recovery code, confirmed or not: a second
    association was recorded without one although nothing had been confirmed.
    """
    rules, existing = tenant.rules, user.recovery_code
    if not (tenant.offers(Factor.RECOVERY_CODE, user) or rules.disabled_code_issued):
        return None
    if existing is not None:
        return None if rules.recovery_code_issued_once else existing.secret
    drawn = draws.recovery_code(tenant.entropy, rules.recovery_code_length)
    code = drawn if rules.recovery_code_fresh else _STALE_RECOVERY_CODE
    return tenant.enroll(user, Factor.RECOVERY_CODE, code).secret


def confirm(tenant: Tenant, user: User, authenticator: Authenticator) -> None:
    """Activate a pending authenticator, its twin and the recovery code with it."""
    pair = user.pair(authenticator)
    if tenant.rules.confirmation_drops_others:
        _drop_others(tenant, user, authenticator)
    for each in pair:
        each.take(Event.PROVED)
    user.lost_last_factor = False
    if user.recovery_code is not None:
        user.recovery_code.take(Event.ENABLED)
    if not tenant.rules.confirmation_keeps_id:
        suffix = tenant.draw_enrollment()
        for each in pair:
            is_companion = each.factor is Factor.OTP and len(pair) > 1
            _rename(tenant, user, each, tenant.draw_enrollment() if is_companion else suffix)


def provide(user: User, authenticator: Authenticator) -> None:
    """Activate what an administrator enrolled for a user, and its twin, without any proof."""
    for each in user.pair(authenticator):
        each.take(Event.ENABLED)
    user.lost_last_factor = False


def withdraw(tenant: Tenant, user: User, authenticator: Authenticator) -> None:
    """Remove all entries of an enrollment, as an administrator does."""
    for each in user.pair(authenticator):
        if each.id in user.authenticators:
            remove(tenant, user, each)


def regenerate_recovery_code(tenant: Tenant, user: User) -> str:
    """Give a user a new recovery code in place of any other, good at once."""
    entry = user.recovery_code or tenant.enroll(user, Factor.RECOVERY_CODE)
    entry.take(Event.ENABLED)
    entry.used_codes = set()
    entry.secret = draws.recovery_code(tenant.entropy, tenant.rules.recovery_code_length)
    return entry.secret


def remove(tenant: Tenant, user: User, authenticator: Authenticator) -> None:
    """Remove an authenticator and its twin; with the last confirmed factor goes the recovery code.

    Without a factor MFA is over for the user, and the next login enrolls from the start:
    https://auth0.com/docs/api/authentication/multi-factor-authentication/delete-an-authenticator
    """
    was_active = authenticator.is_active
    for each in user.pair(authenticator):
        if each is authenticator or _goes_along(tenant, each, authenticator):
            _drop(tenant, user, each)
    if tenant.rules.removal_takes_others:
        _drop_others(tenant, user, authenticator)
    if not was_active or user.active_factors:
        return
    user.lost_last_factor = True
    if user.recovery_code is not None and tenant.rules.last_removal_drops_recovery_code:
        _drop(tenant, user, user.recovery_code)


def rotate_recovery_code(tenant: Tenant, entry: Authenticator) -> str:
    """Replace a used recovery code and return the new one."""
    if not tenant.rules.recovery_code_rotated:
        return entry.secret
    entry.used_codes = {entry.secret} if tenant.rules.used_recovery_code_accepted else set()
    drawn = [draws.recovery_code(tenant.entropy, tenant.rules.recovery_code_length)]
    if not tenant.rules.rotated_recovery_code_works:
        drawn.append(draws.recovery_code(tenant.entropy, tenant.rules.recovery_code_length))
    entry.secret = drawn[-1]
    return drawn[0]


def _goes_along(tenant: Tenant, entry: Authenticator, removed: Authenticator) -> bool:
    """Tell whether the other entry of an enrollment is removed too."""
    if Factor.PUSH in {entry.factor, removed.factor}:
        return tenant.rules.removal_takes_companion
    return tenant.rules.removal_takes_twin


def _rename(tenant: Tenant, user: User, entry: Authenticator, suffix: str) -> None:
    """Give an entry another id."""
    tenant.forget(user, entry)
    entry.id = authenticator_id(entry.factor, suffix)
    tenant.keep(user, entry)


def _drop_others(tenant: Tenant, user: User, authenticator: Authenticator) -> None:
    """Drop every confirmed factor of another enrollment."""
    for each in user.active_factors:
        if each.enrollment != authenticator.enrollment:
            _drop(tenant, user, each)


def _drop_pending(tenant: Tenant, user: User, address: str) -> None:
    """Drop what an earlier association of an address has left unconfirmed."""
    for each in list(user.authenticators.values()):
        if each.address == address and not each.is_active:
            _drop(tenant, user, each)


def _drop(tenant: Tenant, user: User, authenticator: Authenticator) -> None:
    authenticator.take(Event.DELETED)
    if tenant.rules.removed_still_listed:
        user.still_listed.append(authenticator)
    if authenticator.factor is Factor.RECOVERY_CODE or not tenant.rules.removed_codes_accepted:
        tenant.forget(user, authenticator)
