"""A user's authenticator that waits for confirmation: what the fixture `mfa_enrollment` gives.

Its methods read the same for every factor, so that a flow is written once and run for each.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pytest_auth0_mfa.errors import Prerequisite
from pytest_auth0_mfa.factors.enrolled import EnrolledAuthenticator, associated, push_of
from pytest_auth0_mfa.factors.kinds import OOB_CHANNELS
from pytest_auth0_mfa.factors.listed import entries_of, entry_of
from pytest_auth0_mfa.factors.recovery import RecoveryCode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.api.login import Login
    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.factors.possession import Possession
    from pytest_auth0_mfa.tenant.tenant import Tenant
    from pytest_auth0_mfa.tenant.users import User


@dataclass(slots=True)
class Enrollment:
    """An authenticator that was associated in `login` and waits for its first right code.

    `answer` is the answer of the association.
    """

    factor: str
    user: User
    login: Login
    answer: Answer
    possession: Possession = field(repr=False)
    tenant: Tenant = field(repr=False)

    @property
    def out_of_band(self) -> bool:
        """Whether it is proved by another way than the login: a delivered code, or a device."""
        return self.factor in OOB_CHANNELS

    @property
    def tokens_response(self) -> str:
        """The response id of the tokens that the first right code gives."""
        return "token.oob" if self.out_of_band else "token.otp"

    @property
    def recovery_code(self) -> Secret | None:
        """The recovery code that the association brought, None where it brought none."""
        codes = self.answer.get("recovery_codes")
        first = codes[0] if isinstance(codes, list) and codes else None
        return first if isinstance(first, str) else None  # type: ignore[return-value]

    def code(self) -> Secret | None:
        """A code that confirms; waits for it where it is delivered.

        A push has none: its device scans the barcode. Raises `Prerequisite` where the association
        was refused.
        """
        if not self.answer.accepted:
            raise Prerequisite(f"{self.answer.exchange}: not associated ({self.answer.summary()})")
        return self.possession.code()

    def wrong_code(self) -> Secret:
        """A well-formed code that proves nothing."""
        return self.possession.wrong_code()

    def verify(self, code: object, **changes: object) -> Answer:
        """Send a code; the right one confirms the authenticator and completes the login.

        For a push, None as the code asks whether the barcode was scanned, until that is known.
        """
        return self.possession.redeem(self.login, code, **changes)

    def scan(self, barcode_uri: str | None = None, **changes: object) -> Answer:
        """Scan the barcode of a push, or another one; the answer of the device API.

        `changes` are `name` and `key` of the device, which is a new one each time. Raises
        `Untestable` where no headless device scans.
        """
        return push_of(self.possession).introduce(barcode_uri, **changes)

    def ask(self) -> Answer:
        """Ask once whether the barcode of a push was scanned, without waiting for it."""
        return push_of(self.possession).ask(self.login)

    def confirm(self) -> EnrolledAuthenticator:
        """Confirm with the right code; raises `Prerequisite` where it is refused."""
        answer = self.verify(self.code())
        if not answer.accepted:
            raise Prerequisite(
                f"{answer.exchange}: the enrollment was not confirmed ({answer.summary()})"
            )
        possession = self.possession
        if self.factor == "recovery-code":
            possession = RecoveryCode(self.recovery_code, self.tenant.learn)
        return EnrolledAuthenticator(
            self.factor,
            self.user,
            possession,
            answer,
            self.tenant,
            self.login,
            self.recovery_code,
        )

    def again(self, login: Login | None = None) -> Answer:
        """Associate once more, in the same login or another one of the user."""
        return associated(self.possession, login or self.login)

    def entry(self) -> Mapping[str, object]:
        """Its entry in the list; asks the tenant each time."""
        return entry_of(self.login, self.factor)

    def entries(self, answer: Answer) -> list[Mapping[str, object]]:
        """The entries of its factor in a list."""
        return entries_of(answer, self.factor)
