"""Standard output that cannot show everything, or that nobody reads."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from pytest_auth0_mfa.cli.printing import put
from tests.reports.conftest import document, entry

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

TIMEOUT_S = 30


def test_narrow_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an output cannot show is escaped."""
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, "ascii", newline="\n"))
    put("✓ a\n")
    assert b"\\u2713 a\n" == written.getvalue()


def test_reader_that_stops(tmp_path: Path) -> None:
    """As in `auth0-mfa compare ... | head`: the command ends as it would, without a word."""
    report = tmp_path / "r.json"
    report.write_text(json.dumps(document(entry("conforms"))), "utf-8")
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "pytest_auth0_mfa.cli", "compare", str(report), str(report)]
    ended = subprocess.run(
        command, stdout=writing, stderr=subprocess.PIPE, timeout=TIMEOUT_S, check=False
    )
    os.close(writing)
    assert (0, b"") == (ended.returncode, ended.stderr)
