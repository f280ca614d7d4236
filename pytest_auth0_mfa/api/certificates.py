"""Certificates: the authorities that a run trusts, and why a server's certificate was refused.

Owns the reading of AUTH0_CA_FILE and the words for what OpenSSL found. Must not connect.
"""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from pytest_auth0_mfa.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator

_VARIABLE: Final = "AUTH0_CA_FILE"
_NOT_YET_VALID, _EXPIRED = 9, 10
_OTHER_NAME: Final = {62, 64}
"""Host name and address mismatch. Source: https://docs.openssl.org/master/man3/X509_STORE_CTX_get_error/"""
_IN_THE_CLEAR: Final = {"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE"}
"""What OpenSSL finds where the other side does not speak TLS."""


def authorities(ca_file: str | None) -> bool | str:
    """The bundle that certificates are verified by; True stands for the public authorities.

    Raises `SettingsError` where the file of AUTH0_CA_FILE cannot serve.
    """
    if not ca_file:
        return True
    if not Path(ca_file).is_file():
        raise SettingsError(
            f"{_VARIABLE}: {ca_file} is no file; name the certificate authority's file (PEM)"
        )
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=ca_file)
    except ssl.SSLError:
        raise SettingsError(
            f"{_VARIABLE}: {ca_file} holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)"
            "; one in DER form is turned into it by `openssl x509 -inform der -in FILE`"
        ) from None
    except OSError as error:
        raise SettingsError(f"{_VARIABLE}: {ca_file} cannot be read ({error.strerror})") from None
    return ca_file


def why_refused(error: BaseException, url: str) -> str:
    """Why no TLS connection came about, and what to do; `error` is any that ssl's stands behind."""
    found = next((each for each in behind(error) if isinstance(each, ssl.SSLError)), None)
    code = getattr(found, "verify_code", None)
    if code in _OTHER_NAME:
        host = urlsplit(url).hostname
        return (
            f"the certificate there is for another host than {host}. Name the tenant as its "
            "certificate does, or have the certificate issued for this name too"
        )
    if code in {_NOT_YET_VALID, _EXPIRED}:
        state = "has expired" if code == _EXPIRED else "is not valid yet"
        return f"the certificate there {state}. Renew it, or set this machine's clock right"
    if code is not None:
        return f"the certificate was not accepted. Name its authority's file in {_VARIABLE}"
    reason = getattr(found, "reason", None) or "unknown reason"
    if reason in _IN_THE_CLEAR:
        return "TLS is not spoken there; see whether the port is right"
    return f"no TLS connection ({reason}); see which versions and ciphers are allowed there"


def behind(error: BaseException) -> Iterator[BaseException]:
    """An error and those that it was made of: libraries wrap them as cause, reason or argument."""
    pending, seen = [error], set()
    while pending:
        each = pending.pop(0)
        if id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        inner = (each.__cause__, each.__context__, getattr(each, "reason", None), *each.args)
        pending += [part for part in inner if isinstance(part, BaseException)]
