"""The Guardian service of the tenant: where push devices enroll and answer prompts.

Speaks what the SDKs for device makers speak (https://github.com/auth0/Guardian.swift,
https://github.com/auth0/Guardian.Android). It knows devices, their keys and what is awaited from
them; logins and tokens are the business of the grants.
"""

from __future__ import annotations

from typing import Final

MOUNTS: Final = ("/appliance-mfa/api", "/api")
"""Where devices look for the service: under a domain of the tenant, and under one of Guardian's
own such as `tenant.guardian.auth0.com` (Guardian.swift, Guardian/API/APIClient.swift)."""
