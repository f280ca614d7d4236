"""The terminal of a person who answers push notifications (`--auth0-interactive`).

Owns speaking past pytest's capture, and not waiting for ever.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from queue import Empty, Queue
from threading import Thread
from typing import TYPE_CHECKING, Any, Final

from pytest_auth0_mfa.errors import SettingsError, Untestable

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest


_LONGEST_LINE: Final = 1024


class TerminalConsole:
    """The terminal in which pytest was started."""

    def __init__(self, config: pytest.Config) -> None:
        """Speak to whoever started this run."""
        self._config = config
        self._is_deserted = False

    def show(self, text: str) -> None:
        """Show a text on lines of its own."""
        with uncaptured(self._config):
            sys.stdout.write(f"\n{text}\n")
            sys.stdout.flush()

    def ask(self, question: str, timeout_s: float) -> str | None:
        """Ask, and return the line that was typed; None where none came in time.

        Raises `Untestable` once a question was left unanswered: the reader of that line is still
        waiting, and so would everybody.
        """
        if self._is_deserted:
            raise Untestable("nobody answered at the terminal before")
        with uncaptured(self._config):
            sys.stdout.write(f"auth0-mfa: {question}")
            sys.stdout.flush()
            line = _line_within(timeout_s)
        self._is_deserted = line is None
        return line


@contextmanager
def uncaptured(config: pytest.Config) -> Iterator[None]:
    """Let standard input and output be those of the terminal, as pytest does for a debugger."""
    capture: Any = config.pluginmanager.getplugin("capturemanager")
    if capture is None:
        yield
        return
    capture.suspend(in_=True)
    try:
        yield
    finally:
        capture.resume()


def _line_within(timeout_s: float) -> str | None:
    """A line of standard input, None where none came in time or the input is closed.

    Read by a thread that ends with the process, for no deadline works on terminals everywhere;
    and past the buffer, whose lock such a thread would still hold when Python shuts down.
    """
    lines: Queue[bytes] = Queue()
    typed = sys.stdin.fileno()
    Thread(target=lambda: lines.put(os.read(typed, _LONGEST_LINE)), daemon=True).start()
    try:
        line = lines.get(timeout=timeout_s)
    except Empty:
        return None
    return line.decode(errors="replace") or None


def check_interactive(config: pytest.Config, *, tenant_is_embedded: bool) -> None:
    """Raise `SettingsError` where no person could answer in this run."""
    if tenant_is_embedded:
        raise SettingsError(
            "--auth0-interactive: the embedded mock has devices of its own, and no phone reaches "
            "it; name the tenant with --auth0-tenant, or leave the option out"
        )
    if getattr(config.option, "numprocesses", None):
        raise SettingsError(
            "--auth0-interactive: one person cannot answer several workers; run without -n"
        )
    with uncaptured(config):
        is_terminal = sys.stdin.isatty()
    if not is_terminal:
        raise SettingsError(
            "--auth0-interactive needs a terminal, and standard input is none: run it by hand, or "
            "leave the option out (docs/push.md has ways without a person)"
        )
