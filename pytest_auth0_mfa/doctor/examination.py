"""An examination: all depths together, what came of each check, and how it ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_auth0_mfa.doctor.check import Level, checks
from pytest_auth0_mfa.doctor.disagreement import Disagreement, disagreements
from pytest_auth0_mfa.doctor.finding import Depth, Finding, State, combined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_auth0_mfa.doctor.behaviour import Attempt


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found out about a tenant.

    There is one finding for each check, the gravest first. `attempt` is the login of a user.
    """

    tenant: str
    findings: tuple[Finding, ...]
    disagreements: tuple[Disagreement, ...]
    attempt: Attempt

    def found(self, *levels: Level) -> list[Finding]:
        """What was found, of these levels or of all."""
        wanted = levels or tuple(Level)
        return [e for e in self.findings if e.state is State.FOUND and e.weight in wanted]

    def ended(self, *states: State) -> list[Finding]:
        """What came to one of these states."""
        return [each for each in self.findings if each.state in states]

    @property
    def authenticated(self) -> bool:
        """Whether the tenant took the application's credentials, and the user's if one logged in.

        A doctor who was let in nowhere has nothing to say.
        """
        known = any(e.id == "app.secret" and e.state is State.HEALTHY for e in self.findings)
        return known and self.attempt.ended != "refused"


def examination(tenant: str, findings: Iterable[Finding], attempt: Attempt) -> Examination:
    """Put together what was seen; checks that nobody looked at say so."""
    seen = [*findings, *attempt.findings]
    differing = disagreements(seen)
    told = [_lightened(each, differing) for each in combined([*seen, *_untouched(seen)])]
    return Examination(tenant, tuple(told), tuple(differing), attempt)


def _lightened(finding: Finding, differing: list[Disagreement]) -> Finding:
    """A finding of the configuration that the behaviour belies warns, and blocks nothing."""
    is_belied = any(each.id == finding.id and each.works for each in differing)
    if not (is_belied and finding.weight is Level.BLOCKS):
        return finding
    return Finding(finding.id, finding.state, finding.depth, finding.told, Level.WARNS)


def _untouched(seen: list[Finding]) -> list[Finding]:
    """A finding for each check that no depth spoke of."""
    known = {each.id for each in seen}
    return [
        Finding(id_, State.UNREAD, Depth.CONFIGURATION, check.unread or "needs the Management API")
        for id_, check in checks().items()
        if id_ not in known
    ]
