"""One request and its answer: the live answer for the test, the redacted record for readers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pytest_auth0_mfa.api.secret import Secret
from pytest_auth0_mfa.errors import Prerequisite

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Exchange:
    """What may be written down of a request and its answer; holds no secret.

    `request` and `response` have the keys `headers` and `body` (`request` also `url`);
    `elapsed_ms` is the time from sending to the last byte, `started_at` when that began, in UTC.
    """

    id: int
    method: str
    path: str
    status: int
    request: Mapping[str, object]
    response: Mapping[str, object]
    elapsed_ms: float
    started_at: str = "1970-01-01T00:00:00.000+00:00"

    def to_json(self) -> dict[str, object]:
        """The record as it stands in the JSON report."""
        return {name: getattr(self, name) for name in self.__slots__}

    def __str__(self) -> str:
        """`POST /oauth/token -> 403`."""
        return f"{self.method} {self.path} -> {self.status}"


@dataclass(frozen=True, slots=True)
class Answer:
    """A live answer: what a test reads.

    `body` is the parsed JSON with secrets wrapped, the text where it is not JSON, None where
    it is empty; header names are in lower case.
    """

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: object = field(repr=False)
    exchange: Exchange = field(repr=False)

    @property
    def accepted(self) -> bool:
        """Whether the request was carried out: a 2xx status, and no error in the body."""
        return 200 <= self.status < 300 and self.error is None  # noqa: PLR2004 - RFC 9110's class

    @property
    def error(self) -> str | None:
        """The OAuth error code of the answer, None where there is none."""
        code = self.get("error")
        return code if isinstance(code, str) else None

    def get(self, name: str) -> object:
        """A field of the body, None where the body is no object or lacks it."""
        return self.body.get(name) if isinstance(self.body, dict) else None

    def text(self, name: str) -> str:
        """A field that must be a non-empty string for the flow to go on.

        Raises `Prerequisite` where it is not: the step that gave this answer failed.
        """
        value = self.get(name)
        if isinstance(value, str) and value:
            return value
        raise Prerequisite(f"{self.exchange} gave no {name}: {self.summary()}")

    def secret(self, name: str) -> Secret:
        """As `text`, for a field that holds a secret."""
        value = self.text(name)
        return value if isinstance(value, Secret) else Secret(value, name)

    def items(self) -> list[Mapping[str, object]]:
        """The objects of a body that is a list; raises `Prerequisite` where it is none."""
        if isinstance(self.body, list) and all(isinstance(item, dict) for item in self.body):
            return self.body
        raise Prerequisite(f"{self.exchange} gave no list of objects: {self.summary()}")

    def summary(self) -> str:
        """The answer in a few words, without secrets: status, error, names of the fields."""
        if self.error:
            return f'status {self.status}, error "{self.error}"'
        if isinstance(self.body, dict):
            return f"status {self.status} with {', '.join(sorted(self.body)) or 'no field'}"
        shape = {list: "a list", str: "text that is not JSON", type(None): "no body"}
        return f"status {self.status} with {shape.get(type(self.body), 'a bare value')}"
