"""docs/clients.md names the versions that are driven, and the deviations that are tried."""

from __future__ import annotations

import json
import re
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest
from packaging.version import Version

from tests.clients.test_node import FOLDER, INSISTENCE
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = (ROOT / "docs" / "clients.md").read_text("utf-8")


def named_versions() -> Iterator[tuple[str, str]]:
    """Each client with the version that the first table gives."""
    for names, numbers in re.findall(r"^\| (`\S.*?`) \| ([\d., b]+) \|", PAGE, re.MULTILINE):
        yield from zip(names.replace("`", "").split(", "), numbers.split(", "), strict=True)


def test_javascript() -> None:
    """They are those of package.json, which are exact; otpauth is no client."""
    wanted = json.loads((FOLDER / "package.json").read_text("utf-8"))["dependencies"]
    del wanted["otpauth"]
    assert wanted == {name: v for name, v in named_versions() if name in wanted}


@pytest.mark.parametrize("client", ["auth0-server-python", "auth0-python", "Authlib", "joserfc"])
def test_python(client: str) -> None:
    """The version that is installed is of the same major one."""
    told = dict(named_versions())[client]
    assert Version(told).major == Version(version(client)).major


def test_deviations() -> None:
    """The second table lists what is tried."""
    listed = set(re.findall(r"^\| `([a-z-]+)` \| `?[@a-z]", PAGE, re.MULTILINE))
    assert {deviation for _, deviation, _ in INSISTENCE} <= listed
