"""Mailboxes of one account, open at the same time, each read when its test likes to.

The account is that of a mock tenant, asked through MailSlurp's own client. Its waits end at once,
and the watch of the inboxes is one that nobody waits for.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.delivery.inbox import Inbox
from pytest_auth0_mfa.delivery.mailslurp import MailSlurp
from pytest_auth0_mfa.errors import Undelivered
from pytest_auth0_mfa.mock.engine import MockTenant
from pytest_auth0_mfa.mock.messages import Request
from pytest_auth0_mfa.mock.model import Factor
from pytest_auth0_mfa.mock.outbox import Message
from tests.conftest import Received, Reply
from tests.delivery.conftest import FakeTime

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_auth0_mfa.api.secret import Secret

BASE_URL = "https://tenant.example"
CHANNELS = ("sms", "voice", "email")


@dataclass
class Post:
    """A tenant that sends what is wanted, and its account, whose requests are counted."""

    now: float = 1_800_000_000.0
    asked: list[str] = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        """Start with an empty account."""
        entropy = random.Random(1)  # noqa: S311  A test's randomness is seeded.
        self.engine = MockTenant(lambda: self.now, entropy)
        self.described: Any = self.engine.introduction(BASE_URL)["mailslurp"]
        self._numbers = count(1)

    def answer(self, received: Received) -> Reply:
        """Answer a request to the account, at once."""
        url = urlsplit(received.path)
        self.asked.append(url.path)
        headers = {name.lower(): value for name, value in received.headers.items()}
        answer = self.engine.handle(
            Request(received.method, url.path, BASE_URL, received.body, headers, url.query)
        )
        return Reply(answer.status, "" if answer.body is None else answer.body)

    def send(self, to: str, channel: str, after_s: float = 1.0) -> str:
        """Deliver a message `after_s` seconds after the last one, and return its code."""
        self.now += after_s
        number = next(self._numbers)
        code = f"{318604 + number}"
        words = f"{code} is your verification code for Borealis."
        message = Message(f"m{number}", Factor(channel), to, words, code, self.now, "Your code")
        self.engine.tenant.outbox.deliver(message)
        return code


@pytest.fixture(scope="module")
def post() -> Post:
    """The post of one tenant."""
    return Post()


@pytest.fixture(scope="module")
def open_inbox(
    post: Post, serve: Callable[[Callable[[Received], Reply]], str]
) -> Iterator[Callable[[str], Inbox]]:
    """Opens inboxes of one process, as many as are wanted."""
    url = serve(post.answer) + urlsplit(post.described["url"]).path
    recorder, time, numbers = Recorder(), FakeTime(), count(1)
    provider = MailSlurp(
        url,
        post.described["api_key"],
        ca_file=None,
        learn=recorder.redactor.learn,
        channels=CHANNELS,
        share=(0, 1),
    )

    def start(channel: str) -> Inbox:
        opened = provider.open(channel, f"mfa-{next(numbers)}")
        return Inbox(opened, channel, recorder, watch=time.watch())

    yield start
    provider.close()


@pytest.mark.parametrize("channel", CHANNELS)
def test_read_after_a_later_one(
    post: Post, open_inbox: Callable[[str], Inbox], channel: str
) -> None:
    """A message is found after one to another address that came later and was read first."""
    first, second = open_inbox(channel), open_inbox(channel)
    codes = [post.send(each.address, channel) for each in (first, second)]
    assert codes[::-1] == [second.wait_for_code(), first.wait_for_code()]


@pytest.mark.parametrize("channel", CHANNELS)
def test_read_before_a_later_one(
    post: Post, open_inbox: Callable[[str], Inbox], channel: str
) -> None:
    """Who waits for its own message leaves a later one to its own reader."""
    first, second = open_inbox(channel), open_inbox(channel)
    codes = [post.send(each.address, channel) for each in (first, second)]
    assert codes == [first.wait_for_code(), second.wait_for_code()]


@pytest.mark.parametrize("channel", CHANNELS)
def test_marked_between(post: Post, open_inbox: Callable[[str], Inbox], channel: str) -> None:
    """What one inbox takes as out of date is so for itself alone."""
    first, second = open_inbox(channel), open_inbox(channel)
    code = post.send(first.address, channel)
    post.send(second.address, channel)
    second.mark()
    assert code == first.wait_for_code()


@pytest.mark.parametrize("channel", CHANNELS)
def test_latest(post: Post, open_inbox: Callable[[str], Inbox], channel: str) -> None:
    """Of several to one address the latest is read, and those before it never."""
    inbox = open_inbox(channel)
    _, code = (post.send(inbox.address, channel) for _ in range(2))
    assert code == inbox.wait_for_code()
    assert not inbox.receives()


@pytest.mark.parametrize("channel", CHANNELS)
def test_copy_hides_nothing(post: Post, open_inbox: Callable[[str], Inbox], channel: str) -> None:
    """A copy of an earlier message that overtakes the awaited one is passed over."""
    inbox = open_inbox(channel)
    inbox.expect()
    assert post.send(inbox.address, channel) == inbox.wait_for_code()
    inbox.expect()
    code, (earlier, _) = (
        post.send(inbox.address, channel),
        post.engine.tenant.outbox.find(inbox.address)[-2:],
    )
    post.now += 1
    copy = replace(earlier, id=f"copy of {earlier.id}", sent_at=post.now)
    post.engine.tenant.outbox.deliver(copy)
    assert code == inbox.wait_for_code()


@pytest.mark.parametrize(("channel", "most"), [("sms", 2), ("voice", 2), ("email", 1)])
def test_cost(post: Post, open_inbox: Callable[[str], Inbox], channel: str, most: int) -> None:
    """A code costs what docs/inboxes.md says, however many messages to others are unread."""
    inboxes = [open_inbox(channel) for _ in range(4)]
    codes = [post.send(each.address, channel) for each in inboxes]
    for inbox, code in zip(inboxes, codes, strict=True):
        post.asked.clear()
        assert code == inbox.wait_for_code()
        assert len(post.asked) <= most


def test_astray(post: Post, open_inbox: Callable[[str], Inbox]) -> None:
    """An e-mail to none of the addresses in use is told when a code is missing, but not opened."""
    first, second = open_inbox("email"), open_inbox("email")
    untagged = f"{first.address.partition('+')[0]}@{first.address.partition('@')[2]}"
    post.send(untagged, "email")
    code = post.send(second.address, "email")
    post.asked.clear()
    with pytest.raises(Undelivered, match=r"what did arrive: for other addresses: 1 \("):
        first.wait_for_code()
    assert [] == [path for path in post.asked if "/emails/" in path]
    assert code == second.wait_for_code()


@settings(max_examples=40)
@given(
    channels=st.lists(st.sampled_from(CHANNELS), min_size=2, max_size=3),
    steps=st.lists(
        st.tuples(st.booleans(), st.integers(0, 2), st.sampled_from([0.0, 0.001, 1.0])),
        max_size=12,
    ),
)
def test_any_order(
    post: Post,
    open_inbox: Callable[[str], Inbox],
    channels: list[str],
    steps: list[tuple[bool, int, float]],
) -> None:
    """Each reads the code that was sent to it last, in whatever order they send and read.

    A step is (whether it sends, whose, seconds since the last message); before a message is sent
    its inbox is told, as flows do.
    """
    inboxes = [open_inbox(channel) for channel in channels]
    unread: dict[int, str] = {}

    def read(index: int) -> Secret:
        return inboxes[index].wait_for_code()

    try:
        for sends, whose, after_s in steps:
            index = whose % len(inboxes)
            if sends:
                inboxes[index].expect()
                address = inboxes[index].address
                unread[index] = post.send(address, channels[index], after_s)
            elif index in unread:
                assert unread.pop(index) == read(index)
        assert unread == {index: read(index) for index in unread}
    finally:
        for inbox in inboxes:
            inbox.close()
