"""The listening socket: what only a real connection can show."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import pytest
import requests

from pytest_auth0_mfa.mock.bodies import SIZE_LIMIT
from pytest_auth0_mfa.mock.server import MockServer

if TYPE_CHECKING:
    from collections.abc import Iterator

TIMEOUT_S = 10


@pytest.fixture(scope="module")
def server() -> Iterator[MockServer]:
    """Return a listening mock."""
    with MockServer(seed=1) as listening:
        yield listening


def url(server: MockServer, path: str = "") -> str:
    """Return the address of a path."""
    return f"{server.info['url']}{path}"


def create_user(server: MockServer) -> dict[str, Any]:
    """Create a user and return the answer."""
    body = {"email": "user@example.com", "password": "correct horse"}
    answer = requests.post(url(server, "/__mock__/users"), json=body, timeout=TIMEOUT_S)
    return dict(answer.json())


def test_introduction_is_what_the_server_tells(server: MockServer) -> None:
    """`info` is the control plane's answer without its version."""
    told = requests.get(str(server.info["control"]), timeout=TIMEOUT_S).json()
    del told["version"]
    assert server.info == told


def test_form_reaches_the_engine(server: MockServer) -> None:
    """A login as a form is answered as recorded, header for header."""
    create_user(server)
    form = {
        "grant_type": "password",
        "username": "user@example.com",
        "password": "correct horse",
        "client_id": server.info["client_id"],
        "client_secret": server.info["client_secret"],
    }
    answer = requests.post(url(server, "/oauth/token"), data=form, timeout=TIMEOUT_S)
    assert answer.status_code == 403
    assert len(answer.json()["mfa_token"]) == 1986
    assert answer.headers["content-type"] == "application/json"
    assert {"server", "strict-transport-security"}.isdisjoint(answer.headers)


def test_path_is_decoded(server: MockServer) -> None:
    """An encoded id reaches the route of ids, an encoded name its endpoint."""
    paths = ["/mfa/authenticators/totp%7Cdev_0123456789abcdef", "/mfa/%61uthenticators/x"]
    statuses = [requests.delete(url(server, path), timeout=TIMEOUT_S).status_code for path in paths]
    assert [401, 401] == statuses


def test_host_header_decides_the_address(server: MockServer) -> None:
    """Behind a proxy that ends TLS, every address in an answer is the proxy's."""
    headers = {"host": "proxy.example:8443", "x-forwarded-proto": "https, http"}
    path = "/.well-known/openid-configuration"
    answer = requests.get(url(server, path), headers=headers, timeout=TIMEOUT_S)
    assert answer.json()["issuer"] == "https://proxy.example:8443/"
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


def test_head_has_no_body(server: MockServer) -> None:
    """HEAD answers as GET would, without the body."""
    answer = requests.head(url(server, "/.well-known/jwks.json"), timeout=TIMEOUT_S)
    assert (answer.status_code, answer.content) == (200, b"")


def test_connection_survives_an_empty_answer(server: MockServer) -> None:
    """After a 204 the connection carries the next request."""
    with requests.Session() as session:
        first = session.options(url(server, "/oauth/token"), timeout=TIMEOUT_S)
        second = session.get(url(server, "/.well-known/jwks.json"), timeout=TIMEOUT_S)
    assert (first.status_code, second.status_code) == (204, 200)
    assert "content-length" not in first.headers


def test_large_body_is_refused(server: MockServer) -> None:
    """A body above the limit is answered with 413 without being kept."""
    body = b"x" * (SIZE_LIMIT * 4)
    answer = requests.post(url(server, "/oauth/token"), data=body, timeout=TIMEOUT_S)
    assert answer.status_code == 413


def test_request_without_host(server: MockServer) -> None:
    """HTTP/1.0 knows no Host header; the address is then the socket's own."""
    address = ("127.0.0.1", int(url(server).rpartition(":")[2]))
    with socket.create_connection(address, TIMEOUT_S) as connection:
        connection.sendall(b"GET /__mock__ HTTP/1.0\r\n\r\n")
        received = b"".join(iter(lambda: connection.recv(4096), b""))
    assert f'"url": "{url(server)}"'.encode() in received


def test_stop_releases_the_port() -> None:
    """A stopped server answers no more, and stopping again is fine."""
    server = MockServer()
    server.start()
    server.stop()
    server.stop()
    with pytest.raises(requests.ConnectionError):
        requests.get(url(server), timeout=TIMEOUT_S)


def test_server_that_never_started_can_be_stopped() -> None:
    """Its port is released, too."""
    server = MockServer()
    server.stop()
    port = int(url(server).rpartition(":")[2])
    MockServer(port=port).stop()


def test_port_that_is_taken(server: MockServer) -> None:
    """The error is the system's."""
    port = int(url(server).rpartition(":")[2])
    with pytest.raises(OSError, match="in use"):
        MockServer(port=port)


def test_unknown_deviation() -> None:
    """The name that nobody knows is told."""
    with pytest.raises(ValueError, match="'nonsense'"):
        MockServer(["nonsense"])


def test_deviation_and_latency_reach_the_engine() -> None:
    """The server passes on how the tenant is to be."""
    with MockServer(["list-without-bearer-as-400"], latency_ms=1) as server:
        answer = requests.get(url(server, "/mfa/authenticators"), timeout=TIMEOUT_S)
    assert answer.status_code == 400


def test_tls() -> None:
    """The CA of the run verifies the server, and issuers are https."""
    with MockServer(tls=True) as server:
        path = url(server, "/.well-known/openid-configuration")
        answer = requests.get(path, verify=str(server.info["ca_file"]), timeout=TIMEOUT_S)
        assert answer.json()["issuer"] == f"{server.info['url']}/"
        assert url(server).startswith("https://")
        assert "strict-transport-security" in answer.headers
