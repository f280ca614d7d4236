"""Sending codes: by text message, by call, by e-mail.

Owns which code is sent and in which language. Where a message says what, `wording` and
`email_page` decide. Must not know what the code is good for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import addresses, draws, email_page, oob_codes, wording
from pytest_auth0_mfa.mock.model import Factor
from pytest_auth0_mfa.mock.outbox import Message

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.authorizations import Presented
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.model import Authenticator, User
    from pytest_auth0_mfa.mock.tenant import Tenant

# https://auth0.com/docs/customize/customize-sms-or-voice-messages
_LANGUAGE_HEADER = "x-request-language"


def send_code(call: Call, presented: Presented, authenticator: Authenticator) -> str:
    """Send a code to the address of an authenticator; return the `oob_code` that awaits it."""
    user = presented.authorization.user
    code = _draw(call.tenant, user, authenticator)
    if authenticator.address and authenticator.factor not in call.tenant.settings.undelivered:
        language = wording.language(call.request.headers.get(_LANGUAGE_HEADER), user.locale)
        call.tenant.outbox.deliver(_message(call.tenant, authenticator, code, language))
    return oob_codes.issue(call, presented, authenticator, code)


def _draw(tenant: Tenant, user: User, authenticator: Authenticator) -> str:
    """Draw a code; a tenant that does not draw anew repeats that of the first challenge."""
    lengths = tenant.settings.code_lengths
    length = lengths.get(authenticator.factor, tenant.rules.binding_code_length)
    code = draws.binding_code(tenant.entropy, length)
    if tenant.rules.binding_code_fresh or not authenticator.is_active:
        return code
    user.sent_codes.repeated_code = user.sent_codes.repeated_code or code
    return user.sent_codes.repeated_code


def _message(tenant: Tenant, authenticator: Authenticator, code: str, language: str) -> Message:
    words = wording.WORDINGS[language]
    name, channel = tenant.settings.friendly_name, authenticator.factor
    subject, is_html = None, channel is Factor.EMAIL
    if is_html:
        subject = words.email_subject(code, name)
        body = email_page.render(words, language, code, name, draws.text(tenant.entropy, 8))
    elif channel is Factor.VOICE:
        body = words.spoken(code, name)
    else:
        body = words.text_message(code, name, enrolling=not authenticator.is_active)
    return Message(
        id=draws.uuid(tenant.entropy),
        channel=channel,
        to=addresses.canonical(authenticator.address),
        body=body,
        code=code,
        sent_at=tenant.now(),
        subject=subject,
        is_html=is_html,
    )
