"""Variations of how answers travel: JSON text, framing, heads, time."""

from __future__ import annotations

from pytest_auth0_mfa.mock.composition import Change
from pytest_auth0_mfa.mock.deviations import edits
from pytest_auth0_mfa.mock.variations import sources
from pytest_auth0_mfa.mock.variations.edits import header_of, together
from pytest_auth0_mfa.mock.variations.model import Variation

_EDGE = together(
    edits.header("server", "cloudflare"),
    edits.header("cf-ray", "8c5d0ef2ab3c1234-FRA"),
    edits.header("cf-cache-status", "DYNAMIC"),
    edits.header("alt-svc", 'h3=":443"; ma=86400'),
    edits.header("set-cookie", "did=s%3Av0%3A5b7; Path=/; HttpOnly; SameSite=None"),
)

TEXT = (
    Variation(
        "json-indented",
        "JSON is written over several lines, with blanks around every sign",
        "Blanks between tokens mean nothing",
        f"{sources.JSON}#section-2",
        wire={"indented": True},
    ),
    Variation(
        "json-all-escaped",
        "Every character in JSON is written as an escape",
        "Any character may be escaped",
        f"{sources.JSON}#section-7",
        wire={"all_escaped": True},
    ),
    Variation(
        "json-in-utf-8",
        "Characters outside ASCII are sent as UTF-8, not as escapes",
        "JSON is UTF-8, and escapes are needed for three kinds of characters only",
        f"{sources.JSON}#section-8.1",
        wire={"ascii_only": False},
    ),
    Variation(
        "json-with-charset-everywhere",
        "/oauth/token names a charset too",
        "Recordings of /mfa/* have one, those of /oauth/token have none",
        sources.RECORDINGS,
        changes=(
            Change("token.", edits.header("content-type", "application/json; charset=utf-8")),
            Change("error.", edits.header("content-type", "application/json; charset=utf-8")),
        ),
    ),
    Variation(
        "json-without-charset",
        "No answer names a charset",
        "The media type has no such parameter",
        f"{sources.JSON}#section-11",
        changes=(Change("", header_of("content-type", lambda text: text.partition(";")[0])),),
    ),
    Variation(
        "media-type-in-capitals",
        "The media type is written in capitals, its parameter in quotes",
        "Types and names of parameters are the same in any case, and values may be quoted",
        f"{sources.HTTP}#section-8.3.1",
        changes=(
            Change(
                "",
                header_of("content-type", lambda _: 'Application/JSON ;Charset="UTF-8"'),
            ),
        ),
    ),
)

FRAMING = (
    Variation(
        "answers-in-chunks",
        "Answers come in chunks, without a length",
        "A server may send chunks to any client of HTTP/1.1",
        f"{sources.HTTP_1}#section-7.1",
        wire={"length_told": False, "piece_bytes": 100},
    ),
    Variation(
        "answers-in-segments",
        "Long answers arrive in several parts, with a pause between them",
        "Where a message ends is told by its framing, not by how it arrives",
        f"{sources.HTTP_1}#section-6.3",
        wire={"piece_bytes": 800, "pause_s": 0.001},
    ),
    Variation(
        "answers-compressed",
        "Answers are compressed for clients that take gzip",
        "Content may be encoded as the client accepts it; recorded answers vary by it",
        f"{sources.HTTP}#section-8.4; {sources.OLD_RECORDINGS}",
        wire={"compressed": True},
    ),
    Variation(
        "connection-closed",
        "The connection is closed after every answer",
        "A server may close a connection after any answer",
        f"{sources.HTTP_1}#section-9.6",
        wire={"kept_open": False},
    ),
    Variation(
        "answers-late",
        "Now and then an answer takes a quarter of a second",
        "Nothing is said about how fast answers come",
        f"{sources.HTTP}#section-9.1",
        wire={"late_every": 150, "late_s": 0.25},
    ),
)

HEADS = (
    Variation(
        "header-names-capitalized",
        "Names of headers are written in capitals, as Content-Type",
        "Names are the same in any case",
        f"{sources.HTTP}#section-5.1",
        wire={"capitalized": True},
    ),
    Variation(
        "headers-without-blanks",
        "No blank stands between the name of a header and its value",
        "Blanks around a value are optional",
        f"{sources.HTTP_1}#section-5",
        wire={"separator": ":"},
    ),
    Variation(
        "status-without-phrase",
        "Statuses come without a phrase",
        "The phrase may be empty, and clients are to ignore it",
        f"{sources.HTTP_1}#section-4",
        wire={"phrase_told": False},
    ),
    Variation(
        "cache-control-over-lines",
        "Each directive of Cache-Control has a line of its own",
        "A list may come in several fields of the same name",
        f"{sources.HTTP}#section-5.3",
        wire={"lists_split": True},
    ),
    Variation(
        "headers-of-an-edge",
        "A content network adds headers and a cookie",
        "Recorded answers have them",
        sources.OLD_RECORDINGS,
        changes=(Change("", _EDGE),),
    ),
    Variation(
        "deletion-without-content-type",
        "The empty answer to a deletion names no content type",
        "An answer without content needs none",
        f"{sources.HTTP}#section-8.3",
        changes=(Change("authenticator.deleted", edits.without_headers("content-type")),),
    ),
    Variation(
        "errors-cached-as-tokens",
        "Errors of /oauth/token have the cache headers of tokens, Pragma included",
        "no-store alone is what counts; the longer list was recorded in 2021",
        f"{sources.OAUTH}#section-5.2; {sources.OLD_RECORDINGS}",
        changes=(
            Change(
                "error.",
                together(
                    edits.header("cache-control", "no-store"), edits.header("pragma", "no-cache")
                ),
            ),
        ),
    ),
)
