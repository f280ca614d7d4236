"""`--auth0-interactive`: a person at the terminal, who is played by this test with a device."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.api.transport import Transport
from pytest_auth0_mfa.guardian import Device, MockPushes
from tests.guardian.test_person import seen_by_a_phone
from tests.plugin.test_push import LOGIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.plugin.conftest import Project
    from tests.plugin.hidden import Hidden

TIMEOUT_S = 30
DRAWING = re.compile(r"(?:^[█▀▄ ]{30,}\r?$\n?)+", re.MULTILINE)


class Phone:
    """A phone with the Guardian app, and its owner at the terminal of a run."""

    def __init__(self, url: str, terminal: Any) -> None:  # noqa: ANN401 - a class of pexpect
        """Reach the tenant at `url`, sit at `terminal`."""
        self._transport = Transport(url, Recorder())
        self._terminal = terminal

    def scan(self) -> None:
        """Scan what is shown and press Enter."""
        self._terminal.expect("scan this with the Guardian app, then press Enter")
        (drawing,) = DRAWING.findall(self._terminal.before.decode("utf-8"))
        barcode_uri = seen_by_a_phone(drawing.replace("\r", ""))
        self._device = Device.enroll(barcode_uri, self._transport)
        self._pushes = MockPushes(self._transport, self._device.id)
        self._terminal.sendline("")

    def allow(self) -> None:
        """Allow the login that waits and press Enter."""
        self._terminal.expect("ALLOW it, then press Enter")
        self._device.allow(self._pushes.notifications()[-1])
        self._terminal.sendline("")

    def close(self) -> str:
        """Wait for the end of the run and return what was printed since."""
        self._transport.close()
        import pexpect  # noqa: PLC0415 - the tests of this module are skipped without it

        self._terminal.expect(pexpect.EOF)
        return str(self._terminal.before.decode("utf-8"))


@pytest.fixture
def phone(hidden: Hidden) -> Iterator[Phone]:
    """A phone whose owner has started a run with one login by push."""
    hidden.project.write(test_login=LOGIN)
    options = f"--auth0-tenant={hidden.url} --auth0-profile=p.toml --auth0-interactive -rs"
    terminal = hidden.project.pytester.spawn_pytest(
        f"-p no:cacheprovider {options}", expect_timeout=TIMEOUT_S
    )
    owned = Phone(str(hidden.info["url"]), terminal)
    yield owned
    terminal.close(force=True)


def test_a_person_enrolls_and_allows(phone: Phone) -> None:
    """Barcode and prompt are the person's; the rest of the login is the test's."""
    phone.scan()
    phone.allow()
    assert "1 passed" in phone.close()


def test_a_person_says_that_it_cannot_be_done(phone: Phone) -> None:
    """The test is skipped with that, and the barcode's text is nowhere."""
    phone._terminal.expect("press Enter")  # noqa: SLF001 - the owner types
    phone._terminal.sendline("s")  # noqa: SLF001 - as above
    printed = phone.close()
    assert "1 skipped" in printed
    assert "could not be done, says the person at the terminal" in printed
    assert "otpauth" not in printed


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "the embedded mock has devices of its own"),
        (("--auth0-tenant=https://acme.us.auth0.com",), "needs a terminal, and standard input is"),
        (("--auth0-tenant=https://acme.us.auth0.com", "-n", "2"), "run without -n"),
    ],
)
def test_where_no_person_can_answer(
    one_test: Project, arguments: tuple[str, ...], told: str
) -> None:
    """It is a usage error that says why, before anything is sent."""
    ended = one_test.run("--auth0-interactive", *arguments)
    assert pytest.ExitCode.USAGE_ERROR == ended.status
    assert told in ended.text
    assert "Traceback" not in ended.text
