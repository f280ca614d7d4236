"""The worked example: its tests pass as a reader would run them, and a page quotes it."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SHOP = ROOT / "docs" / "examples" / "shop"
PAGE = ROOT / "docs" / "testing-your-own-screens.md"
TIMEOUT_S = 120


def test_passes(bare_environment: Mapping[str, str], tmp_path: Path) -> None:
    """Every test of the shop passes against the mock, with warnings taken for errors."""
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider"],
        cwd=SHOP,
        env={**bare_environment, "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    assert 0 == ended.returncode, ended.stdout
    assert re.search(r"^20 passed in", ended.stdout, re.MULTILINE), ended.stdout


def quotes() -> list[str]:
    """The examples of the page."""
    return re.findall(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("quoted", quotes())
def test_page_quotes_the_example(quoted: str) -> None:
    """What the page shows stands in the example, to the letter."""
    assert any(quoted in path.read_text("utf-8") for path in (SHOP / "tests").glob("*.py"))


def test_there_are_quotes() -> None:
    """The test above has something to compare."""
    assert 5 < len(quotes())
