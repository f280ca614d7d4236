"""A user's confirmed authenticator: what the fixture `enrolled_authenticator` gives.

Its methods read the same for every factor, so that a flow is written once and run for each.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pytest_auth0_mfa.errors import Prerequisite
from pytest_auth0_mfa.factors.app import AuthenticatorApp
from pytest_auth0_mfa.factors.kinds import DELIVERED, OOB_CHANNELS, TWINS
from pytest_auth0_mfa.factors.listed import entries_of, entry_of
from pytest_auth0_mfa.factors.recovery import RecoveryCode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.api.login import Login
    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.factors.possession import Possession
    from pytest_auth0_mfa.factors.push import PushDevice
    from pytest_auth0_mfa.factors.totp import Totp
    from pytest_auth0_mfa.guardian.device import Device
    from pytest_auth0_mfa.guardian.notification import Notification
    from pytest_auth0_mfa.tenant.tenant import Tenant
    from pytest_auth0_mfa.tenant.users import User


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
    def out_of_band(self) -> bool:
        """Whether it is proved by another way than the login: a delivered code, or a device."""
        return self.factor in OOB_CHANNELS

    @property
    def tokens_response(self) -> str:
        """The response id of the tokens that a right code gives."""
        return f"token.{'oob' if self.out_of_band else self.factor}"

    @property
    def twin(self) -> str:
        """The other channel of a phone: `voice` of `sms` and the other way round."""
        return TWINS[self.factor]

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
        """The one-time password generator; that of the device for a push.

        Raises `Prerequisite` for another factor.
        """
        if self.factor == "push":
            return push_of(self.possession).companion
        if not isinstance(self.possession, AuthenticatorApp):
            raise Prerequisite(f"the factor {self.factor} has no one-time passwords")
        return self.possession.totp

    @property
    def device(self) -> Device:
        """The headless device of a push; raises `Untestable` where a phone answers."""
        return push_of(self.possession).headless.device

    def prompt(self, login: Login) -> Notification:
        """The prompt of a login, which is challenged if it was not.

        Raises `Untestable` where prompts are answered, but not seen, by somebody else.
        """
        self._challenged(login)
        return push_of(self.possession).headless.prompt()

    def ask(self, login: Login) -> Answer:
        """Ask once for the tokens of a push, without waiting for the user's decision."""
        return push_of(self.possession).ask(login)

    def allow(self) -> None:
        """Allow the latest prompt on the device, whoever asked for the challenge."""
        push_of(self.possession).allow()

    def reject(self) -> None:
        """Reject the latest prompt on the device, whoever asked for the challenge."""
        push_of(self.possession).reject()

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
        return entries_of(answer, self.factor)

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

    def code(self, login: Login | None = None) -> Secret | None:
        """A code that proves possession now, for `login` where it is delivered.

        A delivered code belongs to a login: that is challenged if it was not, and the message
        waited for. Fresh one-time passwords and recovery codes need no login. For a push the
        device allows the prompt of the login, and there is no code: None.
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

    def step_up(self, login: Login) -> Answer:
        """Complete a login of this user in the way that costs least.

        With a headless device that is a one-time password of the enrollment: no notification is
        spent, and none needs to arrive.
        """
        if self.factor == "push" and push_of(self.possession).has_companion:
            return login.verify_otp(self.totp.code())
        return self.verify(login, self.code(login))

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


def push_of(possession: Possession) -> PushDevice:
    """The device of a push; raises `Prerequisite` for another factor."""
    from pytest_auth0_mfa.factors.push import PushDevice  # noqa: PLC0415 - slow to load

    if not isinstance(possession, PushDevice):
        raise Prerequisite("only the factor push has a device that scans, allows and rejects")
    return possession
