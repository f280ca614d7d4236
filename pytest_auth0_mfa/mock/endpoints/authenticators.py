"""`/mfa/authenticators`: lists a user's authenticators and deletes them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import (
    enrollment,
    kinds,
    masks,
    problems,
    transactions,
    verified_email,
)
from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.model import Factor, Feature
from pytest_auth0_mfa.mock.states import State

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.messages import Json
    from pytest_auth0_mfa.mock.model import Authenticator, User

_READ, _REMOVE = "read:authenticators", "remove:authenticators"
_NEWEST = 8
"""How many users are listed where a list holds more than the caller's own."""


def list_all(call: Call) -> Answer:
    """List what is enrolled, pending ones included."""
    scope = _READ if call.tenant.rules.listing_scope_checked else ""
    presented = transactions.present_bearer(call, scope)
    if not presented.is_mfa_token and not call.tenant.rules.listing_takes_access_tokens:
        raise problems.invalid_bearer()
    user = presented.authorization.user
    items = _items(call, user)
    if not call.tenant.rules.listing_own_only and user.active_factors:
        items += [
            item
            for other in islice(reversed(call.tenant.users.values()), _NEWEST)
            if other is not user
            for item in _items(call, other)
        ]
    return Answer(200, items, "authenticators")


def delete(call: Call) -> Answer:
    """Delete one authenticator of the caller."""
    user = _deleting_user(call)
    owner, rules = call.tenant.owners.get(call.subject), call.tenant.rules
    if owner is None and not rules.unknown_removal_refused:
        return _DELETED
    if owner is None or (owner is not user and rules.foreign_removal_refused):
        raise problems.unknown_authenticator()
    authenticator = owner.authenticators.get(call.subject)
    if authenticator is None and rules.verified_email_removable:
        return _DELETED
    # What has an owner without being enrolled is a verified address, which cannot be deleted.
    if authenticator is None or not _is_removable(call, authenticator):
        raise problems.unknown_authenticator()
    enrollment.remove(call.tenant, owner, authenticator)
    return _DELETED


def _deleting_user(call: Call) -> User:
    """Return the caller, who needs an access token: an `mfa_token` is not enough."""
    rules = call.tenant.rules
    presented = transactions.present_bearer(call, _REMOVE if rules.removal_scope_checked else "")
    if rules.removal_needs_reading:
        transactions.present_bearer(call, _READ)
    if presented.is_mfa_token and not rules.removal_takes_mfa_token:
        raise problems.insufficient_scope(_REMOVE)
    return presented.authorization.user


def _is_removable(call: Call, authenticator: Authenticator) -> bool:
    """Tell whether the API deletes it; recovery codes are the Management API's to renew."""
    if authenticator.state is State.REMOVED:
        return False
    if authenticator.factor is Factor.RECOVERY_CODE:
        return call.tenant.rules.recovery_code_removable
    return authenticator.is_active or call.tenant.rules.pending_removable


def _items(call: Call, user: User) -> list[Json]:
    enrolled = [each for each in user.authenticators.values() if each.state is not State.REMOVED]
    enrolled += user.still_listed
    verified = verified_email.listed(call.tenant, user)
    entries = enrolled if verified is None else [*enrolled, verified]
    items = [_item(each, masked=call.tenant.rules.names_masked) for each in entries]
    if not call.tenant.has(Feature.CUSTOMIZE_MFA, user):
        return [*items]
    return [
        {**item, "type": kinds.kind(each.factor)} for item, each in zip(items, entries, strict=True)
    ]


def _item(authenticator: Authenticator, *, masked: bool) -> dict[str, Json]:
    factor, address = authenticator.factor, authenticator.address
    item: dict[str, Json] = {
        "id": authenticator.id,
        "authenticator_type": factor.authenticator_type,
        "active": authenticator.is_active,
    }
    if factor is Factor.PUSH:
        device = authenticator.device
        named: dict[str, Json] = {} if device is None else {"name": device.name}
        return {**item, "oob_channel": factor.channel, **named}
    if not factor.is_delivered:
        return item
    mask = masks.phone_number if factor.is_phone else masks.email
    return {**item, "oob_channel": factor.value, "name": mask(address) if masked else address}


# A 204 was recorded with a content type although it has no body.
_DELETED = Answer(204, None, "authenticator.deleted", {"content-type": "application/json"})
