"""What associations and challenges out of band gave: the `oob_code` of each login."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.errors import Prerequisite

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.api.login import Login
    from pytest_auth0_mfa.api.secret import Secret


class Sent:
    """The answers by which the tenant said that it has sent, or awaits, something."""

    def __init__(self) -> None:
        """Begin with nothing sent."""
        self._by_login: dict[object, Answer] = {}

    def keep(self, login: Login, answer: Answer) -> None:
        """Keep the latest answer for a login."""
        self._by_login.pop(login.transaction, None)
        self._by_login[login.transaction] = answer

    def has(self, login: Login) -> bool:
        """Whether something was sent for this login."""
        return login.transaction in self._by_login

    def oob_code(self, login: Login) -> Secret:
        """The latest `oob_code` of a login; raises `Prerequisite` where it has none."""
        if not self.has(login):
            raise Prerequisite("this login was neither associated nor challenged out of band")
        return self._by_login[login.transaction].secret("oob_code")

    def check_latest(self) -> None:
        """Raise `Prerequisite` where the latest answer has no `oob_code`: nothing was sent."""
        if self._by_login:
            list(self._by_login.values())[-1].secret("oob_code")
