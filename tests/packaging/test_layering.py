"""Who may import whom. The rooms of the package, and the one direction between them.

Imports are read from the syntax trees, those for the type checker and those inside functions
included: a dependency is one wherever it stands.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGE = "pytest_auth0_mfa"
CLIENT_ROOMS = {
    "api",
    "baseline",
    "cli",
    "delivery",
    "doctor",
    "explore",
    "factors",
    "guardian",
    "judge",
    "plugin",
    "reports",
    "tenant",
}
SENDING = {"requests", "urllib3", "urllib.request", "http.client", "httpx", "aiohttp"}
LISTENING = {"socket", "socketserver", "http.server", "uvicorn", "wsgiref"}


@dataclass(frozen=True, slots=True)
class Import:
    """One import: the file in which it stands, its room, and what it imports."""

    file: str
    room: str
    target: str

    def goes_to(self, *names: str) -> bool:
        """Whether the target is one of these modules or lies within."""
        return any(self.target == name or self.target.startswith(f"{name}.") for name in names)


def _files() -> Iterator[tuple[str, str, Path]]:
    """Name in the installed package, room and path of every module."""
    for folder, prefix in ((PACKAGE, ""), ("schemas", "schemas/"), ("suites", "suites/")):
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = prefix + path.relative_to(ROOT / folder).as_posix()
            yield name, name.partition("/")[0] if "/" in name else "", path


def _targets(name: str, module: ast.Module) -> Iterator[str]:
    """Every module that is imported, and every name, for a name may be a module."""
    package = [PACKAGE, *name.split("/")[:-1]]
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{origin}.{alias.name}" for alias in node.names)


@pytest.fixture(scope="module")
def imports() -> list[Import]:
    """Every import of the package, the schemas and the suites."""
    return [
        Import(name, room, target)
        for name, room, path in _files()
        for target in _targets(name, ast.parse(path.read_text("utf-8")))
    ]


def files(found: Iterator[Import]) -> set[str]:
    """The files in which imports stand."""
    return {each.file for each in found}


def test_rooms_are_known(imports: list[Import]) -> None:
    """Every room has its rule below; a new one needs one too."""
    rooms = {each.room for each in imports}
    assert {"", "mock", "schemas", "suites", *CLIENT_ROOMS} == rooms


def test_suites_see_the_top_level_only(imports: list[Import]) -> None:
    """What must hold is told in terms of the public package."""
    deep = (
        each
        for each in imports
        if each.room == "suites" and each.goes_to(PACKAGE) and each.target.count(".") > 1
    )
    assert set() == files(deep)


def test_judge_and_schemas_send_nothing(imports: list[Import]) -> None:
    """Judging needs neither HTTP nor pytest."""
    rooms = {"judge", "schemas"}
    wrong = (each for each in imports if each.room in rooms)
    assert set() == files(each for each in wrong if each.goes_to("pytest", *SENDING, *LISTENING))


def test_judge_knows_no_client(imports: list[Import]) -> None:
    """Whatever has the shape of an answer can be judged."""
    others = [f"{PACKAGE}.{room}" for room in (CLIENT_ROOMS | {"mock"}) - {"judge"}]
    assert set() == files(e for e in imports if e.room == "judge" and e.goes_to(*others))


def test_reports_know_documents_alone(imports: list[Import]) -> None:
    """A report is made of the JSON document: by what judges, and by no run, tenant or client."""
    known = [f"{PACKAGE}.{name}" for name in ("reports", "judge", "schemas", "errors", "_version")]
    found = [each for each in imports if each.room == "reports"]
    ours = (each for each in found if each.goes_to(PACKAGE) and not each.goes_to(*known))
    assert set() == files(ours)
    assert set() == files(e for e in found if e.goes_to("pytest", *SENDING, *LISTENING))


def test_doctor_knows_no_run(imports: list[Import]) -> None:
    """A tenant is examined without pytest, and what is wrong with it is told by its answers."""
    known = [f"{PACKAGE}.{name}" for name in ("doctor", "api", "factors", "tenant", "errors")]
    found = [each for each in imports if each.room == "doctor"]
    ours = (each for each in found if each.goes_to(PACKAGE) and not each.goes_to(*known))
    assert {"doctor/document.py"} == files(ours)
    assert set() == files(e for e in found if e.goes_to("pytest", *SENDING, *LISTENING))


def test_baseline_knows_no_run(imports: list[Import]) -> None:
    """A baseline is made of a report and of what the doctor reads; nothing is sent for it."""
    known = [f"{PACKAGE}.{n}" for n in ("baseline", "doctor", "errors", "judge", "schemas")]
    found = [each for each in imports if each.room == "baseline"]
    ours = (each for each in found if each.goes_to(PACKAGE) and not each.goes_to(*known))
    assert set() == files(ours)
    assert set() == files(e for e in found if e.goes_to("pytest", *SENDING, *LISTENING))


def test_command_knows_no_run(imports: list[Import]) -> None:
    """The command works on reports, and starts a mock; it runs no test."""
    rooms = CLIENT_ROOMS - {"cli", "reports", "judge", "tenant"}
    others = [f"{PACKAGE}.{room}" for room in rooms]
    assert set() == files(e for e in imports if e.room == "cli" and e.goes_to(*others))


def test_schemas_know_nobody(imports: list[Import]) -> None:
    """The schemas can be used without the rest."""
    wrong = (
        each
        for each in imports
        if each.room == "schemas"
        and each.goes_to(PACKAGE)
        and not each.goes_to(f"{PACKAGE}.schemas")
    )
    assert set() == files(wrong)


def test_pytest_is_the_plugins_affair(imports: list[Import]) -> None:
    """Outside of the plugin and the suites nothing needs pytest."""
    users = {each.room for each in imports if each.goes_to("pytest", "_pytest")}
    assert {"plugin", "suites"} == users


def test_mock_knows_no_client(imports: list[Import]) -> None:
    """The mock shares no code with what judges it, so that no mistake can be shared either."""
    rooms = [f"{PACKAGE}.{room}" for room in CLIENT_ROOMS | {"schemas", "suites"}]
    assert set() == files(e for e in imports if e.room == "mock" and e.goes_to(*rooms))


def test_client_knows_no_mock(imports: list[Import]) -> None:
    """They meet over HTTP alone; two files start the mock."""
    users = files(e for e in imports if e.room != "mock" and e.goes_to(f"{PACKAGE}.mock"))
    assert {"plugin/embedding.py", "cli/mock.py"} == users


def test_device_knows_the_client_alone(imports: list[Import]) -> None:
    """A device can be used with any tenant, with or without the rest of the package."""
    known = [f"{PACKAGE}.{name}" for name in ("api", "errors", "guardian")]
    found = (each for each in imports if each.room == "guardian" and each.goes_to(PACKAGE))
    assert set() == files(each for each in found if not each.goes_to(*known))


def test_two_files_know_firebase(imports: list[Import]) -> None:
    """They are imported when notifications are first received: loading it takes a while."""
    users = files(each for each in imports if each.goes_to("firebase_messaging"))
    assert {"guardian/fcm/client.py", "guardian/fcm/listener.py"} == users


def test_two_files_know_hypothesis(imports: list[Import]) -> None:
    """It is an extra, and imported when an exploration begins."""
    users = files(each for each in imports if each.goes_to("hypothesis"))
    assert {"explore/exploration.py", "explore/machine.py"} == users


def test_model_knows_no_moves(imports: list[Import]) -> None:
    """What must come of a call does not depend on why it is made; nor a move on who draws."""
    explore = f"{PACKAGE}.explore"
    drawing = {"explore/machine.py", "explore/exploration.py"}
    moving = [f"{explore}.{name}" for name in ("moves", "trials", "machine")]
    found = [each for each in imports if each.room == "explore" and each.file not in drawing]
    model = (e for e in found if e.file.count("/") == 1 and e.goes_to(*moving))
    assert set() == files(model)
    moves = (e for e in found if e.file.startswith("explore/moves/") and e.goes_to(*moving[1:]))
    assert set() == files(moves)


def test_one_place_sends(imports: list[Import]) -> None:
    """Every request goes through the transport, which records and redacts it."""
    assert {"api/transport.py"} == files(each for each in imports if each.goes_to(*SENDING))


def test_one_place_listens(imports: list[Import]) -> None:
    """Only the mock's server opens a socket."""
    assert {"mock/server.py"} == files(each for each in imports if each.goes_to(*LISTENING))


def test_engine_has_no_clock_and_no_chance(imports: list[Import]) -> None:
    """The engine is given time and randomness, so that a run can be repeated from its seed."""
    found = (
        each
        for each in imports
        if each.room == "mock" and each.goes_to("time", "datetime.datetime.now", "secrets")
    )
    assert {"mock/server.py"} == files(found)


def test_lower_rooms_do_not_look_up(imports: list[Import]) -> None:
    """Client, factors and delivery know nothing of the plugin; the client knows nobody."""
    plugin = (e for e in imports if e.room != "plugin" and e.goes_to(f"{PACKAGE}.plugin"))
    assert set() == files(plugin)
    others = [f"{PACKAGE}.{room}" for room in CLIENT_ROOMS - {"api"}]
    assert set() == files(e for e in imports if e.room == "api" and e.goes_to(*others))
