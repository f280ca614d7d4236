"""Ways to be different that are not wrong, and ways to be wrong that no client can see.

The first are run like deviations: none may turn anything red. The second cannot be run, for
nothing that crosses the wire would differ. Each has its reason, and is on the published page.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from pytest_auth0_mfa.mock.deviations import edits
from pytest_auth0_mfa.mock.deviations.model import Change, Deviation

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.messages import Answer

OPEN = "Answers may have more members and headers; clients pass over what they do not know."
TWO_SOURCES = "Two public sources tell two answers, and both are taken."
UNRECORDED = "No public source tells which is so."


class Unseen(NamedTuple):
    """A way to be wrong that nothing over the wire shows."""

    summary: str
    why: str


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A tenant that is different and right all the same."""

    deviation: Deviation
    why: str


def _edited(name: str, summary: str, change: Change, why: str) -> Equivalent:
    return Equivalent(Deviation(name, "", summary, change=change), why)


def _ruled(name: str, summary: str, rules: dict[str, object], why: str) -> Equivalent:
    return Equivalent(Deviation(name, "", summary, rules), why)


def _turned(answer: Answer) -> Answer:
    """Give a list, or the members of a body, from the end to the beginning."""
    if isinstance(answer.body, list):
        return replace(answer, body=answer.body[::-1])
    if isinstance(answer.body, dict):
        return replace(answer, body=dict(reversed(answer.body.items())))
    return answer


EQUIVALENTS = (
    _edited(
        "answer-with-more-members",
        "Every answer has a member that nobody documents",
        Change("", edits.further_member("trace_id", "4f1c")),
        OPEN,
    ),
    _edited(
        "answer-with-more-headers",
        "Every answer has a header that nobody documents",
        Change("", edits.header("x-served-by", "a")),
        OPEN,
    ),
    _edited(
        "answer-turned-around",
        "Lists and members come in another order",
        Change("", _turned),
        "No client may rely on an order: recordings and pages have different ones.",
    ),
    _edited(
        "error-with-uri",
        "Errors name a page about them (error_uri)",
        Change("error.", edits.further_member("error_uri", "https://auth0.com/docs")),
        "Optional by every source.",
    ),
    _edited(
        "challenge-with-times",
        "The answer to a challenge tells expires_in",
        Change("challenge.", edits.further_member("expires_in", 300)),
        "A draft has it, no recording does.",
    ),
    _edited(
        "pending-as-403",
        "A push that is not answered yet is told with status 403",
        Change("error.authorization-pending", edits.status(403)),
        TWO_SOURCES,
    ),
    _edited(
        "slow-down-as-400",
        "A client that asks too often is told so with status 400",
        Change("error.slow-down", edits.status(400)),
        TWO_SOURCES,
    ),
    _edited(
        "association-required-as-401",
        "A challenge without an authenticator is refused with status 401",
        Change("error.association-required", edits.status(401)),
        "The errors beside it have this status in SDKs, so that both are taken.",
    ),
    _ruled(
        "recovery-code-outlives-factors",
        "The recovery code stays when the last factor is deleted",
        {"last_removal_drops_recovery_code": False},
        UNRECORDED,
    ),
    _ruled(
        "secret-longer-than-recorded",
        "The secret of an authenticator app has 32 octets instead of 20",
        {"otp_secret_bytes": 32},
        "A longer secret is a better one, and every app takes it.",
    ),
    _ruled(
        "assertion-clock-may-be-off",
        "The clock of who signs an assertion may be off by twelve seconds instead of ten",
        {"assertion_clock_skew_s": 12.0},
        UNRECORDED,
    ),
    _ruled(
        "barcode-longer-than-recorded",
        "The ticket in a barcode is twice as long as recorded",
        {"ticket_length": 64},
        "Clients send a ticket back as it is; only one that can be guessed is wrong.",
    ),
    _ruled(
        "devices-clock-may-run-ahead",
        "The clock of a device may be off by eight seconds instead of five",
        {"device_clock_skew_s": 8.0},
        UNRECORDED,
    ),
)

UNSEEN = (
    Unseen(
        "Passwords, secrets of authenticators or codes are stored as they are",
        "What is stored crosses no wire; how long a check takes tells too little.",
    ),
    Unseen(
        "Codes, secrets or ids are drawn by a generator that can be foretold",
        "A run sees a few hundred of them: it finds repeated and short ones, not weak ones.",
    ),
    Unseen(
        "Secrets are compared in a time that tells how much of them is right",
        "The difference is far below what a network adds; it takes thousands of tries to see.",
    ),
    Unseen(
        "Secrets stand in the tenant's logs",
        "No endpoint of this API shows a log.",
    ),
    Unseen(
        "Counters of tries and messages are lost when the tenant restarts, or differ by server",
        "No client can restart a tenant or choose its server.",
    ),
    Unseen(
        "An mfa_token or oob_code is sealed weakly, or names a user to who can read it",
        "Clients send it back as it is; forged and foreign ones are tried, its seal is not broken.",
    ),
    Unseen(
        "A message is sent by another carrier, later, or in other words",
        "What counts is that the right address gets a code that works.",
    ),
)

DEVIATIONS = tuple(each.deviation for each in EQUIVALENTS)
"""For the processes that run the suites."""
