"""A baseline as a file: made of a run, written, and read again.

Its shape is `schemas/baseline.schema.json`. It has neither times nor versions nor ids of runs: two
runs on an unchanged tenant write the same bytes.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, Final

from pytest_auth0_mfa.baseline.answers import answers_of
from pytest_auth0_mfa.errors import SettingsError
from pytest_auth0_mfa.schemas import baseline_schema

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    Document = Mapping[str, Any]

SCHEMA_VERSION: Final = 1
KIND: Final = "baseline"
UNKNOWN: Final = "inconclusive"


def document(
    report: Document, configuration: Mapping[str, Any] | None, known: Document | None = None
) -> dict[str, Any]:
    """The baseline of a run, from its JSON report.

    `known` is an earlier baseline of the same tenant, of which a verdict stays where this run came
    to none. `configuration` is None where the Management API was not looked at.
    """
    verdicts: dict[str, dict[str, str]] = {}
    for entry in report["requirements"]:
        verdicts.setdefault(entry["id"], {})[entry["factor"]] = _verdict(entry, known)
    return {
        "schema_version": SCHEMA_VERSION,
        "kind": KIND,
        "tenant": report["run"]["tenant"],
        "verdicts": {id_: dict(sorted(each.items())) for id_, each in sorted(verdicts.items())},
        "answers": answers_of(report["exchanges"]),
        "configuration": configuration,
    }


def _verdict(entry: Mapping[str, Any], known: Document | None) -> str:
    verdict = str(entry["verdict"])
    if verdict != UNKNOWN or known is None:
        return verdict
    return str(known["verdicts"].get(entry["id"], {}).get(entry["factor"], verdict))


def pairs(baseline: Document) -> dict[tuple[str, str], str]:
    """The verdicts by requirement and factor."""
    return {
        (id_, factor): verdict
        for id_, by_factor in baseline["verdicts"].items()
        for factor, verdict in by_factor.items()
    }


def text(baseline: Document) -> str:
    """The bytes of a file: sorted, one member a line."""
    return json.dumps(baseline, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def save(baseline: Document, path: Path) -> None:
    """Write it as a whole or not at all; raises `SettingsError` where it cannot be written."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(text(baseline), "utf-8")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise SettingsError(f"{path}: cannot be written ({error.strerror})") from None


def load(path: Path) -> dict[str, Any]:
    """Read one; raises `SettingsError` that says in one line why a file is none."""
    try:
        read = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(
            f"{path}: cannot be read ({error.strerror}); --auth0-save-baseline={path} writes one"
        ) from None
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{path}: not JSON: {error}") from None
    _check(read, path)
    assert isinstance(read, dict)  # noqa: S101 - checked
    return read


def _check(read: object, path: Path) -> None:
    if not isinstance(read, dict) or read.get("kind") != KIND:
        raise SettingsError(
            f"{path}: JSON, but no baseline; name what --auth0-save-baseline has written"
        )
    version = read.get("schema_version")
    if isinstance(version, int) and version > SCHEMA_VERSION:
        raise SettingsError(
            f"{path}: schema_version {version} is of a newer pytest-auth0-mfa, and this one reads "
            f"up to {SCHEMA_VERSION}: upgrade it"
        )
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - takes 65 ms

    error = next(iter(Draft202012Validator(baseline_schema()).iter_errors(read)), None)
    if error is not None:
        where = "/".join(map(str, error.absolute_path)) or "the top"
        raise SettingsError(f"{path}: no baseline: at {where}: {error.message[:160]}")
