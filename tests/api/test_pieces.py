"""Pieces of secrets: nothing that is long enough is left, and everything else is."""

from __future__ import annotations

from base64 import b64encode, urlsafe_b64encode
from string import ascii_letters, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_auth0_mfa.api.pieces import PIECE, SHORTEST, KnownPieces
from pytest_auth0_mfa.api.redaction import Redactor

TOKEN_SIGNS = f"{ascii_letters}{digits}-_.*~"
SECRETS = st.text(alphabet=TOKEN_SIGNS, min_size=SHORTEST, max_size=90)
PLAIN = st.text(alphabet="äöü \n(),;:!", max_size=40)
"""What cannot be part of such a secret."""


def hiding(*secrets: str) -> KnownPieces:
    """These secrets, of the kind `token`."""
    pieces = KnownPieces()
    for secret in secrets:
        pieces.add(secret, "token")
    return pieces


@given(st.data())
def test_any_piece_is_hidden_and_nothing_else(data: st.DataObject) -> None:
    """Wherever it was cut, and whatever stands around it."""
    secret = data.draw(SECRETS)
    start = data.draw(st.integers(0, len(secret) - PIECE))
    end = data.draw(st.integers(start + PIECE, len(secret)))
    before, after = data.draw(PLAIN), data.draw(PLAIN)
    text = f"{before}{secret[start:end]}{after}"
    assert f"{before}token...{after}" == hiding(secret).without(text)


@given(
    secrets=st.lists(st.text(alphabet="ab.", min_size=SHORTEST, max_size=60), max_size=4),
    text=st.text(alphabet="ab.c", max_size=80),
)
def test_exactly_the_pieces_go(secrets: list[str], text: str) -> None:
    """As a search for each piece of each secret would find them."""
    covered = [
        any(
            text[start : start + PIECE] in secret
            for secret in secrets
            for start in range(max(0, at - PIECE + 1), min(at, len(text) - PIECE) + 1)
        )
        for at in range(len(text))
    ]
    left = "".join(char for char, is_covered in zip(text, covered, strict=True) if not is_covered)
    assert left == hiding(*secrets).without(text).replace("token...", "")


def test_what_is_short_has_no_pieces() -> None:
    """A password of words would take those words out of every text."""
    pieces = hiding("correct-horse-battery"[: SHORTEST - 1])
    assert "a horse-battery" == pieces.without("a horse-battery")


def test_a_header_that_tokens_share() -> None:
    """What many secrets begin with is found however many there are."""
    pieces = hiding(*(f"eyJhbGciOiJSUzI1NiJ9.{number:030}" for number in range(2000)))
    assert "it is token..., cut" == pieces.without("it is eyJhbGciOiJSUzI1, cut")


class TestScrubbing:
    """The redactor, which looks for whole values, pieces and guises."""

    @given(secret=SECRETS, before=PLAIN, after=PLAIN)
    def test_nothing_is_left_and_nothing_else_is_changed(
        self, secret: str, before: str, after: str
    ) -> None:
        """Of a secret that stands in any text."""
        redactor = Redactor()
        redactor.learn(secret, "mfa_token")
        assert f"{before}mfa_token{after}" == redactor.scrub(f"{before}{secret}{after}")

    @given(st.text(alphabet=f"{TOKEN_SIGNS}ßç€", min_size=6, max_size=60), PLAIN, PLAIN)
    def test_base64(self, secret: str, before: str, after: str) -> None:
        """A secret alone or after a name, as in HTTP Basic, with either alphabet."""
        redactor = Redactor()
        redactor.learn(secret, "password")
        for encode in (b64encode, urlsafe_b64encode):
            word = encode(f"me:{secret}".encode()).decode()
            shown = redactor.scrub(f"{before} {word} {after}")
            assert f"{before} base64(me:password) {after}" == shown

    @pytest.mark.parametrize(
        "text",
        [
            "tests/plugin/test_secrecy.py::test_compared[otp]",
            "AssertionError: expected 200, got 403",
            "aGVsbG8gd29ybGQ= is no secret",
            "an eye on eyJ and Fe26.2, on 2026-11-26T02:55:16.123456",
            "",
        ],
    )
    def test_other_texts_stay(self, text: str) -> None:
        """Whatever resembles none."""
        redactor = Redactor()
        redactor.learn("s3cret-of-a-client-0123456789", "client_secret")
        assert text == redactor.scrub(text)

    @pytest.mark.parametrize(
        "token",
        [
            "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhdXRoMHx4In0.c2lnbmF0dXJl",
            "eyJhbGciOiJSU...AxMjM0NTY3OD",
            "Fe26.2*SERVER_17068*0385b25569017e9a3d04eb01a5aeb571c97e~2",
            "Fe26.2*SERVER...9c1c0ae571c9",
            "otpauth://totp/Acme:me@example.com?secret=JBSWY3DPEHPK3PXP&issuer=Acme",
        ],
    )
    def test_tokens_that_nobody_told_of(self, token: str) -> None:
        """A back end fetches tokens of its own; they are known by their looks."""
        assert "got 'opaque', why?" == Redactor().scrub(f"got '{token}', why?")

    def test_the_secret_of_a_barcode(self) -> None:
        """Whoever knows a barcode knows what is in it, and a user's name is no secret."""
        redactor = Redactor()
        uri = "otpauth://totp/Acme:somebody@example.com?enrollment_tx_id=Kx82LmZx0VtYb4NsQw3f"
        redactor.learn(uri, "barcode_uri")
        text = f"{uri} of somebody@example.com: Kx82LmZx0VtYb4NsQw3f"
        assert "barcode_uri of somebody@example.com: ticket" == redactor.scrub(text)
