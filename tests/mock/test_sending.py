"""What is delivered: which words, which language, which code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.mock import wording

if TYPE_CHECKING:
    from tests.mock.conftest import Harness, Recipient

LANGUAGE_HEADER = "x-request-language"


class TestTexts:
    """The messages of each channel."""

    def test_text_message(self, tenant: Harness) -> None:
        """It reads as the default of real tenants, with a sentence more at the enrollment."""
        sms = tenant.recipient("sms").enroll()
        sms.challenge()
        first, second = tenant.messages()
        assert f"{second['code']} is your verification code for Mock Tenant." == second["body"]
        assert first["body"].startswith(f"{first['code']} is your verification code")
        assert "enrollment" in first["body"]

    def test_call(self, tenant: Harness) -> None:
        """The digits are spoken one by one, and twice."""
        tenant.recipient("voice").associate()
        [message] = tenant.messages()
        assert message["body"].count(".".join(message["code"])) == 2
        assert message["code"] not in message["body"]

    def test_email(self, tenant: Harness) -> None:
        """A page with the code in a block of its own, and with digits that are no code."""
        tenant.recipient("email").associate()
        [message] = tenant.messages()
        body, code = message["body"], message["code"]
        assert body.startswith("<!DOCTYPE html>")
        assert body.count(code) == body.count(f">{code}<") == 1
        assert "#112233" in body
        assert re.search(r"Reference #[A-Za-z0-9]{8}", body)
        assert "Your verification code for Mock Tenant" == message["subject"]

    def test_name_of_the_tenant_is_escaped(self, tenant: Harness) -> None:
        """A name with characters that mean something in HTML is shown as it is."""
        tenant.engine.tenant.settings.friendly_name = "A <b> & {code} $code"
        tenant.recipient("email").associate()
        assert "A &lt;b&gt; &amp; {code} $code" in tenant.messages()[0]["body"]


class TestLanguages:
    """Which language a message is in."""

    @pytest.mark.parametrize("language", wording.WORDINGS)
    def test_language_of_the_user(self, tenant: Harness, language: str) -> None:
        """It is the user's own, in every language there is."""
        person = tenant.person(locale=language)
        tenant.recipient("sms", person).associate()
        [message] = tenant.messages()
        words = wording.WORDINGS[language]
        expected = words.text_message(message["code"], "Mock Tenant", enrolling=True)
        assert expected == message["body"]

    @pytest.mark.parametrize("channel", ["sms", "voice", "email"])
    def test_languages_differ(self, tenant: Harness, channel: str) -> None:
        """No two languages write the same text."""
        for language in wording.WORDINGS:
            tenant.recipient(channel, tenant.person(locale=language)).associate()
        texts = {each["body"].replace(each["code"], "") for each in tenant.messages()}
        assert len(wording.WORDINGS) == len(texts)

    def test_header_wins(self, tenant: Harness) -> None:
        """The request names a language: association and challenge follow it."""
        sms = tenant.recipient("sms", tenant.person(locale="de")).enroll()
        body = {"mfa_token": sms.mfa_token, **tenant.client}
        headers = {LANGUAGE_HEADER: "pt-BR,en;q=0.8"}
        tenant.form("/mfa/challenge", body, **headers)
        first, second = (each["body"] for each in tenant.messages())
        assert "Bestätigungscode" in first
        assert "código de verificação" in second

    @pytest.mark.parametrize(
        ("wanted", "language"),
        [
            ((None, None), "en"),
            (("", ""), "en"),
            (("tlh", None), "en"),
            (("tlh", "ja"), "ja"),
            (("fr", "ja"), "fr"),
            (("fr-CA", None), "fr"),
            (("ES_mx", None), "es"),
            (("tlh, de;q=0.5", "ja"), "de"),
        ],
    )
    def test_choice(self, wanted: tuple[str | None, ...], language: str) -> None:
        """The first that is spoken wins, whatever its region and case; English is the rest."""
        assert language == wording.language(*wanted)


class TestCodes:
    """The codes themselves."""

    def test_form(self, tenant: Harness, recipient: Recipient) -> None:
        """A code has six digits, leading zeros included."""
        for _ in range(9):
            recipient.associate()
        codes = [each["code"] for each in tenant.messages()]
        assert all(re.fullmatch(r"[0-9]{6}", code) for code in codes)

    def test_each_challenge_has_its_own(self, tenant: Harness, recipient: Recipient) -> None:
        """Neither a code nor an oob_code comes twice."""
        recipient.enroll()
        oob_codes = [recipient.challenge().body["oob_code"] for _ in range(3)]
        codes = [each["code"] for each in tenant.messages()]
        assert (3, 4) == (len(set(oob_codes)), len(set(codes)))

    def test_oob_code_has_the_recorded_length(self, recipient: Recipient) -> None:
        """It is sealed, and 620 characters long."""
        recipient.associate()
        assert recipient.oob_code.startswith("Fe26.2*SERVER_")
        assert len(recipient.oob_code) == 620
        assert recipient.code() not in recipient.oob_code.split("*")[4]
