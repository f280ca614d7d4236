"""How much of an address a list of authenticators shows.

Owns the two masks. Both keep the length of what they hide. Must not know where they are shown.
"""

from __future__ import annotations

from typing import Final

_SHOWN: Final = 4


def phone_number(number: str) -> str:
    """Show the last four digits: `XXXXXXXX8730` for a number of twelve characters with its `+`.

    https://github.com/auth0/go-auth0 test/data/recordings/authentication,
    https://github.com/auth0/Auth0.swift Auth0Tests/MFA/Auth0MFAClientTests.swift
    """
    return "X" * (len(number) - _SHOWN) + number[-_SHOWN:]


def email(address: str) -> str:
    """Show the first four characters on both sides of the `@`: `dloz********@gmai*****`.

    A side of four characters or fewer is hidden entirely, as `****@exam*******` was recorded:
    https://github.com/auth0/go-auth0 test/data/recordings/authentication
    """
    local, at, domain = address.rpartition("@")
    return _head(local) + at + _head(domain)


def _head(text: str) -> str:
    shown = text[:_SHOWN] if len(text) > _SHOWN else ""
    return shown + "*" * (len(text) - len(shown))
