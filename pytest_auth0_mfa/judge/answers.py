"""What the judge needs to know of an answer; whatever has this shape can be judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


class JudgedExchange(Protocol):
    """The record of the exchange that an answer ends."""

    @property
    def id(self) -> int:
        """The number of the exchange within its test."""
        ...


class JudgedAnswer(Protocol):
    """An answer of the tenant; header names are in lower case, `body` is the parsed JSON."""

    @property
    def status(self) -> int:
        """The HTTP status."""
        ...

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers."""
        ...

    @property
    def body(self) -> object:
        """The parsed JSON, the text where it is none, None where it is empty."""
        ...

    @property
    def exchange(self) -> JudgedExchange:
        """The record of the exchange."""
        ...

    @property
    def accepted(self) -> bool:
        """Whether the request was carried out."""
        ...

    @property
    def error(self) -> str | None:
        """The OAuth error code, None where there is none."""
        ...

    def summary(self) -> str:
        """The answer in a few words, without secrets."""
        ...
