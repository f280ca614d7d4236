"""The npm package `oauth2-mock-server`, of a fixed version, installed where a run asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from benchmarks.processes import output_of

if TYPE_CHECKING:
    from pathlib import Path

VERSION: Final = "9.3.0"
_PROGRAM: Final = "node_modules/oauth2-mock-server/dist/oauth2-mock-server.mjs"


def install(folder: Path) -> list[str]:
    """Install the package into a folder and return the command that starts it."""
    options = ["--silent", "--no-fund", "--no-audit", "--no-save"]
    wanted = f"oauth2-mock-server@{VERSION}"
    output_of(["npm", "install", *options, "--prefix", str(folder), wanted])
    return ["node", str(folder / _PROGRAM), "-a", "127.0.0.1", "-p", "0"]
