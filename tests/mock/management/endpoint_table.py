"""The table of the Management API's endpoints, made from what is served.

`python -m tests.mock.management.endpoint_table` writes it into `docs/mock.md`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.mock.management import table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.mock.management.calls import Endpoint

PATH: Final = Path(__file__).parents[3] / "docs" / "mock.md"
_HEAD: Final = (
    "| path under `/api/v2/` | methods | scopes, any of which opens it |\n| --- | --- | --- |\n"
)


def lines() -> str:
    """Return the table as Markdown."""
    return _HEAD + "".join(_row(path, table.ENDPOINTS[path]) for path in sorted(table.ENDPOINTS))


def _row(path: str, methods: Mapping[str, Endpoint]) -> str:
    scopes = dict.fromkeys(scope for each in methods.values() for scope in each.scopes)
    told = ", ".join(f"`{each}`" for each in scopes)
    return f"| `{path.replace(table.ID, '{id}')}` | {' '.join(methods)} | {told} |\n"


def main() -> None:
    """Write the table in the place of the old one."""
    page = PATH.read_text("utf-8")
    pattern = re.escape(_HEAD) + r"(\|.*\n)*"
    PATH.write_text(re.sub(pattern, lambda _: lines(), page), "utf-8")


if __name__ == "__main__":
    main()
