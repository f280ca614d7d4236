"""A phone or a mailbox, to which the tenant delivers codes.

Each code goes with the `oob_code` that the association or challenge gave, and with the login
that asked for it.
Source: https://auth0.com/docs/secure/multi-factor-authentication/authenticate-using-ropg-flow-with-mfa/enroll-challenge-sms-voice-authenticators
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.factors.sent import Sent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.api.login import Login
    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.delivery.inbox import Inbox

_WRONG: Final = ("135790", "135791")
_MALFORMED: Final = "12ab56"

ADDRESS_FIELDS: Final = {"sms": "phone_number", "voice": "phone_number", "email": "email"}
"""Channel -> the parameter of `POST /mfa/associate` that names the address."""


class DeliveredCode:
    """Proves the factor `sms`, `voice` or `email` with what arrives in an inbox."""

    challenge_type = "oob"
    must_be_challenged = True

    def __init__(self, channel: str, inbox: Inbox, learn: Callable[[str, str], Secret]) -> None:
        """Read the codes in `inbox`, whose address is enrolled."""
        self._channel = channel
        self._inbox = inbox
        self._learn = learn
        self._sent = Sent()
        self._latest: Secret | None = None

    def association(self) -> Mapping[str, object]:
        """Enroll the address of the inbox."""
        return {
            "authenticator_types": ["oob"],
            "oob_channels": [self._channel],
            ADDRESS_FIELDS[self._channel]: self._inbox.address,
        }

    def expect(self) -> None:
        """Take what went unread so far as out of date."""
        self._inbox.expect()

    def take(self, login: Login, answer: Answer) -> None:
        """Keep the answer that sent a message for a login."""
        self._sent.keep(login, answer)
        self._inbox.sent()

    def is_challenged(self, login: Login) -> bool:
        """Whether a message was sent for this login."""
        return self._sent.has(login)

    def oob_code(self, login: Login) -> Secret:
        """The latest `oob_code` of a login that was challenged."""
        return self._sent.oob_code(login)

    def code(self) -> Secret:
        """The code of the message that the latest association or challenge sent."""
        # Without an oob_code nothing was sent, and the wait would be in vain.
        self._sent.check_latest()
        self._latest = self._inbox.wait_for_code()
        return self._latest

    def wrong_code(self) -> Secret:
        """Six digits that were not delivered last."""
        return self._learn(_WRONG[self._latest == _WRONG[0]], "binding_code")

    def malformed_code(self) -> Secret:
        """Six characters that are not all digits."""
        return self._learn(_MALFORMED, "binding_code")

    def redeem(self, login: Login, code: object, **changes: object) -> Answer:
        """Send a delivered code with the `oob_code` of its login, or with one in `changes`."""
        oob_code = changes.pop("oob_code", None) or self.oob_code(login)
        return login.verify_oob(oob_code, code, **changes)
