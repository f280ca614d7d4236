"""The HTML page, or plain text, in which an e-mail brings a code.

Owns its layout, as mail programs need it: styles in the head, a preheader that only the list of
messages shows, and a reference number, so that not every run of digits is the code. Must not
hold sentences.
"""

from __future__ import annotations

from html import escape
from string import Template
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.wording import Wording

_PAGE: Final = Template("""\
<!DOCTYPE html>
<html lang="$language">
<head>
<meta charset="utf-8">
<title>$title</title>
<style>
  body { background-color: #112233; color: #333333; font-family: sans-serif; }
  .card { background-color: #ffffff; max-width: 600px; padding: 24px; }
  .preheader { color: #112233; display: none; max-height: 0; overflow: hidden; }
  .code { color: #445566; font-size: 32px; letter-spacing: 8px; text-align: center; }
  .reference { color: #778899; font-size: 12px; }
</style>
</head>
<body>
<div class="preheader" style="display:none">$preheader</div>
<div class="card">
<h1>$tenant</h1>
<p>$greeting</p>
<div class="code">$code</div>
<p>$expiry</p>
<p>$ignore</p>
<p class="reference">$reference #$number</p>
</div>
</body>
</html>
""")


_PLAIN_PAGE: Final = Template("""\
$tenant

$greeting

$code

$expiry
$ignore

--\u0020
$reference #$number
""")


def render(words: Wording, language: str, code: str, tenant: str, number: str) -> str:
    """Return the page; `number` is the reference under which support finds the message."""
    parts = _parts(words, language, code, tenant, number)
    return _PAGE.substitute({name: escape(text) for name, text in parts.items()})


def render_plain(words: Wording, language: str, code: str, tenant: str, number: str) -> str:
    """Return the same as plain text."""
    return _PLAIN_PAGE.substitute(_parts(words, language, code, tenant, number))


def _parts(words: Wording, language: str, code: str, tenant: str, number: str) -> dict[str, str]:
    return {
        "language": language,
        "title": words.email_subject(code, tenant),
        "preheader": words.preheader.format(tenant=tenant),
        "tenant": tenant,
        "greeting": words.greeting,
        "code": code,
        "expiry": words.expiry,
        "ignore": words.ignore,
        "reference": words.reference,
        "number": number,
    }
