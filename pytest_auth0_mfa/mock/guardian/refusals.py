"""Every refusal that a device can get, one constructor each.

Owns statuses, codes and messages, in the envelope that the SDKs read
(https://github.com/auth0/Guardian.swift Guardian/API/GuardianError.swift). The codes are those of
https://auth0.com/docs/secure/multi-factor-authentication/multi-factor-authentication-developer-resources/guardian-error-code-reference
Must not decide whether to refuse.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.problems import RefusalError

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.messages import Json


def refusal(status: int, code: str, message: str) -> RefusalError:
    """Make a refusal."""
    body: dict[str, Json] = {
        "statusCode": status,
        "error": HTTPStatus(status).phrase,
        "message": message,
        "errorCode": code,
    }
    return RefusalError(Answer(status, body, "device.refused"))


def invalid_body(message: str, status: int = 400) -> RefusalError:
    """Refuse a body that lacks something, or holds what cannot be used."""
    return refusal(status, "invalid_body", message)


def invalid_bearer_format(scheme: str) -> RefusalError:
    """Refuse a call without an Authorization header of the right scheme."""
    return refusal(401, "invalid_bearer_format", f"Expected an Authorization header: {scheme}")


def invalid_token(message: str) -> RefusalError:
    """Refuse an enrollment ticket, a transaction token or a bearer of a device."""
    return refusal(401, "invalid_token", message)


def invalid_challenge(reason: str) -> RefusalError:
    """Refuse an answer to a prompt that the device did not sign, or not for this prompt."""
    return refusal(401, "invalid_challenge", f"Invalid challenge_response: {reason}")


def enrolled_already() -> RefusalError:
    """Refuse an enrollment ticket that was used."""
    return refusal(409, "enrollment_conflict", "The enrollment ticket was used already.")


def no_enrollment() -> RefusalError:
    """Refuse an enrollment that is not awaited any more."""
    message = "The enrollment is not active any more."
    return refusal(404, "enrollment_transaction_not_found", message)


def no_login() -> RefusalError:
    """Refuse an answer to a prompt that is over: answered, expired, or of a device removed."""
    message = "The login is not active any more."
    return refusal(404, "login_transaction_not_found", message)


def unknown_device() -> RefusalError:
    """Refuse to manage a device that is not, or no longer, enrolled."""
    return refusal(404, "device_account_not_found", "The device is not enrolled.")
