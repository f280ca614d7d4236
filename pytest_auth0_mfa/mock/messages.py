"""What goes into the engine and what comes out: requests and answers, without a socket.

Owns the two message forms. Must not know HTTP parsing, routing or any rule of the tenant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
"""Any value that JSON can carry."""

JsonObject: TypeAlias = Mapping[str, Json]
"""A JSON object."""


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request as the tenant sees it.

    `path` is percent-decoded; header names are lower case; `base_url` is `scheme://host[:port]`
    as the client wrote it, without a slash at the end; `address` is the network address that the
    request came from, without a port, and `connection` tells its connections apart.
    """

    method: str
    path: str
    base_url: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    query: str = ""
    address: str = ""
    connection: str = ""

    @property
    def host(self) -> str:
        """The host and port by which the client reached the tenant."""
        return self.base_url.partition("://")[2]

    @property
    def is_encrypted(self) -> bool:
        """Whether the client speaks TLS, to the tenant or to a proxy in front of it."""
        return self.base_url.startswith("https:")


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer, its body not yet written out.

    `body` is None where the body is empty. `response_id` is the dotted name of the documented
    response (`associate.otp`, `error.invalid-otp`), empty for the control plane. An answer with a
    `wait_s` above 0 holds unless a message is delivered within so many seconds; then the same
    request should be made again. One that is `lost` never leaves: its connection is cut. Any other
    leaves after `delay_s` seconds.
    """

    status: int
    body: Json = None
    response_id: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    wait_s: float = 0.0
    delay_s: float = 0.0
    lost: bool = False

    @property
    def is_error(self) -> bool:
        """Whether the status is one of refusal."""
        return self.status >= 400  # noqa: PLR2004  The border that RFC 9110 section 15 draws.
