"""How answers are written: each variation of it seen on a socket, and none of it by a client."""

from __future__ import annotations

import socket
from itertools import accumulate
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
import requests

from pytest_auth0_mfa.mock.server import MockServer
from pytest_auth0_mfa.mock.variations import VARIATIONS

if TYPE_CHECKING:
    from collections.abc import Callable

TIMEOUT_S = 20
PATH = "/%C3%A9t%C3%A9"
NO_SUCH_ENDPOINT = {"error": "not_found", "error_description": "No such endpoint: /été"}
DISCOVERY = "/.well-known/openid-configuration"

SEEN: dict[str, Callable[[bytes, bytes], bool]] = {
    "json-indented": lambda _, body: body.startswith(b" {\r\n\t") and b'" : "' in body,
    "json-all-escaped": lambda _, body: b'{"\\u0065\\u0072' in body and b"error" not in body,
    "json-in-utf-8": lambda _, body: "été".encode() in body,
    "answers-in-chunks": lambda head, body: (
        b"transfer-encoding: chunked" in head
        and b"content-length" not in head
        and body.endswith(b"\r\n0\r\n\r\n")
    ),
    "connection-closed": lambda head, _: b"connection: close" in head,
    "answers-compressed": lambda head, body: (
        b"content-encoding: gzip" in head and body.startswith(b"\x1f\x8b")
    ),
    "header-names-capitalized": lambda head, _: b"\r\nContent-Type: " in head,
    "headers-without-blanks": lambda head, _: b"\r\ncontent-type:application" in head,
    "status-without-phrase": lambda head, _: head.startswith(b"HTTP/1.1 404 \r\n"),
    "cache-control-over-lines": lambda head, _: head.count(b"\r\ncache-control: no-") > 2,
}
"""Variation -> whether head and body, as they came, show it."""

TIMED = {"answers-late", "answers-in-segments"}
"""Those that show in when something comes."""


def connect(server: MockServer) -> socket.socket:
    """Open a connection to a mock."""
    host, _, port = urlsplit(str(server.info["url"])).netloc.partition(":")
    connection = socket.create_connection((host, int(port)), TIMEOUT_S)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def request(path: str, *, closing: bool) -> bytes:
    """A request as a client writes it."""
    last = b"Connection: close\r\n" if closing else b""
    head = f"GET {path} HTTP/1.1\r\nHost: tenant.example\r\nAccept-Encoding: gzip\r\n"
    return head.encode() + last + b"\r\n"


def read_to_end(connection: socket.socket) -> list[bytes]:
    """What arrives until the server closes, as it arrives."""
    return [*iter(lambda: connection.recv(65_536), b"")]


def exchange(server: MockServer, path: str, *, closing: bool = True) -> tuple[bytes, bytes]:
    """The head and the body of an answer, as octets."""
    with connect(server) as connection:
        connection.sendall(request(path, closing=closing))
        head, _, body = b"".join(read_to_end(connection)).partition(b"\r\n\r\n")
    return head, body


def test_every_way_of_writing_is_looked_at() -> None:
    """No variation of the wire is without its test."""
    written = {name for name, each in VARIATIONS.items() if each.wire}
    assert written == SEEN.keys() | TIMED


@pytest.mark.parametrize("name", SEEN)
def test_variation_is_seen_on_the_wire(name: str) -> None:
    """The octets show it, and those of the plain mock do not."""
    with MockServer() as plain, MockServer(variations=[name]) as varied:
        closing = name != "connection-closed"
        assert SEEN[name](*exchange(varied, PATH, closing=closing))
        assert closing is not SEEN[name](*exchange(plain, PATH))


@pytest.mark.parametrize("name", [*SEEN, *sorted(TIMED)])
def test_client_reads_the_same(name: str) -> None:
    """An HTTP library gives the same status and the same value, twice on one connection."""
    with MockServer(variations=[name]) as server, requests.Session() as client:
        for _ in range(2):
            answer = client.get(f"{server.info['url']}{PATH}", timeout=TIMEOUT_S)
            assert (404, NO_SUCH_ENDPOINT) == (answer.status_code, answer.json())


def test_connection_is_closed_by_the_server() -> None:
    """It closes though nobody asked; a plain one keeps the connection for the next request."""
    with MockServer(variations=["connection-closed"]) as server:
        head, body = exchange(server, PATH, closing=False)
    assert head.startswith(b"HTTP/1.1 404")
    assert body.endswith(b"}")


def test_compression_is_for_those_who_take_it() -> None:
    """A client that does not name gzip gets plain content."""
    with MockServer(variations=["answers-compressed"]) as server:
        headers = {"accept-encoding": "identity"}
        answer = requests.get(f"{server.info['url']}{PATH}", headers=headers, timeout=TIMEOUT_S)
    assert "content-encoding" not in answer.headers


def test_answer_comes_late() -> None:
    """Of many answers one takes a quarter of a second."""
    with MockServer(variations=["answers-late"]) as server, requests.Session() as client:
        started, slowest = monotonic(), 0.0
        for _ in range(150):
            client.get(f"{server.info['url']}{PATH}", timeout=TIMEOUT_S)
            started, slowest = monotonic(), max(slowest, monotonic() - started)
    assert slowest >= 0.25


def test_answer_comes_in_segments() -> None:
    """A long body arrives in parts; there are several tries, for parts may be read at once."""
    with MockServer(variations=["answers-in-segments"]) as server:
        assert any(is_cut_within_body(server) for _ in range(50))


def is_cut_within_body(server: MockServer) -> bool:
    """Whether part of a body arrives before the rest of it."""
    with connect(server) as connection:
        connection.sendall(request(DISCOVERY, closing=True))
        parts = read_to_end(connection)
    whole = b"".join(parts)
    body = range(whole.index(b"\r\n\r\n") + 5, len(whole))
    return any(end in body for end in accumulate(map(len, parts)))


def test_deletion_has_no_content() -> None:
    """An empty answer stays empty, however others are written."""
    names = ["answers-in-chunks", "answers-compressed", "json-indented"]
    with MockServer(variations=names) as server:
        answer = requests.options(f"{server.info['url']}/oauth/token", timeout=TIMEOUT_S)
    assert (204, b"") == (answer.status_code, answer.content)
    assert {"transfer-encoding", "content-encoding", "content-length"}.isdisjoint(answer.headers)


def test_plain_text_is_no_json() -> None:
    """A refusal in plain text is sent as it is, without quotes."""
    with MockServer(variations=["userinfo-refused-in-plain-text"]) as server:
        answer = requests.get(f"{server.info['url']}/userinfo", timeout=TIMEOUT_S)
    assert (401, "Unauthorized") == (answer.status_code, answer.text)
    assert answer.headers["content-type"].startswith("text/plain")


def test_tls() -> None:
    """Heads are rewritten on an encrypted connection too."""
    names = ["header-names-capitalized", "status-without-phrase"]
    with MockServer(variations=names, tls=True) as server:
        verify = str(server.info["ca_file"])
        answer = requests.get(f"{server.info['url']}{PATH}", verify=verify, timeout=TIMEOUT_S)
    assert (404, "") == (answer.status_code, answer.reason)
    assert "Content-Type" in list(answer.headers)
