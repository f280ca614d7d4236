"""Proxies that the environment names: for the tenant and for MailSlurp, never for this machine."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.api.transport import Transport, way_to
from pytest_auth0_mfa.delivery.mailslurp_account import Account
from pytest_auth0_mfa.errors import Disturbance, Undelivered
from tests.network.conftest import CUSTOM

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pytest_auth0_mfa.mock.server import MockServer
    from tests.network.forward_proxy import ForwardProxy

URL = f"https://{CUSTOM}"
DISCOVERY = "/.well-known/openid-configuration"


@pytest.fixture
def transport(tenant: MockServer) -> Iterator[Transport]:
    """A transport to the tenant's custom domain."""
    opened = Transport(URL, Recorder(), verify=str(tenant.info["ca_file"]))
    yield opened
    opened.close()


@pytest.fixture
def account(tenant: MockServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Account]:
    """The tenant's MailSlurp by the custom domain, whose authority the environment names."""
    described = tenant.info["mailslurp"]
    assert isinstance(described, dict)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tenant.info["ca_file"]))
    opened = Account(f"{URL}/__mailslurp__", described["api_key"], None)
    yield opened
    opened.close()


class TestTenant:
    """Requests to a tenant on another machine."""

    def test_reached(
        self, transport: Transport, proxy: ForwardProxy, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A name that only the proxy knows is found, and what answers believes in that name."""
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        assert f"{URL}/" == transport.send("GET", DISCOVERY).get("issuer")
        assert [f"{CUSTOM}:443"] == proxy.asked

    def test_no_proxy(
        self, transport: Transport, proxy: ForwardProxy, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """An exception in NO_PROXY is heeded."""
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        monkeypatch.setenv("NO_PROXY", "example.test")
        with pytest.raises(Disturbance, match="the name is unknown here"):
            transport.send("GET", DISCOVERY)
        assert [] == proxy.asked

    def test_password(
        self, transport: Transport, proxy: ForwardProxy, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A proxy that asks for a password gets the one in the variable."""
        proxy.credentials = f"Basic {b64encode(b'me:planted').decode()}"
        monkeypatch.setenv("HTTPS_PROXY", proxy.url.replace("://", "://me:planted@"))
        assert transport.send("GET", DISCOVERY).accepted

    def test_refused(
        self, transport: Transport, proxy: ForwardProxy, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A proxy that lets nobody through is blamed, its password not shown."""
        proxy.credentials = "Basic other"
        monkeypatch.setenv("HTTPS_PROXY", proxy.url.replace("://", "://me:planted@"))
        with pytest.raises(Disturbance, match="the proxy cannot be reached or lets") as raised:
            transport.send("GET", DISCOVERY)
        assert "HTTPS_PROXY" in str(raised.value)
        assert "planted" not in str(raised.value)

    @pytest.mark.parametrize("scheme", ["http", "socks5"])
    def test_unusable(
        self, transport: Transport, silent_url: str, monkeypatch: pytest.MonkeyPatch, scheme: str
    ) -> None:
        """A proxy that is not there, or of a kind that is not spoken, is blamed as well."""
        monkeypatch.setenv("HTTPS_PROXY", silent_url.replace("http", scheme))
        with pytest.raises(Disturbance, match="the proxy cannot be reached or lets"):
            transport.send("GET", DISCOVERY)


def test_this_machine(
    tenant: MockServer, proxy: ForwardProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy is never asked for loopback."""
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    url = str(tenant.info["url"])
    transport = Transport(url, Recorder(), verify=str(tenant.info["ca_file"]))
    assert transport.send("GET", DISCOVERY).accepted
    transport.close()
    assert (None, []) == (way_to(url).proxy, proxy.asked)


def test_netrc_leaves_bearers_alone(
    proxy: ForwardProxy, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A password in .netrc does not take the place of a bearer token."""
    netrc = tmp_path / "netrc"
    netrc.write_text(f"machine {CUSTOM} login me password planted\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", proxy.url)
    transport = Transport(f"http://{CUSTOM}", Recorder())
    sent = {"Authorization": "Bearer a-token"}
    assert "Bearer a-token" == transport.send("GET", "/x", headers=sent).body
    assert "None" == transport.send("GET", "/x").body
    transport.close()


class TestMailSlurp:
    """MailSlurp's client, which looks at no variable itself."""

    def test_reached(
        self, account: Account, proxy: ForwardProxy, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It goes through the proxy with the password in the variable."""
        proxy.credentials = f"Basic {b64encode(b'me:planted').decode()}"
        monkeypatch.setenv("HTTPS_PROXY", proxy.url.replace("://", "://me:planted@"))
        assert account.phone_numbers()
        assert [f"{CUSTOM}:443"] == proxy.asked

    def test_refused(
        self, account: Account, proxy: ForwardProxy, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A proxy that lets nobody through is one of the reasons that are told."""
        proxy.credentials = "Basic other"
        monkeypatch.setenv("HTTPS_PROXY", proxy.url)
        with pytest.raises(Undelivered, match="see the network, proxies and MAILSLURP_URL"):
            account.phone_numbers()

    def test_unusable(self, account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
        """A proxy of a kind that its client does not speak is told as such."""
        monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
        with pytest.raises(Undelivered, match="speaks to http:// and https:// proxies alone"):
            account.phone_numbers()


@pytest.mark.parametrize(
    ("variables", "proxy"),
    [
        ({}, None),
        ({"HTTPS_PROXY": "proxy.example.test:3128"}, "http://proxy.example.test:3128"),
        ({"ALL_PROXY": "http://proxy.example.test"}, "http://proxy.example.test"),
        ({"HTTP_PROXY": "http://proxy.example.test"}, None),
        ({"HTTPS_PROXY": "http://proxy.example.test", "NO_PROXY": CUSTOM}, None),
    ],
)
def test_way(
    monkeypatch: pytest.MonkeyPatch, variables: Mapping[str, str], proxy: str | None
) -> None:
    """The way to a URL is the one that requests would take."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert proxy == way_to(URL).proxy
