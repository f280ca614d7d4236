"""What an administrator configures, changed for one user, and what a tenant tells of it.

A switch for the whole tenant would disturb the tests that run at the same time; one for a user
needs a control plane, which only a mock has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.errors import Inapplicable, Untestable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_auth0_mfa.api.exchange import Answer

    Change = Callable[[str, Mapping[str, object]], None]


class UserConfiguration:
    """The tenant's configuration as it is for one user.

    `change` takes a path of the control plane and what to change there for that user; None on a
    tenant that changes nothing for a single user.
    """

    def __init__(self, change: Change | None = None) -> None:
        """Start with what holds for everybody."""
        self._change = change

    @property
    def changeable(self) -> bool:
        """Whether anything can be changed for this user alone."""
        return self._change is not None

    def switch(self, factor: str, *, enabled: bool) -> None:
        """Enable or disable a factor; raises `Untestable` where that cannot be done."""
        state = "on" if enabled else "off"
        self._apply(f"/factors/{factor}", {"enabled": enabled}, f"{factor} switched {state}")

    def customize_mfa(self) -> None:
        """Switch the feature "Customize MFA" on; raises `Untestable` where that cannot be done."""
        self._apply("/features/customize-mfa", {"enabled": True}, "customized MFA")

    def limit_logins(self) -> None:
        """See that the logins of the user are limited, as those of real tenants are anyway."""
        if self.changeable:
            self._apply("/features/login-limit", {"enabled": True}, "limited logins")

    def block(self, *, blocked: bool) -> None:
        """Block or unblock the user; raises `Untestable` where that cannot be done."""
        self._apply("/blocks", {"blocked": blocked}, "a block")

    def _apply(self, path: str, body: Mapping[str, object], what: str) -> None:
        if self._change is None:
            raise Untestable(
                f"needs {what} for one user while the other tests go on, which only the control "
                "plane of a mock can do: run against the mock (auth0-mfa mock) for this"
            )
        self._change(path, body)


def requirements_in(answer: Answer, *, must_be: bool) -> Mapping[str, object]:
    """What an interrupted login tells of the factors of its user, empty where it must but does not.

    Otherwise raises `Inapplicable` where it tells nothing: the documentation says that of tenants
    without the feature.
    """
    told = answer.get("mfa_requirements")
    if told is None and not must_be:
        raise Inapplicable(
            "the tenant does not have the feature 'Customize MFA' (Early Access): its logins carry "
            "no mfa_requirements"
        )
    return told if isinstance(told, dict) else {}
