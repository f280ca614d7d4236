"""A string that is used like any other and shown like none.

Owns the `Secret` type and the list of field names whose values are secrets. It must not know
where secrets come from or where they are written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from typing_extensions import Self

SECRET_FIELDS: Final = {
    "access_token": "access_token",
    "api_key": "api_key",
    "authorization": "authorization",
    "barcode_uri": "barcode_uri",
    "binding_code": "binding_code",
    "challenge_response": "challenge_response",
    "client_assertion": "client_assertion",
    "client_secret": "client_secret",
    "enrollment_tx_id": "ticket",
    "id_token": "id_token",
    "mfa_token": "mfa_token",
    "oob_code": "oob_code",
    "otp": "otp",
    "password": "password",
    "recovery_code": "recovery_code",
    "recovery_codes": "recovery_code",
    "refresh_token": "refresh_token",
    "secret": "otp_secret",
    "token": "token",
    "txtkn": "transaction_token",
    "x-api-key": "api_key",
}
"""Field or header name (lower case) -> the kind of secret that it carries."""


class Secret(str):
    """A secret string: sent and compared as it is, shown only as its kind.

    It is a `str`, so that tests hand it to any HTTP library as it is; only `repr`, which
    pytest prints for arguments, locals and compared values, is masked. Printing or
    formatting it shows the value; the plugin scrubs that from reports as a second barrier.
    """

    __slots__ = ("kind",)

    kind: str

    def __new__(cls, value: str, kind: str) -> Self:
        """Wrap `value`, a secret of the given kind (`mfa_token`, `password` ...)."""
        secret = super().__new__(cls, value)
        secret.kind = kind
        return secret

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        """Copy and pickle with the kind."""
        return str(self), self.kind

    def __repr__(self) -> str:
        """Show the kind only."""
        return f"<{self.kind}>"
