"""What every pytest run pays for the installed plugin: next to nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SUITES = Path(__file__).parents[2] / "suites"

MOST_MODULES = 6
HEAVY = {
    "aiohttp",
    "cryptography",
    "dotenv",
    "firebase_messaging",
    "http.client",
    "httptools",
    "hypothesis",
    "jsonschema",
    "jwt",
    "mailslurp_client",
    "prettytable",
    "pyotp",
    "requests",
    "segno",
    "trustme",
    "urllib3",
    "uvicorn",
    "uvloop",
}


def added_by(statement: str) -> set[str]:
    """The modules that a statement loads in a fresh interpreter that has loaded pytest."""
    program = (
        f"import sys, pytest; before = set(sys.modules); {statement};"
        "print('\\n'.join(sorted(set(sys.modules) - before)))"
    )
    command = [sys.executable, "-c", program]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def test_plugin_loads_a_handful_of_modules() -> None:
    """The entry point loads at most six modules of ours and nothing else."""
    added = added_by("import pytest_auth0_mfa.plugin")
    foreign = {name for name in added if name.partition(".")[0] != "pytest_auth0_mfa"}
    assert set() == foreign
    assert len(added) <= MOST_MODULES


@pytest.mark.parametrize(
    "module", ["pytest_auth0_mfa", "pytest_auth0_mfa.guardian", "pytest_auth0_mfa.schemas"]
)
def test_public_packages_load_nothing_heavy(module: str) -> None:
    """The top level and the schemas are cheap to import; libraries load when first used."""
    assert set() == added_by(f"import {module}") & HEAVY


def test_names_are_loaded_when_first_used() -> None:
    """A public name brings its home, and only then."""
    assert "pytest_auth0_mfa.api.secret" in added_by("from pytest_auth0_mfa import Secret")
    assert "pytest_auth0_mfa.api.secret" not in added_by("import pytest_auth0_mfa")


@pytest.mark.parametrize(("factor", "is_loaded"), [("otp", False), ("sms", True)])
def test_mailslurp_client_is_loaded_when_a_message_is_read(factor: str, *, is_loaded: bool) -> None:
    """The slowest of the libraries is loaded by runs that have a use for it, and by no other."""
    arguments = [str(SUITES / "test_confirmation.py"), "-q", "-p", "no:cacheprovider"]
    program = (
        f"import sys, pytest; pytest.main({[*arguments, f'--auth0-factors={factor}']!r});"
        "print('loaded:', 'mailslurp_client' in sys.modules)"
    )
    command = [sys.executable, "-c", program]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert f"loaded: {is_loaded}" in printed


def test_command_loads_the_mock_only_when_asked() -> None:
    """`auth0-mfa --version` does not wait for a server's libraries."""
    assert set() == added_by("import pytest_auth0_mfa.cli") & HEAVY
