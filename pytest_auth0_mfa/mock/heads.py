"""Rewriting the heads of answers on their way to the client.

Owns telling a head from what follows it: uvicorn writes each head by itself, in lower case. Must
not know how heads should look.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio

    from pytest_auth0_mfa.mock.wire import Wire

_BEGINNING = b"HTTP/1.1 "
_END = b"\r\n\r\n"


class HeadWriter:
    """A transport that writes heads as its wire wants them, and is the given one otherwise."""

    def __init__(self, transport: asyncio.Transport, wire: Wire) -> None:
        """Write to `transport`."""
        self._transport = transport
        self._wire = wire

    def write(self, octets: bytes) -> None:
        """Write a head or a part of a body."""
        if octets.startswith(_BEGINNING) and octets.endswith(_END):
            octets = self._wire.head(octets)
        self._transport.write(octets)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  Whatever the transport has.
        """Leave everything else to the transport."""
        return getattr(self._transport, name)
