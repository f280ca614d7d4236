"""Candidates for the mock's HTTP server, each with the same plain answer and nothing behind it.

Each module serves on a free port and prints its URL when it is ready.
"""

from __future__ import annotations

import socket
import sys
from typing import Final

ANSWER: Final = b'{"challenge_type":"otp"}'
"""What every candidate answers to whatever is posted."""


def listen(protocol: int = socket.IPPROTO_TCP) -> socket.socket:
    """Open a socket on a free port, as the mock does."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, protocol)
    listening.bind(("127.0.0.1", 0))
    listening.listen(2048)
    return listening


def announce(port: int) -> None:
    """Say that the server is ready."""
    sys.stdout.write(f"http://127.0.0.1:{port}\n")
    sys.stdout.flush()
