"""Writing to standard output, whatever it can show and whoever reads it."""

from __future__ import annotations

import os
import sys


def put(text: str) -> None:
    """Write a text; what the output cannot show is escaped, and a reader may stop reading."""
    encoding = sys.stdout.encoding or "ascii"
    shown = text.encode(encoding, "backslashreplace").decode(encoding)
    try:
        sys.stdout.write(shown)
        sys.stdout.flush()
    except BrokenPipeError:
        # What Python would write as it ends must not fail as well, see
        # https://docs.python.org/3/library/signal.html#note-on-sigpipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
