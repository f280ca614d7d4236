"""Who answers the push notifications of a run: headless devices, the user's own way, a person.

Owns which of them it is: a mock's devices hear of everything; on another tenant the user's hook
is asked first, then notifications are received through FCM where the profile says how, then a
person is asked where one is there. Without any of them a device enrolls and hears nothing.
"""

from __future__ import annotations

from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.errors import SettingsError
from pytest_auth0_mfa.guardian.pushes import NoReceiver

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.api.transport import Transport
    from pytest_auth0_mfa.guardian import Approver, DeviceKey, Receiver
    from pytest_auth0_mfa.tenant.users import User

    Ask = Callable[[str], object]

_METHODS: Final = ("scan", "expect", "allow", "reject")


class Approvers:
    """Gives the device of each user to somebody, and takes it back when the test ends."""

    def __init__(
        self,
        transport: Transport,
        prefix: str,
        *,
        receiver: Callable[[], Receiver] = NoReceiver,
        ask: Ask | None = None,
        person: Callable[[], Approver] | None = None,
    ) -> None:
        """Let headless devices speak through `transport`.

        `receiver` makes what they hear of prompts by, when it is first needed; `ask` is asked for
        an approver of the user's own by a name that begins with `prefix`; `person` gives somebody
        who answers where no receiver does.
        """
        self._transport = transport
        self._names = (f"{prefix}-{number}" for number in count(1))
        self._make_receiver = receiver
        self._ask = ask
        self._person = person
        self._open: list[object] = []

    def open(self, user: User) -> Approver:
        """Somebody who holds the device of this user."""
        approver = self._given() or self._of_person() or self._headless(user)
        self._open.append(approver)
        return approver

    def release(self) -> None:
        """Take back the devices of the test that has ended."""
        while self._open:
            _close(self._open.pop())

    def close(self) -> None:
        """Close everything."""
        self.release()
        if "_receiver" in self.__dict__:
            _close(self._receiver)

    @cached_property
    def _receiver(self) -> Receiver:
        return self._make_receiver()

    @cached_property
    def _key(self) -> DeviceKey:
        """One key for the devices of this process: making it takes a tenth of a second.

        Tenants tell devices apart by their accounts, and a key of its own is made where a test
        needs one.
        """
        from pytest_auth0_mfa.guardian import DeviceKey  # noqa: PLC0415 - slow to load

        return DeviceKey.generate()

    def _headless(self, user: User) -> Approver:
        from pytest_auth0_mfa.guardian import HeadlessApprover  # noqa: PLC0415 - slow to load

        return HeadlessApprover(
            self._transport, self._receiver, key=lambda: self._key, now=user.clock.now
        )

    def _of_person(self) -> Approver | None:
        return self._person() if self._person and self._make_receiver is NoReceiver else None

    def _given(self) -> Approver | None:
        """The user's own approver, None where the hook has none."""
        given = self._ask(next(self._names)) if self._ask else None
        missing = [name for name in _METHODS if not callable(getattr(given, name, None))]
        if given is None or not missing:
            return given  # type: ignore[return-value]
        raise SettingsError(
            f"the hook pytest_auth0_push_approver gave a {type(given).__name__} without "
            f"{', '.join(missing)}: an approver has the methods {', '.join(_METHODS)}, see "
            "docs/push.md"
        )


def _close(opened: object) -> None:
    closing = getattr(opened, "close", None)
    if callable(closing):
        closing()
