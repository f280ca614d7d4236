"""Streams that are written past pytest's reports: the terminal, what `-s` lets through, log files.

Only what leaves the run is scrubbed. What a test reads itself, such as `caplog` and `capsys`, stays
as it is: a test may look there for secrets that its back end should not have logged.
"""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from pytest_auth0_mfa.api.redaction import Redactor

    Scrub = Callable[[str], str]


class ScrubbedStream:
    """A text stream whose every write is scrubbed; in all else it is the stream that it covers."""

    def __init__(self, stream: TextIO, scrub: Scrub) -> None:
        """Cover `stream`."""
        self._stream = stream
        self._scrub = scrub

    def write(self, text: str) -> int:
        """Write `text` without its secrets; tells the length of what it was given."""
        self._stream.write(self._scrub(text))
        return len(text)

    def writelines(self, lines: list[str]) -> None:
        """Write each of them without its secrets."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the stream has
        """Be the covered stream."""
        return getattr(self._stream, name)


class _ScrubbedFormatter(logging.Formatter):
    """Formats as another one does, and scrubs the outcome; the record stays as it is."""

    def __init__(self, inner: logging.Formatter, scrub: Scrub) -> None:
        super().__init__()
        self._inner = inner
        self._scrub = scrub

    def format(self, record: logging.LogRecord) -> str:
        return self._scrub(self._inner.format(record))


def cover(config: pytest.Config, redactor: Redactor) -> None:
    """Cover what of this run's streams is not covered yet."""
    _cover_terminal(config, redactor.scrub_whole)
    _cover_logs(config, redactor.scrub)
    if config.getoption("capture", None) == "no":
        for name in ("stdout", "stderr"):
            _cover_standard(config, name, redactor.scrub)


def _cover_terminal(config: pytest.Config, scrub: Scrub) -> None:
    """`--setup-show` and whatever other plugins write go this way.

    What is shortened comes in reports and logs, which are scrubbed of pieces by themselves.
    """
    reporter = config.pluginmanager.getplugin("terminalreporter")
    writer: Any = getattr(reporter, "_tw", None)
    stream = getattr(writer, "_file", None)
    if stream is not None and not isinstance(stream, ScrubbedStream):
        writer._file = ScrubbedStream(stream, scrub)  # noqa: SLF001 - no public way to the stream


def _cover_logs(config: pytest.Config, scrub: Scrub) -> None:
    """Live logs and the log file."""
    logs = config.pluginmanager.getplugin("logging-plugin")
    for name in ("log_cli_handler", "log_file_handler"):
        handler: Any = getattr(logs, name, None)
        inner = getattr(handler, "formatter", None)
        if inner is not None and not isinstance(inner, _ScrubbedFormatter):
            handler.setFormatter(_ScrubbedFormatter(inner, scrub))


def _cover_standard(config: pytest.Config, name: str, scrub: Scrub) -> None:
    stream = getattr(sys, name)
    if isinstance(stream, ScrubbedStream):
        return
    covered = ScrubbedStream(stream, scrub)
    setattr(sys, name, covered)

    def uncover() -> None:
        if getattr(sys, name) is covered:
            setattr(sys, name, stream)

    config.add_cleanup(uncover)
