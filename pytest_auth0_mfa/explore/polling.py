"""Asking about a prompt, or about a barcode: why there are no tokens yet, and how often one may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.explore.expectation import Reason
from pytest_auth0_mfa.explore.finding import disagree

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.explore.allowance import Allowance
    from pytest_auth0_mfa.explore.state import Oob
    from pytest_auth0_mfa.explore.world import World


def count(oob: Oob, answer: Answer, now: float) -> None:
    """Count a question about a push; raises `Disagreement` where it was not one too many."""
    if answer.error == "slow_down" and oob.polls.has_one(now):
        named = ["MFA-PUSH-POLL-REFILL"] if oob.polls.was_used_up else []
        told = "twelve questions, and one more every five seconds"
        disagree([*named, "MFA-PUSH-POLL-ALLOWANCE"], "push", told, answer.summary())
    oob.polls.spend(now, surely=answer.error == "authorization_pending")


def reasons_to_wait(world: World, oob: Oob, others: list[Reason]) -> list[Reason]:
    """Why a push gives no tokens yet, or never."""
    now = world.now(oob.token.owner)
    if others or oob.is_used:
        return []
    if oob.polls.is_empty(now):
        statuses, errors = frozenset({400, 429}), frozenset({"slow_down"})
        return [Reason("MFA-PUSH-SLOW-DOWN", "asked about too often", statuses, errors)]
    reasons = []
    if oob.decision == "rejected":
        errors = frozenset({"access_denied", "invalid_grant"})
        why, statuses = "whose prompt was rejected", frozenset({400, 403})
        named = "MFA-PUSH-REJECTION-FINAL" if oob.is_allowed_late else "MFA-PUSH-REJECTED"
        reasons.append(Reason(named, why, statuses, errors))
    if oob.decision == "pending" and not oob.is_enrolling:
        reasons.append(_pending("MFA-PUSH-PENDING", "whose prompt is not answered"))
    if oob.is_enrolling and not oob.enrollment.is_scanned:
        reasons.append(_pending("MFA-CONFIRM-PENDING", "whose barcode is not scanned"))
    return reasons


def is_unsure(allowance: Allowance, now: float) -> bool:
    """Whether there may be one left, or none."""
    return not (allowance.has_one(now) or allowance.is_empty(now))


def _pending(requirement: str, why: str) -> Reason:
    return Reason(requirement, why, frozenset({400, 403}), frozenset({"authorization_pending"}))
