"""`/users` and `/users/{id}`: creates, shows, changes and deletes users.

They are those who log in; there is one set of users.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pytest_auth0_mfa.mock.management import connections, fields, refusals
from pytest_auth0_mfa.mock.management.calls import NO_CONTENT, endpoint
from pytest_auth0_mfa.mock.management.user_document import document
from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.model import UserRecord

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.mock.management.calls import Call, Endpoints
    from pytest_auth0_mfa.mock.management.fields import Check
    from pytest_auth0_mfa.mock.messages import Json
    from pytest_auth0_mfa.mock.model import User

_NAMES: Final = ("given_name", "family_name", "name", "nickname", "picture", "username")
_METADATA: Final = ("app_metadata", "user_metadata")
_COMMON: Final[Mapping[str, Check]] = {
    "email": fields.email,
    "phone_number": fields.phone_number,
    "phone_verified": fields.flag,
    "blocked": fields.flag,
    "email_verified": fields.flag,
    "verify_email": fields.flag,
    "password": fields.text,
    "connection": fields.text,
    **dict.fromkeys(_NAMES, fields.text),
}
_CREATION: Final = {**_COMMON, "user_id": fields.text, **dict.fromkeys(_METADATA, fields.mapping)}
_CHANGE: Final = {
    **{name: fields.nullable(check) for name, check in _COMMON.items()},
    "client_id": fields.text,
    "verify_phone_number": fields.flag,
    **dict.fromkeys(_METADATA, fields.nullable(fields.mapping)),
}
_EXCLUSIVE: Final = ("password", "email", "email_verified", "username")
"""What cannot be changed together, but for an address and whether it is verified."""


def create(call: Call) -> Answer:
    """Create a user of the database connection."""
    given: Mapping[str, Any] = fields.members(call.body, _CREATION, ("connection",))
    if given["connection"] != call.tenant.settings.connection:
        raise refusals.unknown_connection()
    _check_connection(call, given)
    _check_supported(given)
    for name in ("email", "password"):
        if name not in given:
            raise refusals.invalid_body(f"Missing required property: {name}")
    user_id = f"auth0|{given['user_id']}" if "user_id" in given else None
    if call.tenant.user_by_email(given["email"]) or user_id in call.tenant.users:
        raise refusals.user_exists()
    user = call.tenant.add_user(given["email"], given["password"], user_id)
    user.email_verified = False
    _apply(call, user, given)
    return Answer(201, document(call.tenant, user))


def show(call: Call) -> Answer:
    """Show a user."""
    return Answer(200, call.query.shown(document(call.tenant, call.user)))


def change(call: Call) -> Answer:
    """Change a user; of metadata, the members that are named, null removing one."""
    user, given = call.user, fields.members(call.body, _CHANGE)
    _check_supported(given)
    if given.get("username") is not None and not connections.options(call)["requires_username"]:
        raise refusals.username_not_required()
    if given.get("connection") not in {None, call.tenant.settings.connection}:
        raise refusals.unknown_connection()
    _check_together(given)
    email = given.get("email")
    if isinstance(email, str) and email.lower() != user.email:
        if call.tenant.user_by_email(email) is not None:
            raise refusals.email_exists()
        call.tenant.rename_user(user, email)
        user.email_verified = False
    _apply(call, user, given)
    return Answer(200, document(call.tenant, user))


def delete(call: Call) -> Answer:
    """Delete a user; one who is not there counts as deleted."""
    user = call.tenant.users.get(call.ids[0])
    if user is not None:
        call.tenant.remove_user(user)
    return NO_CONTENT


def _check_supported(given: Mapping[str, Json]) -> None:
    """Refuse what users of a database cannot have."""
    if given.get("phone_number") is not None or given.get("phone_verified") is not None:
        raise refusals.not_supported("Cannot set phone_number for users of a database connection")


def _check_connection(call: Call, given: Mapping[str, Json]) -> None:
    """Refuse what the options of the database do not allow."""
    options = connections.options(call)
    if options["authentication_methods"]["password"]["enabled"] is False:
        raise refusals.no_users_by_api()
    if options["requires_username"] and "username" not in given:
        raise refusals.missing_username(call.tenant.settings.connection)
    if "username" in given and not options["requires_username"]:
        raise refusals.username_not_required()


def _check_together(given: Mapping[str, Json]) -> None:
    named = [name for name in _EXCLUSIVE if given.get(name) is not None]
    if len(named) > 1 and named != ["email", "email_verified"]:
        message = f"Cannot update {named[0]} and {named[1]} simultaneously"
        raise refusals.not_supported(message)


def _apply(call: Call, user: User, given: Mapping[str, Any]) -> None:
    record = user.record or UserRecord(user.created_at)
    user.record = record
    record.updated_at = call.tenant.now()
    user.password = given.get("password") or user.password
    if given.get("email_verified") is not None:
        user.email_verified = given["email_verified"]
    if given.get("blocked") is not None:
        user.own_exceptions.is_blocked = given["blocked"]
        record.attributes["blocked"] = given["blocked"]
    for name in _NAMES:
        if name in given:
            record.attributes[name] = given[name]
    for name in _METADATA:
        if name in given:
            record.attributes[name] = _merged(record.attributes.get(name), given[name])


def _merged(known: Any, given: Mapping[str, Json] | None) -> dict[str, Json]:  # noqa: ANN401  An object or None.
    merged = {} if given is None else {**(known or {}), **given}
    return {name: each for name, each in merged.items() if each is not None}


ENDPOINTS: Final[Endpoints] = {
    "users/{}": {
        "GET": endpoint(show, "read:users", "read:current_user", "read:user_idp_tokens"),
        "PATCH": endpoint(change, "update:users", "update:users_app_metadata"),
        "DELETE": endpoint(delete, "delete:users", "delete:current_user"),
    },
}
