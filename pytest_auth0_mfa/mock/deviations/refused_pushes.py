"""Faults of the refusals of pushes, of devices, and of what is too much."""

from __future__ import annotations

from pytest_auth0_mfa.mock.deviations import asked
from pytest_auth0_mfa.mock.deviations.places import Place
from pytest_auth0_mfa.mock.deviations.samples import ACCOUNT
from pytest_auth0_mfa.mock.operations import Operation

_ASSOCIATE = frozenset({Operation.ASSOCIATE})
_CHALLENGES = frozenset(
    {Operation.CHALLENGE, Operation.CHALLENGE_BY_ID, Operation.CHALLENGE_ANY_TYPE}
)
_OOB = frozenset({Operation.MFA_OOB})
_CONFIRMATION = frozenset({Operation.CONFIRMATION})
_PENDING = "error.authorization-pending"

_PENDING_SCAN = Place(
    "pending-scan",
    "A poll before the barcode was scanned",
    "MFA-CONFIRM-PENDING",
    _PENDING,
    _CONFIRMATION,
)
_PENDING_PUSH = Place(
    "pending-push",
    "A poll before the prompt was answered",
    "MFA-PUSH-PENDING",
    _PENDING,
    _OOB,
)
_REJECTED = Place(
    "rejected-push",
    "A poll after the prompt was rejected",
    "MFA-PUSH-REJECTED",
    "error.push-denied",
)
_FAST = Place("fast-poll", "A poll too many", "MFA-PUSH-SLOW-DOWN", "error.slow-down")

PUSH = (
    _PENDING_SCAN.status(500),
    _PENDING_SCAN.code("slow_down"),
    _PENDING_PUSH.status(500),
    _REJECTED.status(401),
    _REJECTED.code("authorization_pending"),
    _FAST.status(500),
    _FAST.code("invalid_request"),
)

_INVENTED_TICKET = Place(
    "invented-ticket",
    "A scan of an invented barcode",
    "MFA-DEVICE-TICKET-INVENTED",
    "device.refused",
    frozenset({Operation.DEVICE_ENROLLMENT}),
    asked.names_nothing_awaited,
)
_INVENTED_TRANSACTION = Place(
    "invented-transaction-token",
    "An answer to a prompt that was never sent",
    "MFA-DEVICE-INVENTED-TOKEN",
    "device.refused",
    frozenset({Operation.DEVICE_RESOLUTION}),
    asked.names_nothing_awaited,
)

DEVICES = (
    _INVENTED_TICKET.accepted(ACCOUNT),
    _INVENTED_TICKET.without("errorCode"),
    _INVENTED_TICKET.having("an errorCode that is a number", "errorCode", 7),
    _INVENTED_TICKET.beside("a token", "token", "granted-to-nobody"),
    _INVENTED_TICKET.as_text(),
    _INVENTED_TRANSACTION.accepted(None, status=204),
)

_WRONG_CODES = Place(
    "code-after-too-many",
    "A right code after ten wrong ones",
    "MFA-LIMIT-WRONG-CODES",
    "error.too-many-codes",
)
_MESSAGES = Place(
    "message-too-many",
    "An association after too many messages",
    "MFA-LIMIT-SENDS",
    "error.too-many-messages",
    _ASSOCIATE,
)
_PUSHES = Place(
    "push-too-many",
    "A challenge after too many pushes",
    "MFA-LIMIT-PUSHES",
    "error.too-many-messages",
    _CHALLENGES,
)

LIMITS = (
    _WRONG_CODES.status(500),
    _WRONG_CODES.code("access_denied"),
    _MESSAGES.status(500),
    _PUSHES.status(500),
)
