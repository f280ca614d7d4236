"""What is answered at once, and what waits for how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.mock.model import Factor

if TYPE_CHECKING:
    from tests.mock.mailslurp.conftest import Owner


WAITS = ["/waitForLatestEmail", "/waitForNthEmail", "/waitForMatchingFirstEmail"]


class TestWaits:
    """What is answered at once, and what waits for how long."""

    def test_latest_email(self, owner: Owner) -> None:
        """The newest e-mail is there already, and is read from then on."""
        inbox = owner.inbox()
        sent = [owner.deliver(inbox["emailAddress"]) for _ in range(2)]
        wait = {"inboxId": inbox["id"], "unreadOnly": True, "timeout": 1500}
        found = [owner.get("/waitForLatestEmail", **wait).body["id"] for _ in sent]
        assert sent[::-1] == found
        assert 1.5 == owner.wait_s("GET", "/waitForLatestEmail", **wait)

    @pytest.mark.parametrize("path", WAITS)
    @pytest.mark.parametrize(
        ("timeout", "expected"),
        [({}, 60.0), ({"timeout": 0}, 0.0), ({"timeout": 10**30}, 299.999)],
    )
    def test_timeout(
        self, owner: Owner, path: str, timeout: dict[str, int], expected: float
    ) -> None:
        """A wait lasts as long as wished, at most five minutes."""
        method = "POST" if "Matching" in path else "GET"
        inbox = owner.inbox()
        assert expected == owner.wait_s(method, path, inboxId=inbox["id"], **timeout)

    def test_end_of_a_wait_in_vain(self, owner: Owner) -> None:
        """Its message is the one on which users match."""
        inbox = owner.inbox()
        answer = owner.get("/waitForLatestEmail", inboxId=inbox["id"], timeout=5)
        assert 408 == answer.body["statusCode"]
        expected = f"Failed to satisfy email query for inbox ID {inbox['id']}"
        assert answer.body["message"].startswith(expected)

    def test_nth_email(self, owner: Owner) -> None:
        """Indices count from 0 and from the oldest, or the newest where wished."""
        inbox = owner.inbox()
        sent = [owner.deliver(inbox["emailAddress"]) for _ in range(2)]
        wait = {"inboxId": inbox["id"], "timeout": 1000}
        found = [owner.get("/waitForNthEmail", index=n, **wait).body["id"] for n in range(2)]
        assert sent == found
        newest = owner.get("/waitForNthEmail", index=0, sort="DESC", **wait).body["id"]
        assert sent[1] == newest
        assert 1.0 == owner.wait_s("GET", "/waitForNthEmail", index=2, **wait)

    @pytest.mark.parametrize(
        ("matches", "expected"),
        [
            ([], 0),
            ([("SUBJECT", "EQUAL", "Your code")], 1),
            ([("SUBJECT", "CONTAIN", "code")], 0),
            ([("TO", "CONTAIN", "+tag@")], 2),
            ([("SUBJECT", "CONTAIN", "code"), ("TO", "EQUAL", "ada+tag@example.com")], 2),
            ([("FROM", "CONTAIN", "@")], 0),
            ([("SUBJECT", "EQUAL", "code")], None),
            ([("FROM", "EQUAL", "somebody@example.com")], None),
        ],
    )
    def test_matching_email(
        self, owner: Owner, matches: list[tuple[str, str, str]], expected: int | None
    ) -> None:
        """Every match must apply; the oldest e-mail that is left is opened."""
        inbox = owner.inbox(emailAddress="ada@example.com")
        sent = [
            owner.deliver("ada@example.com", subject="A code for you"),
            owner.deliver("ada@example.com", subject="Your code"),
            owner.deliver("ada+tag@example.com", subject="Another code"),
        ]
        wish = {
            "matches": [dict(zip(("field", "should", "value"), m, strict=True)) for m in matches]
        }
        answer = owner.ask("POST", "/waitForMatchingFirstEmail", wish, inboxId=inbox["id"])
        expected_status = 408 if expected is None else 200
        assert expected_status == answer.status
        if expected is not None:
            assert sent[expected] == answer.body["id"]

    def test_emails_in_number(self, owner: Owner) -> None:
        """A list waits until it is as long as wished."""
        inbox = owner.inbox()
        path, wish = f"/inboxes/{inbox['id']}/emails", {"minCount": 2, "retryTimeout": 500}
        owner.deliver(inbox["emailAddress"])
        assert 0.5 == owner.wait_s("GET", path, **wish)
        owner.deliver(inbox["emailAddress"])
        assert 2 == len(owner.get(path, **wish).body)

    def test_latest_sms(self, owner: Owner) -> None:
        """The newest text message is there already, and is read from then on."""
        number = owner.number()
        wish = {"phoneNumberId": number["id"], "timeout": 2000, "unreadOnly": True}
        assert 2.0 == owner.wait_s("POST", "/waitForLatestSms", wish)
        message = owner.deliver(number["phoneNumber"], Factor.SMS)
        assert message == owner.ask("POST", "/waitForLatestSms", wish).body["id"]
        assert 2.0 == owner.wait_s("POST", "/waitForLatestSms", wish)

    def test_several_sms(self, owner: Owner) -> None:
        """Enough, or exactly as many as wished; listing them does not open them."""
        number = owner.number()
        wish = {"phoneNumberId": number["id"], "timeout": 1000, "count": 2}
        first = owner.deliver(number["phoneNumber"], Factor.SMS, body="your code: 1")
        assert 1.0 == owner.wait_s("POST", "/waitForSms", wish)
        rest = [owner.deliver(number["phoneNumber"], Factor.VOICE) for _ in range(2)]
        assert 1.0 == owner.wait_s("POST", "/waitForSms", {**wish, "countType": "EXACTLY"})
        newest = {**wish, "sortDirection": "DESC", "limit": 2, "unreadOnly": True}
        found = owner.ask("POST", "/waitForSms", newest).body
        assert (rest[::-1], [False, False]) == (
            [each["id"] for each in found],
            [each["read"] for each in found],
        )
        match = {"field": "BODY", "should": "CONTAIN", "value": "code"}
        chosen = {**wish, "count": 1, "countType": "EXACTLY", "matches": [match]}
        assert [first] == [each["id"] for each in owner.ask("POST", "/waitForSms", chosen).body]
