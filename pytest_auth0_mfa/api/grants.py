"""The grant types of the token endpoint that the MFA API speaks of.

Source: https://auth0.com/docs/api/authentication/multi-factor-authentication
"""

from __future__ import annotations

from typing import Final

PASSWORD: Final = "password"  # noqa: S105 - the name of a grant
PASSWORD_REALM: Final = "http://auth0.com/oauth/grant-type/password-realm"  # noqa: S105 - as above
MFA_OTP: Final = "http://auth0.com/oauth/grant-type/mfa-otp"
MFA_OOB: Final = "http://auth0.com/oauth/grant-type/mfa-oob"
MFA_RECOVERY_CODE: Final = "http://auth0.com/oauth/grant-type/mfa-recovery-code"
REFRESH_TOKEN: Final = "refresh_token"  # noqa: S105 - as above
CLIENT_CREDENTIALS: Final = "client_credentials"

MFA_GRANTS: Final = frozenset({MFA_OTP, MFA_OOB, MFA_RECOVERY_CODE})
"""Those that redeem an `mfa_token`."""
