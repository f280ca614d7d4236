"""MailSlurp as a provider: what is created, leased and given back, and how failures are told."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.delivery.inbox import Inbox
from pytest_auth0_mfa.delivery.mailslurp import MailSlurp
from pytest_auth0_mfa.errors import Undelivered, Untestable
from pytest_auth0_mfa.mock.server import MockServer
from tests.conftest import Received, Reply

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_auth0_mfa.delivery.mailbox import Mailbox

KEY = "key-of-the-account-0123456789"
BOX = "9f7b@mailslurp.example"


class StandIn:
    """As much of MailSlurp as the calls need, with answers that lack all that is not read.

    `waiting` are answers to waits, in turn; without any left a wait ends with 408.
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

    def asked(self, path: str) -> list[Received]:
        """The requests for a path, in order."""
        return [each for each in self.received if urlsplit(each.path).path == path]

    def answer(self, received: Received) -> Reply:
        """Answer a request."""
        self.received.append(received)
        if self.failure:
            return self.failure
        url = urlsplit(received.path)
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


@pytest.fixture
def stand_in() -> StandIn:
    """A stand-in for MailSlurp."""
    return StandIn()


@pytest.fixture
def recorder() -> Recorder:
    """The recorder of the running test."""
    return Recorder()


@pytest.fixture
def connect(
    stand_in: StandIn, recorder: Recorder, serve: Callable[[Callable[[Received], Reply]], str]
) -> Iterator[Callable[..., MailSlurp]]:
    """Connects to the stand-in, as one of several processes if asked to."""
    opened: list[MailSlurp] = []
    url = serve(stand_in.answer)

    def start(share: tuple[int, int] = (0, 1), url: str = url) -> MailSlurp:
        learn, channels = recorder.redactor.learn, ("sms", "email")
        opened.append(
            MailSlurp(url, KEY, ca_file=None, learn=learn, channels=channels, share=share)
        )
        return opened[-1]

    yield start
    stand_in.failure = None
    for each in opened:
        each.close()


@pytest.fixture
def mailslurp(connect: Callable[..., MailSlurp]) -> MailSlurp:
    """The only process of a run."""
    return connect()


def email(number: int, to: str, body: str = "code 318604", **more: object) -> dict[str, Any]:
    """An e-mail as MailSlurp shows it."""
    at = f"2026-11-22T06:31:0{number}.000Z"
    return {"id": f"m{number}", "to": [to], "subject": "s", "body": body, "createdAt": at, **more}


def text(number: int, body: str) -> dict[str, Any]:
    """A text message as MailSlurp shows it."""
    return {"id": f"s{number}", "body": body, "createdAt": f"2026-11-22T06:31:0{number}.000Z"}


class TestEmail:
    """One inbox for each process, one tag for each test."""

    def test_one_inbox(self, mailslurp: MailSlurp, stand_in: StandIn) -> None:
        """Two tests share the inbox, and no address; it expires if nobody deletes it."""
        boxes = [mailslurp.open("email", name) for name in ("mfa-1", "mfa-2")]
        assert ["9f7b+mfa-1@mailslurp.example", "9f7b+mfa-2@mailslurp.example"] == [
            box.address for box in boxes
        ]
        (created,) = stand_in.asked("/inboxes/withOptions")
        assert 12 * 3600 * 1000 == json.loads(created.body)["expiresIn"]
        assert KEY == created.headers["x-api-key"]

    def test_long_name(self, mailslurp: MailSlurp) -> None:
        """A name for which a local part has no room is replaced by something as unique."""
        names = ("x" * 80 + "1", "x" * 80 + "2")
        locals_ = [mailslurp.open("email", name).address.partition("@")[0] for name in names]
        assert [64, 64] == [len(each) for each in locals_]
        assert locals_[0] != locals_[1]

    def test_wait(self, mailslurp: MailSlurp, stand_in: StandIn) -> None:
        """A wait asks for what is unread, in milliseconds, and knows HTML when it is told."""
        box = mailslurp.open("email", "mfa-1")
        stand_in.waiting = [email(1, box.address, "<b>code</b>", isHTML=True)]
        (message,) = box.messages(2.5)
        assert ("<b>code</b>", "", "s") == (message.html, message.text, message.subject)
        query = parse_qs(urlsplit(stand_in.asked("/waitForLatestEmail")[0].path).query)
        assert (["2500"], ["True"], ["box"]) == (
            query["timeout"],
            query["unreadOnly"],
            query["inboxId"],
        )

    def test_wait_is_cut(self, mailslurp: MailSlurp, stand_in: StandIn) -> None:
        """A wait of minutes is made of several, for proxies end long ones."""
        list(mailslurp.open("email", "mfa-1").messages(600))
        assert "timeout=30000" in stand_in.asked("/waitForLatestEmail")[0].path

    def test_nothing(self, mailslurp: MailSlurp) -> None:
        """A wait that ends with 408 found nothing."""
        assert [] == list(mailslurp.open("email", "mfa-1").messages(1))

    def test_list(self, mailslurp: MailSlurp, stand_in: StandIn) -> None:
        """Without a wait, only what is addressed to the test is opened."""
        box = mailslurp.open("email", "mfa-1")
        stand_in.previews = [email(1, box.address), email(2, "9f7b+mfa-2@mailslurp.example")]
        assert ["m1"] == [each.id for each in box.messages(0)]
        assert 1 == len(stand_in.asked("/emails/m1"))
        assert [] == stand_in.asked("/emails/m2")

    def test_older_than_seen(self, mailslurp: MailSlurp, stand_in: StandIn) -> None:
        """What is older than a message that was seen is not asked for again."""
        box = mailslurp.open("email", "mfa-1")
        stand_in.waiting = [email(3, box.address)]
        list(box.messages(1))
        list(mailslurp.open("email", "mfa-2").messages(1))
        query = parse_qs(urlsplit(stand_in.asked("/waitForLatestEmail")[1].path).query)
        assert ["2026-11-22T06:31:03.000Z"] == query["since"]

    def test_close(self, mailslurp: MailSlurp, stand_in: StandIn) -> None:
        """At the end of the run the inbox is deleted, once."""
        mailslurp.open("email", "mfa-1")
        mailslurp.close()
        mailslurp.close()
        assert ["DELETE"] == [each.method for each in stand_in.asked("/inboxes/box")]

    def test_close_of_a_failing_account(self, mailslurp: MailSlurp, stand_in: StandIn) -> None:
        """An inbox that cannot be deleted expires; the run ends well."""
        mailslurp.open("email", "mfa-1")
        stand_in.failure = Reply(500, "no")
        mailslurp.close()

    def test_close_of_what_was_not_used(self, mailslurp: MailSlurp, stand_in: StandIn) -> None:
        """A run that delivered nothing asks nothing."""
        mailslurp.close()
        assert [] == stand_in.received


class TestPhones:
    """Numbers are leased and given back."""

    def test_each_its_own(self, mailslurp: MailSlurp, stand_in: StandIn) -> None:
        """Two mailboxes that are open at the same time have two numbers."""
        stand_in.numbers = ["+12025550102", "+12025550101"]
        boxes: list[Mailbox] = [mailslurp.open("sms", "mfa-1"), mailslurp.open("sms", "mfa-2")]
        assert ["+12025550101", "+12025550102"] == [box.address for box in boxes]
        assert 1 == len(stand_in.asked("/phone/numbers"))

    def test_none_left(self, mailslurp: MailSlurp) -> None:
        """When all are taken, a further test is not possible, and is told why."""
        mailslurp.open("sms", "mfa-1")
        with pytest.raises(Untestable, match="all 1 phone numbers"):
            mailslurp.open("sms", "mfa-2")

    def test_given_back(self, mailslurp: MailSlurp) -> None:
        """A closed mailbox gives its number back."""
        Inbox(mailslurp.open("sms", "mfa-1"), "sms", Recorder()).close()
        assert "+12025550101" == mailslurp.open("sms", "mfa-2").address

    def test_share(self, connect: Callable[..., MailSlurp], stand_in: StandIn) -> None:
        """Each of several processes has numbers of its own, on however many pages they are."""
        stand_in.numbers = [f"+1202555{number:04}" for number in range(250)]
        shares = [connect(share=(index, 2)).open("sms", "mfa-1").address for index in (0, 1)]
        assert ["+12025550000", "+12025550001"] == shares
        assert 6 == len(stand_in.asked("/phone/numbers"))

    def test_too_many_processes(self, connect: Callable[..., MailSlurp]) -> None:
        """A process for which there is no number says how many there are."""
        with pytest.raises(Untestable, match=r"has 1 phone number.* for 3 workers"):
            connect(share=(2, 3)).open("sms", "mfa-1")

    def test_messages(self, mailslurp: MailSlurp, stand_in: StandIn) -> None:
        """Messages are listed without a wait, and waited for as e-mails are."""
        box = mailslurp.open("sms", "mfa-1")
        stand_in.texts = [text(1, "code 318604")]
        assert ["code 318604"] == [each.text for each in box.messages(0)]
        stand_in.waiting = [text(2, "code 774093")]
        assert ["code 774093"] == [each.text for each in box.messages(1)]
        assert {
            "phoneNumberId": "id+12025550101",
            "timeout": 1000,
            "unreadOnly": True,
            "since": "2026-11-22T06:31:01.000Z",
        } == json.loads(stand_in.asked("/waitForLatestSms")[0].body)

    def test_voice(self, mailslurp: MailSlurp) -> None:
        """An account that answers no calls says so, and names the way out."""
        with pytest.raises(
            Untestable, match=r"sms, email here and not 'voice'.*pytest_auth0_inbox"
        ):
            mailslurp.open("voice", "mfa-1")


class TestFailures:
    """What goes wrong is told with its remedy, and without the key."""

    @pytest.mark.parametrize(
        ("status", "remedy"),
        [
            (401, "set MAILSLURP_API_KEY"),
            (402, "plan"),
            (403, "MAILSLURP_API_KEY"),
            (404, "MAILSLURP_URL"),
            (408, "try again later"),
            (429, "quota or rate"),
            (500, "try again later"),
        ],
    )
    def test_status(
        self, mailslurp: MailSlurp, stand_in: StandIn, status: int, remedy: str
    ) -> None:
        """Each refusal has its remedy; neither key nor body of the answer is shown."""
        stand_in.failure = Reply(status, {"message": f"bad key {KEY}"})
        with pytest.raises(Undelivered, match=remedy) as raised:
            mailslurp.open("email", "mfa-1")
        assert f"answered {status}" in str(raised.value)
        assert KEY not in str(raised.value)
        assert (None, None) == (raised.value.__cause__, raised.value.__context__)

    def test_no_json(self, mailslurp: MailSlurp, stand_in: StandIn) -> None:
        """Something else that answers there is recognized."""
        stand_in.failure = Reply(200, "<html>")
        with pytest.raises(Undelivered, match="no JSON; see whether MAILSLURP_URL"):
            mailslurp.open("email", "mfa-1")

    def test_other_json(self, mailslurp: MailSlurp, stand_in: StandIn) -> None:
        """So is JSON of another form."""
        stand_in.failure = Reply(200, [1])
        with pytest.raises(Undelivered, match="list where a JSON object was expected"):
            mailslurp.open("email", "mfa-1")

    def test_not_text(self, mailslurp: MailSlurp, stand_in: StandIn) -> None:
        """A refusal that is no text does not confuse."""
        stand_in.failure = Reply(500, b"\xff\xfe")
        with pytest.raises(Undelivered):
            mailslurp.open("email", "mfa-1")

    def test_nobody_there(self, connect: Callable[..., MailSlurp], silent_url: str) -> None:
        """Where nobody answers, the network is named."""
        with pytest.raises(Undelivered, match=r"no answer \(\w+\); see the network"):
            connect(url=silent_url).open("email", "mfa-1")

    def test_logging_is_left_alone(self, mailslurp: MailSlurp) -> None:
        """The client, which silences urllib3 for everyone, is not let."""
        logging.getLogger("urllib3").setLevel(logging.DEBUG)
        mailslurp.open("email", "mfa-1")
        level = logging.getLogger("urllib3").level
        logging.getLogger("urllib3").setLevel(logging.NOTSET)
        assert logging.DEBUG == level

    def test_key_is_learned(self, mailslurp: MailSlurp, recorder: Recorder) -> None:
        """The key is a secret from the beginning."""
        assert KEY not in recorder.redactor.scrub(f"{mailslurp}: {KEY}")


@pytest.fixture(scope="module")
def account() -> Iterator[dict[str, str]]:
    """URL and key of the account that a mock has."""
    server = MockServer()
    server.start()
    yield server.info["mailslurp"]  # type: ignore[misc]
    server.stop()


class TestMock:
    """The same against the API of the mock."""

    @pytest.fixture
    def connect_to_mock(
        self, account: dict[str, str], recorder: Recorder
    ) -> Iterator[Callable[..., MailSlurp]]:
        """Connects to the mock, which shows calls too."""
        opened: list[MailSlurp] = []

        def start(share: tuple[int, int] = (0, 1)) -> MailSlurp:
            learn, channels = recorder.redactor.learn, ("sms", "voice", "email")
            url, key = account["url"], account["api_key"]
            opened.append(
                MailSlurp(url, key, ca_file=None, learn=learn, channels=channels, share=share)
            )
            return opened[-1]

        yield start
        for each in opened:
            each.close()

    @pytest.mark.parametrize("channel", ["sms", "voice", "email"])
    def test_nothing_arrives(
        self, connect_to_mock: Callable[..., MailSlurp], recorder: Recorder, channel: str
    ) -> None:
        """A wait in vain ends with an account of nothing."""
        inbox = Inbox(connect_to_mock().open(channel, "mfa-1"), channel, recorder)
        with pytest.raises(Undelivered, match="what did arrive: nothing"):
            inbox.wait_for_code(0.05)

    def test_numbers_of_workers_differ(self, connect_to_mock: Callable[..., MailSlurp]) -> None:
        """The mock has numbers enough for two workers."""
        shares = [connect_to_mock((index, 2)).open("sms", "mfa-1") for index in (0, 1)]
        assert shares[0].address != shares[1].address
