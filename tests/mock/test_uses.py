"""A used code, sent once more over another connection: at once, later, and where news travels."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from tests.mock.conftest import EXTENSION, FORM

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.mock.conftest import Harness, Reply

SLOW = "code-accepted-twice-at-once"
"""News travels for ten seconds."""


@pytest.fixture
def slow(make_tenant: Callable[..., Harness]) -> Harness:
    """A tenant of several servers that do not know at once what the others know."""
    return make_tenant(SLOW)


def sends(tenant: Harness, grant: str, connection: str, **parameters: str) -> Reply:
    """Ask for tokens over a connection."""
    form = {"grant_type": f"{EXTENSION}{grant}", **tenant.client, **parameters}
    body, headers = urlencode(form).encode(), {"content-type": FORM}
    parts = {"body": body, "headers": headers, "connection": connection}
    return tenant.request("POST", "/oauth/token", **parts)


def proof(tenant: Harness, factor: str) -> tuple[str, dict[str, str]]:
    """The grant and the parameters of a right code."""
    if factor == "sms":
        phone = tenant.recipient("sms").enroll()
        phone.challenge(challenge_type="oob")
        told = {"oob_code": phone.oob_code, "binding_code": phone.code()}
        return "mfa-oob", {"mfa_token": phone.mfa_token, **told}
    user = tenant.person().enroll()
    if factor == "recovery-code":
        code = {"recovery_code": user.recovery_code}
        return "mfa-recovery-code", {"mfa_token": user.mfa_token(), **code}
    return "mfa-otp", {"mfa_token": user.mfa_token(), "otp": user.code()}


@pytest.mark.parametrize("factor", ["otp", "sms", "recovery-code"])
class TestUsedCode:
    """One code, sent twice."""

    def test_is_used_on_every_connection(self, tenant: Harness, factor: str) -> None:
        """The documented tenant knows at once."""
        grant, told = proof(tenant, factor)
        assert 200 == sends(tenant, grant, "one", **told).status
        assert 403 == sends(tenant, grant, "another", **told).status

    def test_is_used_elsewhere_after_a_while(self, slow: Harness, factor: str) -> None:
        """Where news travels it is taken again over another connection, until it has arrived."""
        grant, told = proof(slow, factor)
        assert 200 == sends(slow, grant, "one", **told).status
        assert 403 == sends(slow, grant, "one", **told).status
        assert 200 == sends(slow, grant, "another", **told).status
        slow.clock.now += 10
        assert 403 == sends(slow, grant, "third", **told).status
