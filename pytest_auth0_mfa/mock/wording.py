"""What messages say, in six languages.

Owns the sentences of text messages, calls and e-mails, and which language is spoken. The English
text message reads as the default of real tenants
(https://auth0.com/docs/api/management/v2/guardian/get-factor-phone-templates). Must not know who
gets a message.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_DEFAULT: Final = "en"


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of one language; `{code}` and `{tenant}` stand for what a message is about."""

    verification: str
    enrollment: str
    call: str
    subject: str
    preheader: str
    greeting: str
    expiry: str
    ignore: str
    reference: str

    def text_message(self, code: str, tenant: str, *, enrolling: bool) -> str:
        """Write a text message; one that confirms an enrollment has a sentence more."""
        text = self.verification.format(code=code, tenant=tenant)
        return f"{text} {self.enrollment}" if enrolling else text

    def spoken(self, code: str, tenant: str) -> str:
        """Write down what a call says: the digits one by one, and everything twice.

        https://auth0.com/docs/customize/customize-sms-or-voice-messages
        """
        text = self.call.format(code=".".join(code), tenant=tenant)
        return f"{text} {text}"

    def email_subject(self, code: str, tenant: str) -> str:
        """Write the subject of an e-mail."""
        return self.subject.format(code=code, tenant=tenant)


WORDINGS: Mapping[str, Wording] = MappingProxyType(
    {
        "en": Wording(
            verification="{code} is your verification code for {tenant}.",
            enrollment="Please enter this code to verify your enrollment.",
            call="Hello. Your verification code for {tenant} is {code}.",
            subject="Your verification code for {tenant}",
            preheader="This code finishes your login to {tenant}.",
            greeting="Use this code to finish your login:",
            expiry="The code is good for five minutes and works once.",
            ignore="If this was not you, change your password and ignore this message.",
            reference="Reference",
        ),
        "fr": Wording(
            verification="{code} est votre code de vérification pour {tenant}.",
            enrollment="Saisissez ce code pour confirmer votre inscription.",
            call="Bonjour. Votre code de vérification pour {tenant} est le {code}.",
            subject="Votre code de vérification pour {tenant}",
            preheader="Ce code termine votre connexion à {tenant}.",
            greeting="Terminez votre connexion avec ce code :",
            expiry="Le code est valable cinq minutes et ne sert qu'une fois.",
            ignore="Si vous n'êtes pas à l'origine de cette demande, changez de mot de passe.",
            reference="Référence",
        ),
        "de": Wording(
            verification="{code} ist Ihr Bestätigungscode für {tenant}.",
            enrollment="Geben Sie diesen Code ein, um die Registrierung abzuschließen.",
            call="Guten Tag. Ihr Bestätigungscode für {tenant} lautet {code}.",
            subject="Ihr Bestätigungscode für {tenant}",
            preheader="Mit diesem Code schließen Sie Ihre Anmeldung bei {tenant} ab.",
            greeting="Schließen Sie Ihre Anmeldung mit diesem Code ab:",
            expiry="Der Code gilt fünf Minuten lang und nur einmal.",
            ignore="Falls Sie das nicht waren, ändern Sie bitte Ihr Passwort.",
            reference="Vorgang",
        ),
        "es": Wording(
            verification="{code} es su código de verificación para {tenant}.",
            enrollment="Introduzca este código para confirmar el registro.",
            call="Hola. Su código de verificación para {tenant} es {code}.",
            subject="Su código de verificación para {tenant}",
            preheader="Con este código termina de iniciar sesión en {tenant}.",
            greeting="Termine de iniciar sesión con este código:",
            expiry="El código vale cinco minutos y una sola vez.",
            ignore="Si no ha sido usted, cambie su contraseña.",
            reference="Referencia",
        ),
        "pt": Wording(
            verification="{code} é o seu código de verificação para {tenant}.",
            enrollment="Digite este código para confirmar o cadastro.",
            call="Olá. O seu código de verificação para {tenant} é {code}.",
            subject="O seu código de verificação para {tenant}",
            preheader="Este código conclui o seu acesso a {tenant}.",
            greeting="Conclua o seu acesso com este código:",
            expiry="O código vale por cinco minutos e uma única vez.",
            ignore="Se não foi você, troque a sua senha.",
            reference="Referência",
        ),
        "ja": Wording(
            verification="{code} は {tenant} の確認コードです。",
            enrollment="登録を完了するには、このコードを入力してください。",
            call="こんにちは。{tenant} の確認コードは {code} です。",
            subject="{tenant} の確認コード",
            preheader="このコードで {tenant} へのログインが完了します。",
            greeting="次のコードを入力してログインを完了してください。",
            expiry="コードの有効期間は5分間で、1回だけ使えます。",
            ignore="お心当たりがない場合は、パスワードを変更してください。",
            reference="受付番号",
        ),
    }
)
"""The sentences by language (ISO 639-1)."""


def language(*wanted: str | None) -> str:
    """Return the first of the wanted languages that is spoken here, else English.

    A wish may be a tag with a region, or a list of tags as in `Accept-Language`.
    """
    for wish in wanted:
        for tag in (wish or "").split(","):
            name = tag.partition(";")[0].replace("_", "-").partition("-")[0].strip().lower()
            if name in WORDINGS:
                return name
    return _DEFAULT
