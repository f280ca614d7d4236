"""Sealed tokens: their form, and that nobody else can make or change one."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_auth0_mfa.mock.rules import RULES, Rules
from pytest_auth0_mfa.mock.seal import (
    BrokenSealError,
    Purpose,
    Sealer,
    is_sealed,
    sealed_forms,
)

CONTENT = {"user": "auth0|1", "scope": "openid"}
EXPIRES_AT = 1_800_000_600.25
RECORDED_FORM = re.compile(
    r"Fe26\.2\*SERVER_\d{10}\*[0-9a-f]{64}\*[\w-]{22}\*[\w-]+\*\d{13}\*[0-9a-f]{64}\*[\w-]{43}"
)


WRAPPED = replace(RULES, mfa_token_looks_like_jwt=True, opaque_token_looks_like_jwe=True)


def sealer(seed: int = 1, *, padded: bool = False, rules: Rules = RULES) -> Sealer:
    """Make a sealer whose secret depends on the seed."""
    entropy = random.Random(seed)  # noqa: S311  Seeded on purpose.
    return Sealer(entropy, sealed_forms(rules), padded=padded)


@pytest.mark.parametrize("purpose", Purpose)
def test_sealed_content_comes_back(purpose: Purpose) -> None:
    """Opening returns content and expiry, to the millisecond."""
    subject = sealer()
    opened = subject.open(purpose, subject.seal(purpose, CONTENT, EXPIRES_AT))
    assert opened.content == CONTENT
    assert opened.expires_at == EXPIRES_AT


def test_mfa_token_has_the_recorded_form_and_length() -> None:
    """An mfa_token has eight fields between stars and 1,986 characters."""
    token = sealer().seal(Purpose.MFA, CONTENT, EXPIRES_AT)
    assert RECORDED_FORM.fullmatch(token)
    assert len(token) == 1986
    assert is_sealed(token)


@pytest.mark.parametrize("length", [0, 100, 250])
def test_oob_code_has_the_recorded_form_and_length(length: int) -> None:
    """An oob_code has 620 characters, as most recorded ones, however much it carries."""
    code = sealer().seal(Purpose.OOB, {"user": "u" * length}, EXPIRES_AT)
    assert RECORDED_FORM.fullmatch(code)
    assert len(code) == 620


def test_mfa_token_survives_an_unencoded_form() -> None:
    """No character of a token means anything in a form body."""
    subject = sealer()
    tokens = [subject.seal(Purpose.MFA, CONTENT, EXPIRES_AT + n) for n in range(50)]
    assert not set("".join(tokens)) & set("+/=&% ")


def test_two_tokens_of_the_same_content_differ() -> None:
    """Salt and iv are drawn anew for every token."""
    subject = sealer()
    first, second = (subject.seal(Purpose.MFA, CONTENT, EXPIRES_AT) for _ in range(2))
    assert first.split("*")[4] != second.split("*")[4]


def test_token_of_another_tenant_is_refused() -> None:
    """A tenant with another secret cannot open the token."""
    token = sealer(seed=2).seal(Purpose.MFA, CONTENT, EXPIRES_AT)
    with pytest.raises(BrokenSealError):
        sealer(seed=1).open(Purpose.MFA, token)


def test_token_for_another_purpose_is_refused() -> None:
    """A refresh token is no mfa_token."""
    subject = sealer()
    with pytest.raises(BrokenSealError):
        subject.open(Purpose.MFA, subject.seal(Purpose.REFRESH, CONTENT, EXPIRES_AT))


def test_padded_token_opens() -> None:
    """The padded spelling holds equals signs and works none the less."""
    subject = sealer(padded=True)
    token = subject.seal(Purpose.MFA, CONTENT, EXPIRES_AT)
    assert "=" in token
    assert subject.open(Purpose.MFA, token).content == CONTENT


@given(place=st.integers(0, 1985), character=st.characters(codec="latin-1"))
def test_any_changed_character_is_noticed(place: int, character: str) -> None:
    """A token with one character changed does not open."""
    subject = sealer()
    token = subject.seal(Purpose.MFA, CONTENT, EXPIRES_AT)
    changed = token[:place] + character + token[place + 1 :]
    if changed == token:
        assert subject.open(Purpose.MFA, changed).content == CONTENT
        return
    with pytest.raises(BrokenSealError):
        subject.open(Purpose.MFA, changed)


@given(st.text())
def test_any_text_is_refused_cleanly(text: str) -> None:
    """What was never sealed is a broken seal, whatever it is."""
    with pytest.raises(BrokenSealError):
        sealer().open(Purpose.MFA, text)


@pytest.mark.parametrize(("purpose", "dots"), [(Purpose.MFA, 2), (Purpose.ACCESS, 4)])
def test_wrapped_token(purpose: Purpose, dots: int) -> None:
    """A token that looks like a JWT or JWE opens, unless a character of it was changed."""
    subject = sealer(rules=WRAPPED)
    token = subject.seal(purpose, CONTENT, EXPIRES_AT)
    assert re.fullmatch(r"eyJ[\w.-]+", token)
    assert dots == token.count(".")
    assert is_sealed(token)
    assert CONTENT == subject.open(purpose, token).content
    for at in (30, len(token) // 2, len(token) - 2):
        changed = token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :]
        with pytest.raises(BrokenSealError):
            subject.open(purpose, changed)


@pytest.mark.parametrize("rest", ["", ".", "..", ".a.b", ".....", ".\u00e9.", "....YQ."])
def test_wrapping_without_content(rest: str) -> None:
    """What only begins like a wrapped token is refused cleanly."""
    subject = sealer(rules=WRAPPED)
    for purpose in (Purpose.MFA, Purpose.ACCESS):
        head = subject.seal(purpose, CONTENT, EXPIRES_AT).partition(".")[0]
        with pytest.raises(BrokenSealError):
            subject.open(purpose, head + rest)
