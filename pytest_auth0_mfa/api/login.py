"""A login that has passed the password and waits for its second factor."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pytest_auth0_mfa.api import grants
from pytest_auth0_mfa.api.client import OMIT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.api.application import Application
    from pytest_auth0_mfa.api.client import TenantClient
    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.api.secret import Secret


@dataclass(frozen=True, slots=True)
class Login:
    """One MFA transaction: the `mfa_token` and what can be done with it.

    `transaction` tells one login from another, even where a tenant repeats an `mfa_token`.
    `**changes` of each method override single parameters of the request; `OMIT` leaves one out.
    """

    client: TenantClient
    application: Application
    mfa_token: Secret
    transaction: object = field(default_factory=object, repr=False, compare=False)

    def by(self, application: Application) -> Login:
        """The same transaction, continued in the name of another application."""
        return replace(self, application=application)

    def holding(self, mfa_token: Secret) -> Login:
        """The same application with another `mfa_token`."""
        return replace(self, mfa_token=mfa_token, transaction=object())

    def associate(self, **changes: object) -> Answer:
        """Enroll a one-time password generator."""
        body = {"authenticator_types": ["otp"], **changes}
        return self.client.associate(self.mfa_token, body)

    def authenticators(self) -> Answer:
        """List the user's authenticators."""
        return self.client.authenticators(self.mfa_token)

    def challenge(self, *, as_form: bool = False, **changes: object) -> Answer:
        """Ask for a challenge; one-time password if nothing else is said."""
        params = {"mfa_token": self.mfa_token, "challenge_type": "otp", **changes}
        return self.client.challenge(self.application, params, as_form=as_form)

    def verify_otp(self, otp: object, **changes: Any) -> Answer:  # noqa: ANN401 - those of `redeem`
        """Redeem the `mfa_token` with a one-time password; `changes` as for `redeem`."""
        return self.redeem(grants.MFA_OTP, **{"otp": otp, **changes})

    def verify_oob(self, oob_code: object, binding_code: object, **changes: Any) -> Answer:  # noqa: ANN401 - as above
        """Redeem the `mfa_token` with a delivered code and the `oob_code` that it goes with.

        A push has no code: None or `OMIT` in its place asks once whether the user has decided.
        """
        code = OMIT if binding_code is None else binding_code
        codes = {"oob_code": oob_code, "binding_code": code}
        return self.redeem(grants.MFA_OOB, **{**codes, **changes})

    def verify_recovery_code(self, recovery_code: object, **changes: Any) -> Answer:  # noqa: ANN401 - as above
        """Redeem the `mfa_token` with a recovery code; `changes` as for `redeem`."""
        return self.redeem(grants.MFA_RECOVERY_CODE, **{"recovery_code": recovery_code, **changes})

    def redeem(
        self,
        grant_type: str,
        *,
        as_json: bool = False,
        headers: Mapping[str, str] | None = None,
        expecting: str | None = None,
        **params: object,
    ) -> Answer:
        """Redeem the `mfa_token` by one of the MFA grants; `expecting` as for `Transport.send`."""
        body = {"grant_type": grant_type, "mfa_token": self.mfa_token, **params}
        options: dict[str, Any] = {"headers": headers, "expecting": expecting}
        return self.client.token(self.application, body, as_json=as_json, **options)
