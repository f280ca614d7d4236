"""The client that MailSlurp publishes, against the mock's account over real connections."""

from __future__ import annotations

import itertools
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import mailslurp_client  # type: ignore[import-untyped]
import pytest
import requests

from pytest_auth0_mfa.mock.server import MockServer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TIMEOUT_S = 30
WAIT_MS = 20_000


@dataclass
class Reader:
    """The published client, set up as its documentation says, and a tenant that sends."""

    server: MockServer
    users: itertools.count[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        """Configure address, key and, under TLS, the CA."""
        told: Any = self.server.info["mailslurp"]
        self.configuration = mailslurp_client.Configuration(host=told["url"])
        self.configuration.api_key["x-api-key"] = told["api_key"]
        self.configuration.ssl_ca_cert = self.server.info["ca_file"]
        client = mailslurp_client.ApiClient(self.configuration)
        self.inboxes = mailslurp_client.InboxControllerApi(client)
        self.emails = mailslurp_client.EmailControllerApi(client)
        self.phones = mailslurp_client.PhoneControllerApi(client)
        self.sms = mailslurp_client.SmsControllerApi(client)
        self.waits = mailslurp_client.WaitForControllerApi(client)

    def number(self, index: int) -> Any:  # noqa: ANN401  The client states no types.
        """Return a phone number of the account."""
        return self.phones.get_phone_numbers(size=100).content[index]

    def send(self, channel: str, address: str) -> None:
        """Let the tenant send a message, by enrolling the address for a new user."""
        user = {"email": f"user-{next(self.users)}@example.com", "password": "correct horse"}
        self._post("/__mock__/users", {**user, "email_verified": False})
        client = {name: self.server.info[name] for name in ("client_id", "client_secret")}
        login = {"grant_type": "password", "username": user["email"], "password": user["password"]}
        mfa_token = self._post("/oauth/token", {**login, **client})["mfa_token"]
        named = {"email": address} if channel == "email" else {"phone_number": address}
        wish = {"authenticator_types": ["oob"], "oob_channels": [channel], **named}
        assert "oob_code" in self._post("/mfa/associate", wish, mfa_token)

    def _post(self, path: str, body: Mapping[str, object], bearer: str = "") -> dict[str, Any]:
        answer = requests.post(
            f"{self.server.info['url']}{path}",
            json=body,
            headers={"authorization": f"Bearer {bearer}"} if bearer else {},
            verify=str(self.server.info["ca_file"] or True),
            timeout=TIMEOUT_S,
        )
        return dict(answer.json())


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """Return a reader on a mock that listens."""
    with MockServer(seed=1) as server:
        yield Reader(server)


def refusal(caught: pytest.ExceptionInfo[Any]) -> tuple[int, str]:
    """Return status and message of what the client raised."""
    return caught.value.status, json.loads(caught.value.body)["message"]


class TestEmail:
    """Inboxes and e-mails."""

    def test_created_inbox(self, reader: Reader) -> None:
        """All three ways to create one, and the wishes of two of them."""
        wishes = {"name": "a b", "tags": ["x", "y"], "expires_in": 60_000, "favourite": True}
        by_query = reader.inboxes.create_inbox(**wishes)
        by_default = reader.inboxes.create_inbox_with_defaults()
        described = mailslurp_client.CreateInboxDto(**wishes)
        by_body = reader.inboxes.create_inbox_with_options(described)
        for inbox in (by_query, by_body):
            assert ("a b", ["x", "y"], True) == (inbox.name, inbox.tags, inbox.favourite)
            assert timedelta(minutes=1) == inbox.expires_at - inbox.created_at
        assert by_default == reader.inboxes.get_inbox(by_default.id)

    def test_listed_inboxes(self, reader: Reader) -> None:
        """Inboxes are found by name, in pages and without."""
        inboxes = [reader.inboxes.create_inbox(name="listed") for _ in range(3)]
        page = reader.inboxes.get_all_inboxes(search="listed", size=2, sort="DESC")
        assert [each.id for each in inboxes[:0:-1]] == [each.id for each in page.content]
        assert (2, 3) == (page.total_pages, page.total_elements)
        assert {each.id for each in inboxes} <= {each.id for each in reader.inboxes.get_inboxes()}

    def test_deleted_inbox(self, reader: Reader) -> None:
        """It is not found any more."""
        inbox = reader.inboxes.create_inbox()
        reader.inboxes.delete_inbox(inbox.id)
        with pytest.raises(mailslurp_client.ApiException) as caught:
            reader.waits.wait_for_latest_email(inbox_id=inbox.id, timeout=WAIT_MS)
        assert (404, f"No inbox has the id {inbox.id}.") == refusal(caught)

    def test_latest_email(self, reader: Reader) -> None:
        """An e-mail to a tagged address, opened once and then read."""
        inbox = reader.inboxes.create_inbox()
        tagged = inbox.email_address.replace("@", "+tag@")
        reader.send("email", tagged)
        wait = {"inbox_id": inbox.id, "unread_only": True}
        email = reader.waits.wait_for_latest_email(timeout=WAIT_MS, **wait)
        assert ([tagged], inbox.id, True) == (email.to, email.inbox_id, email.is_html)
        assert "</html>" in email.body
        assert [tagged] == [each.email_address for each in email.recipients.to]
        with pytest.raises(mailslurp_client.ApiException) as caught:
            reader.waits.wait_for_latest_email(timeout=20, **wait)
        status, message = refusal(caught)
        assert 408 == status
        assert f"Failed to satisfy email query for inbox ID {inbox.id}" in message

    def test_previews(self, reader: Reader) -> None:
        """Lists leave e-mails unread; opening one does not, deleting removes it."""
        inbox = reader.inboxes.create_inbox()
        for _ in range(2):
            reader.send("email", inbox.email_address)
        first, second = reader.inboxes.get_emails(inbox.id, min_count=2, retry_timeout=WAIT_MS)
        assert [False, False] == [first.read, second.read]
        assert first.id == reader.emails.get_email(first.id).id
        unread = reader.inboxes.get_emails(inbox.id, unread_only=True, sort="DESC", limit=5)
        assert [second.id] == [each.id for each in unread]
        reader.emails.delete_email(second.id)
        assert [first.id] == [each.id for each in reader.inboxes.get_emails(inbox.id)]
        reader.inboxes.delete_all_inbox_emails(inbox.id)
        assert [] == reader.inboxes.get_emails(inbox.id)

    def test_moments(self, reader: Reader) -> None:
        """The client's own datetimes, which it sends with their zone, are understood."""
        inbox = reader.inboxes.create_inbox()
        reader.send("email", inbox.email_address)
        [email] = reader.inboxes.get_emails(inbox.id)
        later = email.created_at + timedelta(milliseconds=1)
        assert [] == reader.inboxes.get_emails(inbox.id, since=later)
        assert [email] == reader.inboxes.get_emails(inbox.id, since=email.created_at, before=later)

    def test_matching_and_nth_email(self, reader: Reader) -> None:
        """E-mails are found by their recipient and by their place."""
        inbox = reader.inboxes.create_inbox()
        tagged = inbox.email_address.replace("@", "+second@")
        for address in (inbox.email_address, tagged):
            reader.send("email", address)
        match = mailslurp_client.MatchOption(field="TO", should="CONTAIN", value="+second@")
        wish = mailslurp_client.MatchOptions(matches=[match])
        matching = reader.waits.wait_for_matching_first_email(inbox.id, wish, timeout=WAIT_MS)
        nth = reader.waits.wait_for_nth_email(inbox_id=inbox.id, index=1, timeout=WAIT_MS)
        assert [tagged] == matching.to
        assert matching.id == nth.id


class TestPhone:
    """Phone numbers, text messages and calls."""

    def test_numbers(self, reader: Reader) -> None:
        """The pages end; a number is found by its id."""
        pages = [reader.phones.get_phone_numbers(page=n, size=60) for n in range(2)]
        numbers = [each for page in pages for each in page.content]
        assert (100, [False, True]) == (len({each.id for each in numbers}), [p.last for p in pages])
        shown = reader.phones.get_phone_number(numbers[3].id)
        assert (numbers[3].phone_number, "US") == (shown.phone_number, shown.phone_country)

    def test_text_message_and_call(self, reader: Reader) -> None:
        """Both arrive at the number; the newest is opened by the wait for it."""
        number = reader.number(1)
        for channel in ("sms", "voice"):
            reader.send(channel, number.phone_number)
        wish = mailslurp_client.WaitForSmsConditions(
            phone_number_id=number.id, count=2, timeout=WAIT_MS, count_type="ATLEAST"
        )
        text, call = reader.waits.wait_for_sms(wish)
        single = mailslurp_client.WaitForSingleSmsOptions(
            phone_number_id=number.id, timeout=WAIT_MS, unread_only=True
        )
        latest = reader.waits.wait_for_latest_sms(single)
        assert (call.id, number.phone_number, True) == (latest.id, latest.to_number, latest.read)
        unread = reader.phones.get_sms_by_phone_number(number.id, unread_only=True).content
        assert [text.id] == [each.id for each in unread]

    def test_opened_and_deleted_text_message(self, reader: Reader) -> None:
        """A text message is opened by its id, and gone once it is deleted."""
        number = reader.number(2)
        reader.send("sms", number.phone_number)
        [preview] = reader.phones.get_sms_by_phone_number(number.id).content
        assert (False, True) == (preview.read, reader.sms.get_sms_message(preview.id).read)
        reader.sms.delete_sms_message(preview.id)
        with pytest.raises(mailslurp_client.ApiException) as caught:
            reader.sms.get_sms_message(preview.id)
        assert (404, f"No SMS has the id {preview.id}.") == refusal(caught)


class TestConnection:
    """Keys, TLS, and messages that arrive while somebody waits."""

    def test_wrong_key(self, reader: Reader) -> None:
        """Any other key is refused."""
        wrong = mailslurp_client.Configuration(host=reader.configuration.host)
        wrong.api_key["x-api-key"] = "wrong"
        inboxes = mailslurp_client.InboxControllerApi(mailslurp_client.ApiClient(wrong))
        with pytest.raises(mailslurp_client.ApiException) as caught:
            inboxes.create_inbox()
        assert 401 == refusal(caught)[0]

    def test_quota(self) -> None:
        """A plan that allows no more inboxes is told as one."""
        with (
            MockServer(inbox_quota=0) as server,
            pytest.raises(mailslurp_client.ApiException) as caught,
        ):
            Reader(server).inboxes.create_inbox()
        assert 429 == refusal(caught)[0]

    def test_arrival_during_a_wait(self, reader: Reader) -> None:
        """Whoever waits gets the message that another thread causes."""
        inbox = reader.inboxes.create_inbox()
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(
                reader.waits.wait_for_latest_email, inbox_id=inbox.id, timeout=WAIT_MS
            )
            reader.send("email", inbox.email_address)
            assert [inbox.email_address] == waiting.result(TIMEOUT_S).to

    def test_tls(self) -> None:
        """The CA of the mock verifies the account's address, too."""
        with MockServer(tls=True) as server:
            reader = Reader(server)
            inbox = reader.inboxes.create_inbox()
            reader.send("email", inbox.email_address)
            email = reader.waits.wait_for_latest_email(inbox_id=inbox.id, timeout=WAIT_MS)
        assert reader.configuration.host.startswith("https://")
        assert inbox.id == email.inbox_id
