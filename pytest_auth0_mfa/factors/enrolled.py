"""A user's authenticator, seen from the user's side: first pending, then confirmed.

`Enrollment` is what the fixture `mfa_enrollment` gives, `EnrolledAuthenticator` what
`enrolled_authenticator` gives. Their methods read the same for every factor, so that a flow is
written once and run for each.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.delivery.mailbox import CHANNELS
from pytest_auth0_mfa.errors import Prerequisite
from pytest_auth0_mfa.factors.app import AuthenticatorApp
from pytest_auth0_mfa.factors.recovery import RecoveryCode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.api.login import Login
    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.factors.possession import Possession
    from pytest_auth0_mfa.factors.totp import Totp
    from pytest_auth0_mfa.tenant.tenant import Tenant
    from pytest_auth0_mfa.tenant.users import User

DELIVERED: Final[tuple[str, ...]] = CHANNELS
"""Factors whose codes the tenant delivers; each is also the name of its channel."""

_TWINS: Final = {"sms": "voice", "voice": "sms"}

ENROLLABLE: Final = ("otp", *DELIVERED, "recovery-code")


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
    def delivered(self) -> bool:
        """Whether its codes are delivered."""
        return self.factor in DELIVERED

    @property
    def tokens_response(self) -> str:
        """The response id of the tokens that the first right code gives."""
        return "token.oob" if self.delivered else "token.otp"

    @property
    def recovery_code(self) -> Secret | None:
        """The recovery code that the association brought, None where it brought none."""
        codes = self.answer.get("recovery_codes")
        first = codes[0] if isinstance(codes, list) and codes else None
        return first if isinstance(first, str) else None  # type: ignore[return-value]

    def code(self) -> Secret:
        """A code that confirms; waits for it where it is delivered.

        Raises `Prerequisite` where the association was refused.
        """
        if not self.answer.accepted:
            raise Prerequisite(f"{self.answer.exchange}: not associated ({self.answer.summary()})")
        return self.possession.code()

    def wrong_code(self) -> Secret:
        """A well-formed code that proves nothing."""
        return self.possession.wrong_code()

    def verify(self, code: object, **changes: object) -> Answer:
        """Send a code; the right one confirms the authenticator and completes the login."""
        return self.possession.redeem(self.login, code, **changes)

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
        return [item for item in answer.items() if is_of(item, self.factor)]


@dataclass(slots=True)
class EnrolledAuthenticator:
    """A confirmed authenticator and its user.

    `confirmation` is the answer that confirmed it, `enrolling` the login in which it was enrolled,
    `issued_recovery_code` what the association brought, None where it brought none.
    """

    factor: str
    user: User
    possession: Possession = field(repr=False)
    confirmation: Answer
    tenant: Tenant = field(repr=False)
    enrolling: Login = field(repr=False)
    issued_recovery_code: Secret | None = None
    _id: str | None = field(default=None, repr=False)

    @property
    def delivered(self) -> bool:
        """Whether its codes are delivered."""
        return self.factor in DELIVERED

    @property
    def tokens_response(self) -> str:
        """The response id of the tokens that a right code gives."""
        return f"token.{'oob' if self.delivered else self.factor}"

    @property
    def twin(self) -> str:
        """The other channel of a phone: `voice` of `sms` and the other way round."""
        return _TWINS[self.factor]

    @property
    def refusal_response(self) -> str:
        """The response id of the error that a wrong code gives."""
        return f"error.invalid-{'binding-code' if self.delivered else self.factor}"

    @property
    def recovery_code(self) -> Secret | None:
        """The user's recovery code as far as known here, None where none was issued."""
        if isinstance(self.possession, RecoveryCode):
            return self.possession.current
        return self.issued_recovery_code

    @property
    def totp(self) -> Totp:
        """The one-time password generator; raises `Prerequisite` for another factor."""
        if not isinstance(self.possession, AuthenticatorApp):
            raise Prerequisite(f"the factor {self.factor} has no one-time passwords")
        return self.possession.totp

    @property
    def id(self) -> str:
        """The id under which the tenant lists it; asks the tenant the first time."""
        if self._id is None:
            self._id = str(self.entry()["id"])
        return self._id

    def entry(self, factor: str | None = None) -> Mapping[str, object]:
        """Its entry in the list, or that for another factor; asks the tenant each time."""
        return entry_of(self.enrolling, factor or self.factor)

    def entries(self, answer: Answer) -> list[Mapping[str, object]]:
        """The entries of its factor in a list."""
        return [item for item in answer.items() if is_of(item, self.factor)]

    def associate(self, login: Login) -> Answer:
        """Try to associate the same once more, in a login of the user."""
        return associated(self.possession, login)

    def login(self, **changes: object) -> Login:
        """Log in with the password: a new MFA transaction of this user."""
        return self.tenant.login(self.user, **changes)  # type: ignore[arg-type]

    def challenge(self, login: Login, **changes: object) -> Answer:
        """Ask for a challenge of this authenticator; `changes` override single parameters."""
        params: dict[str, object] = {"challenge_type": self.possession.challenge_type}
        if self.possession.must_be_challenged and "authenticator_id" not in changes:
            params["authenticator_id"] = self.id
        self.possession.expect()
        answer = login.challenge(**{**params, **changes})  # type: ignore[arg-type]
        if answer.accepted and self.possession.must_be_challenged:
            self.possession.take(login, answer)
            self.tenant.recorder.spend.message(self.factor)
        return answer

    def code(self, login: Login | None = None) -> Secret:
        """A code that proves possession now, for `login` where it is delivered.

        A delivered code belongs to a login: that is challenged if it was not, and the message
        waited for. Fresh one-time passwords and recovery codes need no login.
        """
        if login is not None:
            self._challenged(login)
        elif self.possession.must_be_challenged:
            raise TypeError(f"a code by {self.factor} belongs to a login: pass it, code(login)")
        return self.possession.code()

    def wrong_code(self) -> Secret:
        """A well-formed code that proves nothing."""
        return self.possession.wrong_code()

    def malformed_code(self) -> Secret:
        """Something that is no code of this kind at all."""
        return self.possession.malformed_code()

    def verify(self, login: Login, code: object, **changes: object) -> Answer:
        """Redeem a login with a code of this authenticator's kind."""
        self._challenged(login)
        return self.possession.redeem(login, code, **changes)

    def complete_login(self, **changes: object) -> Answer:
        """Log in with the password and the right code; `changes` are those of `login`."""
        login = self.login(**changes)
        return self.verify(login, self.code(login))

    def _challenged(self, login: Login) -> None:
        """Challenge a login for which no code can be had yet."""
        if not self.possession.is_challenged(login):
            answer = self.challenge(login)
            if not answer.accepted:
                raise Prerequisite(f"{answer.exchange}: no challenge ({answer.summary()})")


def associated(possession: Possession, login: Login) -> Answer:
    """Associate what the user has in hand."""
    possession.expect()
    answer = login.associate(**possession.association())
    if answer.accepted:
        possession.take(login, answer)
    return answer


def entry_of(login: Login, factor: str) -> Mapping[str, object]:
    """The first entry of a factor in the list; raises `Prerequisite` where there is none."""
    answer = login.authenticators()
    for item in answer.items():
        if is_of(item, factor):
            return item
    raise Prerequisite(f"{answer.exchange}: no authenticator for {factor!r} is listed")


def is_of(item: Mapping[str, object], factor: str) -> bool:
    """Whether an entry of the list belongs to a factor."""
    if factor in DELIVERED:
        return item.get("oob_channel") == factor
    return item.get("authenticator_type") == factor
