"""A recovery code, as the user wrote it down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.errors import Prerequisite

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.api.login import Login
    from pytest_auth0_mfa.api.secret import Secret


class RecoveryCode:
    """Proves the factor `recovery-code`, which comes with the enrollment of another factor."""

    challenge_type = "otp"
    must_be_challenged = False

    def __init__(self, current: Secret | None, learn: Callable[[str, str], Secret]) -> None:
        """Hold the code that the enrollment brought, None where it brought none."""
        self.current = current
        self._learn = learn

    def association(self) -> Mapping[str, object]:
        """Raise `Prerequisite`: a recovery code is not enrolled by itself."""
        raise Prerequisite("a recovery code comes with the enrollment of another factor")

    def expect(self) -> None:
        """Do nothing: the code is at hand."""

    def take(self, login: Login, answer: Answer) -> None:
        """Do nothing: a challenge gives nothing."""

    def is_challenged(self, login: Login) -> bool:
        """Say yes: the code is at hand at any time."""
        del login
        return True

    def code(self) -> Secret:
        """The user's recovery code as it is now."""
        if self.current is None:
            raise Prerequisite("the tenant issued no recovery code when the user enrolled")
        return self.current

    def wrong_code(self) -> Secret:
        """Twenty-four characters that are not the code."""
        return self._learn("9" * 24, "recovery_code")

    def malformed_code(self) -> Secret:
        """Something too short."""
        return self._learn("no-code", "otp")

    def redeem(self, login: Login, code: object, **changes: object) -> Answer:
        """Send a recovery code; a new one that comes back takes its place."""
        answer = login.verify_recovery_code(code, **changes)
        if answer.accepted and isinstance(answer.get("recovery_code"), str):
            self.current = answer.secret("recovery_code")
        return answer
