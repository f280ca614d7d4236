"""The rule by which a device finds the device API."""

from __future__ import annotations

import pytest

from pytest_auth0_mfa.guardian import device_api_url

MOUNTED = [
    ("acme.us.auth0.com", "https://acme.us.auth0.com/appliance-mfa"),
    ("https://acme.auth0.com/", "https://acme.auth0.com/appliance-mfa"),
    ("https://id.acme.com", "https://id.acme.com/appliance-mfa"),
    ("https://id.acme.com/mfa", "https://id.acme.com/mfa/appliance-mfa"),
    ("http://127.0.0.1:41233", "http://127.0.0.1:41233/appliance-mfa"),
    (
        "samples.guardian.some.thing.auth0.com",
        "https://samples.guardian.some.thing.auth0.com/appliance-mfa",
    ),
    ("guardian.us.auth0.com.evil.example", "https://guardian.us.auth0.com.evil.example/appliance-mfa"),
]  # fmt: skip
ROOTED = [
    "https://guardian.auth0.com",
    "https://acme.guardian.auth0.com",
    "https://acme.guardian.us.auth0.com",
    "https://guardian.eu.auth0.com",
    "https://acme.us.auth0.com/appliance-mfa",
    "https://id.acme.com/appliance-mfa/v2",
]


@pytest.mark.parametrize(("tenant", "expected"), MOUNTED)
def test_mounted(tenant: str, expected: str) -> None:
    """Below `/appliance-mfa` on a tenant's own domain."""
    assert expected == device_api_url(tenant)


@pytest.mark.parametrize("tenant", ROOTED)
def test_rooted(tenant: str) -> None:
    """At the root of a host of its own, or where the address says so already."""
    assert tenant == device_api_url(f"{tenant}/")


@pytest.mark.parametrize(
    "tenant", ["", "https://", "ftp://acme.auth0.com", "https://a/?b=c", "https://[", "a.b#c"]
)
def test_no_address(tenant: str) -> None:
    """What is no address is refused with an example of one."""
    with pytest.raises(ValueError, match=r"domain or URL, such as acme\.us\.auth0\.com, got '"):
        device_api_url(tenant)
