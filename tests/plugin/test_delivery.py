"""Where codes arrive on a tenant without a control plane: MailSlurp, the user's own, or nowhere.

MailSlurp is the mock's, reached
by `MAILSLURP_URL` and key as the real one is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plugin.hidden import LOGIN

if TYPE_CHECKING:
    from tests.plugin.conftest import Project
    from tests.plugin.hidden import Hidden

OWN_MAILBOX = """
import requests
from pytest_auth0_mfa import Message

class OutboxOfMock:
    def __init__(self, address):
        self.address = address

    def messages(self, timeout_s):
        found = requests.get(CONTROL + "/messages", params={"to": self.address}, timeout=5)
        return [Message(m["id"], m["to"], text=m["body"]) for m in found.json()]

def pytest_auth0_inbox(config, channel, name):
    addresses = {"voice": "+12025550190", "email": f"{name}@example.test"}
    return OutboxOfMock(addresses[channel]) if channel in addresses else None
"""


class TestNowhere:
    """No inbox was configured."""

    @pytest.mark.parametrize("factor", ["sms", "voice", "email"])
    def test_is_untested_with_both_ways(self, hidden: Hidden, factor: str) -> None:
        """The test is skipped, and the reason names the variable and the hook."""
        ended = hidden.log_in(factor)
        assert {"skipped": 1} == ended.outcomes
        assert "MAILSLURP_API_KEY" in ended.text
        assert "pytest_auth0_inbox" in ended.text

    def test_other_factors_are_tested(self, hidden: Hidden) -> None:
        """What needs no inbox is none the worse."""
        assert {"passed": 1} == hidden.log_in("otp").outcomes


class TestMailSlurp:
    """An account of MailSlurp is named by its key."""

    def test_messages_arrive(self, hidden: Hidden) -> None:
        """Text messages and e-mails are read; calls are not, which MailSlurp does not take."""
        hidden.know(
            MAILSLURP_API_KEY=hidden.mailslurp["api_key"], MAILSLURP_URL=hidden.mailslurp["url"]
        )
        ended = hidden.log_in("sms email voice")
        assert {"passed": 2, "skipped": 1} == ended.outcomes, ended.text

    def test_wrong_key_is_inconclusive(self, hidden: Hidden) -> None:
        """The error names the variable and shows nothing of the key."""
        hidden.know(MAILSLURP_API_KEY="planted-key", MAILSLURP_URL=hidden.mailslurp["url"])
        ended = hidden.log_in("email")
        assert {"errors": 1} == ended.outcomes
        assert "MAILSLURP_API_KEY" in ended.text
        assert "planted-key" not in ended.text
        assert "Traceback" not in ended.text

    def test_no_connection_is_inconclusive(self, hidden: Hidden, silent_url: str) -> None:
        """An address at which nothing listens is told."""
        hidden.know(MAILSLURP_API_KEY="a-key", MAILSLURP_URL=silent_url)
        ended = hidden.log_in("sms")
        assert {"errors": 1} == ended.outcomes
        assert "MailSlurp" in ended.text
        assert "Traceback" not in ended.text

    def test_workers_share_the_account(self, hidden: Hidden) -> None:
        """Two workers read two numbers of one account and never each other's messages."""
        hidden.know(
            MAILSLURP_API_KEY=hidden.mailslurp["api_key"], MAILSLURP_URL=hidden.mailslurp["url"]
        )
        ended = hidden.log_in("sms email sms email", "-n", "2")
        assert {"passed": 4} == ended.outcomes, ended.text


class TestLimits:
    """Running into a limit costs messages and keeps the user out for hours."""

    def test_are_untested_unless_asked_for(self, hidden: Hidden) -> None:
        """The reason names the key of the profile; with it the limit is tried."""
        hidden.know(
            MAILSLURP_API_KEY=hidden.mailslurp["api_key"], MAILSLURP_URL=hidden.mailslurp["url"]
        )
        limit = "\n\ndef test_tries(auth0_tenant):\n    auth0_tenant.spend_tries()"
        ended = hidden.log_in("email", more=limit)
        assert {"passed": 1, "skipped": 1} == ended.outcomes
        assert "use_up_tries = true in the profile" in ended.text
        profile = hidden.project.pytester.path / "p.toml"
        users = reversed(profile.read_text("utf-8").split("\n\n"))
        profile.write_text("\n\n".join(["use_up_tries = true", *users]), "utf-8")
        assert {"passed": 2} == hidden.log_in("email", more=limit).outcomes


class TestHook:
    """The user's conftest has mailboxes of its own."""

    def test_own_mailboxes_are_read(self, hidden: Hidden) -> None:
        """What the hook gives is used; what it leaves out is looked for elsewhere."""
        hidden.project.pytester.makeconftest(f'CONTROL = "{hidden.info["control"]}"\n{OWN_MAILBOX}')
        ended = hidden.log_in("voice email sms")
        assert {"passed": 2, "skipped": 1} == ended.outcomes, ended.text

    def test_a_mock_is_not_asked_about(self, project: Project) -> None:
        """On a mock the messages arrive without help, whatever the hook says."""
        project.pytester.makeconftest("def pytest_auth0_inbox(channel):\n    raise ValueError")
        project.write(test_login=LOGIN.replace("FACTORS", "['sms']"))
        assert {"passed": 1} == project.run().outcomes

    def test_what_is_no_mailbox_is_told(self, hidden: Hidden) -> None:
        """An object without address or messages ends the run with what is missing."""
        hidden.project.pytester.makeconftest(
            "def pytest_auth0_inbox(channel):\n    return 'me@x.y'"
        )
        ended = hidden.log_in("email")
        assert "gave a str for email: a mailbox has the attribute address" in ended.text
        assert "Traceback" not in ended.text
