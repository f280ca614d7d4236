"""Servers with certificates of every kind, and a tenant that is reached by made-up names."""

from __future__ import annotations

import ssl
import threading
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
import trustme

from pytest_auth0_mfa.mock.server import MockServer
from tests.network.forward_proxy import ForwardProxy, forwarding
from tests.plugin.conftest import (  # noqa: F401  Fixtures for runs in a user's project.
    modules_that_load_once,
    plain_environment,
    project,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

CANONICAL = "acme.us.auth0.com"
CUSTOM = "login.example.test"
PROXY_VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")


@pytest.fixture(autouse=True)
def no_network_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what the machine says of proxies and authorities."""
    for name in (*PROXY_VARIABLES, *BUNDLES):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """A certificate authority."""
    return trustme.CA()


@pytest.fixture(scope="session")
def ca_file(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its certificate."""
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return path


@pytest.fixture
def serve_tls(authority: trustme.CA) -> Iterator[Callable[..., str]]:
    """A starter of servers on loopback whose certificate is for one name; returns the URL."""
    with ExitStack() as running:

        def start(name: str, not_after: datetime | None = None) -> str:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            authority.issue_cert(name, not_after=not_after).configure_cert(context)
            server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
            server.handle_error = lambda *_: None  # type: ignore[method-assign]
            server.socket = context.wrap_socket(server.socket, server_side=True)
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
            running.callback(server.server_close)
            running.callback(server.shutdown)
            return f"https://127.0.0.1:{server.server_address[1]}"

        yield start


@pytest.fixture(scope="session")
def tenant() -> Iterator[MockServer]:
    """A mock that serves TLS, with a canonical domain and a custom one."""
    with MockServer(tls=True, tls_names=[CUSTOM], canonical_domain=CANONICAL) as server:
        yield server


@pytest.fixture
def proxy(tenant: MockServer) -> Iterator[ForwardProxy]:
    """A forward proxy by which alone the tenant's domains are found."""
    address = ("127.0.0.1", int(str(tenant.info["url"]).rpartition(":")[2]))
    with forwarding(ForwardProxy({CUSTOM: address, CANONICAL: address})) as running:
        yield running
