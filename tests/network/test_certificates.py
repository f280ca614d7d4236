"""Certificates: whom a run trusts, and what it says of a server that it does not trust."""

from __future__ import annotations

import os
import ssl
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.api.certificates import authorities, why_refused
from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.api.transport import Transport
from pytest_auth0_mfa.errors import Disturbance, SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import trustme


def told(url: str, verify: bool | str) -> str:  # noqa: FBT001  As the transport has it.
    """What a request to a server that cannot be trusted fails with."""
    transport = Transport(url, Recorder(), verify=verify)
    with pytest.raises(Disturbance) as raised:
        transport.send("GET", "/x")
    transport.close()
    assert "\n" not in str(raised.value)
    return str(raised.value)


class TestServer:
    """A server whose certificate is refused: each reason has its own words."""

    def test_unknown_authority(self, serve_tls: Callable[..., str]) -> None:
        """The remedy is the variable that names the authority."""
        assert "Name its authority's file in AUTH0_CA_FILE" in told(serve_tls("127.0.0.1"), True)  # noqa: FBT003

    @pytest.mark.parametrize("name", ["other.example.test", "127.0.0.9"])
    def test_other_host(self, serve_tls: Callable[..., str], ca_file: Path, name: str) -> None:
        """A certificate of another host is not blamed on its authority."""
        message = told(serve_tls(name), str(ca_file))
        assert "is for another host than 127.0.0.1" in message
        assert "AUTH0_CA_FILE" not in message

    def test_expired(self, serve_tls: Callable[..., str], ca_file: Path) -> None:
        """A certificate that has expired is told as such."""
        yesterday = datetime.now(timezone.utc) - timedelta(days=1)
        assert "has expired" in told(serve_tls("127.0.0.1", yesterday), str(ca_file))

    def test_no_tls(self, serve: Callable[..., str]) -> None:
        """A server that speaks HTTP in the clear has no certificate to blame."""
        url = serve(lambda _: None).replace("http://", "https://")
        assert "TLS is not spoken there" in told(url, True)  # noqa: FBT003

    def test_other_faults(self) -> None:
        """What has no words of its own is told by OpenSSL's name for it."""
        fault = ssl.SSLError(1, "[SSL: NO_PROTOCOLS_AVAILABLE] no protocols available (_ssl.c:1)")
        assert "no TLS connection (unknown reason)" in why_refused(fault, "https://a.test")
        fault.reason = "NO_PROTOCOLS_AVAILABLE"
        assert "(NO_PROTOCOLS_AVAILABLE)" in why_refused(ValueError(fault), "https://a.test")


class TestFile:
    """The file that AUTH0_CA_FILE names."""

    def test_none(self) -> None:
        """Without one, the public authorities are trusted."""
        assert [True, True] == [authorities(None), authorities("")]

    def test_usable(self, ca_file: Path) -> None:
        """A file with a certificate is trusted."""
        assert str(ca_file) == authorities(str(ca_file))

    def test_folder(self, tmp_path: Path) -> None:
        """A folder is no file."""
        with pytest.raises(SettingsError, match=r"AUTH0_CA_FILE: .* is no file"):
            authorities(str(tmp_path))

    @pytest.mark.parametrize("text", ["", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n"])
    def test_no_pem(self, tmp_path: Path, text: str) -> None:
        """A file of another kind is told before anything is sent."""
        path = tmp_path / "ca.pem"
        path.write_text(text)
        with pytest.raises(SettingsError, match="holds no certificate in PEM form"):
            authorities(str(path))

    def test_der(self, tmp_path: Path, authority: trustme.CA) -> None:
        """A certificate in the other usual form is told with the command that turns it."""
        path = tmp_path / "ca.der"
        path.write_bytes(ssl.PEM_cert_to_DER_cert(authority.cert_pem.bytes().decode()))
        with pytest.raises(SettingsError, match="openssl x509 -inform der"):
            authorities(str(path))

    @pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
    def test_unreadable(self, ca_file: Path, tmp_path: Path) -> None:
        """A file that may not be read is told with the system's reason."""
        path = tmp_path / "ca.pem"
        path.write_bytes(ca_file.read_bytes())
        path.chmod(0)
        with pytest.raises(SettingsError, match="cannot be read"):
            authorities(str(path))
