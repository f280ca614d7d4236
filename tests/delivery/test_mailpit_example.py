"""The mailbox that docs/inboxes.md shows works as it stands, against Mailpit's API as published.

Source: https://github.com/axllent/mailpit, internal/storage/structs.go and server/apiv1.
"""

from __future__ import annotations

import json
import re
from types import ModuleType
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.delivery.inbox import Inbox
from pytest_auth0_mfa.errors import Undelivered
from tests.conftest import ROOT, Received, Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.delivery.conftest import FakeTime

ADDRESS = "mfa-1-1@mfa.example.com"


class Mailpit:
    """Answers a search and a message as Mailpit does."""

    def __init__(self) -> None:
        """Begin without mail."""
        self.mails: list[dict[str, Any]] = []

    def deliver(self, to: str, text: str, created: str) -> None:
        """Take a mail in; `created` is when it came."""
        address = {"Name": "", "Address": to}
        mail = {"ID": f"m{len(self.mails)}", "To": [address], "Subject": "Sign in", "Text": text}
        self.mails.append({**mail, "HTML": f"<p>{text}</p>", "Created": created, "Date": created})

    def answer(self, received: Received) -> Reply:
        """Answer a request."""
        url = urlsplit(received.path)
        if url.path == "/api/v1/search":
            return Reply(body=self._found(parse_qs(url.query)["query"][0]))
        mails = {f"/api/v1/message/{mail['ID']}": mail for mail in self.mails}
        return Reply(body=mails[url.path]) if url.path in mails else Reply(404, "not found")

    def _found(self, query: str) -> dict[str, Any]:
        wanted = query.removeprefix("to:").strip('"')
        shown = ("ID", "To", "Subject", "Created")
        messages = [
            {key: mail[key] for key in shown}
            for mail in reversed(self.mails)
            if wanted in json.dumps(mail["To"])
        ]
        return {"total": len(self.mails), "messages_count": len(messages), "messages": messages}


@pytest.fixture
def mailpit() -> Mailpit:
    """A Mailpit without mail."""
    return Mailpit()


@pytest.fixture
def example(mailpit: Mailpit, serve: Callable[[Callable[[Received], Reply]], str]) -> ModuleType:
    """The code block of the document, run, with the address of the stand-in for Mailpit's."""
    document = (ROOT / "docs" / "inboxes.md").read_text("utf-8")
    (block,) = [
        each
        for each in re.findall(r"```python\n(.*?)```", document, re.DOTALL)
        if "MAILPIT" in each
    ]
    module = ModuleType("conftest_of_the_document")
    exec(compile(block, "docs/inboxes.md", "exec"), module.__dict__)  # noqa: S102 - our own document
    vars(module)["MAILPIT"] = f"{serve(mailpit.answer)}/api/v1"
    return module


@pytest.fixture
def inbox(example: ModuleType, time: FakeTime) -> Inbox:
    """The inbox of one test on the mailbox of the document."""
    mailbox = example.pytest_auth0_inbox(None, "email", "mfa-1-1")
    return Inbox(mailbox, "email", Recorder(), watch=time.watch())


def test_newest_code(inbox: Inbox, mailpit: Mailpit) -> None:
    """The newest mail to the address of the test has the code."""
    mailpit.deliver(ADDRESS, "Your code is 318604", "2026-11-22T06:31:07.123456789+01:00")
    mailpit.deliver(ADDRESS, "Your code is 774093", "2026-11-22T06:31:08.5+01:00")
    mailpit.deliver(f"x{ADDRESS}", "Your code is 558201", "2026-11-22T06:31:09Z")
    assert "774093" == inbox.wait_for_code()


def test_nothing(inbox: Inbox) -> None:
    """Without mail the wait ends by itself."""
    with pytest.raises(Undelivered, match=r"m\*\*\*@mfa.example.com"):
        inbox.wait_for_code(5)


def test_other_channels(example: ModuleType) -> None:
    """Text messages are left to another provider."""
    assert example.pytest_auth0_inbox(None, "sms", "mfa-1-1") is None
