"""The example of docs/guardian.md, executed as a reader would."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.conftest import ROOT, TIMEOUT_S

if TYPE_CHECKING:
    from pathlib import Path


def test_example_passes(tmp_path: Path, bare_environment: dict[str, str]) -> None:
    """The test that is shown passes against the mock as it stands."""
    document = (ROOT / "docs" / "guardian.md").read_text("utf-8")
    (example,) = re.findall(r"^```python\n(.*?)^```", document, re.DOTALL | re.MULTILINE)
    (tmp_path / "test_example.py").write_text(example, "utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=tmp_path,
        env=bare_environment,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    assert 0 == ended.returncode, ended.stdout + ended.stderr
    assert "1 passed" in ended.stdout
