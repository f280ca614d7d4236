"""Where a tenant's codes arrive: mailboxes of the mock, of the user, of MailSlurp, or nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.delivery.hooked import HookedMailboxes
from pytest_auth0_mfa.delivery.mailslurp import MailSlurp
from pytest_auth0_mfa.delivery.nowhere import Nowhere
from pytest_auth0_mfa.factors.kinds import DELIVERED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.delivery.mailbox import Mailboxes
    from pytest_auth0_mfa.tenant.access import Learn
    from pytest_auth0_mfa.tenant.opening import Opening

_RECEIVED_BY_MAILSLURP: Final = ("sms", "email")
"""The channels of the real one; that of the mock shows calls as text messages."""


_RESTS: Final = 2.0
"""Copies of late messages come later still."""


def late_s(described: Mapping[str, object]) -> float:
    """How many seconds late the messages of a mock may be; 0 where they have arrived at once."""
    told = described.get("late_s")
    return float(told) if isinstance(told, (int, float)) else 0.0


def mailboxes_for(
    opening: Opening, described: Mapping[str, object] | None, learn: Learn
) -> Mailboxes:
    """The mailboxes for a tenant; `described` is what a mock says of itself, None without one."""
    if described is not None:
        return _of_mock(opening, described, learn)
    account = _account(opening, learn)
    return HookedMailboxes(opening.ask_for_mailbox, account) if opening.ask_for_mailbox else account


def _of_mock(opening: Opening, described: Mapping[str, object], learn: Learn) -> Mailboxes:
    account = described.get("mailslurp")
    if not isinstance(account, dict):
        return Nowhere()
    return MailSlurp(
        str(account["url"]),
        learn(str(account["api_key"]), "api_key"),
        ca_file=opening.ca_file,
        learn=learn,
        channels=DELIVERED,
        share=opening.share,
        rest_s=_RESTS * late_s(described),
    )


def _account(opening: Opening, learn: Learn) -> Mailboxes:
    """The user's account at MailSlurp, if its key is known."""
    api_key = opening.variables.get("MAILSLURP_API_KEY")
    if not api_key:
        return Nowhere()
    url = opening.variables.get("MAILSLURP_URL") or None
    return MailSlurp(
        url,
        learn(api_key, "api_key"),
        # The tenant's own authority does not vouch for MailSlurp's public address.
        ca_file=opening.ca_file if url else None,
        learn=learn,
        channels=_RECEIVED_BY_MAILSLURP,
        share=opening.share,
    )
