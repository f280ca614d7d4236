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
    from collections.abc import Mapping
    from random import Random

    from pytest_auth0_mfa.mock.rules import Rules

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


@dataclass(frozen=True, slots=True)
class Form:
    """How many characters of ciphertext a token has at least, and what it is wrapped in.

    The other fields and the stars of an unwrapped token are 236 characters more; one with a `head`
    looks like a JWT or JWE with that header.
    """

    cipher_length: int = 0
    head: str = ""


_JWT_HEAD = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"
_JWE_HEAD = "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0"
# Which part of a wrapped token, between dots, holds the sealed one.
_WRAPPED_AT = {_JWT_HEAD: 1, _JWE_HEAD: 3}


def sealed_forms(rules: Rules) -> dict[Purpose, Form]:
    """Return the form of each kind of token."""
    mfa_head = _JWT_HEAD if rules.mfa_token_looks_like_jwt else ""
    access_head = _JWE_HEAD if rules.opaque_token_looks_like_jwe else ""
    return {
        Purpose.MFA: Form(rules.mfa_token_cipher_length, mfa_head),
        Purpose.OOB: Form(rules.oob_code_cipher_length),
        Purpose.ACCESS: Form(0, access_head),
        Purpose.REFRESH: Form(rules.refresh_token_cipher_length),
    }


class BrokenSealError(Exception):
    """The token was not sealed here, not for this purpose, or was changed since."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """The content of an opened token and the moment (epoch seconds) at which it expires."""

    content: dict[str, str]
    expires_at: float


def is_sealed(token: str) -> bool:
    """Tell whether a token has the outer form of a sealed one, whoever made it."""
    return token.startswith(_PREFIX) or token.partition(".")[0] in _WRAPPED_AT


class Sealer:
    """Seals and opens tokens under one secret, drawn from the entropy of the tenant."""

    def __init__(
        self, entropy: Random, forms: Mapping[Purpose, Form], *, padded: bool = False
    ) -> None:
        """Draw the secret; `padded` writes base64 with its trailing `=`."""
        self._entropy = entropy
        self._forms = forms
        self._padded = padded
        self._secret = entropy.randbytes(32)
        self._key_id = f"SERVER_{1_700_000_000 + entropy.randrange(10**8)}"
        self._filler = draws.text(entropy, max(form.cipher_length for form in forms.values()))

    def seal(self, purpose: Purpose, content: dict[str, str], expires_at: float) -> str:
        """Seal `content`; the expiry, in epoch milliseconds, stays readable as in real tokens."""
        salt, iv = self._entropy.randbytes(32).hex(), self._encode(self._entropy.randbytes(16))
        plain = json.dumps(content, separators=(",", ":")).encode("ascii")
        ciphertext = self._counted(self._encode(self._blend(purpose, salt + iv, plain)))
        form = self._forms[purpose]
        ciphertext += self._filler[len(ciphertext) : form.cipher_length]
        expiry = str(round(expires_at * 1000))
        text = f"{_PREFIX}*{self._key_id}*{salt}*{iv}*{ciphertext}*{expiry}"
        mac_salt = self._entropy.randbytes(32).hex()
        mac = self._encode(self._mac(purpose, text, mac_salt))
        return self._wrapped(f"{text}*{mac_salt}*{mac}", form.head)

    def open(self, purpose: Purpose, token: str) -> Sealed:
        """Return what was sealed for `purpose`, or raise `BrokenSealError`."""
        token = self._unwrapped(token)
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

    def _wrapped(self, token: str, head: str) -> str:
        """Make a sealed token look like a JWT or JWE; without a head it stays as it is."""
        if not head:
            return token
        content = self._encode(token.encode("ascii"))
        mark = self._encode(hashlib.sha256(token.encode("ascii")).digest())
        if head == _JWT_HEAD:
            return f"{head}.{content}.{mark}"
        return f"{head}..{mark[:16]}.{content}.{mark[:22]}"

    def _unwrapped(self, token: str) -> str:
        """Return the sealed token within, or raise `BrokenSealError`."""
        head, *parts = token.split(".")
        if head not in _WRAPPED_AT:
            return token
        try:
            inner = _decode(parts[_WRAPPED_AT[head] - 1]).decode("ascii")
        except (ValueError, IndexError) as fault:
            raise BrokenSealError("the token is wrapped, and holds none of this tenant") from fault
        if self._wrapped(inner, head) != token:
            raise BrokenSealError("the wrapping of the token was changed")
        return inner

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
