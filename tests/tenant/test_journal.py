"""The journal: on the disk before anything is created, and nobody's once its process is gone."""

from __future__ import annotations

import json
import os
import platform
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.errors import Disturbance, SettingsError
from pytest_auth0_mfa.tenant.journal import Journal, abandoned, folder_of, living_runs, state_folder
from pytest_auth0_mfa.tenant.leftovers import MOST_FAILURES, finish_journals
from pytest_auth0_mfa.tenant.marks import Mark, mark_of, new_mark

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_auth0_mfa.tenant.management.client import ManagementClient


class Deleting:
    """A Management API that notes what it is asked to delete, and fails for some."""

    def __init__(self, *failing: str) -> None:
        """Refuse to delete these."""
        self.failing = failing
        self.asked: list[str] = []
        self.by_email: list[dict[str, object]] = []

    def delete_user(self, user_id: str) -> None:
        """Note the request, and refuse it if it is one of those."""
        self.asked.append(user_id)
        if user_id in self.failing:
            raise Disturbance("no")

    def users_by_email(self, email: str) -> list[dict[str, object]]:
        """Everybody with that address."""
        return [user for user in self.by_email if user["email"] == email]


def finish(deleting: Deleting, folder: Path) -> str:
    """Finish the journals of a folder and return what is told of it."""
    client: ManagementClient = deleting  # type: ignore[assignment]
    return str(finish_journals(client, folder))


def written(folder: Path, *names: str, run: str = "run", worker: str = "main") -> Journal:
    """The journal of a process that has created users of these names."""
    journal = Journal(folder, run, worker)
    for name in names:
        journal.creating(f"{name}@example.com")
        journal.created(f"{name}@example.com", f"auth0|{name}")
    return journal


def test_written_before(tmp_path: Path) -> None:
    """What is about to be created is in the file when the call returns, without any secret."""
    journal = Journal(tmp_path, "run", "gw0")
    journal.creating("a@example.com")
    [path] = tmp_path.glob("*.jsonl")
    head, line = (json.loads(each) for each in path.read_text("utf-8").splitlines())
    assert {"run": "run", "host": platform.node(), "pid": os.getpid()} == head
    assert {"state": "creating", "email": "a@example.com"} == line
    journal.close()


def test_nothing_is_written_without_need(tmp_path: Path) -> None:
    """A process that creates nobody leaves no file."""
    Journal(tmp_path / "none", "run", "main").close()
    assert [] == list(tmp_path.iterdir())


def test_held(tmp_path: Path) -> None:
    """While its process lives nobody finishes a journal."""
    journal = written(tmp_path, "a")
    deleting = Deleting()
    assert "nothing to remove" == finish(deleting, tmp_path)
    assert ([], {"run"}) == (deleting.asked, living_runs(tmp_path))
    journal.close()
    assert set() == living_runs(tmp_path)
    assert "removed 1 user" == finish(deleting, tmp_path)


def test_latest_first(tmp_path: Path) -> None:
    """Users go in the reverse order of their creation, and the file goes with the last."""
    written(tmp_path, "a", "b", "c").close()
    deleting = Deleting()
    assert "removed 3 users" == finish(deleting, tmp_path)
    assert ["auth0|c", "auth0|b", "auth0|a"] == deleting.asked
    assert [] == list(tmp_path.glob("*.jsonl"))


def test_failure(tmp_path: Path) -> None:
    """One who cannot be deleted keeps nobody else, and is tried again the next time."""
    written(tmp_path, "a", "b", "c").close()
    told = finish(Deleting("auth0|b"), tmp_path)
    assert "removed 2 users; left 1 user to the next run or --auth0-sweep (no)" == told
    again = Deleting()
    assert "removed 1 user" == finish(again, tmp_path)
    assert ["auth0|b"] == again.asked


def test_tenant_that_is_gone(tmp_path: Path) -> None:
    """After some failures the rest is left without being tried."""
    names = [str(number) for number in range(9)]
    written(tmp_path, *names).close()
    deleting = Deleting(*(f"auth0|{name}" for name in names))
    assert finish(deleting, tmp_path).startswith("left 9 users")
    assert MOST_FAILURES == len(deleting.asked)


def test_one_worker_of_a_living_run_is_done(tmp_path: Path) -> None:
    """What it created may go, and the run still counts as alive."""
    other = written(tmp_path, "b", worker="gw1")
    written(tmp_path, "a", worker="gw0").close()
    deleting = Deleting()
    assert {"run"} == living_runs(tmp_path)
    assert "removed 1 user" == finish(deleting, tmp_path)
    assert ["auth0|a"] == deleting.asked
    other.close()


def test_another_machine(tmp_path: Path) -> None:
    """A journal in a shared folder is left to its machine, and its run counts as alive."""
    written(tmp_path, "a").close()
    [path] = tmp_path.glob("*.jsonl")
    path.write_text(path.read_text("utf-8").replace(platform.node(), "elsewhere"), "utf-8")
    assert {"run"} == living_runs(tmp_path)
    deleting = Deleting()
    assert "nothing to remove" == finish(deleting, tmp_path)
    assert ([], True) == (deleting.asked, path.exists())


def test_unanswered(tmp_path: Path) -> None:
    """A user of unknown id is found by address, and deleted only if the mark is the run's."""
    journal = Journal(tmp_path, "run", "main")
    for name in ("a", "b", "c"):
        journal.creating(f"{name}@example.com")
    journal.close()
    deleting = Deleting()
    deleting.by_email = [
        {"email": "a@example.com", "user_id": "auth0|1", "app_metadata": new_mark("run").to_json()},
        {"email": "b@example.com", "user_id": "auth0|2", "app_metadata": new_mark("xyz").to_json()},
        {"email": "c@example.com", "user_id": "auth0|3"},
    ]
    assert "removed 1 user" == finish(deleting, tmp_path)
    assert ["auth0|1"] == deleting.asked


@pytest.mark.parametrize("cut", [b'{"state": "cre', b"\xff\xfe\n", b"[]garbage\n"])
def test_last_line_is_cut_off(tmp_path: Path, cut: bytes) -> None:
    """What a process did not finish writing it did not act upon."""
    written(tmp_path, "a").close()
    [path] = tmp_path.glob("*.jsonl")
    path.write_bytes(path.read_bytes() + cut)
    assert "removed 1 user" == finish(Deleting(), tmp_path)


def test_empty_file(tmp_path: Path) -> None:
    """A process may have died before its first line."""
    (tmp_path / "run-main.jsonl").touch()
    with abandoned(tmp_path) as journals:
        assert [[]] == [journal.entries for journal in journals]
    assert [] == list(tmp_path.glob("*.jsonl"))


def test_only_the_owner_reads_it(tmp_path: Path) -> None:
    """Addresses of users are nobody else's business."""
    folder = tmp_path / "state"
    journal = written(folder, "a")
    [path] = folder.glob("*.jsonl")
    assert (0o700, 0o600) == (folder.stat().st_mode & 0o777, path.stat().st_mode & 0o777)
    journal.close()


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """It is told with what to do."""
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match=r"no user is created without one: .* XDG_STATE_HOME"):
        Journal(tmp_path / "file", "run", "main").creating("a@example.com")


def test_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each tenant has its own, under the user's state folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert tmp_path / "pytest-auth0-mfa" == state_folder()
    assert state_folder() / "acme.us.auth0.com" == folder_of("https://acme.us.auth0.com")
    assert state_folder() / "127.0.0.1_8080" == folder_of("http://127.0.0.1:8080")


class TestMark:
    """The mark that tells a run's user from any other."""

    def test_there_and_back(self) -> None:
        """It is read as it was written."""
        mark = new_mark("run")
        read = mark_of({"app_metadata": mark.to_json()})
        assert read == Mark("run", mark.created_at.replace(microsecond=0))

    @pytest.mark.parametrize(
        "metadata",
        [
            None,
            {},
            {"pytest_auth0_mfa": "run"},
            {"pytest_auth0_mfa": {"run": "r"}},
            {"pytest_auth0_mfa": {"run": "", "created_at": "2026-01-01T00:00:00+00:00"}},
            {"pytest_auth0_mfa": {"run": 1, "created_at": "2026-01-01T00:00:00+00:00"}},
            {"pytest_auth0_mfa": {"run": "r", "created_at": "yesterday"}},
            {"pytest_auth0_mfa": {"run": "r", "created_at": "2026-01-01T00:00:00"}},
        ],
    )
    def test_what_is_none(self, metadata: object) -> None:
        """Whatever cannot be read is no mark: whom it stands on nobody deletes."""
        assert mark_of({"app_metadata": metadata}) is None
