"""The registry of formats, and reading a report that there is."""

from __future__ import annotations

import json
import re
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from pytest_auth0_mfa import schemas
from pytest_auth0_mfa.errors import SettingsError
from pytest_auth0_mfa.plugin.options import OPTIONS
from pytest_auth0_mfa.reports import check_target, suffix_of, suffixes, write
from pytest_auth0_mfa.reports.reading import read_report
from tests.conftest import ROOT
from tests.reports.conftest import document, entry

if TYPE_CHECKING:
    from pathlib import Path

WRITTEN = [".json", ".md", ".sarif", ".har", ".badge.json"]


def test_the_document_by_hand_is_a_report(whole: dict[str, Any]) -> None:
    """What these tests render is what runs write."""
    jsonschema.validate(whole, schemas.report_schema())


def test_suffixes() -> None:
    """Each format has one suffix; that of a renderer which is not installed is not offered."""
    page = [".html"] if find_spec("pytest_auth0_mfa.reports.html") else []
    assert sorted([*WRITTEN, *page]) == sorted(suffixes())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("r.json", ".json"),
        ("a/r.badge.json", ".badge.json"),
        ("R.MD", ".md"),
        ("acme.us.auth0.com.har", ".har"),
        ("r.pdf", None),
        ("r", None),
        (".json", None),
    ],
)
def test_suffix_tells_the_format(name: str, expected: str | None) -> None:
    """The longest suffix that fits decides; a name must have more than a suffix."""
    assert expected == suffix_of(name)


@pytest.mark.parametrize("suffix", WRITTEN)
def test_written(suffix: str, whole: dict[str, Any], tmp_path: Path) -> None:
    """Every format is written, in UTF-8, whatever the texts hold."""
    path = tmp_path / f"r{suffix}"
    whole["requirements"][1].update(title="✓ \ud800", reason="\x1b[2J")
    whole["exchanges"][0]["request"]["body"] = {"otp": "\ud800"}
    write(whole, path)
    assert path.read_text("utf-8").endswith("\n")


def test_document_survives(whole: dict[str, Any], tmp_path: Path) -> None:
    """What is written as JSON is read as it was."""
    write(whole, tmp_path / "r.json")
    assert whole == read_report(tmp_path / "r.json")


class TestTarget:
    """Where a report is to be written."""

    def test_unknown_suffix(self) -> None:
        """The suffixes that there are, are listed."""
        with pytest.raises(
            SettingsError, match=r"^-o r\.pdf: the suffix .* \.json, .*\.badge\.json"
        ):
            check_target("r.pdf", "-o ")

    def test_folder(self, tmp_path: Path) -> None:
        """A folder is no file, and a file no folder."""
        (tmp_path / "r.json").mkdir()
        (tmp_path / "f").touch()
        for name in ("r.json", "f/r.json", "no/r.json"):
            with pytest.raises(SettingsError, match=r"cannot be written there; name a file in a"):
                check_target(str(tmp_path / name), "-o ")

    def test_no_permission(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A folder that the user may not write to is told before the run."""
        monkeypatch.setattr("os.access", lambda _path, _mode: False)
        with pytest.raises(SettingsError, match="cannot be written there"):
            check_target(str(tmp_path / "r.json"), "-o ")

    def test_refused_in_the_end(self, whole: dict[str, Any], tmp_path: Path) -> None:
        """What the system refuses is told in a line."""
        with pytest.raises(SettingsError, match=r"r\.md: cannot be written \(No such file"):
            write(whole, tmp_path / "gone" / "r.md")


class TestReading:
    """Files that are no report of this version."""

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            (b"", "not JSON: Expecting value"),
            (b"<html>", "not JSON: Expecting value"),
            (b"\xff", "not JSON: 'utf-8' codec"),
            (b"[" * 200_000, "not JSON: "),
            (b"[1]", "JSON, but not a report of a run: it has no schema_version"),
            (b'{"openapi": "3.1.0"}', "JSON, but not a report of a run"),
            (b'{"schema_version": 2}', "schema_version 2 is of a newer pytest-auth0-mfa"),
            (b'{"schema_version": "x"}', "not a report of a run: at "),
            (b'{"schema_version": 1}', "not a report of a run: at the top: 'tool' is a required"),
        ],
    )
    def test_told_in_a_line(self, text: bytes, told: str, tmp_path: Path) -> None:
        """What is wrong is told in one line that names the file."""
        path = tmp_path / "r.json"
        path.write_bytes(text)
        with pytest.raises(SettingsError) as caught:
            read_report(path)
        assert str(caught.value).startswith(f"{path}: {told}")
        assert "\n" not in str(caught.value)

    def test_place_of_a_mistake(self, tmp_path: Path) -> None:
        """In a report with a mistake the place is told."""
        path, wrong = tmp_path / "r.json", document(entry("conforms"))
        wrong["requirements"][0]["verdict"] = "splendid"
        path.write_text(json.dumps(wrong), "utf-8")
        with pytest.raises(SettingsError, match="at requirements/0/verdict: 'splendid' is not one"):
            read_report(path)

    def test_missing(self, tmp_path: Path) -> None:
        """A file that is not there is told with the system's reason."""
        with pytest.raises(SettingsError, match=r"cannot be read \(No such file or directory\)"):
            read_report(tmp_path / "no.json")

    def test_with_a_mark(self, whole: dict[str, Any], tmp_path: Path) -> None:
        """The byte order mark of editors on Windows does no harm."""
        path = tmp_path / "r.json"
        path.write_text(json.dumps(whole), "utf-8-sig")
        assert whole == read_report(path)


def test_page_tells_of_every_format() -> None:
    """The documentation has a row for each suffix, and the help of the option names it."""
    page = (ROOT / "docs" / "reports.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\.[a-z.]+)` \|", page, re.MULTILINE)
    assert sorted({*suffixes(), ".html"}) == sorted(rows)
    [told] = [option.help for option in OPTIONS if option.name == "auth0_report"]
    assert all(row in told for row in rows)
