"""A login that has passed the password and waits for its second factor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pytest_auth0_mfa.api import grants

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.application import Application
    from pytest_auth0_mfa.api.client import TenantClient
    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.api.secret import Secret


@dataclass(frozen=True, slots=True)
class Login:
    """One MFA transaction: the `mfa_token` and what can be done with it.

    `**changes` of each method override single parameters of the request; `OMIT` leaves one out.
    """

    client: TenantClient
    application: Application
    mfa_token: Secret

    def by(self, application: Application) -> Login:
        """The same transaction, continued in the name of another application."""
        return replace(self, application=application)

    def holding(self, mfa_token: Secret) -> Login:
        """The same application with another `mfa_token`."""
        return replace(self, mfa_token=mfa_token)

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

    def verify_otp(
        self,
        otp: object,
        *,
        as_json: bool = False,
        headers: dict[str, str] | None = None,
        **changes: object,
    ) -> Answer:
        """Redeem the `mfa_token` with a one-time password."""
        params = {
            "grant_type": grants.MFA_OTP,
            "mfa_token": self.mfa_token,
            "otp": otp,
            **changes,
        }
        return self.client.token(self.application, params, as_json=as_json, headers=headers)

    def verify_recovery_code(
        self, recovery_code: object, *, as_json: bool = False, **changes: object
    ) -> Answer:
        """Redeem the `mfa_token` with a recovery code."""
        params = {
            "grant_type": grants.MFA_RECOVERY_CODE,
            "mfa_token": self.mfa_token,
            "recovery_code": recovery_code,
            **changes,
        }
        return self.client.token(self.application, params, as_json=as_json)
