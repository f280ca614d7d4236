"""Deviations of client authentication by secret, beyond the login itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.deviations import edits
from pytest_auth0_mfa.mock.deviations.model import Change, Deviation
from pytest_auth0_mfa.mock.model import ClientAuthentication
from pytest_auth0_mfa.mock.operations import Operation

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.messages import Answer

_LOGINS = frozenset({Operation.PASSWORD, Operation.PASSWORD_REALM})
_CODES = frozenset({Operation.MFA_OTP, Operation.MFA_OOB, Operation.MFA_RECOVERY_CODE})
_CHALLENGE = frozenset({Operation.CHALLENGE})
_ASSOCIATE = frozenset({Operation.ASSOCIATE})


def _is_public_with_secret(call: Call) -> bool:
    parameters = call.body.parameters
    client = call.tenant.clients.get(str(parameters.get("client_id")))
    if client is None or client.authentication is not ClientAuthentication.NONE:
        return False
    return "client_secret" in parameters


def _server_error(answer: Answer) -> Answer:
    return edits.member("error", "server_error")(edits.status(500)(answer))


CLIENTS = (
    Deviation(
        "basic-ignored-by-challenge",
        "MFA-CLIENT-BASIC-CHALLENGE",
        "A challenge does not read credentials in an Authorization header",
        {"basic_ignored_by": _CHALLENGE},
    ),
    Deviation(
        "basic-ignored-by-codes",
        "MFA-CLIENT-BASIC-CODE",
        "The MFA grants do not read credentials in an Authorization header",
        {"basic_ignored_by": _CODES},
    ),
    Deviation(
        "wrong-client-secret-redeems",
        "MFA-CLIENT-WRONG-SECRET-CODE",
        "The MFA grants take any client secret",
        {"wrong_secret_ignored_by": _CODES},
    ),
    Deviation(
        "login-without-client-secret",
        "MFA-CLIENT-NO-SECRET",
        "A confidential client logs in without its secret",
        {"missing_secret_ignored_by": _LOGINS},
    ),
    Deviation(
        "challenge-without-client-secret",
        "MFA-CLIENT-NO-SECRET-CHALLENGE",
        "A confidential client gets a challenge without its secret",
        {"missing_secret_ignored_by": _CHALLENGE},
    ),
    Deviation(
        "codes-without-client-secret",
        "MFA-CLIENT-NO-SECRET-CODE",
        "A confidential client redeems codes without its secret",
        {"missing_secret_ignored_by": _CODES},
    ),
    Deviation(
        "public-client-with-secret-as-server-error",
        "MFA-CLIENT-PUBLIC-SECRET",
        "A public client that sends a secret is answered with status 500",
        change=Change("", _server_error, _LOGINS, _is_public_with_secret),
    ),
    Deviation(
        "foreign-refresh-token-accepted",
        "MFA-CLIENT-FOREIGN-REFRESH",
        "A refresh token is good for any client",
        {"refresh_client_checked": False},
    ),
    Deviation(
        "association-refuses-credentials",
        "MFA-ENROLL-CLIENT",
        "An association that carries the credentials of its client is refused",
        {"association_takes_credentials": False},
    ),
    Deviation(
        "association-takes-wrong-client-secret",
        "MFA-ENROLL-CLIENT-SECRET",
        "An association takes any client secret",
        {"wrong_secret_ignored_by": _ASSOCIATE},
    ),
)
