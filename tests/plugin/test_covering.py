"""What no report of a test carries: ids, collection, crashes, logs; and what stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.plugin.conftest import Project

PLANTED = "planted-Uw3fJ0xk7Rz1mPq9"


@pytest.fixture(autouse=True)
def given(monkeypatch: pytest.MonkeyPatch) -> None:
    """A client secret that the run is given, whatever it tests."""
    monkeypatch.setenv("AUTH0_CLIENT_SECRET", PLANTED)


IN_AN_ID = """
import os
import pytest

@pytest.mark.parametrize("secret", [os.environ["AUTH0_CLIENT_SECRET"]])
def test_one(auth0_tenant, secret):
    pass
"""


def test_a_secret_in_an_id_is_refused(project: Project) -> None:
    """Nothing is run, for pytest writes ids into caches and reports."""
    project.write(test_one=IN_AN_ID)
    ended = project.run("--junitxml=r.xml", "-v")
    assert pytest.ExitCode.USAGE_ERROR == ended.status
    assert "test_one.py::test_one[client_secret]: a secret is part of the id" in ended.text
    assert "name the parameters, as in parametrize(..., ids=[...])" in ended.text
    assert PLANTED not in ended.text


def test_a_secret_in_an_id_is_refused_where_tests_are_distributed(project: Project) -> None:
    """Workers collect, and the main process refuses."""
    project.write(test_one=IN_AN_ID)
    ended = project.run_apart("-n1", "-v", "--auth0-factors=otp", "--junitxml=r.xml")
    assert "test_one.py::test_one[client_secret]: a secret is part of the id" in ended.text
    assert {} == ended.outcomes
    assert PLANTED not in ended.text


def test_a_secret_in_an_id_fails_where_workers_alone_know(project: Project) -> None:
    """A main process without an option of ours knows of nothing; the test is not begun."""
    project.write(test_one=IN_AN_ID)
    ended = project.run_apart("-n1")
    assert {"errors": 1} == ended.outcomes
    assert "a secret is part of the id" in ended.text


def test_a_named_parameter_is_not_refused(project: Project) -> None:
    """Not even by `--setup-show`, which shows its value by itself."""
    project.write(test_one=IN_AN_ID.replace("])\n", "], ids=['given'])\n", 1))
    ended = project.run("--setup-show", "-v")
    assert {"passed": 1} == ended.outcomes
    assert PLANTED not in ended.text


def test_what_fails_while_it_is_imported(project: Project) -> None:
    """Prints, logs and errors of a module."""
    project.write(
        test_one="""
        import logging, os
        secret = os.environ["AUTH0_CLIENT_SECRET"]
        print(secret)
        logging.getLogger().error(secret)
        raise RuntimeError(secret)
        """
    )
    ended = project.run("--auth0-factors=otp", "--junitxml=r.xml")
    assert {"errors": 1} == ended.outcomes
    assert "RuntimeError: client_secret" in ended.text
    assert PLANTED not in ended.text
    assert PLANTED not in (project.pytester.path / "r.xml").read_text("utf-8")


@pytest.mark.parametrize("more", ["", "--full-trace", "-s"])
def test_reason_of_an_exit(project: Project, more: str) -> None:
    """`pytest.exit` has its reason shown last."""
    project.write(
        test_one="""
        import os, pytest

        def test_one(auth0_tenant):
            pytest.exit("over: " + os.environ["AUTH0_CLIENT_SECRET"])
        """
    )
    ended = project.run(*more.split())
    assert "over: client_secret" in ended.text
    assert PLANTED not in ended.text


def test_crash_of_a_plugin(project: Project) -> None:
    """An internal error is shown with its whole traceback."""
    project.pytester.makeconftest(
        """
        import os

        def pytest_collection_finish(session):
            raise RuntimeError("died of " + os.environ["AUTH0_CLIENT_SECRET"])
        """
    )
    project.write(test_one="def test_one(auth0_tenant): pass")
    ended = project.run()
    assert pytest.ExitCode.INTERNAL_ERROR == ended.status
    assert "died of client_secret" in ended.text
    assert PLANTED not in ended.text


def test_tests_see_what_was_written(project: Project) -> None:
    """A test may look for secrets in its back end's logs and output, and must find them there."""
    project.write(
        test_one="""
        import logging, os, sys

        def test_one(auth0_tenant, caplog, capsys):
            secret = os.environ["AUTH0_CLIENT_SECRET"]
            logging.getLogger().warning("logged %s", secret)
            print(secret)
            print(secret, file=sys.stderr)
            assert ["logged " + secret] == caplog.messages
            assert secret in caplog.text
            assert (secret + "\\n", secret + "\\n") == capsys.readouterr()
        """
    )
    for options in ((), ("-s", "--log-cli-level=DEBUG", "--log-file=log.txt")):
        ended = project.run(*options)
        assert {"passed": 1} == ended.outcomes
        assert PLANTED not in ended.text


def test_log_file_is_written_to_the_end(project: Project) -> None:
    """The embedded mock starts in the middle of a run, and closes nobody's log."""
    project.write(
        test_one="""
        import logging, os

        def test_one(auth0_tenant):
            logging.getLogger().warning("now %s", os.environ["AUTH0_CLIENT_SECRET"])
        """
    )
    project.run("--log-file=log.txt")
    written = (project.pytester.path / "log.txt").read_text("utf-8")
    assert written.endswith("now client_secret\n")


def test_streams_are_given_back(project: Project) -> None:
    """Once an uncaptured run is over, nothing of it is left in the process."""
    project.write(test_one="def test_one(auth0_tenant): print(__import__('sys').stdout)")
    script = project.pytester.makepyfile(
        script="""
        import sys
        import pytest

        before = sys.stdout, sys.stderr
        assert 0 == pytest.main(["-s", "test_one.py"])
        assert before == (sys.stdout, sys.stderr)
        print("given back")
        """
    )
    result = project.pytester.runpython(script)
    result.stdout.fnmatch_lines(["*ScrubbedStream*", "given back"])
