"""Who holds the device of a test's user."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.api.secret import Secret
from pytest_auth0_mfa.api.transport import Transport
from pytest_auth0_mfa.errors import SettingsError
from pytest_auth0_mfa.guardian import HeadlessApprover, NoReceiver
from pytest_auth0_mfa.tenant.approvers import Approvers
from pytest_auth0_mfa.tenant.clock import UserClock
from pytest_auth0_mfa.tenant.users import User

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.guardian import Approver

USER = User("user@example.com", Secret("planted", "password"), UserClock(Recorder()))


class Own:
    """Somebody of the user's own."""

    def __init__(self) -> None:
        """Hold an open phone."""
        self.closed = 0

    def scan(self, barcode_uri: str) -> None:
        """Do nothing."""

    def expect(self) -> None:
        """Do nothing."""

    def allow(self) -> None:
        """Do nothing."""

    def reject(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Count."""
        self.closed += 1


class Receiver(NoReceiver):
    """A receiver that must be closed."""

    made = 0
    closed = 0

    def __init__(self) -> None:
        """Count."""
        Receiver.made += 1

    def close(self) -> None:
        """Count."""
        Receiver.closed += 1


def approvers(
    receiver: Callable[[], NoReceiver] = NoReceiver,
    ask: Callable[[str], object] | None = None,
    person: Callable[[], Approver] | None = None,
) -> Approvers:
    """Approvers on a tenant that is never asked."""
    transport = Transport("https://acme.us.auth0.com", Recorder())
    return Approvers(transport, "mfa-1", receiver=receiver, ask=ask, person=person)


def test_headless_by_default() -> None:
    """Without anybody else a device enrolls by itself."""
    assert isinstance(approvers().open(USER), HeadlessApprover)


def test_own_comes_first() -> None:
    """What the hook gives is used, and it is asked for each test by another name."""
    own, names = Own(), list[str]()

    def ask(name: str) -> object:
        names.append(name)
        return own if len(names) < 3 else None

    opened = approvers(Receiver, ask, Own)
    assert own is opened.open(USER) is opened.open(USER)
    assert isinstance(opened.open(USER), HeadlessApprover)
    assert ["mfa-1-1", "mfa-1-2", "mfa-1-3"] == names


def test_a_person_only_where_nothing_receives() -> None:
    """A receiver spares the person the work."""
    own = Own()
    assert own is approvers(person=lambda: own).open(USER)
    assert isinstance(approvers(Receiver, person=lambda: own).open(USER), HeadlessApprover)


def test_what_is_no_approver_is_told() -> None:
    """An object without the methods ends the run with what is missing."""
    with pytest.raises(SettingsError, match="gave a str without scan, expect, allow, reject"):
        approvers(ask=lambda _: "me").open(USER)


def test_released_after_each_test() -> None:
    """What can be closed is closed, once."""
    own = Own()
    opened = approvers(ask=lambda _: own)
    opened.open(USER)
    opened.release()
    opened.release()
    opened.close()
    assert 1 == own.closed


def test_receiver_is_made_once_and_closed_at_the_end() -> None:
    """Registering it may be slow, so tests share it; a run without push never makes one."""
    Receiver.made = Receiver.closed = 0
    approvers(Receiver).close()
    assert (0, 0) == (Receiver.made, Receiver.closed)
    opened = approvers(Receiver)
    for _ in range(2):
        opened.open(USER)
        opened.release()
    assert (1, 0) == (Receiver.made, Receiver.closed)
    opened.close()
    assert (1, 1) == (Receiver.made, Receiver.closed)
