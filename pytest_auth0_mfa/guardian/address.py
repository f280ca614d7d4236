"""Where a tenant's device API is: the rule by which the device libraries find it.

The address in the enrollment's URI plays no part: the libraries are given the tenant's domain.
Sources: https://github.com/auth0/Guardian.swift, Guardian/API/APIClient.swift;
https://github.com/auth0/Guardian.Android, GuardianAPIClient.java and its test.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

_MOUNT: Final = "appliance-mfa"
_LEGACY_HOST: Final = re.compile(r"guardian(\.[^.]*)?\.auth0\.com$")
"""Hosts that serve the device API alone, at their root."""


def device_api_url(tenant: str) -> str:
    """The address below which `/api/enroll` and the others are, without a trailing slash.

    `tenant` is a domain (`acme.us.auth0.com`) or a URL. Raises `ValueError` where it is neither.
    """
    url = (tenant if "://" in tenant else f"https://{tenant}").rstrip("/")
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        host = None
    if not host or parts.scheme not in {"http", "https"} or parts.query or parts.fragment:
        raise ValueError(
            f"expected a tenant's domain or URL, such as acme.us.auth0.com, got {tenant!r}"
        )
    return url if _has_no_mount(host, parts.path) else f"{url}/{_MOUNT}"


def _has_no_mount(host: str, path: str) -> bool:
    return _MOUNT in path.split("/") or _LEGACY_HOST.search(host) is not None
