"""What the model expects of one answer: carried out, refused for a reason, or left open.

Owns how an answer is held against that. Must not know what was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.explore.finding import disagree

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.exchange import Answer

_TOO_MANY: Final = 429
_CLIENT_ERROR: Final = range(400, 500)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a request must be refused, and by which requirement.

    No `statuses` means any 4xx, no `errors` any code.
    """

    requirement: str
    why: str
    statuses: frozenset[int] = frozenset()
    errors: frozenset[str] = frozenset()

    def fits(self, answer: Answer) -> bool:
        """Whether a refusal is one that this reason calls for."""
        statuses = self.statuses or _CLIENT_ERROR
        return answer.status in statuses and (not self.errors or answer.error in self.errors)

    def __str__(self) -> str:
        """What a refusal for this reason looks like."""
        statuses = " or ".join(map(str, sorted(self.statuses))) or "4xx"
        errors = " or ".join(sorted(self.errors))
        return f"status {statuses}{errors and f', {errors}'}"


@dataclass(frozen=True, slots=True)
class Expectation:
    """What must come of a request.

    `what` is the request in words. With `reasons` it must be refused; without, it must be carried
    out, which `keeps` say. `is_open` leaves to the tenant what the facts leave open: whether it is
    carried out where there is no reason, and how it is refused where there is one. `means` is the
    error code by which an answer says that the request was carried out, as `mfa_required` does.
    """

    what: str
    factor: str
    keeps: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()
    is_open: bool = False
    means: str | None = field(default=None, kw_only=True)

    def judge(self, answer: Answer) -> bool:
        """Whether the request was carried out; raises `Disagreement` where it must not be so."""
        done = answer.error == self.means if self.means else answer.accepted
        if self.reasons:
            self._judge_refusal(answer, done=done)
        elif not done and not self.is_open:
            disagree(self._kept(answer), self.factor, f"{self.what}: carried out", answer.summary())
        elif not done and answer.status not in _CLIENT_ERROR:
            disagree(self.keeps, self.factor, f"{self.what}: an answer", answer.summary())
        return done

    def _kept(self, answer: Answer) -> list[str]:
        """The requirements that keep it, those on limits first where it ran into a limit."""
        if answer.status != _TOO_MANY:
            return list(self.keeps)
        return sorted(self.keeps, key=lambda name: "-LIMIT-" not in name)

    def _judge_refusal(self, answer: Answer, *, done: bool) -> None:
        named = [reason.requirement for reason in self.reasons]
        why = " and ".join(reason.why for reason in self.reasons)
        if done or answer.accepted:
            disagree(named, self.factor, f"{self.what}, {why}: refused", answer.summary())
        fitting = any(reason.fits(answer) for reason in self.reasons)
        is_refusal = answer.status in _CLIENT_ERROR
        if not (is_refusal if self.is_open else fitting):
            told = " or ".join(dict.fromkeys(map(str, self.reasons)))
            suspected = [*named, *self.keeps]
            disagree(suspected, self.factor, f"{self.what}, {why}: {told}", answer.summary())
