"""`--auth0-variation`: the embedded mock differs as it was asked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.plugin.conftest import Project

ONE_TEST = """
    import requests

    def test_one(auth0_tenant):
        answer = requests.get(f"{auth0_tenant.url}/mfa/authenticators", timeout=10)
        assert "transfer-encoding" in answer.headers
        assert answer.status_code == 400
        assert "error_uri" in answer.json()
"""
VARIED = "answers-in-chunks,errors-with-uri"


@pytest.fixture
def asking(project: Project) -> Project:
    """A project whose test passes for one tenant only: different in two ways, wrong in one."""
    project.write(test_one=ONE_TEST)
    return project


def test_option(asking: Project) -> None:
    """Variations go together, and with deviations; the header names them all."""
    ended = asking.run(
        "--auth0-variation=answers-in-chunks",
        "--auth0-variation=errors-with-uri",
        "--auth0-deviation=list-without-bearer-as-400",
    )
    assert 0 == ended.status, ended.text
    assert f"variation {VARIED} (option)" in ended.text
    assert "deviation list-without-bearer-as-400 (option)" in ended.text


def test_ini(asking: Project) -> None:
    """The ini file names them in a list."""
    asking.pytester.makeini(
        f"[pytest]\nauth0_variation = {VARIED}\nauth0_deviation = list-without-bearer-as-400"
    )
    ended = asking.run()
    assert 0 == ended.status, ended.text
    assert f"variation {VARIED} (ini)" in ended.text


def test_none(asking: Project) -> None:
    """Without the option the mock is the plain one."""
    assert 1 == asking.run().status
