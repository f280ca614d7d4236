"""How an answer is written down: the text of its JSON, its framing, its head.

Owns the freedoms that JSON (https://www.rfc-editor.org/rfc/rfc8259) and HTTP
(https://www.rfc-editor.org/rfc/rfc9110, https://www.rfc-editor.org/rfc/rfc9112) leave to whoever
answers; the defaults are the plainest way. Must not know what an answer says, nor write to sockets.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_auth0_mfa.mock.messages import Answer, Json

_PLAIN_TEXT: Final = "text/plain"


@dataclass(frozen=True, slots=True)
class Wire:
    """How answers are written."""

    # JSON: RFC 8259.
    indented: bool = False  # Section 2: blanks around every token.
    ascii_only: bool = True  # Section 8.1: UTF-8 needs no escapes beyond ASCII.
    all_escaped: bool = False  # Section 7: any character may be escaped.

    # Body: RFC 9110 and RFC 9112.
    compressed: bool = False  # RFC 9110, section 8.4: where the client takes gzip.
    length_told: bool = True  # RFC 9112, section 7.1: in chunks otherwise.
    piece_bytes: int = 0  # How much is written at once, 0 for all of it.
    pause_s: float = 0.0  # Between two pieces.
    kept_open: bool = True  # RFC 9112, section 9.6: a server may close after any answer.

    # Time: every so many answers, 0 for none, one comes late.
    late_every: int = 0
    late_s: float = 0.0

    # Head: RFC 9112, sections 4 and 5.
    capitalized: bool = False  # RFC 9110, section 5.1: names are the same in any case.
    separator: str = ": "  # Blanks around a value mean nothing.
    phrase_told: bool = True  # Clients are to ignore the reason phrase.
    lists_split: bool = False  # RFC 9110, section 5.3: a list may come in several lines.

    @property
    def has_plain_head(self) -> bool:
        """Whether heads are written as any server does."""
        own = (self.capitalized, self.separator, self.phrase_told, self.lists_split)
        return own == (False, ": ", True, False)

    def body(self, answer: Answer) -> bytes:
        """Return the octets of a body."""
        if answer.body is None:
            return b""
        is_text = answer.headers.get("content-type", "").startswith(_PLAIN_TEXT)
        if is_text and isinstance(answer.body, str):
            return answer.body.encode()
        return self._json(answer.body).encode("utf-8", "replace")

    def _json(self, value: Json) -> str:
        if self.all_escaped:
            return _escaped(value)
        if self.indented:
            text = json.dumps(value, indent="\t", separators=(" ,", " : "))
            return f" {text}\n".replace("\n", "\r\n")
        return json.dumps(value, ensure_ascii=self.ascii_only)

    def encoded(self, body: bytes, accepted: str) -> tuple[bytes, dict[str, str]]:
        """Return the body as it is sent, with headers; `accepted` is `Accept-Encoding`."""
        if not (self.compressed and body and "gzip" in accepted.lower()):
            return body, {}
        return gzip.compress(body, compresslevel=1, mtime=0), {"content-encoding": "gzip"}

    def framing(self, status: int, length: int) -> dict[str, str]:
        """Return the headers that tell where an answer ends."""
        told = {} if self.kept_open else {"connection": "close"}
        if status == 204 or not self.length_told:  # noqa: PLR2004  No Content.
            return told
        return {**told, "content-length": str(length)}

    def pieces(self, body: bytes) -> list[bytes]:
        """Cut a body into what is written at once."""
        if not self.piece_bytes or not body:
            return [body]
        return [body[at : at + self.piece_bytes] for at in range(0, len(body), self.piece_bytes)]

    def head(self, head: bytes) -> bytes:
        """Rewrite the head of an answer, status line and headers, as it should look."""
        status, *lines = head.decode("latin-1").split("\r\n")
        if not self.phrase_told:
            status = f"{' '.join(status.split(' ')[:2])} "
        rewritten = [each for line in lines for each in self._lines(line)]
        return "\r\n".join([status, *rewritten]).encode("latin-1")

    def _lines(self, line: str) -> Iterator[str]:
        name, colon, text = line.partition(":")
        if not colon:
            yield line
            return
        name = name.title() if self.capitalized else name
        for value in _elements(name, text) if self.lists_split else [text]:
            yield f"{name}{self.separator}{value.strip()}"


PLAIN: Final = Wire()
"""Answers in the plainest way."""


def _elements(name: str, text: str) -> list[str]:
    """Return the elements of a list; other values may hold commas that separate nothing."""
    return text.split(",") if name.lower() in {"cache-control", "vary"} else [text]


def _escaped(value: Json) -> str:
    """Write JSON with every character of every text escaped."""
    if isinstance(value, str):
        units = value.encode("utf-16-be", "surrogatepass").hex()
        escapes = (f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
        return f'"{"".join(escapes)}"'
    if isinstance(value, dict):
        members = (f"{_escaped(name)}:{_escaped(each)}" for name, each in value.items())
        return f"{{{','.join(members)}}}"
    if isinstance(value, list):
        return f"[{','.join(map(_escaped, value))}]"
    return json.dumps(value)
