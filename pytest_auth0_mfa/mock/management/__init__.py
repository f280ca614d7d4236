"""The Management API of the tenant, as far as provisioning and a look at the configuration need it.

Speaks what Auth0's SDKs speak (https://auth0.com/docs/api/management/v2); shapes and wording are
as recorded (https://github.com/auth0/go-auth0 test/data/recordings,
https://github.com/auth0/auth0-deploy-cli test/e2e/recordings). It changes what the rest of the
tenant goes by and holds no rule of the MFA API itself.
"""

from __future__ import annotations

from typing import Final

from pytest_auth0_mfa.mock.audiences import MANAGEMENT_PATH

PREFIX: Final = MANAGEMENT_PATH
"""What its paths begin with."""
