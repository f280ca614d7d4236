"""A stand-in for MailSlurp, whose answers lack whatever is not read."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.conftest import Received, Reply

KEY = "key-of-the-account-0123456789"
BOX = "9f7b@mailslurp.example"


class StandIn:
    """As much of MailSlurp as the calls need, with answers that lack all that is not read.

    `waiting` are answers to waits, in turn; without any left a wait ends with 408. With `lost` a
    wait is answered by a gateway.
    """

    def __init__(self) -> None:
        """Begin with one phone number and no message."""
        self.received: list[Received] = []
        self.numbers = ["+12025550101"]
        self.page_size = 100
        self.waiting: list[dict[str, Any]] = []
        self.previews: list[dict[str, Any]] = []
        self.texts: list[dict[str, Any]] = []
        self.failure: Reply | None = None
        self.lost = False

    def asked(self, path: str) -> list[Received]:
        """The requests for a path, in order."""
        return [each for each in self.received if urlsplit(each.path).path == path]

    def answer(self, received: Received) -> Reply:
        """Answer a request."""
        self.received.append(received)
        if self.failure:
            return self.failure
        url = urlsplit(received.path)
        if self.lost and url.path.startswith("/wait"):
            return Reply(504, "gone")
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        answer = self._documents(received.method, url.path, query)
        return Reply(408, {"message": "nothing"}) if answer is None else Reply(body=answer)

    def _documents(self, method: str, path: str, query: dict[str, str]) -> object:
        if path == "/inboxes/withOptions":
            return {"id": "box", "emailAddress": BOX}
        if path == "/phone/numbers":
            return self._numbers(int(query["page"]))
        if path.startswith("/wait"):
            return self.waiting.pop(0) if self.waiting else None
        if path == "/inboxes/box/emails":
            return self.previews
        if path.startswith("/emails/"):
            return next(each for each in self.previews if each["id"] == path.rpartition("/")[2])
        return {"content": self.texts} if method == "GET" else {}

    def _numbers(self, page: int) -> dict[str, Any]:
        start = page * self.page_size
        shown = self.numbers[start : start + self.page_size]
        content = [{"id": f"id{number}", "phoneNumber": number} for number in shown]
        return {"content": content, "last": start + self.page_size >= len(self.numbers)}


def email(number: int, to: str, body: str = "code 318604", **more: object) -> dict[str, Any]:
    """An e-mail as MailSlurp shows it."""
    at = f"2026-11-22T06:31:0{number}.000Z"
    return {"id": f"m{number}", "to": [to], "subject": "s", "body": body, "createdAt": at, **more}


def text(number: int, body: str) -> dict[str, Any]:
    """A text message as MailSlurp shows it."""
    return {"id": f"s{number}", "body": body, "createdAt": f"2026-11-22T06:31:0{number}.000Z"}
