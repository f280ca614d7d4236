"""What stops a device: something that it cannot read, or a refusal of the device API.

Both are a `Prerequisite`: a step before the judged one did not work. Messages hold no secret.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.errors import Malformed, Prerequisite

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.exchange import Answer

_REMEDIES: Final = {
    "invalid_token": "the ticket, transaction or account is unknown or out of date; start anew",
    "invalid_challenge": "compare key, audience, identifier, challenge and clock of the response",
    "enrollment_transaction_not_found": "it is used or out of date; associate anew",
    "login_transaction_not_found": "it is answered or out of date; ask for a new challenge",
    "device_account_not_found": "the device was deleted; enroll anew",
    "enrollment_conflict": "it is enrolled already; delete it, or enroll another identifier",
    "device_account_conflict": "it is enrolled already; delete it, or enroll another identifier",
}
"""What to do about an error code; those not named here speak for themselves.

Source: https://auth0.com/docs/secure/multi-factor-authentication/multi-factor-authentication-developer-resources/guardian-error-code-reference
"""


class Unreadable(Malformed, ValueError):  # noqa: N818 - a state of affairs, not a fault
    """A URI, a notification or an account has another form than the protocol gives it."""


class DeviceRefused(Prerequisite):
    """The device API answered with an error.

    `status` is that of HTTP and `code` the `errorCode` of the body, None where it has none.
    """

    def __init__(self, answer: Answer) -> None:
        """Tell a refusal, from its redacted record."""
        self.status = answer.status
        self.code = _text(answer, "errorCode")
        told = (self.code, _text(answer, "message"))
        reason = ": ".join(each for each in told if each) or answer.summary()
        remedy = _REMEDIES.get(self.code or "")
        super().__init__(
            f"{answer.exchange}: the device API refused, where status 2xx was expected ({reason})"
            + (f"; {remedy}" if remedy else "")
        )


def _text(answer: Answer, name: str) -> str | None:
    body = answer.exchange.response["body"]
    value = body.get(name) if isinstance(body, dict) else None
    return value if isinstance(value, str) else None
