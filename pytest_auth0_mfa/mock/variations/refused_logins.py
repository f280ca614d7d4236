"""Variations of the statuses and codes by which logins and bearer tokens are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.composition import Change
from pytest_auth0_mfa.mock.deviations import edits
from pytest_auth0_mfa.mock.model import Factor
from pytest_auth0_mfa.mock.variations import sources
from pytest_auth0_mfa.mock.variations.edits import error, together
from pytest_auth0_mfa.mock.variations.model import Variation

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call


def _is_enrolled(call: Call) -> bool:
    """Tell whether a deletion names what somebody has enrolled; one's own is not refused."""
    owner = call.tenant.owners.get(call.subject)
    entry = None if owner is None else owner.authenticators.get(call.subject)
    return entry is not None and entry.factor is not Factor.RECOVERY_CODE


def _is_verified_email(call: Call) -> bool:
    owner = call.tenant.owners.get(call.subject)
    verified = None if owner is None else owner.verified_email
    return verified is not None and verified.id == call.subject


def _is_xml(call: Call) -> bool:
    return "xml" in call.request.headers.get("content-type", "")


LOGIN = (
    Variation(
        "wrong-password-as-invalid-user-password",
        "A wrong password is answered with invalid_user_password",
        "The API description has it, and SDKs take both: told as a difference",
        f"{sources.API_DESCRIPTION}; {sources.ANDROID}",
        changes=(
            Change(
                "error.wrong-password",
                error(403, "invalid_user_password", "Wrong email or password"),
            ),
        ),
        noted=("MFA-LOGIN-WRONG-PASSWORD",),
    ),
    Variation(
        "unknown-audience-with-403",
        "An unknown audience is answered with 403 and access_denied",
        "Recorded as 400 in 2021; newer tenants are reported with this",
        f"{sources.OLD_RECORDINGS}; {sources.API_DESCRIPTION}",
        changes=(
            Change(
                "error.invalid-audience",
                error(403, "access_denied", "Service not enabled within domain: this one"),
            ),
        ),
    ),
    Variation(
        "unsupported-grant-with-501",
        "An unknown grant is answered with 501",
        "The library's map has 501, the RFC and the API description 400",
        f"{sources.LIBRARY}; {sources.OAUTH}#section-5.2",
        changes=(Change("error.unsupported-grant", error(501)),),
    ),
    Variation(
        "wrong-client-as-access-denied",
        "A wrong client secret is answered with access_denied",
        "Documented as invalid_client; real tenants have long answered so: told as a difference",
        f"{sources.API_DESCRIPTION}; {sources.OAUTH}#section-5.2",
        changes=(Change("error.invalid-client", error(401, "access_denied", "Unauthorized")),),
        noted=("MFA-CLIENT", "MFA-CHALLENGE-CLIENT", "MFA-ENROLL-CLIENT-SECRET"),
    ),
    Variation(
        "blocked-user-as-invalid-grant",
        "A blocked user is answered with 403 and invalid_grant",
        "Sources differ in status and code",
        f"{sources.NOTES}; {sources.CORS_GUIDE}",
        changes=(Change("error.blocked-user", error(403, "invalid_grant")),),
    ),
    Variation(
        "userinfo-refused-in-plain-text",
        "/userinfo refuses a bad token in plain text, with WWW-Authenticate",
        "Recorded so",
        sources.OLD_RECORDINGS,
        changes=(
            Change(
                "error.invalid-access-token",
                together(
                    edits.body("Unauthorized"),
                    edits.header("content-type", "text/plain; charset=utf-8"),
                    edits.header("www-authenticate", 'Bearer error="invalid_token"'),
                ),
            ),
        ),
    ),
    Variation(
        "xml-refused-with-415",
        "A body of a type that no endpoint takes is answered with 415",
        "No source gives the status; this is what HTTP has for it",
        f"{sources.HTTP}#section-15.5.16",
        changes=(Change("error.", error(415, "invalid_request"), when=_is_xml),),
    ),
    Variation(
        "wrong-method-with-404",
        "A method that is not served is answered with 404",
        "No source gives the status; where only the right method is routed, there is nothing else",
        f"{sources.HTTP}#section-15.5.5",
        changes=(
            Change(
                "error.method-not-allowed",
                together(error(404, "not_found"), edits.without_headers("allow")),
            ),
        ),
    ),
)

BEARERS = (
    Variation(
        "missing-bearer-as-unauthorized",
        "A call without bearer is answered with the code unauthorized",
        "The status alone is documented",
        sources.ASSOCIATE_PAGE,
        changes=(
            Change("error.missing-bearer", error(401, "unauthorized", "No authorization header")),
        ),
    ),
    Variation(
        "missing-scope-with-401",
        "An access token that lacks a scope is answered with 401",
        "Neither status nor body is on record",
        f"{sources.MANAGE_GUIDE}; {sources.ASSOCIATE_PAGE}",
        changes=(Change("error.insufficient-scope", error(401, "invalid_token")),),
    ),
    Variation(
        "foreign-deletion-with-403",
        "The deletion of another user's authenticator is answered with 403",
        "The status for unknown ids is documented, that for those of others is not",
        sources.DELETE_PAGE,
        changes=(
            Change("error.unknown-authenticator", error(403, "access_denied"), when=_is_enrolled),
        ),
    ),
    Variation(
        "verified-email-deletion-with-400",
        "The deletion of an address that is listed because it is verified is answered with 400",
        "The rule is documented, its answer is not",
        sources.MANAGE_GUIDE,
        changes=(
            Change(
                "error.unknown-authenticator",
                error(400, "invalid_request"),
                when=_is_verified_email,
            ),
        ),
    ),
    Variation(
        "bad-association-with-other-codes",
        "An association that makes no sense is answered with a code of Guardian's",
        "The status alone is documented: told as a difference",
        sources.ASSOCIATE_PAGE,
        changes=(
            Change("error.invalid-enrollment", edits.member("error", "invalid_body")),
            Change("error.invalid-phone-number", edits.member("error", "invalid_phone_number")),
        ),
        noted=("MFA-ENROLL-",),
    ),
)
