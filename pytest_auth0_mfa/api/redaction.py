"""What may be written down of an exchange: everything but its secrets.

Three barriers keep secrets out of whatever a run writes: `Secret` masks itself, recorded
bodies are redacted by field name as they are made, and every text that pytest reports is
scrubbed of all secret values seen so far. This module owns the last two. It replaces a
secret by a stable name such as `mfa_token#2`, so that a reader can follow it through a flow.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import parse_qsl, quote, unquote_plus

from pytest_auth0_mfa.api.finding import KnownTexts
from pytest_auth0_mfa.api.guises import without_encoded, without_tokens
from pytest_auth0_mfa.api.pieces import KnownPieces
from pytest_auth0_mfa.api.secret import SECRET_FIELDS, Secret

if TYPE_CHECKING:
    from collections.abc import Mapping

_LOOKS_SECRET: Final = re.compile(
    r"Fe26\.\d\*|eyJ[\w-]{8,}\.|otpauth://|^[A-Z0-9]{16,}$|^[\w\-*.~+/=]{32,}$"
)
"""Values that are hidden under whatever name they come: a tenant that renames a field must
not make this tool print a token. The last form is any long string without a blank."""

_HARMLESS: Final = {
    "client_id",
    "e",
    "errorcode",
    "kid",
    "n",
    "realm",
    "sub",
    "user_id",
    "x5c",
    "x5t",
}
"""Fields (lower case) whose values are long and public."""

_PLAIN: Final = re.compile(r"[\w.~-]*", re.ASCII)
"""Values that encoding leaves alone."""

_UNSAFE: Final = re.compile(r"[^\w.~-]", re.ASCII)
"""Characters that it does not."""

_JSON_MEMBER: Final = re.compile(
    r'"(?P<name>[\w-]+)"(?P<between>\s*:[\s\[]*"?)(?P<value>(?<=")(?:[^"\\]|\\.)+|[^\s",}\]]+)'
)
"""A member of what may be broken JSON: its name, and its value up to a quote or a delimiter."""

_LASTING: Final = {"client_secret", "api_key"}
"""Kinds of secrets that many tests use."""

_WHOLE: Final = {"barcode_uri", "opaque"}
"""Kinds of which a piece is no secret: what is one in a barcode is known by itself, and a text that
merely holds a token is hidden as a whole."""

_LEAST: Final = 4
"""A shorter value is no secret, but what a test sends in the place of one; the shortest codes that
a tenant may be configured to send have so many digits."""

_SHORT: Final = 8
"""Up to this length a value is replaced only where it stands alone, as a code does."""


class _Known(NamedTuple):
    """A secret that has passed, and its kind."""

    value: str
    kind: str


class Redactor:
    """Learns secrets as they pass and replaces them by name.

    Names count up within one test (`start_test`), so that they do not depend on which tests
    ran before or on which worker; the values themselves are remembered for the whole run.
    """

    def __init__(self) -> None:
        """Begin with no secret known."""
        self._secrets: dict[str, _Known] = {}
        self._by_form: dict[str, _Known] = {}
        self._forms = KnownTexts()
        self._pieces = KnownPieces()
        self._recent: dict[str, _Known] = {}
        self._names: dict[str, str] = {}
        self._counts: dict[str, int] = {}

    def start_test(self) -> None:
        """Begin numbering anew."""
        self._names.clear()
        self._counts.clear()
        self._recent = {
            value: known for value, known in self._recent.items() if known.kind in _LASTING
        }

    def learn(self, value: str, kind: str) -> Secret:
        """Remember `value` as a secret of this kind and return it wrapped."""
        if value and value not in self._recent:
            self._recent[value] = self._secrets.get(value) or self._add(value, kind)
        return Secret(value, kind)

    def _add(self, value: str, kind: str) -> _Known:
        known = self._secrets[value] = _Known(str(value), kind)
        if len(value) < _LEAST:
            return known
        for form in _forms(value):
            if form not in self._by_form:
                self._by_form[form] = known
                self._forms.add(form)
                if kind not in _WHOLE:
                    self._pieces.add(form, kind)
        if kind == "barcode_uri":
            self._learn_within(value)
        return known

    def _learn_within(self, uri: str) -> None:
        """Remember what is secret in a barcode, whether or not it comes up by itself."""
        for name, value in parse_qsl(uri.partition("?")[2]):
            if name in SECRET_FIELDS:
                self.learn(value, SECRET_FIELDS[name])

    def name(self, value: str, kind: str) -> str:
        """The name under which this secret is written down, `{kind}#{number}`."""
        self.learn(value, kind)
        known = self._names.get(value)
        if known is None:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            known = self._names[str(value)] = f"{kind}#{self._counts[kind]}"
        return known

    def wrap(self, body: object, field: str = "") -> object:
        """The same JSON value with each secret string wrapped in `Secret`."""
        if isinstance(body, dict):
            return {key: self.wrap(value, str(key).lower()) for key, value in body.items()}
        if isinstance(body, list):
            return [self.wrap(item, field) for item in body]
        kind = _kind_of(field, body)
        return self.learn(body, kind) if kind and isinstance(body, str) else body

    def redact(self, body: object, field: str = "", *, guess: bool = True) -> object:
        """The same JSON value with each secret replaced by its name.

        `guess` hides also what merely looks like a secret, as is wise for what others sent.
        """
        if isinstance(body, dict):
            pairs = body.items()
            return {key: self.redact(each, str(key).lower(), guess=guess) for key, each in pairs}
        if isinstance(body, (list, tuple)):
            return [self.redact(item, field, guess=guess) for item in body]
        kind = _kind_of(field, body) if guess else SECRET_FIELDS.get(field)
        if kind and body is not None and not isinstance(body, bool):
            return self.name(str(body), kind)
        return self._scrub_recent(body) if isinstance(body, str) else body

    def raw(self, text: str) -> str:
        """A body that was sent as it is, each secret in it replaced by its name.

        JSON is read as JSON, broken JSON member by member, anything else as a form; what a form
        repeats, leaves unencoded or has in another order stays so, and so do blanks.
        """
        if text.lstrip()[:1] not in {"{", "["}:
            text = "&".join(self._pair(*pair.partition("=")) for pair in text.split("&"))
            return self._scrub_recent(text)
        try:
            redacted = self.redact(json.loads(text), guess=False)
        except (ValueError, RecursionError):
            return self._by_member(text)
        told = self._by_member(text)
        return told if _means(told, redacted) else json.dumps(redacted, ensure_ascii=False)

    def _by_member(self, text: str) -> str:
        return self._scrub_recent(_JSON_MEMBER.sub(self._member, text))

    def _member(self, found: re.Match[str]) -> str:
        name, between, value = found.group("name", "between", "value")
        kind = SECRET_FIELDS.get(name.lower())
        return f'"{name}"{between}{self.name(_unescaped(value), kind) if kind else value}'

    def _pair(self, name: str, equals: str, value: str) -> str:
        kind = SECRET_FIELDS.get(unquote_plus(name).lower())
        if not (kind and value):
            return f"{name}{equals}{value}"
        meant = value if value in self._secrets else unquote_plus(value)
        return f"{name}{equals}{self.name(meant, kind)}"

    def headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        """Headers fit to be written down; cookies are left out."""
        kept = {name.lower(): value for name, value in headers.items()}
        kept.pop("set-cookie", None)
        return {name: self._header(name, value) for name, value in kept.items()}

    def scrub(self, text: str) -> str:
        """`text` without any secret that has passed in this run: whole, encoded or in pieces."""
        return self._pieces.without(self.scrub_whole(text))

    def scrub_whole(self, text: str) -> str:
        """The same without looking for pieces, which takes an index of all secrets."""
        text = self.scrub_known(text)
        return without_tokens(without_encoded(text, self.scrub_known))

    def scrub_known(self, text: str) -> str:
        """The same without what only looks like a token, or is base64."""
        return self._without(text, self._secrets)

    def _scrub_recent(self, text: str) -> str:
        """As `scrub`, for what is recorded while a test runs: only its secrets can be there."""
        return self._without(text, self._recent)

    def _without(self, text: str, secrets: Mapping[str, _Known]) -> str:
        standing = ((form, self._by_form[form]) for form in self._forms.within(text))
        found = [
            (form, self._names.get(known.value, known.kind))
            for form, known in standing
            if known.value in secrets
        ]
        # The longest first, for one secret may stand within another.
        for form, name in sorted(found, key=lambda pair: len(pair[0]), reverse=True):
            text = _replace(text, form, name)
        return text

    def _header(self, name: str, value: str) -> str:
        if name != "authorization":
            kind = SECRET_FIELDS.get(name)
            return self.name(value, kind) if kind else self._scrub_recent(value)
        scheme, _, credentials = value.partition(" ")
        known = self._secrets.get(credentials)
        return f"{scheme} {self.name(credentials, known.kind if known else 'credentials')}"


def _means(text: str, value: object) -> bool:
    """Whether a text is JSON for a value."""
    try:
        return bool(json.loads(text) == value)
    except ValueError:
        return False


def _unescaped(value: str) -> str:
    """What stands between quotes in JSON, as it is meant; left as it is where that is unclear."""
    try:
        return str(json.loads(f'"{value}"'))
    except ValueError:
        return value


def _kind_of(field: str, value: object) -> str | None:
    """The kind of secret in this field, None when it may be shown."""
    kind = SECRET_FIELDS.get(field)
    if kind or field in _HARMLESS or not isinstance(value, str):
        return kind
    return "opaque" if _LOOKS_SECRET.search(value) and not value.startswith("http") else None


def _forms(value: str) -> tuple[str, ...]:
    """The value as it is and, where that differs, as it stands in a URL, a form, JSON or code."""
    if _PLAIN.fullmatch(value):
        return (value,)
    quoted = (json.dumps(value), json.dumps(value, ensure_ascii=False), repr(str(value)))
    # As `quote` does it, which would look at each character of a long token in turn.
    encoded = _UNSAFE.sub(lambda found: quote(found[0], safe=""), value)
    forms = (value, encoded, encoded.replace("%20", "+"), *(each[1:-1] for each in quoted))
    return tuple(dict.fromkeys(forms))


def _replace(text: str, value: str, name: str) -> str:
    if len(value) > _SHORT:
        return text.replace(value, name)
    return re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", name, text)
