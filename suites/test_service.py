"""What the tenant publishes about itself.

Source: https://openid.net/specs/openid-connect-discovery-1_0.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_auth0_mfa import Judgement, Tenant

requirement = pytest.mark.requirement


@requirement("MFA-DISCOVERY")
def test_tenant_describes_itself(mfa_judge: Judgement, auth0_tenant: Tenant) -> None:
    """Clients configure themselves from the discovery document."""
    answer = auth0_tenant.client.discovery()
    mfa_judge.conforms(answer, "discovery")
    issuer = answer.get("issuer")
    wanted = auth0_tenant.issuer
    mfa_judge.holds(f"issuer {wanted}", str(issuer), when=issuer == wanted, answer=answer)


@requirement("MFA-JWKS")
def test_tenant_publishes_its_keys(mfa_judge: Judgement, auth0_tenant: Tenant) -> None:
    """Verifiers find the signing keys."""
    mfa_judge.conforms(auth0_tenant.client.jwks(), "jwks")
