"""Starts the embedded mock tenant: the one place where plugin and mock touch.

Everything after that goes over HTTP, as with any tenant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.errors import SettingsError
from pytest_auth0_mfa.mock.deviations import DEVIATIONS
from pytest_auth0_mfa.mock.server import MockServer
from pytest_auth0_mfa.mock.variations import VARIATIONS
from pytest_auth0_mfa.spelling import hint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import ExitStack

    from pytest_auth0_mfa.mock.deviations import Deviation
    from pytest_auth0_mfa.mock.variations import Variation

_KINDS: Final[Mapping[str, Mapping[str, Deviation | Variation]]] = {
    "deviation": DEVIATIONS,
    "variation": VARIATIONS,
}


def start_mock(
    deviations: Sequence[str], variations: Sequence[str], cleanup: ExitStack
) -> tuple[str, str]:
    """Start a mock that is wrong, or different, in the named ways; `cleanup` stops it.

    Returns its URL and CA file (or empty).
    """
    server = MockServer(deviations, variations=variations)
    server.start()
    cleanup.callback(server.stop)
    return str(server.info["url"]), str(server.info["ca_file"] or "")


def check_names(names: Sequence[str], kind: str) -> None:
    """Raise `SettingsError` for the first unknown name of a `deviation` or `variation`."""
    for name in names:
        if name not in _KINDS[kind]:
            meant = hint(name, _KINDS[kind], f"--auth0-{kind}=list prints all")
            raise SettingsError(f"--auth0-{kind}: unknown {kind} {name!r}; {meant}")


def list_names(option: str) -> list[str]:
    """One line for each name that `auth0_deviation`, or `auth0_variation`, takes, in order."""
    return _deviations() if option == "auth0_deviation" else _variations()


def _deviations() -> list[str]:
    """Name, the requirement that must catch it, what is wrong."""
    width = max(map(len, DEVIATIONS), default=0)
    return [
        f"{name:{width}}  {deviation.requirement:35}  {deviation.summary}"
        for name, deviation in sorted(DEVIATIONS.items())
    ]


def _variations() -> list[str]:
    """Name, in what the mock differs."""
    width = max(map(len, VARIATIONS), default=0)
    return [
        f"{name:{width}}  {variation.summary}" for name, variation in sorted(VARIATIONS.items())
    ]
