"""What a run may spend, what it will, and how the two are compared before the first request.

Owns the plan. What single requirements cost is `estimates`', what was really spent the `Ledger`'s.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.errors import SettingsError
from pytest_auth0_mfa.spelling import hint

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

KINDS: Final = ("users", "sms", "voice", "email", "push", "wrong_codes", "management")
"""What is counted, by the names of the report."""

BUILT_IN_PHONE: Final = 100
"""The text messages and calls that Auth0's own provider delivers in the whole life of a tenant.
Source: https://auth0.com/docs/secure/multi-factor-authentication/multi-factor-authentication-factors/configure-sms-voice-notifications-mfa"""


_BUILT_IN_ADVICE: Final = (
    f"(Auth0's own provider delivers {BUILT_IN_PHONE} in the whole life of a tenant. With a "
    "provider of your own allow them: --auth0-budget={}={})"
)


@dataclass(frozen=True, slots=True)
class Budget:
    """The limits that a run was given, by kind; what is not named has none."""

    limits: Mapping[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        """As it is written on the command line."""
        return ",".join(f"{kind}={limit}" for kind, limit in self.limits.items())

    def exceeded_by(self, needs: Mapping[str, float]) -> list[str]:
        """The kinds of which more is needed than there is."""
        return [kind for kind, limit in self.limits.items() if needs.get(kind, 0) > limit]


def parse_budget(parts: Iterable[str]) -> Budget:
    """Read parts such as `sms=5`; raises `SettingsError` that names the wrong one and the fix."""
    limits: dict[str, int] = {}
    for part in parts:
        name, equals, number = (each.strip() for each in part.partition("="))
        kind = name.replace("-", "_")
        if kind not in KINDS:
            meant = hint(kind, KINDS, f"known: {', '.join(KINDS)}")
            raise SettingsError(f"--auth0-budget: unknown kind {name!r}; {meant}")
        if not equals or not (number.isascii() and number.isdecimal()):
            raise SettingsError(
                f"--auth0-budget: {part!r}: expected {name}=NUMBER, such as {name}=20"
            )
        if kind in limits:
            raise SettingsError(f"--auth0-budget: {name} is there twice")
        limits[kind] = int(number)
    return Budget(limits)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run will spend at most: for each factor, by kind.

    `calls` are those of an exploration, 0 where there is none.
    """

    by_factor: Mapping[str, Counter[str]]
    tests: int
    calls: int = 0

    @property
    def needs(self) -> Counter[str]:
        """What all of it comes to."""
        return sum(self.by_factor.values(), Counter())

    def __str__(self) -> str:
        """`12 tests will spend at most: users 12, sms 3`."""
        needs = self.needs
        words = [f"{kind.replace('_', ' ')} {needs[kind]}" for kind in KINDS if needs[kind]]
        tests = f"{self.tests} test{'' if self.tests == 1 else 's'}"
        explored = f"an exploration of {self.calls} calls"
        who = [*([tests] if self.tests or not self.calls else []), *([explored] * bool(self.calls))]
        return f"{' and '.join(who)} will spend at most: {', '.join(words) or 'nothing'}"

    def table(self, budget: Budget) -> str:
        """Factors against kinds, with the sums and what the budget has."""
        from prettytable import PrettyTable  # noqa: PLC0415 - for those who need to read it

        needs = self.needs
        kinds = [kind for kind in KINDS if needs[kind] or kind in budget.limits]
        table = PrettyTable(["", *kinds], border=False, align="r", right_padding_width=2)
        for factor, spent in self.by_factor.items():
            table.add_row([factor, *(spent[kind] or "" for kind in kinds)])
        table.add_row(["at most", *(needs[kind] for kind in kinds)])
        table.add_row(["budget", *(budget.limits.get(kind, "") for kind in kinds)])
        return str(table.get_string())


def check_plan(plan: Plan, limits: Budget, given: Budget) -> None:
    """Raise `SettingsError` with the plan where it does not fit the limits.

    Of these, `given` are those that somebody set; the rest are known of tenants.
    """
    needs, exceeded = plan.needs, limits.exceeded_by(plan.needs)
    if not exceeded:
        return
    told = ", ".join(f"{needs[kind]} {kind} of {limits.limits[kind]}" for kind in exceeded)
    known = [kind for kind in exceeded if kind not in given.limits]
    advice = "".join(f"\n{_BUILT_IN_ADVICE.format(kind, needs[kind])}" for kind in known[:1])
    raise SettingsError(
        f"the budget does not allow this run: it would spend up to {told}.\n"
        f"{plan.table(limits)}\n"
        "Nothing was sent. Choose fewer tests (--auth0-factors, -k), or raise --auth0-budget"
        f"{advice}"
    )


def known_limits(budget: Budget) -> Budget:
    """The budget with the limits that hold on a real tenant where it does not name them.

    Whoever has a provider of their own for text messages and calls says what they want to spend.
    """
    unnamed = [kind for kind in ("sms", "voice") if kind not in budget.limits]
    return Budget({**budget.limits, **dict.fromkeys(unnamed, BUILT_IN_PHONE)})
