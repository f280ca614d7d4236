"""What a tenant answers that carries out what it should refuse.

Made up once: it belongs to nobody, and opens nothing. Must not be mistaken for what the mock
mints.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.messages import Json

MFA_TOKEN: Final = "Fe26.2**of-nobody"  # noqa: S105  Opens nothing.
OOB_CODE: Final = "Fe26.2**for-nobody"
SECRET: Final = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105  Opens nothing.

TOKENS: Final[dict[str, Json]] = {
    "access_token": "granted-to-nobody",
    "expires_in": 86_400,
    "scope": "openid profile",
    "token_type": "Bearer",
}
"""A set of tokens."""

ASSOCIATION: Final[dict[str, Json]] = {
    "authenticator_type": "otp",
    "secret": SECRET,
    "barcode_uri": f"otpauth://totp/Nobody:nobody?secret={SECRET}&issuer=Nobody",
}
"""An association of an app."""

CHALLENGE: Final[dict[str, Json]] = {"challenge_type": "otp"}
"""A challenge of an app."""

ACCOUNT: Final[dict[str, Json]] = {
    "id": "dev_0000000000000000",
    "url": "https://nobody.example",
    "issuer": "Nobody",
    "user_id": "auth0|nobody",
    "token": "granted-to-nobody",
}
"""The account of a device."""
