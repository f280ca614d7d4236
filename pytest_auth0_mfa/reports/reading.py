"""Reading a report that was written to a file, by whichever version."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from pytest_auth0_mfa._version import __version__
from pytest_auth0_mfa.errors import SettingsError
from pytest_auth0_mfa.judge.report import SCHEMA_VERSION
from pytest_auth0_mfa.schemas import report_schema

if TYPE_CHECKING:
    from pathlib import Path

_SHOWN: Final = 80
"""Characters of either end of a complaint of the schema: it may quote the whole document."""


def read_report(path: Path) -> dict[str, Any]:
    """The document in a file; raises `SettingsError` that says in one line why it is no report."""
    try:
        document = json.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror})") from None
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{path}: not JSON: {error}") from None
    _check(document, path)
    assert isinstance(document, dict)  # noqa: S101 - checked
    return document


def _check(document: object, path: Path) -> None:
    if not isinstance(document, dict) or "schema_version" not in document:
        raise SettingsError(
            f"{path}: JSON, but not a report of a run: it has no schema_version; name what "
            "--auth0-report=FILE.json has written"
        )
    found = document["schema_version"]
    if isinstance(found, int) and found > SCHEMA_VERSION:
        raise SettingsError(
            f"{path}: schema_version {found} is of a newer pytest-auth0-mfa; this one, "
            f"{__version__}, reads up to {SCHEMA_VERSION}: upgrade it"
        )
    _check_schema(document, path)


def _check_schema(document: object, path: Path) -> None:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - takes 65 ms

    error = next(iter(Draft202012Validator(report_schema()).iter_errors(document)), None)
    if error is not None:
        where = "/".join(map(str, error.absolute_path)) or "the top"
        told = " ".join(str(error.message).split())
        raise SettingsError(f"{path}: not a report of a run: at {where}: {_cut(told)}")


def _cut(text: str) -> str:
    return text if len(text) <= 2 * _SHOWN else f"{text[:_SHOWN]} ... {text[-_SHOWN:]}"
