"""An authenticator app on the user's device, which shows one-time passwords."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.errors import Prerequisite
from pytest_auth0_mfa.factors.totp import Totp

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.api.login import Login
    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.factors.totp import Claim
    from pytest_auth0_mfa.tenant.clock import UserClock

_MALFORMED: Final = "12ab56"


class AuthenticatorApp:
    """Proves the factor `otp` once an association has given it a secret."""

    challenge_type = "otp"
    must_be_challenged = False

    def __init__(self, clock: UserClock, learn: Callable[[str, str], Secret], claim: Claim) -> None:
        """Show codes for the time of `clock`; `learn` and `claim` are those of `Totp`."""
        self._clock = clock
        self._learn = learn
        self._claim = claim
        self._association: Answer | None = None
        self._totp: Totp | None = None

    @property
    def totp(self) -> Totp:
        """The generator; raises `Prerequisite` where no association gave a secret."""
        if self._association is None:
            raise Prerequisite("no one-time passwords before an association")
        if self._totp is None:
            secret = self._association.secret("secret")
            self._totp = Totp(secret, self._clock, self._learn, self._claim)
        return self._totp

    def association(self) -> Mapping[str, object]:
        """Ask for a secret."""
        return {"authenticator_types": ["otp"]}

    def expect(self) -> None:
        """Do nothing: the app needs no message."""

    def take(self, login: Login, answer: Answer) -> None:
        """Keep the secret of an association."""
        del login
        self._association, self._totp = answer, None

    def is_challenged(self, login: Login) -> bool:
        """Say yes: the app shows codes at any time."""
        del login
        return True

    def code(self) -> Secret:
        """A fresh one-time password."""
        return self.totp.code()

    def wrong_code(self) -> Secret:
        """Six digits that the app does not show near this time."""
        return self.totp.wrong_code()

    def malformed_code(self) -> Secret:
        """Six characters that are not all digits."""
        return self._learn(_MALFORMED, "otp")

    def redeem(self, login: Login, code: object, **changes: object) -> Answer:
        """Send a one-time password."""
        return login.verify_otp(code, **changes)
