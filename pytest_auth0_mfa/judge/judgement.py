"""The judgement of one requirement by one test: expectations in, one outcome out.

Rules of this file. A requirement is violated only by what the judge saw, never by a step that
merely failed. A refusal proves nothing by itself, for a request can be refused for another
reason: each needs a positive control, the same request without the one fault, which must be
accepted. Texts are made from findings and summaries, which hold no secrets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NoReturn, TypeVar

from pytest_auth0_mfa import schemas
from pytest_auth0_mfa.errors import Malformed, Prerequisite, Violation
from pytest_auth0_mfa.judge.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_auth0_mfa.judge.answers import JudgedAnswer
    from pytest_auth0_mfa.judge.catalogue import Requirement


_Read = TypeVar("_Read")

_NOWHERE: Final = r"(?!)"
_JUDGED_ONCE: Final = {
    False: "header cache-control",
    True: "header (cache-control|content-type)",
}
"""Places that have one requirement for all answers (False) or all errors (True)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict with what was expected, what was seen, and the number of the exchange."""

    verdict: Verdict
    expected: str | None = None
    actual: str | None = None
    exchange: int | None = None


@dataclass(slots=True)
class Judgement:
    """Gathers what a test finds out about its requirement.

    `observed` counts, by response id, the documented responses that were seen as they should
    be.
    """

    requirement: Requirement
    factor: str
    observed: dict[str, int] = field(default_factory=dict)
    _seen: Outcome | None = None
    _pending: Outcome | None = None
    _note: Outcome | None = None
    _refused: bool = False
    _controlled: bool = False

    def conforms(self, answer: JudgedAnswer, response_id: str, *, besides: str = "") -> None:
        """Expect the documented response `response_id`.

        `besides` is a regular expression for places that have a requirement of their own.
        """
        must, should = self._findings(answer, response_id, besides)
        if must:
            self._break(_outcome_of(must, answer))
        self._observe(answer, response_id, should)

    def accepts(
        self,
        answer: JudgedAnswer,
        what: str,
        error: str | None = None,
        *,
        unlike: Callable[[], JudgedAnswer] | None = None,
    ) -> None:
        """Expect the request to be carried out, whatever the answer looks like.

        `what` says in words which request; `error` is as for `control`. `unlike` sends the plain
        request without what is special here: where that is refused too, nothing was found out.
        """
        carried_out = _carried_out(answer, error)
        if not carried_out and unlike:
            self.control(unlike(), error)
        self.holds(f"{what}: accepted", answer.summary(), when=carried_out, answer=answer)

    def needs(self, what: str, *, when: bool) -> None:
        """Expect what must be so for the judgement to mean anything; `what` says it in words."""
        if not when:
            raise Prerequisite(f"nothing can be judged here without {what}")

    def refuses(self, answer: JudgedAnswer, *response_ids: str) -> None:
        """Expect a refusal, as one of the documented responses; wants a `control` as well.

        Without a response id any refusal will do.
        """
        self._refused = True
        expected = " or ".join(response_ids) or "whatever the error"
        if answer.accepted:
            self._break(
                Outcome(
                    Verdict.VIOLATES,
                    f"a refusal: {expected}",
                    f"accepted: {answer.summary()}",
                    answer.exchange.id,
                )
            )
        if not response_ids:
            self.holds(f"a refusal: {expected}", answer.summary(), when=True, answer=answer)
            return
        judged = [(*self._findings(answer, one), one) for one in response_ids]
        must, should, response_id = min(judged, key=lambda found: len(found[0]))
        if must:
            self._pending = self._pending or _outcome_of(must, answer)
            return
        self._observe(answer, response_id, should)

    def control(self, answer: JudgedAnswer, error: str | None = None) -> None:
        """Expect the faultless request to be carried out; otherwise nothing was proved.

        `error` is the error code that means success here, as `mfa_required` does for a login.
        """
        if not _carried_out(answer, error):
            raise Prerequisite(
                f"the positive control was refused, so the refusal proves nothing: "
                f"{answer.exchange}, {answer.summary()}"
            )
        self._controlled = True

    def holds(
        self, expected: str, actual: object, *, when: bool, answer: JudgedAnswer | None = None
    ) -> None:
        """Expect `when`; `expected` and `actual` say in words what that means."""
        number = answer.exchange.id if answer else None
        if not when:
            self._break(Outcome(Verdict.VIOLATES, expected, str(actual), number))
        self._seen = Outcome(Verdict.CONFORMS, expected, str(actual), number)

    def reads(self, expected: str, read: Callable[[], _Read]) -> _Read:
        """Expect that something the tenant sent can be read; returns what `read` gives.

        `expected` says in words what it should be.
        """
        try:
            return read()
        except Malformed as fault:
            self.holds(expected, fault, when=False)
            raise

    def verifies(self, answer: JudgedAnswer, token: str, jwks: object) -> Mapping[str, object]:
        """Expect `token`, a signed one, to verify against the JWKS; returns its claims."""
        from pytest_auth0_mfa.judge.tokens import verify_signature  # noqa: PLC0415 - slow to load

        claims = verify_signature(token, jwks)
        reason = claims if isinstance(claims, str) else "verified"
        expected = "a token signed with RS256 that verifies against the tenant's JWKS"
        self.holds(expected, reason, when=not isinstance(claims, str), answer=answer)
        return {} if isinstance(claims, str) else claims

    def claims(self, token: str) -> Mapping[str, object]:
        """The claims of a signed token, its signature left alone; empty where it is no JWT."""
        from pytest_auth0_mfa.judge.tokens import read_claims  # noqa: PLC0415 - slow to load

        return read_claims(token)

    def settle(self) -> Outcome:
        """The outcome of a test that ran to its end.

        Raises `Violation` for a broken MUST, `Prerequisite` where nothing was proved.
        """
        if self._refused and not self._controlled:
            raise Prerequisite("a refusal was judged without a positive control")
        if self._pending:
            self._break(self._pending)
        if self._note:
            return self._note
        if self._seen is None:
            raise Prerequisite("the test ended without judging anything")
        return self._seen

    def _break(self, outcome: Outcome) -> NoReturn:
        verdict = Verdict.DEVIATES if self.requirement.level == "SHOULD" else Verdict.VIOLATES
        self._seen = Outcome(verdict, outcome.expected, outcome.actual, outcome.exchange)
        raise Violation(self._seen)

    def _findings(
        self, answer: JudgedAnswer, response_id: str, besides: str = ""
    ) -> tuple[list[schemas.Finding], list[schemas.Finding]]:
        findings = schemas.check(
            response_id, answer.body, status=answer.status, headers=answer.headers
        )
        elsewhere = re.compile(
            f"{besides or _NOWHERE}|{_JUDGED_ONCE[response_id.startswith('error.')]}"
        )
        findings = [found for found in findings if not elsewhere.fullmatch(found.where)]
        must = [finding for finding in findings if finding.level == "MUST"]
        return must, [finding for finding in findings if finding.level == "SHOULD"]

    def _observe(
        self, answer: JudgedAnswer, response_id: str, should: list[schemas.Finding]
    ) -> None:
        """Count a documented response, and note in what it falls short of a SHOULD."""
        self.observed[response_id] = self.observed.get(response_id, 0) + 1
        self._seen = Outcome(
            Verdict.CONFORMS, _expectation(response_id), answer.summary(), answer.exchange.id
        )
        if should:
            self._note = self._note or _outcome_of(should, answer, Verdict.DEVIATES)


def _outcome_of(
    findings: list[schemas.Finding],
    answer: JudgedAnswer,
    verdict: Verdict = Verdict.VIOLATES,
) -> Outcome:
    """One outcome of several findings: their places, joined."""
    expected = "; ".join(f"{_place(found)}: {found.expected}" for found in findings)
    actual = "; ".join(f"{_place(found)}: {found.actual}" for found in findings)
    return Outcome(verdict, expected, actual, answer.exchange.id)


def _carried_out(answer: JudgedAnswer, error: str | None) -> bool:
    return answer.error == error if error else answer.accepted


def _place(finding: schemas.Finding) -> str:
    return finding.where or "body"


def _expectation(response_id: str) -> str:
    statuses: Mapping[str, object] | tuple[int, ...] = schemas.describe(response_id).status
    return f"{response_id}: status {' or '.join(map(str, statuses))}"
