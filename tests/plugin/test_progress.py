"""Long waits are spoken of while they last, and where they went is summed up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.plugin.conftest import Project

WAITS = """
import pytest
from pytest_auth0_mfa.api.waits import Cause

@pytest.mark.requirement("MFA-LOGIN-MFA-REQUIRED")
def test_login(mfa_judge, auth0_tenant, auth0_user):
    recorder = auth0_tenant.recorder
    recorder.will_wait(Cause.LIMIT, 42)
    recorder.will_wait(Cause.STEP, 29)
    recorder.will_wait(Cause.STEP, 1)
    mfa_judge.conforms(auth0_tenant.password(auth0_user), "error.mfa-required")
"""
TOLD = "auth0-mfa: waiting for the rate limit of the tenant, 42 s at most"


@pytest.fixture
def waiting(project: Project) -> Project:
    """A project with a test that waits long, for two reasons."""
    project.write(test_one=WAITS)
    return project


@pytest.mark.parametrize("options", [(), ("-q",), ("-v",), ("-s",), ("-p", "no:terminal")])
def test_told_once_in_a_while(waiting: Project, options: tuple[str, ...]) -> None:
    """The first long wait is told on a line of its own, and one that follows at once is not."""
    ended = waiting.run(*options)
    shown = [line for line in ended.text.splitlines() if "waiting for" in line]
    assert ([] if "no:terminal" in options else [TOLD]) == shown
    assert 0 == ended.status, ended.text


def test_silent(waiting: Project) -> None:
    """Whoever wants to hear next to nothing hears nothing of it."""
    assert "waiting for" not in waiting.run("-qq").text


def test_where_it_went(waiting: Project) -> None:
    """The summary says for what was waited, also where a worker did, and the report counts it."""
    ended = waiting.run_apart("-n", "1", "--auth0-report=r.json")
    assert "waited 1 min 12 s: 42 s for rate limits, 30 s for one-time passwords" in ended.text
    assert "waiting for" not in ended.text
