"""Variations of the messages that bring codes: language, wording, form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.variations import sources
from pytest_auth0_mfa.mock.variations.model import Variation

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.wording import Wording


def _code_last(words: Wording) -> Wording:
    return replace(
        words,
        verification="{tenant}: never share this with anybody. Your verification code is: {code}",
        call="This is {tenant}. Please write down your code. It is: {code}",
        subject="{code} is your code for {tenant}",
    )


def _for_autofill(words: Wording) -> Wording:
    return replace(
        words,
        verification="{code} is your code for {tenant}.\n\n@login.example #{code}",
        call="Your code: {code}. Once more: {code}",
        enrollment="",
    )


MESSAGES = (
    Variation(
        "messages-in-japanese",
        "Messages are in Japanese",
        "Messages are written in the language of the user or the tenant",
        sources.MESSAGES_GUIDE,
        rules={"default_language": "ja"},
    ),
    Variation(
        "messages-in-french",
        "Messages are in French",
        "Messages are written in the language of the user or the tenant",
        sources.MESSAGES_GUIDE,
        rules={"default_language": "fr"},
    ),
    Variation(
        "code-at-the-end",
        "The code comes last in a message, and first in the subject of an e-mail",
        "Administrators write the texts",
        f"{sources.MESSAGES_GUIDE}; {sources.EMAILS_GUIDE}",
        rules={"edit_wording": _code_last},
    ),
    Variation(
        "code-for-autofill",
        "A text message ends in the line that phones fill in by themselves",
        "Administrators write the texts, and phones read such lines",
        f"{sources.MESSAGES_GUIDE}; {sources.ONE_TIME_CODES}",
        rules={"edit_wording": _for_autofill},
    ),
    Variation(
        "emails-in-plain-text",
        "E-mails are plain text",
        "Administrators write the texts",
        sources.EMAILS_GUIDE,
        rules={"emails_as_html": False},
    ),
)
