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

UNASKED_MESSAGES: Final = 10
"""The text messages, and the calls, that a run sends on a real tenant unless its budget says more.

Auth0's own provider delivers 100 in the whole life of a tenant, and others cost money.
Source: https://auth0.com/docs/secure/multi-factor-authentication/multi-factor-authentication-factors/configure-sms-voice-notifications-mfa"""


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

    `calls` are those of an exploration, 0 where there is none. `left_out` tests are spared the
    tenant, for they and the others `would_take` more messages than a run sends unasked.
    """

    by_factor: Mapping[str, Counter[str]]
    tests: int
    calls: int = 0
    left_out: int = 0
    would_take: Counter[str] = field(default_factory=Counter)

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
        told = f"{' and '.join(who)} will spend at most: {', '.join(words) or 'nothing'}"
        spared = f"; {self.left_out} are left out: {all_of(self.would_take)}"
        return f"{told}{spared if self.left_out else ''}"

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
    unasked = {kind: needs[kind] for kind in exceeded if kind not in given.limits}
    advice = f" ({all_of(unasked)})" if unasked else ""
    raise SettingsError(
        f"the budget does not allow this run: it would spend up to {told}.\n"
        f"{plan.table(limits)}\n"
        "Nothing was sent. Choose fewer tests (--auth0-factors, -k), or raise --auth0-budget"
        f"{advice}"
    )


def unasked_limits(budget: Budget) -> dict[str, int]:
    """How many messages of which kinds a real tenant is sent, for the budget does not say."""
    unnamed = (kind for kind in ("sms", "voice") if kind not in budget.limits)
    return dict.fromkeys(unnamed, UNASKED_MESSAGES)


def known_limits(budget: Budget) -> Budget:
    """The budget of a run on a real tenant, with the limits of which it does not speak."""
    return Budget({**budget.limits, **unasked_limits(budget)})


def all_of(needs: Mapping[str, int]) -> str:
    """How to have everything run that needs so much."""
    allowed = Budget({kind: number for kind, number in needs.items() if number > UNASKED_MESSAGES})
    return f"{allowed} in --auth0-budget runs all"
