"""The suites against a mock that serves TLS, as they run against any tenant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.server import MockServer

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import SuitesRun


def test_every_factor(run_suites: Callable[..., SuitesRun]) -> None:
    """Every factor enrolls, is challenged and logs in over TLS; every verdict is as without."""
    with MockServer(tls=True) as server:
        ended = run_suites(
            f"--auth0-tenant={server.info['url']}",
            "-k",
            "test_right_code or test_access_is",
            AUTH0_CA_FILE=str(server.info["ca_file"]),
        )
    assert (0, {"conforms"}) == (ended.status, set(ended.verdicts().values())), ended.text
    factors = {"any", "otp", "sms", "voice", "email", "push", "recovery-code"}
    assert factors == {factor for _, factor in ended.verdicts()}
