"""Runs that end before their time: what they created is removed all the same, and nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.plugin.administered import PASSWORD, TEST_TENANT
from tests.plugin.conftest import QUICK, TIMEOUT_S

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.plugin.administered import Administered

INTERRUPTED = 2
LASTING = """
import time
from pathlib import Path

def test_lasting(auth0_tenant):
    users = [auth0_tenant.new_user() for _ in range(3)]
    Path("RUN.ready").write_text(users[0].email)
    while not Path("RUN.go").exists():
        time.sleep(0.01)
"""
LASTING_ENROLLMENT = """
import time
from pathlib import Path

def test_lasting(auth0_tenant):
    auth0_tenant.enroll("otp")
    Path("RUN.ready").touch()
    while not Path("RUN.go").exists():
        time.sleep(0.01)
"""
QUICKLY = """
def test_quickly(auth0_user):
    pass
"""
CRASHING = """
import os
import pytest

@pytest.mark.parametrize("number", range(4))
def test_crashing(number, auth0_user):
    if number == 1:
        os._exit(3)
"""


@contextmanager
def lasting_run(
    administered: Administered, name: str = "one", *options: str, test: str = LASTING
) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A run that has created three users and does not end by itself; the file that lets it."""
    path = administered.project.pytester.path
    path.joinpath(f"lasting_{name}.py").write_text(test.replace("RUN", name), "utf-8")
    command = [sys.executable, "-m", "pytest", *QUICK, *administered.options, *options]
    running = subprocess.Popen(
        [*command, f"lasting_{name}.py"],
        cwd=path,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        wait_for(path / f"{name}.ready", running)
        yield running, path / f"{name}.go"
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
        running.communicate(timeout=TIMEOUT_S)


def wait_for(file: Path, running: subprocess.Popen[str]) -> None:
    """Wait until a run has written a file."""
    deadline = time.monotonic() + TIMEOUT_S
    while not file.exists():
        assert running.poll() is None, running.communicate()[0]
        assert time.monotonic() < deadline
        time.sleep(0.01)


def ended(running: subprocess.Popen[str]) -> tuple[int, str]:
    """Exit status and output of a run that is about to end."""
    text, _ = running.communicate(timeout=TIMEOUT_S)
    return running.returncode, text


@pytest.fixture
def administered(administered: Administered) -> Administered:
    """The tenant, with somebody there whom no run created, and a project that takes one user."""
    administered.administrator.create("somebody@example.test")
    administered.project.write(test_quickly=QUICKLY)
    return administered


def strangers_only(administered: Administered) -> None:
    """Check that nobody is left whom a run created, and that nobody else is gone."""
    assert ["somebody@example.test"] == administered.administrator.emails()


def kill(running: subprocess.Popen[str]) -> None:
    """End a run as `kill -9` does, with all of its processes."""
    os.killpg(running.pid, signal.SIGKILL)
    running.wait(TIMEOUT_S)


class TestKilled:
    """`kill -9` in the middle of a run."""

    def test_next_run_finishes_it(self, administered: Administered) -> None:
        """The next run on the tenant removes what the journal tells of."""
        with lasting_run(administered) as (running, _):
            kill(running)
        assert 4 == len(administered.administrator.emails())
        again = administered.run()
        assert {"passed": 1} == again.outcomes, again.text
        assert "auth0-mfa: removed 4 users" in again.text
        strangers_only(administered)

    def test_sweep_finishes_it(self, administered: Administered) -> None:
        """So does a sweep, however young they are, for their run is dead for sure."""
        with lasting_run(administered) as (running, _):
            kill(running)
        swept = administered.run("--auth0-sweep")
        assert 0 == swept.status, swept.text
        assert 3 == swept.text.count("auth0-mfa: removed mfa-")
        strangers_only(administered)

    def test_sweep_without_a_journal(
        self, administered: Administered, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where the journal is lost, as with a CI container, their marks tell, once old enough."""
        with lasting_run(administered) as (running, _):
            kill(running)
        monkeypatch.setenv("XDG_STATE_HOME", str(administered.project.pytester.path / "another"))
        young = administered.run("--auth0-sweep")
        assert (0, 4) == (young.status, len(administered.administrator.emails())), young.text
        old = administered.run("--auth0-sweep", "--auth0-older-than=0s")
        assert 0 == old.status, old.text
        strangers_only(administered)

    def test_before_the_answer(self, administered: Administered) -> None:
        """A user whose id the run did not live to hear is found by address and mark."""
        with lasting_run(administered) as (running, _):
            kill(running)
        [journal] = (administered.project.pytester.path / "state").rglob("*.jsonl")
        lines = journal.read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in lines if '"created"' not in line]
        journal.write_text("".join(kept) + '{"state": "creat', "utf-8")
        again = administered.run("--auth0-sweep")
        assert 0 == again.status, again.text
        strangers_only(administered)

    def test_distributed(self, administered: Administered) -> None:
        """Controller and workers, all at once."""
        with lasting_run(administered, "one", "-n", "1") as (running, _):
            kill(running)
        assert 4 == len(administered.administrator.emails())
        assert 0 == administered.run("--auth0-sweep").status
        strangers_only(administered)


def test_killed_with_a_given_user(
    administered: Administered, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was enrolled on a given user is taken away by the next run, what was there stays."""
    administer = administered.administrator
    user_id = administer.create("given@example.test")
    methods = f"/users/{user_id}/authentication-methods"
    monkeypatch.setenv("GIVEN", PASSWORD)
    user = '[[user]]\nusername = "given@example.test"\npassword_variable = "GIVEN"\n'
    administered.profile(f'{TEST_TENANT}users = "given"\n{user}')
    with lasting_run(administered, test=LASTING_ENROLLMENT) as (running, _):
        kill(running)
    body = {"type": "email", "name": "own", "email": "given@example.test"}
    assert ["recovery-code", "totp"] == sorted(
        each["type"] for each in administer.ask("GET", methods)
    )
    swept = administered.run("--auth0-sweep")
    assert 0 == swept.status, swept.text
    assert [] == administer.ask("GET", methods)
    administer.ask("POST", methods, body)
    assert {"passed": 1} == administered.run().outcomes
    assert ["email"] == [each["type"] for each in administer.ask("GET", methods)]


class TestInterrupted:
    """Ctrl-C, which reaches every process of the run."""

    @pytest.mark.parametrize("options", [(), ("-n", "1")])
    def test_once(self, administered: Administered, options: tuple[str, ...]) -> None:
        """The run removes what it created before it ends."""
        with lasting_run(administered, "one", *options) as (running, _):
            os.killpg(running.pid, signal.SIGINT)
            status, text = ended(running)
        assert INTERRUPTED == status, text
        assert "auth0-mfa: removed 3 users" in text
        strangers_only(administered)

    def test_twice(self, administered: Administered) -> None:
        """A second one while it removes them is answered; the run finishes nevertheless."""
        administered.profile(TEST_TENANT.replace("1000", "1"))
        with lasting_run(administered) as (running, _):
            os.killpg(running.pid, signal.SIGINT)
            wait_until_removing(administered)
            os.killpg(running.pid, signal.SIGINT)
            status, text = ended(running)
        assert INTERRUPTED == status, text
        assert "press Ctrl-C again to leave them to the next run or --auth0-sweep" in text
        assert "auth0-mfa: removed 3 users" in text
        strangers_only(administered)

    def test_three_times(self, administered: Administered) -> None:
        """Whoever insists gets the prompt back, and the next run removes the rest."""
        administered.profile(TEST_TENANT.replace("1000", "1"))
        with lasting_run(administered) as (running, _):
            os.killpg(running.pid, signal.SIGINT)
            wait_until_removing(administered)
            os.killpg(running.pid, signal.SIGINT)
            time.sleep(0.5)  # Two signals at once would count as one.
            os.killpg(running.pid, signal.SIGINT)
            _, text = ended(running)
        assert "interrupted while users were removed" in text
        assert "Traceback" not in text
        administered.profile()
        assert 0 == administered.run("--auth0-sweep").status
        strangers_only(administered)

    def test_before_the_removal(self, administered: Administered) -> None:
        """One that falls between the last test and the removal does not prevent it."""
        administered.project.pytester.makeconftest(
            "def pytest_sessionfinish():\n    raise KeyboardInterrupt"
        )
        interrupted = administered.run_apart()
        assert 0 != interrupted.status
        assert "auth0-mfa: removed 1 user" in interrupted.text
        strangers_only(administered)


def wait_until_removing(administered: Administered) -> None:
    """Wait until the first user is being deleted."""
    deadline = time.monotonic() + TIMEOUT_S
    while not any(each.method == "DELETE" for each in administered.seen):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_crashed_worker(administered: Administered) -> None:
    """The controller removes what a worker created that died."""
    administered.project.write(test_quickly=CRASHING)
    crashed = administered.run_apart("-n", "2")
    assert 1 == crashed.status, crashed.text
    assert "worker 'gw" in crashed.text
    assert "auth0-mfa: removed 4 users" in crashed.text
    strangers_only(administered)


class TestTogether:
    """Two runs on one tenant at the same time."""

    def test_each_removes_its_own(self, administered: Administered) -> None:
        """One that ends, and a sweep beside it, leave the users of the other alone."""
        with lasting_run(administered) as (running, go):
            with lasting_run(administered, "two") as (other, other_go):
                other_go.touch()
                status, text = ended(other)
                assert 0 == status, text
                assert "auth0-mfa: removed 3 users" in text
            assert 4 == len(administered.administrator.emails())
            swept = administered.run("--auth0-sweep", "--auth0-older-than=0s")
            assert (0, 4) == (swept.status, len(administered.administrator.emails())), swept.text
            go.touch()
            status, text = ended(running)
        assert 0 == status, text
        assert "auth0-mfa: removed 3 users" in text
        strangers_only(administered)


class TestSweep:
    """`--auth0-sweep` by itself."""

    def test_marked_and_old_only(self, administered: Administered) -> None:
        """Two hours are the limit unless another age is given; each removed user is named."""
        create = administered.administrator.create
        create("old@example.com", "a-run", timedelta(hours=3))
        create("young@example.com", "a-run", timedelta(hours=1))
        swept = administered.run("--auth0-sweep")
        assert 0 == swept.status, swept.text
        assert "auth0-mfa: removed old@example.com" in swept.text
        assert "passed" not in swept.text
        assert ["somebody@example.test", "young@example.com"] == administered.administrator.emails()
        swept = administered.run("--auth0-sweep", "--auth0-older-than=50m")
        assert "auth0-mfa: removed young@example.com" in swept.text
        strangers_only(administered)

    def test_nothing_to_do(self, administered: Administered) -> None:
        """That is a good end as well."""
        swept = administered.run("--auth0-sweep")
        assert (0, True) == (swept.status, "nothing to remove" in swept.text), swept.text

    def test_many(self, administered: Administered) -> None:
        """More than fit on one page are all found."""
        for number in range(60):
            administered.administrator.create(f"{number}@example.com", "r", timedelta(hours=3))
        assert 0 == administered.run("--auth0-sweep").status
        strangers_only(administered)

    def test_of_a_mock(self, administered: Administered) -> None:
        """A mock that is named by its URL is swept by the credentials that it gives."""
        administered.administrator.create("old@example.com", "a-run", timedelta(hours=3))
        url = administered.administrator.info["url"]
        swept = administered.project.run("--auth0-sweep", f"--auth0-tenant={url}")
        assert 0 == swept.status, swept.text
        strangers_only(administered)

    @pytest.mark.parametrize("age", ["2", "h", "two hours", "-1h", "1w", "1.5h"])
    def test_what_is_no_age(self, administered: Administered, age: str) -> None:
        """It is told with what would be one."""
        swept = administered.run("--auth0-sweep", f"--auth0-older-than={age}")
        assert 4 == swept.status
        assert f"--auth0-older-than: '{age}' is no age; write a number and one of" in swept.text
        assert "Traceback" not in swept.text

    def test_tenant_that_looks_like_production(self, administered: Administered) -> None:
        """Nobody is deleted there unless somebody says that it may be done."""
        administered.administrator.create("old@example.com", "a-run", timedelta(hours=3))
        administered.profile("")
        swept = administered.run("--auth0-sweep")
        assert 4 == swept.status, swept.text
        assert "pass --auth0-allow-production" in swept.text
        assert [] == administered.requests_to("/api")
        assert 0 == administered.run("--auth0-sweep", "--auth0-allow-production").status
        strangers_only(administered)

    def test_without_credentials(self, administered: Administered) -> None:
        """They are asked for by their variables."""
        (administered.project.pytester.path / ".env").unlink()
        swept = administered.run("--auth0-sweep")
        assert 4 == swept.status
        assert "set AUTH0_MANAGEMENT_CLIENT_ID and AUTH0_MANAGEMENT_CLIENT_SECRET" in swept.text

    def test_missing_scopes(self, administered: Administered) -> None:
        """They are named together."""
        administered.administrator.grant("read:clients")
        swept = administered.run("--auth0-sweep")
        assert 4 == swept.status
        assert "read:users delete:users" in swept.text
