"""The journal: what a process is about to create on a tenant, written down before it does.

One append-only file of JSON lines for each process, in a folder for each tenant under the user's
state folder. A line is on the disk before the request is sent, so that nothing is forgotten
however the process ends. The process holds a lock for as long as it lives, and the system lets go
of it with the process: a journal whose lock can be had belongs to nobody any more. No secret is in
it.
"""

from __future__ import annotations

import json
import os
import platform
import re
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from pytest_auth0_mfa.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from filelock import BaseFileLock

State = Literal["creating", "created", "using"]
"""About to be created; created, with its id; a given user in use, with what it had before."""

_SUFFIX: Final = ".jsonl"
_UNFIT: Final = re.compile(r"[^\w.-]")


@dataclass(slots=True)
class Entry:
    """A user of which something is to be removed.

    `user_id` is known once it is created; `had` are the ids of the authentication methods that a
    given user had before the run.
    """

    email: str
    state: State
    user_id: str | None = None
    had: list[str] = field(default_factory=list)


class Journal:
    """The journal of this process, which is the only one to write it."""

    def __init__(self, folder: Path, run: str, worker: str) -> None:
        """Write nothing yet; the file is made with the first entry."""
        self._path = folder / f"{run}-{worker}{_SUFFIX}"
        self._run = run
        self._lock: BaseFileLock | None = None
        self._file: int | None = None

    def creating(self, email: str) -> None:
        """Write down that a user with this address is about to be created."""
        self._write(state="creating", email=email)
        self._sync()

    def created(self, email: str, user_id: str) -> None:
        """Write down that it was; should this be lost, its address and its mark tell as much."""
        self._write(state="created", email=email, user_id=user_id)

    def using(self, email: str, user_id: str, had: list[str]) -> None:
        """Write down that a given user is in use, and what it had before."""
        self._write(state="using", email=email, user_id=user_id, had=had)
        self._sync()

    def close(self) -> None:
        """Let go of the journal: whoever comes next may finish it."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _write(self, **entry: object) -> None:
        if self._file is None:
            self._file = self._opened()
            self._line(run=self._run, host=platform.node(), pid=os.getpid())
        self._line(**entry)

    def _line(self, **entry: object) -> None:
        assert self._file is not None  # noqa: S101 - for the type checker; opened before
        os.write(self._file, json.dumps(entry).encode() + b"\n")

    def _sync(self) -> None:
        """See that it outlives the machine, too; a process may die without that."""
        if self._file is not None:
            os.fsync(self._file)

    def _opened(self) -> int:
        """Lock first, so that nobody ever sees an unlocked journal of a living process."""
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = _lock(self._path)
            self._lock.acquire(timeout=0)
            return os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        except OSError as error:
            raise SettingsError(
                f"the journal {self._path} cannot be written ({error.strerror or error}), and no "
                "user is created without one: name a folder that can be written in XDG_STATE_HOME"
            ) from None


class Abandoned:
    """The journal of a process that is gone, locked for whoever finishes it."""

    def __init__(self, path: Path) -> None:
        """Read what is in the file; a last line that was cut off was never acted upon."""
        self._path = path
        self._entries: dict[str, Entry] = {}
        self.run = ""
        self.host = ""
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            self._take(line)

    @property
    def entries(self) -> list[Entry]:
        """What is left to be removed, the latest first."""
        return list(reversed(self._entries.values()))

    def removed(self, entry: Entry) -> None:
        """Write down that nothing is left of this entry; without any the file goes."""
        del self._entries[entry.email]
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"state": "removed", "email": entry.email}) + "\n")

    def discard_if_done(self) -> None:
        """Remove the file where nothing is left to do."""
        if not self._entries:
            self._path.unlink(missing_ok=True)
            with suppress(OSError):  # Windows keeps what is locked.
                _lock_file(self._path).unlink()

    def _take(self, line: str) -> None:
        try:
            read = json.loads(line)
        except ValueError:
            return
        if "run" in read:
            self.run, self.host = str(read["run"]), str(read.get("host"))
        elif read.get("state") == "removed":
            self._entries.pop(str(read.get("email")), None)
        elif "email" in read:
            entry = Entry(read["email"], read["state"], read.get("user_id"), read.get("had", []))
            self._entries[entry.email] = entry


def folder_of(tenant_url: str, root: Path | None = None) -> Path:
    """The folder of the journals of one tenant, under the user's state folder if no other."""
    return (root or state_folder()) / _UNFIT.sub("_", tenant_url.partition("://")[2])


def state_folder() -> Path:
    """The user's folder for what outlives a run: XDG_STATE_HOME, or what stands for it.

    Source: https://specifications.freedesktop.org/basedir-spec/latest/
    """
    local = os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else None
    home = os.environ.get("XDG_STATE_HOME") or local or Path.home() / ".local" / "state"
    return Path(home) / "pytest-auth0-mfa"


@contextmanager
def abandoned(folder: Path) -> Iterator[list[Abandoned]]:
    """The journals of this machine that no living process has, locked until the end of the block.

    Those of another machine, in a folder that is shared, are left alone: its locks may not be
    seen from here.
    """
    found: list[Abandoned] = []
    locks: list[BaseFileLock] = []
    try:
        for path in sorted(folder.glob(f"*{_SUFFIX}")):
            lock = _lock(path)
            if not _acquired(lock):
                continue
            locks.append(lock)
            journal = Abandoned(path) if path.exists() else None
            if journal and journal.host in {"", platform.node()}:
                found.append(journal)
        yield found
    finally:
        for journal in found:
            journal.discard_if_done()
        for lock in locks:
            lock.release()


def living_runs(folder: Path) -> set[str]:
    """The runs that have a journal held by a living process, or one of another machine."""
    living = set()
    for path in folder.glob(f"*{_SUFFIX}"):
        run, host = _head(path)
        lock = _lock(path)
        if not _acquired(lock):
            living.add(run)
            continue
        lock.release()
        if host not in {"", platform.node()}:
            living.add(run)
    return living


def _head(path: Path) -> tuple[str, str]:
    """Run and machine of a journal, empty where it does not say so yet."""
    try:
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        read: Mapping[str, object] = json.loads(first)
    except (OSError, ValueError):
        return "", ""
    return str(read.get("run", "")), str(read.get("host", ""))


def _acquired(lock: BaseFileLock) -> bool:
    from filelock import Timeout  # noqa: PLC0415 - where users are created only

    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    return True


def _lock(path: Path) -> BaseFileLock:
    from filelock import FileLock  # noqa: PLC0415 - where users are created only

    return FileLock(_lock_file(path))


def _lock_file(path: Path) -> Path:
    return path.with_suffix(".lock")
