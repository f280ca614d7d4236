"""What is made of the JSON report of a run: one renderer a format, a document in and a text out.

The suffix of a file tells its format. A renderer is a module with `render(document) -> str` that
needs the document alone, so that `auth0-mfa report` makes of an old file what the run would have
written. It is imported when it is first used.
"""

from __future__ import annotations

import os
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from pytest_auth0_mfa.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    Document = Mapping[str, Any]

_MODULES: Final = {
    ".json": "plain",
    ".html": "html",
    ".md": "markdown",
    ".sarif": "sarif",
    ".har": "har",
    ".badge.json": "badge",
}


class _Renderer(Protocol):
    def render(self, document: Document) -> str: ...


def suffixes() -> list[str]:
    """The suffixes that can be written, such as `.json` and `.badge.json`."""
    return [suffix for suffix in _MODULES if find_spec(_module(suffix))]


def suffix_of(path: Path | str) -> str | None:
    """The suffix that tells the format of a file, the longest that fits; None where none does."""
    name = Path(path).name.lower()
    fitting = [each for each in suffixes() if name.endswith(each) and name != each]
    return max(fitting, key=len, default=None)


def render(document: Document, suffix: str) -> str:
    """The report in the format of one of the `suffixes`."""
    return cast("_Renderer", import_module(_module(suffix))).render(document)


def check_target(name: str, option: str, known: list[str] | None = None) -> Path:
    """The path of a file to be written; raises `SettingsError` where it cannot or must not be.

    `option` is how the user named it, `known` the suffixes that are taken, all where it is None.
    """
    taken = suffixes() if known is None else known
    if suffix_of(name) not in taken:
        raise SettingsError(
            f"{option}{name}: the suffix tells the format, and this version writes "
            f"{', '.join(taken)}"
        )
    path = Path(name)
    if not _can_be_written(path):
        raise SettingsError(
            f"{option}{name}: cannot be written there; name a file in a folder that exists and "
            "that you may write to"
        )
    return path


def write(document: Document, path: Path) -> None:
    """Write the report in the format that the suffix of `path` tells.

    Raises `SettingsError` where the system refuses it.
    """
    suffix = suffix_of(path)
    assert suffix is not None  # noqa: S101 - checked by `check_target`
    write_text(render(document, suffix), path)


def write_text(text: str, path: Path) -> None:
    """Write a text in UTF-8; raises `SettingsError` where the system refuses it.

    Half a surrogate pair, which JSON may hold, has no UTF-8 and is escaped.
    """
    try:
        path.write_bytes(text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be written ({error.strerror})") from None


def _module(suffix: str) -> str:
    return f"{__name__}.{_MODULES[suffix]}"


def _can_be_written(path: Path) -> bool:
    if path.exists():
        return not path.is_dir() and os.access(path, os.W_OK)
    folder = path.absolute().parent
    return folder.is_dir() and os.access(folder, os.W_OK)
