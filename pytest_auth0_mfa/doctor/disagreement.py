"""Where what a tenant does is not what its configuration says: what no look at settings can see.

A configuration that leaves MFA to an Action looks wrong, and one that looks right may ask nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.doctor.finding import Depth, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pytest_auth0_mfa.doctor.finding import Finding

_SAYS_WRONG: Final[Mapping[str, str]] = {
    "mfa.policy": "an Action or a rule asks for it in another way than by multifactor.enable, "
    "or the users' own settings do",
    "app.mfa-grants": "the settings were changed a moment ago",
}
"""Why a configuration may look wrong that works."""

_SAYS_RIGHT: Final[Mapping[str, str]] = {
    "mfa.policy": "an Action or a rule lets this login pass, such as one that skips test users, "
    "or the application is excepted",
    "mfa.factor-enabled": "a trial or a plan is over, or the factor is off for this user",
    "tenant.mfa-in-action": "an Action asks for factors under a name that was not recognized",
    "conn.enabled": "the login goes to another database than the settings say",
}
"""Why a configuration may look right that does not work."""

_ANY: Final = "the settings were changed a moment ago, or are those of another tenant"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One check on which configuration and behaviour differ, with the likely reason."""

    id: str
    configuration: str
    behaviour: str
    likely: str
    works: bool


def disagreements(findings: Iterable[Finding]) -> list[Disagreement]:
    """What is found by one and not by the other; checks that only one of them looked at agree."""
    by_id: dict[str, list[Finding]] = {}
    for each in findings:
        if each.state in {State.FOUND, State.HEALTHY}:
            by_id.setdefault(each.id, []).append(each)
    pairs = ((id_, _settled(each)) for id_, each in by_id.items())
    return [_disagreement(id_, *pair) for id_, pair in pairs if pair[0] and pair[1]]  # type: ignore[arg-type]


def _settled(findings: list[Finding]) -> tuple[Finding | None, Finding | None]:
    """What the configuration says, and what was seen, where the two differ."""
    says = next((each for each in findings if each.depth is Depth.CONFIGURATION), None)
    seen = [each for each in findings if each.depth is not Depth.CONFIGURATION]
    # What was found stands before what was not: one factor that works does not mend another.
    does = next((each for each in seen if each.state is State.FOUND), seen[0] if seen else None)
    differ = says and does and says.state is not does.state
    return (says, does) if differ else (None, None)


def _disagreement(id_: str, says: Finding, does: Finding) -> Disagreement:
    works = does.state is State.HEALTHY
    likely = (_SAYS_WRONG if works else _SAYS_RIGHT).get(id_, _ANY)
    return Disagreement(id_, says.told or "as it should be", does.told or "it works", likely, works)
