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
    from collections.abc import Collection, Mapping, Sequence
    from contextlib import ExitStack

    from pytest_auth0_mfa.mock.variations import Variation


def start_mock(
    deviations: Sequence[str],
    variations: Sequence[str],
    hostile: str | None,
    cleanup: ExitStack,
) -> tuple[str, str]:
    """Start a mock that is wrong, or different, in the named ways; `cleanup` stops it.

    `hostile` says how bad its connections are, if they are. Returns its URL and CA file (or empty).
    """
    server = MockServer(deviations, variations=variations, hostile=hostile)
    server.start()
    cleanup.callback(server.stop)
    return str(server.info["url"]), str(server.info["ca_file"] or "")


def check_names(names: Sequence[str], kind: str) -> None:
    """Raise `SettingsError` for the first unknown name of a `deviation` or `variation`."""
    known: Collection[str] = DEVIATIONS if kind == "deviation" else _variations()
    for name in names:
        if name not in known:
            meant = hint(name, known, f"--auth0-{kind}=list prints all")
            raise SettingsError(f"--auth0-{kind}: unknown {kind} {name!r}; {meant}")


def check_hostility(text: str) -> str:
    """The usual spelling of a seed and its ingredients; raises `SettingsError` for another text."""
    try:
        return str(Hostility.parse(text))
    except UnusableHostilityError as error:
        raise SettingsError(f"--auth0-hostile: {error}") from None


def list_names(option: str) -> list[str]:
    """One line for each name that `auth0_deviation`, or `auth0_variation`, takes, in order."""
    return _deviation_lines() if option == "auth0_deviation" else _variation_lines()


def _deviation_lines() -> list[str]:
    """Name, the requirement that must catch it, what is wrong."""
    width = max(map(len, DEVIATIONS), default=0)
    return [
        f"{name:{width}}  {deviation.requirement:35}  {deviation.summary}"
        for name, deviation in sorted(DEVIATIONS.items())
    ]


def _variation_lines() -> list[str]:
    """Name, in what the mock differs."""
    variations = _variations()
    width = max(map(len, variations), default=0)
    return [f"{name:{width}}  {each.summary}" for name, each in sorted(variations.items())]


def _variations() -> Mapping[str, Variation]:
    """Every variation; loaded by the runs that ask for some."""
    from pytest_auth0_mfa.mock.variations import VARIATIONS  # noqa: PLC0415 - see above

    return VARIATIONS
