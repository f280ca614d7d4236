"""`/users/{id}/authentication-methods`: enrolls for a user, and shows, renames, deletes.

What is enrolled here is confirmed at once:
https://auth0.com/docs/secure/multi-factor-authentication/manage-mfa-auth0-apis/manage-authentication-methods-with-management-api
"""

from __future__ import annotations

import binascii
from base64 import b32decode
from typing import TYPE_CHECKING, Any, Final

from pytest_auth0_mfa.mock import enrollment
from pytest_auth0_mfa.mock.management import fields, method_document, paging, refusals
from pytest_auth0_mfa.mock.management.calls import NO_CONTENT, endpoint
from pytest_auth0_mfa.mock.management.method_document import described_method
from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.model import Factor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.mock.management.calls import Call, Endpoints
    from pytest_auth0_mfa.mock.messages import Json
    from pytest_auth0_mfa.mock.model import Authenticator, User

_PREFERENCE: Final = "preferred_authentication_method"
_TYPE: Final = fields.one_of("phone", "email", "totp")


def _base32(value: Json) -> str:
    """Take a secret that an authenticator app can use."""
    wrong = fields.text(value)
    if wrong:
        return wrong
    text = str(value).upper()
    try:
        b32decode(text + "=" * (-len(text) % 8))
    except (binascii.Error, ValueError):
        return "Object didn't pass validation for format base32"
    return ""


_COMMON: Final = {"type": _TYPE, "name": fields.text}
_PHONE: Final = {
    "phone_number": fields.phone_number,
    _PREFERENCE: fields.one_of("sms", "voice"),
}
_TAKES: Final[Mapping[str, Mapping[str, fields.Check]]] = {
    "totp": {**_COMMON, "totp_secret": _base32},
    "email": {**_COMMON, "email": fields.email},
    "phone": {**_COMMON, **_PHONE},
}
_NEEDS: Final = {"totp": "totp_secret", "email": "email", "phone": "phone_number"}
_CHANGE: Final = {"name": fields.text, _PREFERENCE: fields.one_of("sms", "voice")}


def list_all(call: Call) -> Answer:
    """List a page; in its envelope an empty list has no total, as recorded."""
    user = call.user
    described = [described_method(user, each) for each in method_document.methods(user)]
    answer = paging.by_page(call.query, "authenticators", described)
    if isinstance(answer.body, dict) and not described:
        return Answer(200, {k: each for k, each in answer.body.items() if k != "total"})
    return answer


def create(call: Call) -> Answer:
    """Enroll one."""
    user = call.user
    entry = _enroll(call, user, _checked(call.body))
    return Answer(201, described_method(user, entry))


def replace_all(call: Call) -> Answer:
    """Enroll these and no others; the answer hides nothing, as recorded."""
    user = call.user
    wanted = [_checked(each) for each in fields.entries(call.body, fields.mapping)]
    _delete_all(call, user)
    entries = [_enroll(call, user, each) for each in wanted]
    return Answer(200, [described_method(user, each, masked=False) for each in entries])


def show(call: Call) -> Answer:
    """Show one."""
    return Answer(200, described_method(call.user, _entry(call)))


def change(call: Call) -> Answer:
    """Rename one, or prefer the other entry of a phone."""
    user, entry = call.user, _entry(call)
    given: Mapping[str, Any] = fields.members(call.body, _CHANGE)
    if _PREFERENCE in given:
        if not entry.factor.is_phone:
            raise refusals.invalid_body(f"Additional properties not allowed: {_PREFERENCE}")
        _prefer(user, entry, given[_PREFERENCE])
    entry.name = given.get("name", entry.name)
    return Answer(200, described_method(user, entry))


def delete(call: Call) -> Answer:
    """Delete one."""
    enrollment.withdraw(call.tenant, call.user, _entry(call))
    return NO_CONTENT


def delete_all(call: Call) -> Answer:
    """Delete all."""
    _delete_all(call, call.user)
    return NO_CONTENT


def _entry(call: Call) -> Authenticator:
    found = method_document.method(call.user, call.ids[1])
    if found is None:
        raise refusals.unknown_method()
    return found


def _checked(body: Json) -> Mapping[str, Any]:
    """Return a wish for a method, complete and without anything else."""
    kind = body.get("type") if isinstance(body, dict) else None
    takes = _TAKES.get(kind, _COMMON) if isinstance(kind, str) else _COMMON
    needs = [_NEEDS[kind]] if isinstance(kind, str) and kind in _NEEDS else []
    return fields.members(body, takes, ["type", *needs])


def _enroll(call: Call, user: User, given: Mapping[str, Any]) -> Authenticator:
    tenant = call.tenant
    if given["type"] == "totp":
        entry = tenant.enroll(user, Factor.OTP, given["totp_secret"].upper())
    elif given["type"] == "email":
        entry = tenant.enroll(user, Factor.EMAIL, address=given["email"])
    else:
        preferred = given.get(_PREFERENCE, Factor.SMS.value)
        entry = enrollment.enroll_channel(tenant, user, Factor(preferred), given["phone_number"])
        _prefer(user, entry, preferred)
    entry.name = given.get("name", "")
    enrollment.provide(user, entry)
    return entry


def _prefer(user: User, entry: Authenticator, preferred: str) -> None:
    for each in user.pair(entry):
        each.is_preferred = each.factor.value == preferred


def _delete_all(call: Call, user: User) -> None:
    for each in list(user.authenticators.values()):
        if each.id in user.authenticators:
            enrollment.withdraw(call.tenant, user, each)


ENDPOINTS: Final[Endpoints] = {
    "users/{}/authentication-methods": {
        "GET": endpoint(list_all, "read:authentication_methods"),
        "POST": endpoint(create, "create:authentication_methods"),
        "PUT": endpoint(replace_all, "update:authentication_methods"),
        "DELETE": endpoint(delete_all, "delete:authentication_methods"),
    },
    "users/{}/authentication-methods/{}": {
        "GET": endpoint(show, "read:authentication_methods"),
        "PATCH": endpoint(change, "update:authentication_methods"),
        "DELETE": endpoint(delete, "delete:authentication_methods"),
    },
    "users/{}/authenticators": {
        "DELETE": endpoint(delete_all, "delete:guardian_enrollments"),
    },
}
