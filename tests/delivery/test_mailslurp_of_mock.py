"""The provider against the API of the mock, in the clear and over TLS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.delivery.inbox import Inbox
from pytest_auth0_mfa.delivery.mailslurp import MailSlurp
from pytest_auth0_mfa.errors import Undelivered
from pytest_auth0_mfa.mock.server import MockServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


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


@pytest.fixture(scope="module")
def described() -> Iterator[dict[str, Any]]:
    """A mock tenant that serves TLS."""
    server = MockServer(tls=True)
    server.start()
    yield dict(server.info)
    server.stop()


class TestCertificates:
    """A server with a certificate of a private authority."""

    def address(self, described: dict[str, Any], ca_file: str | None) -> str:
        """The address of a mailbox."""
        account = described["mailslurp"]
        learn, channels = Recorder().redactor.learn, ("email",)
        provider = MailSlurp(
            account["url"],
            account["api_key"],
            ca_file=ca_file,
            learn=learn,
            channels=channels,
            share=(0, 1),
        )
        try:
            return provider.open("email", "mfa-1").address
        finally:
            provider.close()

    def test_trusted(self, described: dict[str, Any]) -> None:
        """With the authority's file it is trusted."""
        assert "+mfa-1@" in self.address(described, described["ca_file"])

    def test_not_trusted(self, described: dict[str, Any]) -> None:
        """Without it the error names the variable."""
        with pytest.raises(Undelivered, match="name the authority's file in AUTH0_CA_FILE"):
            self.address(described, None)
