"""The commands that work on reports: `report`, `compare` and `expected`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pytest_auth0_mfa.cli import main
from tests.reports.conftest import document, entry

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Writes a report with these entries into the folder in which the command runs."""
    monkeypatch.chdir(tmp_path)

    def to_file(name: str, *entries: dict[str, Any], **run: str) -> str:
        (tmp_path / name).write_text(json.dumps(document(*entries, **run)), "utf-8")
        return name

    return to_file


def usage(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What the command says where it exits 2; one line, nothing else."""
    try:
        status = main(words)
    except SystemExit as ended:
        status = int(ended.code or 0)
    out, err = capsys.readouterr()
    assert (2, "", 1) == (status, out, err.count("\n"))
    return err


class TestReport:
    """`auth0-mfa report`."""

    def test_every_format(self, write: Callable[..., str], tmp_path: Path) -> None:
        """One report becomes several files; nothing is printed."""
        write("r.json", entry("violates"))
        names = ("r.md", "r.sarif", "r.har", "r.badge.json")
        outputs = (word for name in names for word in ("-o", name))
        assert 0 == main(["report", "r.json", *outputs])
        assert all((tmp_path / name).read_text("utf-8") for name in names)

    def test_counts(self, write: Callable[..., str], capsys: pytest.CaptureFixture[str]) -> None:
        """The counts are what GitHub takes for outputs of a step."""
        write("r.json", entry("violates"), entry("conforms"), entry("conforms"))
        assert 0 == main(["report", "r.json", "--counts"])
        told = capsys.readouterr().out.splitlines()
        assert ["conforms=2", "violates=1"] == told[:2]
        assert 8 == len(told)

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (("r.json",), "auth0-mfa report: say what to make of it: -o FILE with one of .json, "),
            (("r.json", "-o", "r.pdf"), "auth0-mfa report: -o r.pdf: the suffix tells the format"),
            (("r.json", "-o", "no/r.md"), "auth0-mfa report: -o no/r.md: cannot be written there"),
            (("no.json", "-o", "r.md"), "auth0-mfa report: no.json: cannot be read (No such file"),
            (("r.md", "-o", "s.md"), "auth0-mfa report: r.md: not JSON: "),
        ],
    )
    def test_mistakes(
        self,
        write: Callable[..., str],
        capsys: pytest.CaptureFixture[str],
        words: tuple[str, ...],
        told: str,
    ) -> None:
        """A mistake is one line that begins with the command, and exits 2."""
        write("r.json", entry("conforms"))
        main(["report", "r.json", "-o", "r.md"])
        assert usage(capsys, "report", *words).startswith(told)


class TestCompare:
    """`auth0-mfa compare`."""

    @pytest.mark.parametrize(
        ("before", "after", "fail_on", "status"),
        [
            ("conforms", "violates", "regression", 1),
            ("conforms", "untested", "regression", 1),
            ("violates", "conforms", "regression", 0),
            ("violates", "conforms", "difference", 1),
            ("conforms", "conforms", "difference", 0),
            ("conforms", "violates", "never", 0),
        ],
    )
    def test_status(
        self, write: Callable[..., str], before: str, after: str, fail_on: str, status: int
    ) -> None:
        """What is to fail exits 1."""
        write("a.json", entry(before, id="MFA-ONE"))
        write("b.json", entry(after, id="MFA-ONE"))
        assert status == main(["compare", "a.json", "b.json", "--fail-on", fail_on])

    def test_before_and_after(
        self, write: Callable[..., str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Of one tenant, what changed is told with what was and is seen."""
        write("a.json", entry("conforms", id="MFA-ONE", actual="status 403"), entry("known"))
        write("b.json", entry("violates", id="MFA-ONE", actual="status 200"), id="b2")
        assert 1 == main(["compare", "a.json", "b.json"])
        told = capsys.readouterr().out
        assert told.startswith("tenant acme.us.auth0.com, before and after\n")
        assert "worse (1)\n  MFA-ONE [otp]: conforms -> violates (What violates)\n" in told
        assert "      was: expected accepted; actual status 403\n" in told
        assert "      is: expected accepted; actual status 200\n" in told
        assert "disappeared (1)\n  MFA-KNOWN [otp]: known -> - (What known)\n" in told
        assert told.endswith("\n1 worse, 1 disappeared\n")

    def test_two_tenants(self, write: Callable[..., str], tmp_path: Path) -> None:
        """Of two tenants each has a column of its own."""
        write("a.json", entry("conforms", id="MFA-ONE"))
        write("b.json", entry("deviates", id="MFA-ONE", reason="a|b"), tenant="other.com", id="b2")
        main(["compare", "a.json", "b.json", "-o", "c.md", "-o", "c.json"])
        told = (tmp_path / "c.md").read_text("utf-8")
        assert "## tenants acme.us.auth0.com and other.com\n" in told
        assert "| requirement | acme.us.auth0.com | other.com | |\n" in told
        assert "| MFA-ONE \\[otp\\]: What deviates | conforms | deviates | was: " in told
        assert "reason a\\|b" in told
        made = json.loads((tmp_path / "c.json").read_text("utf-8"))
        assert (False, 1) == (made["same_tenant"], made["summary"]["worse"])
        [row] = made["differences"]
        assert ("worse", "conforms", "deviates") == (
            row["change"],
            row["before"]["verdict"],
            row["after"]["verdict"],
        )

    def test_terminal_obeys_no_report(
        self, write: Callable[..., str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        """What a report holds is shown, and not carried out by the terminal."""
        write("a.json", entry("conforms", id="MFA-ONE"))
        write("b.json", entry("violates", id="MFA-ONE", actual="\x1b[2J\ud800"), tenant="\x07")
        main(["compare", "a.json", "b.json"])
        told = capsys.readouterr().out
        assert "actual \ufffd[2J\ufffd" in told
        assert {"\n"} == {each for each in told if not each.isprintable()}

    def test_nothing_differs(
        self, write: Callable[..., str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The same report is the same, and the reader is told that it is one run."""
        write("a.json", entry("conforms"))
        assert 0 == main(["compare", "a.json", "a.json"])
        told = capsys.readouterr().out
        assert "note: both reports are of the same run" in told
        assert told.endswith("\n1 same\n")

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (("a.json",), "auth0-mfa compare: the following arguments are required: AFTER.json"),
            (("a.json", "no.json"), "auth0-mfa compare: no.json: cannot be read"),
            (("a.json", "a.json", "-o", "c.sarif"), "auth0-mfa compare: -o c.sarif: the suffix"),
            (("a.json", "a.json", "--fail-on", "x"), "auth0-mfa compare: argument --fail-on: "),
            (("a.json", "newer.json"), "auth0-mfa compare: newer.json: schema_version 2 is of a"),
        ],
    )
    def test_mistakes(
        self,
        write: Callable[..., str],
        capsys: pytest.CaptureFixture[str],
        tmp_path: Path,
        words: tuple[str, ...],
        told: str,
    ) -> None:
        """A mistake is one line, and never taken for a regression."""
        write("a.json", entry("conforms"))
        (tmp_path / "newer.json").write_text('{"schema_version": 2}', "utf-8")
        assert usage(capsys, "compare", *words).startswith(told)


class TestExpected:
    """`auth0-mfa expected`."""

    def test_blocks(self, write: Callable[..., str], capsys: pytest.CaptureFixture[str]) -> None:
        """What violates is printed for the profile, with owner and last day."""
        write("r.json", entry("violates"), entry("conforms"))
        words = ["expected", "r.json", "--owner", "me", "--expires", "2026-12-31"]
        assert 0 == main(words)
        told = capsys.readouterr().out
        assert 1 == told.count("[[expected-failure]]")
        assert 'owner = "me"\nexpires = 2026-12-31\n' in told

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (("--expires", "soon"), "argument --expires: expected a date such as 2026-12-31, got"),
            (("--owner", " "), "argument --owner: expected a name, got nothing"),
        ],
    )
    def test_mistakes(
        self,
        write: Callable[..., str],
        capsys: pytest.CaptureFixture[str],
        words: tuple[str, ...],
        told: str,
    ) -> None:
        """A mistake is one line."""
        write("r.json", entry("violates"))
        assert told in usage(capsys, "expected", "r.json", *words)
