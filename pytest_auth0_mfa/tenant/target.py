"""Which tenant is meant: reads the value of `--auth0-tenant`, sends nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

from pytest_auth0_mfa.errors import SettingsError

MOCK: Final = "mock"
FROM_DOMAIN: Final = ""
"""The value of a bare `--auth0-tenant`: the tenant in AUTH0_DOMAIN."""

_DOMAIN: Final = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


@dataclass(frozen=True, slots=True)
class Target:
    """Where the tenant is.

    `url` is scheme, host and port without a trailing slash, empty for the embedded mock,
    whose address is known once it runs.
    """

    kind: Literal["mock", "domain", "url"]
    url: str = ""

    def __str__(self) -> str:
        """As it is shown to people."""
        return self.url.removeprefix("https://") if self.kind == "domain" else self.url or MOCK


def parse_target(value: str, *, option: str = "--auth0-tenant") -> Target:
    """Read `mock`, a domain, or a URL (`http://` for loopback only).

    Raises `SettingsError` for anything else, an existing path above all: in
    `pytest --auth0-tenant tests` the folder would be taken for the tenant.
    """
    if value == MOCK:
        return Target("mock")
    if Path(value).exists():
        raise SettingsError(
            f"{option}: {value!r} is a path, not a tenant. To name both, write "
            f"{option}=TENANT {value} (with the equals sign), or {value} {option}"
        )
    if "://" in value:
        return _parse_url(value, option)
    if is_domain(value):
        return Target("domain", f"https://{value.lower()}")
    raise SettingsError(
        f"{option}: {value!r} is neither 'mock', nor a domain such as acme.us.auth0.com, nor a "
        "URL such as https://localhost:8443"
    )


def is_domain(value: str) -> bool:
    """Whether a text has the form of a domain name."""
    return _DOMAIN.fullmatch(value.lower()) is not None


def _parse_url(value: str, option: str) -> Target:
    try:
        parts = urlsplit(value)
    except ValueError:
        raise SettingsError(f"{option}: expected https://host[:port], got no such URL") from None
    try:
        valid = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        valid = False
    if not valid or parts.username or parts.path not in {"", "/"} or parts.query or parts.fragment:
        raise SettingsError(
            f"{option}: expected https://host[:port] with no path, user or query, "
            f"got {parts.scheme}://{parts.hostname or ''}{parts.path}"
        )
    if parts.scheme == "http" and not _is_loopback(parts.hostname or ""):
        raise SettingsError(
            f"{option}: http:// is for this machine only (127.0.0.1, localhost), because tokens "
            f"would cross the network in the clear; write https://{parts.netloc}"
        )
    return Target("url", f"{parts.scheme}://{parts.netloc}")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
