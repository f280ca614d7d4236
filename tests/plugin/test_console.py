"""The terminal of a person: questions have a deadline, and nobody waits twice."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, cast

import pytest

from pytest_auth0_mfa.errors import Untestable
from pytest_auth0_mfa.plugin.console import TerminalConsole

if TYPE_CHECKING:
    from collections.abc import Iterator


class WithoutCapture:
    """A run that captures nothing."""

    pluginmanager: WithoutCapture

    def __init__(self) -> None:
        """Have no plugins."""
        self.pluginmanager = self

    def getplugin(self, name: str) -> None:
        """Find nothing."""


@pytest.fixture
def keyboard(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Where a test types what standard input gives."""
    reading, typing = os.pipe()
    with os.fdopen(reading) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield typing
        os.close(typing)


@pytest.fixture
def console() -> TerminalConsole:
    """The terminal of this process."""
    return TerminalConsole(cast("pytest.Config", WithoutCapture()))


@pytest.mark.usefixtures("keyboard")
def test_show(console: TerminalConsole, capsys: pytest.CaptureFixture[str]) -> None:
    """A text stands on lines of its own."""
    console.show("text")
    assert "\ntext\n" == capsys.readouterr().out


def test_answer(
    console: TerminalConsole, keyboard: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line that was typed is returned, and the question says who asks."""
    os.write(keyboard, b"s\n")
    assert "s\n" == console.ask("really? ", 5)
    assert "auth0-mfa: really? " == capsys.readouterr().out


def test_nobody(console: TerminalConsole, keyboard: int) -> None:
    """Without an answer in time there is none, and nobody is asked again."""
    assert console.ask("anybody? ", 0.01) is None
    with pytest.raises(Untestable, match="nobody answered at the terminal before"):
        console.ask("still nobody? ", 60)
    os.write(keyboard, b"\n")
