"""Every refusal of the MailSlurp account, one constructor each.

Owns statuses and wording. Only the quota's and the wait's are on record, see there; the others
are what HTTP says. Must not decide whether to refuse.
"""

from __future__ import annotations

from typing import Final

from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.problems import RefusalError

TIMEOUT_LIMIT_MS: Final = 299_999
"""Longer waits end here, as in https://github.com/mailslurp/mailslurp-client/issues/56."""


def refusal(status: int, message: str) -> RefusalError:
    """Make a refusal."""
    return RefusalError(Answer(status, {"statusCode": status, "message": message}))


def wrong_key() -> RefusalError:
    """Refuse a call without the account's key."""
    return refusal(401, "Missing or wrong x-api-key; the right one is in GET /__mock__.")


def bad_parameter(name: str, expected: str) -> RefusalError:
    """Refuse a parameter for what it is."""
    return refusal(400, f"Invalid parameter {name}: expected {expected}.")


def unknown(kind: str, identifier: str) -> RefusalError:
    """Refuse an id that names nothing, or nothing any more."""
    return refusal(404, f"No {kind} has the id {identifier}.")


def not_served(method: str, path: str) -> RefusalError:
    """Refuse what MailSlurp may serve but this mock does not."""
    return refusal(404, f"This mock of MailSlurp does not serve {method} {path}.")


def quota_used_up(quota: int) -> RefusalError:
    """Refuse one inbox more than the plan allows.

    The status was recorded in https://github.com/mailslurp/mailslurp-client/issues/13.
    """
    return refusal(429, f"The plan allows {quota} new inboxes; all are used up. Upgrade it.")


def unsatisfied(kind: str, identifier: str, expected: int, timeout_ms: int) -> Answer:
    """Return the end of a wait in vain, which holds unless something arrives within the timeout.

    Status and first words as in the README of https://github.com/mailslurp/mailslurp-client
    ("Fetch with exceptions"), on which users match.
    """
    message = (
        f"Failed to satisfy {kind} query for {'inbox' if kind == 'email' else 'phone'} ID"
        f" {identifier}: fewer than {expected} matched within {timeout_ms} ms."
    )
    return Answer(408, {"statusCode": 408, "message": message}, wait_s=timeout_ms / 1000)
