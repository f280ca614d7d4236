"""What a message says to its reader: visible text, in one writing.

Owns HTML to text and the unification of digits, blanks and line ends. Must not look for codes.
"""

from __future__ import annotations

import quopri
import re
import unicodedata
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pytest_auth0_mfa.delivery.message import Message

_LONGEST_SOURCE: Final = 500_000
_LONGEST: Final = 20_000
"""Characters that are read of a message as sent and as seen; no code stands behind so many."""

_UNSEEN: Final = {"head", "noscript", "object", "script", "style", "svg", "template", "title"}
_VOID: Final = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
_CELLS: Final = {"td", "th"}
_BLOCKS: Final = {
    *("address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl"),
    *("dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
    *("hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "tr", "ul"),
}
_HIDING_STYLE: Final = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|font-size:0(?:px|pt|em|rem|%)?(?:!|;|$)|"
    r"mso-hide:all|opacity:0(?:\.0+)?(?:!|;|$)"
)
_LOOKS_LIKE_HTML: Final = re.compile(
    r"<(?:!doctype|html|body|div|table|p|br|span|td)\b", re.IGNORECASE
)
_QUOTED_PRINTABLE: Final = re.compile(r"=3D|=20\r?\n|=[C-F][0-9A-F]=[89AB][0-9A-F]")
_BLANKS: Final = re.compile(r"[^\S\n]+")
_LINE_ENDS: Final = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_DROPPED: Final = {"\u034f", "\u115f", "\u1160", "\u20e3", "\u3164", "\ufe0e", "\ufe0f"}
"""Unseen characters that Unicode does not count as format characters, and the keycap sign."""


def visible_text(message: Message) -> str:
    """Subject and body as a reader sees them, digits of all scripts as `0` to `9`."""
    body = _seen(message.html[:_LONGEST_SOURCE]) if message.html else ""
    if not body.strip():
        text = _decoded(message.text[:_LONGEST_SOURCE])
        body = _seen(text) if _LOOKS_LIKE_HTML.search(text) else text
    return unify("\n".join(filter(None, (message.subject, body)))[:_LONGEST])


def unify(text: str) -> str:
    """The text in compatibility form: plain digits, dashes and blanks, nothing invisible."""
    plain = unicodedata.normalize("NFKC", _LINE_ENDS.sub("\n", text))
    plain = "".join(_plain(each) for each in plain if not _is_invisible(each))
    return _BLANKS.sub(" ", plain)


def _plain(character: str) -> str:
    value = unicodedata.decimal(character, None)
    if value is not None:
        return str(value)
    return "-" if unicodedata.category(character) == "Pd" else character


def _is_invisible(character: str) -> bool:
    return character in _DROPPED or unicodedata.category(character) == "Cf"


def _decoded(text: str) -> str:
    """The text without the quoted-printable form that some mail traps leave."""
    if not _QUOTED_PRINTABLE.search(text):
        return text
    return quopri.decodestring(text.encode()).decode("utf-8", errors="replace")


def _seen(html: str) -> str:
    reader = _VisibleText()
    reader.feed(_decoded(html))
    reader.close()
    return "".join(reader.parts)


class _VisibleText(HTMLParser):
    """Collects the text that a mail reader would show."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._open: list[tuple[str, bool]] = []  # tag, whether it hides what it holds

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._separate(tag)
        if tag not in _VOID:
            self._open.append((tag, tag in _UNSEEN or _hides(dict(attrs))))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # HTML knows no empty elements but the void ones: `<div/>` opens a div.
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._separate(tag)
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index][0] == tag:
                del self._open[index:]
                return

    def handle_data(self, data: str) -> None:
        if not any(hides for _, hides in self._open):
            # A line end in the source of HTML is a blank to its reader.
            self.parts.append(
                " ".join(re.split(r"\s+", data)) if data.strip() else " " * bool(data)
            )

    def _separate(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")
        elif tag in _CELLS:
            self.parts.append(" ")


def _hides(attributes: dict[str, str | None]) -> bool:
    style = "".join((attributes.get("style") or "").lower().split())
    hidden = "hidden" in attributes or attributes.get("aria-hidden") == "true"
    return hidden or bool(_HIDING_STYLE.search(style))
