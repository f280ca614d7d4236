"""Opaque tokens that carry their own content, sealed against reading and tampering.

Owns the outer form that real tenants were recorded to use for `mfa_token` and `oob_code`:
`Fe26.2*key id*salt*iv*ciphertext*expiry*salt*mac`, of 1,986 characters for an `mfa_token` and
620 for most `oob_code`s (https://github.com/auth0/go-auth0, test/data/recordings/authentication).
Nothing is stored for a token that was issued, so a tenant does not grow with use. Only the
content is encrypted: what brings a token to its length is filler. Must not judge expiry or
content.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import draws

if TYPE_CHECKING:
    from random import Random

_PREFIX = "Fe26.2"
_FIELDS = 8
# Three bytes are four characters of base64, with or without its padding.
_COUNT_BYTES, _COUNT_LENGTH = 3, 4


class Purpose(Enum):
    """What a sealed token is for; one kind never opens as another."""

    MFA = "mfa"
    OOB = "oob"
    ACCESS = "access"
    REFRESH = "refresh"


# In characters; the other fields and the stars of a token are 236 more.
_CIPHERTEXT_LENGTHS = {Purpose.MFA: 1750, Purpose.OOB: 384}


class BrokenSealError(Exception):
    """The token was not sealed here, not for this purpose, or was changed since."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """The content of an opened token and the moment (epoch seconds) at which it expires."""

    content: dict[str, str]
    expires_at: float


def is_sealed(token: str) -> bool:
    """Tell whether a token has the outer form of a sealed one, whoever made it."""
    return token.startswith(_PREFIX)


class Sealer:
    """Seals and opens tokens under one secret, drawn from the entropy of the tenant."""

    def __init__(self, entropy: Random, *, padded: bool = False) -> None:
        """Draw the secret; `padded` writes base64 with its trailing `=`."""
        self._entropy = entropy
        self._padded = padded
        self._secret = entropy.randbytes(32)
        self._key_id = f"SERVER_{1_700_000_000 + entropy.randrange(10**8)}"
        self._filler = draws.text(entropy, max(_CIPHERTEXT_LENGTHS.values()))

    def seal(self, purpose: Purpose, content: dict[str, str], expires_at: float) -> str:
        """Seal `content`; the expiry, in epoch milliseconds, stays readable as in real tokens."""
        salt, iv = self._entropy.randbytes(32).hex(), self._encode(self._entropy.randbytes(16))
        plain = json.dumps(content, separators=(",", ":")).encode("ascii")
        ciphertext = self._counted(self._encode(self._blend(purpose, salt + iv, plain)))
        ciphertext += self._filler[len(ciphertext) : _CIPHERTEXT_LENGTHS.get(purpose, 0)]
        expiry = str(round(expires_at * 1000))
        text = f"{_PREFIX}*{self._key_id}*{salt}*{iv}*{ciphertext}*{expiry}"
        mac_salt = self._entropy.randbytes(32).hex()
        return f"{text}*{mac_salt}*{self._encode(self._mac(purpose, text, mac_salt))}"

    def open(self, purpose: Purpose, token: str) -> Sealed:
        """Return what was sealed for `purpose`, or raise `BrokenSealError`."""
        text, *proof = token.rsplit("*", 2)
        fields = text.split("*")
        if len(fields) + len(proof) != _FIELDS or not token.isascii():
            raise BrokenSealError("expected eight fields between stars, as this tenant seals")
        mac_salt, mac = proof
        # Compared as texts: base64 has several spellings of the same octets.
        if not hmac.compare_digest(self._encode(self._mac(purpose, text, mac_salt)), mac):
            raise BrokenSealError("the token was not sealed here, or was changed since")
        plain = self._blend(purpose, fields[2] + fields[3], _decode(_counted_off(fields[4])))
        return Sealed(json.loads(plain), int(fields[5]) / 1000)

    def _counted(self, text: str) -> str:
        """Put the length of a text before it, so that filler may follow it."""
        return self._encode(len(text).to_bytes(_COUNT_BYTES, "big")) + text

    def _encode(self, octets: bytes) -> str:
        text = urlsafe_b64encode(octets).decode("ascii")
        return text if self._padded else text.rstrip("=")

    def _blend(self, purpose: Purpose, nonce: str, octets: bytes) -> bytes:
        """Encrypt or decrypt (the same operation) with a keystream of its own for each nonce."""
        seed = self._secret + f"{purpose.value}*{nonce}".encode("ascii")
        stream = hashlib.shake_256(seed).digest(len(octets))
        blended = int.from_bytes(octets, "big") ^ int.from_bytes(stream, "big")
        return blended.to_bytes(len(octets), "big")

    def _mac(self, purpose: Purpose, text: str, salt: str) -> bytes:
        message = f"{purpose.value}*{salt}*{text}".encode("ascii")
        return hmac.digest(self._secret, message, "sha256")


def _counted_off(text: str) -> str:
    """Return the counted part of a text, without its count and without filler."""
    count = int.from_bytes(_decode(text[:_COUNT_LENGTH]), "big")
    return text[_COUNT_LENGTH : _COUNT_LENGTH + count]


def _decode(text: str) -> bytes:
    bare = text.rstrip("=")
    return urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
