"""A user with a confirmed authenticator, seen from the user's side: logs in and proves it.

`EnrolledAuthenticator` is what the fixture `enrolled_authenticator` gives. Its methods read the
same for every factor, so that a flow is written once and run for each.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.errors import Prerequisite

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.api.login import Login
    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.factors.totp import Totp
    from pytest_auth0_mfa.tenant.tenant import Tenant
    from pytest_auth0_mfa.tenant.users import User

LISTED_AS: Final = {"otp": "otp", "recovery-code": "recovery-code"}
"""Factor -> `authenticator_type` under which the tenant lists it."""


@dataclass(slots=True)
class EnrolledAuthenticator:
    """A confirmed authenticator and its user.

    `confirmation` is the answer that confirmed it, `recovery_code` the user's current one, None
    where the tenant issues none, `enrolling` the login in which it was enrolled.
    """

    factor: str
    user: User
    totp: Totp = field(repr=False)
    recovery_code: Secret | None
    confirmation: Answer
    tenant: Tenant = field(repr=False)
    enrolling: Login = field(repr=False)

    @property
    def tokens_response(self) -> str:
        """The response id of the tokens that a right code gives."""
        return f"token.{self.factor}"

    @property
    def refusal_response(self) -> str:
        """The response id of the error that a wrong code gives."""
        return f"error.invalid-{self.factor}"

    @property
    def id(self) -> str:
        """The id under which the tenant lists it; asks the tenant each time."""
        wanted = LISTED_AS[self.factor]
        answer = self.enrolling.authenticators()
        for item in answer.items():
            if item.get("authenticator_type") == wanted:
                return str(item["id"])
        raise Prerequisite(f"{answer.exchange}: no authenticator of type {wanted!r} is listed")

    def login(self, **changes: object) -> Login:
        """Log in with the password: a new MFA transaction of this user."""
        return self.tenant.login(self.user, **changes)  # type: ignore[arg-type]

    def code(self) -> Secret:
        """A code that proves possession now: a fresh one-time password or the recovery code."""
        if self.factor != "recovery-code":
            return self.totp.code()
        if self.recovery_code is None:
            raise Prerequisite("the tenant issued no recovery code when the user enrolled")
        return self.recovery_code

    def wrong_code(self) -> Secret:
        """A well-formed code that proves nothing."""
        if self.factor != "recovery-code":
            return self.totp.wrong_code()
        return self.tenant.learn("9" * 24, "recovery_code")

    def malformed_code(self) -> Secret:
        """Something that is no code of this kind at all."""
        return self.tenant.learn("12ab56" if self.factor != "recovery-code" else "no-code", "otp")

    def verify(self, login: Login, code: object, **changes: object) -> Answer:
        """Redeem a login with a code of this authenticator's kind."""
        if self.factor != "recovery-code":
            return login.verify_otp(code, **changes)  # type: ignore[arg-type]
        answer = login.verify_recovery_code(code, **changes)  # type: ignore[arg-type]
        if answer.accepted and answer.get("recovery_code"):
            self.recovery_code = answer.secret("recovery_code")
        return answer
