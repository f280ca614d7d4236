"""The control plane under `/__mock__`: what tests need and no real tenant offers.

Owns users, clients, time, tenant configuration and reset. It has no authentication; the server
binds to loopback unless told otherwise. Must not change how the documented endpoints behave.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pytest_auth0_mfa._version import __version__
from pytest_auth0_mfa.mock import addresses, assertions, problems, seeding
from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.model import Factor, Feature

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.configuration import TenantSettings
    from pytest_auth0_mfa.mock.messages import JsonObject
    from pytest_auth0_mfa.mock.model import Exceptions, User

Switch = TypeVar("Switch", Factor, Feature)

# Later moments cannot be written as dates.
_LAST_MOMENT = 250_000_000_000


class ControlPlane:
    """Answers the control routes of one tenant; `ca_file` is the CA that clients must trust."""

    def __init__(self, seeds: seeding.Seeds, ca_file: str | None) -> None:
        """Keep what the tenant cannot say of itself."""
        self.seeds = seeds
        self.ca_file = ca_file

    def introduction(self, call: Call) -> Answer:
        """Tell address and credentials, as the line that the command prints."""
        told = seeding.introduce(call.tenant, self.seeds, call.request.base_url, self.ca_file)
        return Answer(200, {**told, "version": __version__})


def create_user(call: Call) -> Answer:
    """Create a user of the default connection."""
    email, password = call.required("email"), call.required("password")
    phone_number, locale = call.optional("phone_number"), call.optional("locale")
    verified = _yes_or_no(call, "email_verified", default=True)
    if "@" not in email:
        raise problems.invalid_request("email must be an address such as user@example.com")
    if phone_number is not None and not addresses.is_phone_number(phone_number):
        raise problems.invalid_request("phone_number must be + and 7 to 15 digits")
    if call.tenant.user_by_email(email) is not None:
        raise problems.invalid_request("A user with this email exists already.", status=409)
    user = call.tenant.add_user(email, password)
    user.email_verified, user.phone_number, user.locale = verified, phone_number, locale
    return Answer(201, {"user_id": user.user_id, "email": user.email, "email_verified": verified})


def register_client(call: Call) -> Answer:
    """Register a client that signs its assertions, by its public key."""
    public_key, algorithm = call.required("public_key"), call.optional("algorithm")
    if algorithm not in {None, *assertions.ALGORITHMS}:
        known = ", ".join(assertions.ALGORITHMS)
        raise problems.invalid_request(f"algorithm must be one of {known}")
    try:
        assertions.check_key(public_key)
    except assertions.UnusableKeyError as fault:
        raise problems.invalid_request(str(fault)) from fault
    client = seeding.register(call.tenant, public_key, algorithm or assertions.ALGORITHMS[0])
    told = {"client_id": client.client_id, "algorithm": client.algorithm}
    return Answer(201, {**told, "token_endpoint_auth_method": client.authentication.value})


def advance_clock(call: Call) -> Answer:
    """Move the clock of the tenant forward, or of one user and all that belongs to them."""
    user = _optional_user(call)
    if user is None:
        call.tenant.clock_offset_s += _advance(call, None)
        return Answer(200, {"now": call.tenant.now()})
    user.clock_offset_s += _advance(call, user)
    return Answer(200, {"now": call.tenant.now(user), "user_id": user.user_id})


def switch_factor(call: Call) -> Answer:
    """Enable or disable a factor for the whole tenant, or for one user."""
    factor = Factor(_subject(call, "factor", [each.value for each in Factor]))
    return _switch(call, lambda place: place.factors, factor)


def switch_feature(call: Call) -> Answer:
    """Switch a feature on or off for the whole tenant, or for one user."""
    feature = Feature(_subject(call, "feature", [each.value for each in Feature]))
    return _switch(call, lambda place: place.features, feature)


def block_user(call: Call) -> Answer:
    """Block or unblock a user, as an administrator does."""
    blocked = _yes_or_no(call, "blocked")
    user = _user(call, call.required("user_id"))
    user.own_exceptions.is_blocked = blocked
    return Answer(200, {"user_id": user.user_id, "blocked": blocked})


def reset(call: Call) -> Answer:
    """Bring the tenant back to its initial state."""
    seeding.reset(call.tenant)
    return Answer(204)


def _advance(call: Call, user: User | None) -> float:
    advance_s = call.body.parameters.get("advance_s")
    is_number = isinstance(advance_s, (int, float)) and not isinstance(advance_s, bool)
    seconds = float(str(advance_s)) if is_number else -1.0
    if seconds < 0:
        raise problems.invalid_request("advance_s must be a number of seconds, 0 or more")
    if call.tenant.now(user) + seconds > _LAST_MOMENT:
        raise problems.invalid_request("advance_s leads beyond the end of the calendar")
    return seconds


def _subject(call: Call, what: str, names: list[str]) -> str:
    """Return what the path names, or refuse it."""
    if call.subject not in names:
        raise problems.invalid_request(f"Unknown {what}; expected one of {', '.join(names)}.", 404)
    return call.subject


def _yes_or_no(call: Call, name: str, *, default: bool | None = None) -> bool:
    value = call.body.parameters.get(name, default)
    if not isinstance(value, bool):
        raise problems.invalid_request(f"{name} must be true or false")
    return value


def _switch(
    call: Call, switches: Callable[[TenantSettings | Exceptions], dict[Switch, bool]], name: Switch
) -> Answer:
    """Set one of the `switches` of the tenant, or of the user that the body names."""
    enabled, user = _yes_or_no(call, "enabled"), _optional_user(call)
    place = call.tenant.settings if user is None else user.own_exceptions
    switches(place)[name] = enabled
    whose: JsonObject = {} if user is None else {"user_id": user.user_id}
    return Answer(200, {"name": call.subject, "enabled": enabled, **whose})


def _optional_user(call: Call) -> User | None:
    """Return the user that the body names, None where it names none."""
    user_id = call.optional("user_id")
    return None if user_id is None else _user(call, user_id)


def _user(call: Call, user_id: str) -> User:
    user = call.tenant.users.get(user_id)
    if user is None:
        raise problems.invalid_request("user_id names no user of this tenant", status=404)
    return user
