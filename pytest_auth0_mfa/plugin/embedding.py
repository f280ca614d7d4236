"""Starts the embedded mock tenant: the one place where plugin and mock touch.

Everything after that goes over HTTP, as with any tenant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.errors import SettingsError
from pytest_auth0_mfa.mock.deviations import DEVIATIONS
from pytest_auth0_mfa.mock.hostile.ingredients import Hostility, UnusableHostilityError
from pytest_auth0_mfa.mock.server import MockServer
from pytest_auth0_mfa.spelling import hint

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import ExitStack


def start_mock(
    deviations: Sequence[str], hostile: str | None, cleanup: ExitStack
) -> tuple[str, str]:
    """Start a mock that is wrong in the named ways; returns its URL and CA file (or empty).

    `hostile` says how bad its connections are, if they are; `cleanup` stops it.
    """
    server = MockServer(deviations, hostile=hostile)
    server.start()
    cleanup.callback(server.stop)
    return str(server.info["url"]), str(server.info["ca_file"] or "")


def check_deviations(names: Sequence[str]) -> None:
    """Raise `SettingsError` for the first unknown name."""
    for name in names:
        if name not in DEVIATIONS:
            meant = hint(name, DEVIATIONS, "--auth0-deviation=list prints all")
            raise SettingsError(f"--auth0-deviation: unknown deviation {name!r}; {meant}")


def check_hostility(text: str) -> str:
    """The usual spelling of a seed and its ingredients; raises `SettingsError` for another text."""
    try:
        return str(Hostility.parse(text))
    except UnusableHostilityError as error:
        raise SettingsError(f"--auth0-hostile: {error}") from None


def list_deviations() -> list[str]:
    """One line for each deviation: name, the requirement that must catch it, what is wrong."""
    width = max(map(len, DEVIATIONS), default=0)
    return [
        f"{name:{width}}  {deviation.requirement:35}  {deviation.summary}"
        for name, deviation in sorted(DEVIATIONS.items())
    ]
