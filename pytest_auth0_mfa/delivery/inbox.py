"""The inbox of a factor: where the tenant's messages for the test's user arrive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from pytest_auth0_mfa.errors import Untestable


@dataclass(frozen=True, slots=True)
class NoDelivery:
    """The inbox of a factor whose codes are not delivered but shown by the user's own device."""

    factor: str

    def wait_for_code(self, timeout_s: float = 0) -> NoReturn:
        """Raise `Untestable` at once: no message will ever arrive, however long one waits."""
        raise Untestable(
            f"nothing is delivered for the factor {self.factor!r}, so there is no message to "
            f"wait {timeout_s:g} s for: take the code from enrolled_authenticator.code()"
        )
