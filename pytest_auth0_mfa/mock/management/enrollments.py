"""Enrollments of users, their recovery codes, and what ends their remembered browsers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pytest_auth0_mfa.mock import draws, enrollment
from pytest_auth0_mfa.mock.management import fields, method_document, refusals
from pytest_auth0_mfa.mock.management.calls import NO_CONTENT, endpoint
from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.model import Factor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.mock.management.calls import Call, Endpoints
    from pytest_auth0_mfa.mock.model import Authenticator, User

_TICKET: Final = {
    "user_id": fields.text,
    "email": fields.email,
    "send_mail": fields.flag,
    "email_locale": fields.text,
    "factor": fields.one_of(
        "push-notification", "phone", "email", "otp", "webauthn-roaming", "webauthn-platform"
    ),
    "allow_multiple_enrollments": fields.flag,
}
_HIDDEN: Final = ("type", "auth_method")
_PREFIXES: Final = ("push", "totp", "sms", "voice", "email")


def of_user(call: Call) -> Answer:
    """List a user's enrollments; recovery codes are none."""
    entries = method_document.methods(call.user)
    described = [
        method_document.described_enrollment(each)
        for each in entries
        if each.factor is not Factor.RECOVERY_CODE
    ]
    return Answer(200, described)


def show(call: Call) -> Answer:
    """Show an enrollment."""
    _, entry = _found(call)
    described = method_document.described_enrollment(entry)
    return Answer(200, {k: each for k, each in described.items() if k not in _HIDDEN})


def delete(call: Call) -> Answer:
    """Delete an enrollment."""
    user, entry = _found(call)
    enrollment.withdraw(call.tenant, user, entry)
    return NO_CONTENT


def create_ticket(call: Call) -> Answer:
    """Tell the address of a page at which a user enrolls; this mock has no such page."""
    given: Mapping[str, Any] = fields.members(call.body, _TICKET, ("user_id",))
    if given["user_id"] not in call.tenant.users:
        raise refusals.unknown_user()
    ticket = draws.text(call.tenant.entropy, 32)
    url = f"{call.request.base_url}/mfa/enrollment?ticket={ticket}"
    return Answer(200, {"ticket_id": ticket, "ticket_url": url})


def regenerate_recovery_code(call: Call) -> Answer:
    """Give a user a new recovery code."""
    code = enrollment.regenerate_recovery_code(call.tenant, call.user)
    return Answer(200, {"recovery_code": code})


def delete_provider(call: Call) -> Answer:
    """Delete all that a user enrolled at a provider; this tenant's own is named after another."""
    user, provider = call.user, call.ids[1]
    if provider not in {"duo", "google-authenticator"}:
        raise refusals.invalid_uri(f"No enum match for: {provider}", "provider")
    if provider == "google-authenticator":
        for each in list(user.enrolled(Factor.OTP)):
            if each.id in user.authenticators:
                enrollment.withdraw(call.tenant, user, each)
    return NO_CONTENT


def forget_browsers(call: Call) -> Answer:
    """Let every browser ask again; logins by this API remember none."""
    _ = call.user
    return NO_CONTENT


def _found(call: Call) -> tuple[User, Authenticator]:
    """Return the enrollment that the path names, and whose it is."""
    for prefix in _PREFIXES:
        name = f"{prefix}|{call.ids[0]}"
        user = call.tenant.owners.get(name)
        entry = None if user is None else user.authenticators.get(name)
        if user is not None and entry is not None:
            return user, user.pair(entry)[0]
    raise refusals.unknown_enrollment()


ENDPOINTS: Final[Endpoints] = {
    "users/{}/enrollments": {"GET": endpoint(of_user, "read:users")},
    "users/{}/multifactor/{}": {"DELETE": endpoint(delete_provider, "update:users")},
    "users/{}/multifactor/actions/invalidate-remember-browser": {
        "POST": endpoint(forget_browsers, "update:users")
    },
    "users/{}/recovery-code-regeneration": {
        "POST": endpoint(regenerate_recovery_code, "update:users")
    },
    "guardian/enrollments/ticket": {
        "POST": endpoint(create_ticket, "create:guardian_enrollment_tickets")
    },
    "guardian/enrollments/{}": {
        "GET": endpoint(show, "read:guardian_enrollments"),
        "DELETE": endpoint(delete, "delete:guardian_enrollments"),
    },
}
