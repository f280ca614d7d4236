"""From what stopped a test to its pytest outcome and its verdict.

Owns the table of the contract: which verdict is a pass, a failure, a skip, an error. Errors of
the package become outcomes without traceback, for they are about the tenant, not about code.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NoReturn

import pytest

from pytest_auth0_mfa.errors import (
    Disturbance,
    Inapplicable,
    Interruption,
    SettingsError,
    TenantError,
    Untestable,
    Violation,
)
from pytest_auth0_mfa.judge.judgement import Judgement, Outcome
from pytest_auth0_mfa.judge.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_auth0_mfa.judge.catalogue import Requirement
    from pytest_auth0_mfa.tenant.expected_failures import ExpectedFailure

CASE: Final = pytest.StashKey["Case"]()


@dataclass(slots=True)
class Case:
    """One running test of a requirement: its judgement and, once known, how it ended.

    `expected_failure` is the entry of the profile that covers it, `has_expired` whether its last
    day is over; `offered` whether the tenant claims to offer the factor, `interrupted` whether the
    network ended it.
    """

    requirement: Requirement
    factor: str
    judgement: Judgement
    strict: bool
    expected_failure: ExpectedFailure | None
    has_expired: bool = False
    offered: bool = True
    interrupted: bool = False
    outcome: Outcome | None = None
    reason: str | None = None

    def end(self, verdict: Verdict, reason: str | None = None, seen: Outcome | None = None) -> None:
        """Keep how the test ended."""
        self.reason = reason
        self.outcome = replace(seen or Outcome(verdict), verdict=verdict)

    @property
    def expiry(self) -> str | None:
        """What is to be said of an entry that has expired, None where there is no such entry."""
        if not self.expected_failure or not self.has_expired:
            return None
        return (
            f"the expected failure has expired, mend it or move its date: {self.expected_failure}"
        )


@contextmanager
def judged(case: Case) -> Iterator[None]:
    """Run the body of a test of a requirement and settle its verdict."""
    try:
        yield
        seen = case.judgement.settle()
    except Violation as violation:
        _broken(case, violation.args[0])
        return
    if seen.verdict is Verdict.DEVIATES:
        _deviates(case, seen)
    elif case.expected_failure:
        reason = f"no longer fails; remove it from the profile ({case.expected_failure})"
        case.end(Verdict.STALE, reason, seen)
        _fail(f"{_name(case)} is listed as an expected failure but {reason}")
    else:
        case.end(seen.verdict, None, seen)


@contextmanager
def translated(case: Case | None, *, may_exit: bool) -> Iterator[None]:
    """Turn the package's errors into pytest outcomes.

    `may_exit` says whether a wrong setting may end the whole run, which a worker cannot.
    """
    try:
        yield
    except Untestable as error:
        _end(case, Verdict.UNTESTED, str(error))
        pytest.skip(str(error))
    except Inapplicable as error:
        _end(case, Verdict.INAPPLICABLE, str(error))
        pytest.skip(str(error))
    except Disturbance as error:
        if case is not None:
            case.interrupted = isinstance(error, Interruption)
        _end(case, Verdict.INCONCLUSIVE, str(error))
        _fail(f"inconclusive: {error}")
    except (SettingsError, TenantError) as error:
        _end(case, Verdict.INCONCLUSIVE, str(error))
        if may_exit:
            pytest.exit(f"auth0-mfa: {error}", returncode=pytest.ExitCode.USAGE_ERROR)
        _fail(str(error))
    except AssertionError as error:
        _end(case, Verdict.VIOLATES, str(error).partition("\n")[0])
        raise
    except pytest.skip.Exception as skipped:
        unoffered = case is not None and not case.offered
        _end(case, Verdict.INAPPLICABLE if unoffered else Verdict.UNTESTED, skipped.msg)
        raise
    except Exception as error:
        _end(case, Verdict.INCONCLUSIVE, f"the test itself failed: {type(error).__name__}")
        raise


def is_error(case: Case | None, excinfo: pytest.ExceptionInfo[BaseException] | None) -> bool:
    """Whether pytest should count this failure as an error: nothing was found out."""
    if excinfo is None:
        return False
    if case is None or case.outcome is None:
        return isinstance(excinfo.value.__context__, (Disturbance, SettingsError, TenantError))
    return case.outcome.verdict is Verdict.INCONCLUSIVE


def _broken(case: Case, seen: Outcome) -> None:
    if seen.verdict is Verdict.DEVIATES:
        _deviates(case, seen)
        return
    _known_if_listed(case, seen)
    case.end(Verdict.VIOLATES, case.expiry, seen)
    _fail(explain(case, seen))


def _deviates(case: Case, seen: Outcome) -> None:
    """A deviation fails in strict runs only, and after the last day of its entry."""
    _known_if_listed(case, seen)
    case.end(Verdict.DEVIATES, case.expiry, seen)
    if case.strict or case.has_expired:
        _fail(explain(case, seen))


def _known_if_listed(case: Case, seen: Outcome) -> None:
    if case.expected_failure and not case.has_expired:
        reason = str(case.expected_failure)
        case.end(Verdict.KNOWN, reason, seen)
        pytest.xfail(reason)


def explain(case: Case, seen: Outcome) -> str:
    """The failure in lines: requirement, expected, actual, source, expiry, and one an erratum."""
    errata = case.requirement.errata_for(case.factor)
    return "\n".join(
        (
            f"{_name(case)} {seen.verdict.value}: {case.requirement.title}",
            f"  expected  {seen.expected}",
            f"  actual    {seen.actual}",
            f"  source    {case.requirement.source}",
            *([f"  expired   {case.expiry}"] if case.expiry else []),
            *(f"  erratum   {text}" for text in errata),
        )
    )


def _name(case: Case) -> str:
    return f"{case.requirement.id} [{case.factor}]"


def _end(case: Case | None, verdict: Verdict, reason: str | None) -> None:
    if case is not None and case.outcome is None:
        case.end(verdict, reason)


def _fail(text: str) -> NoReturn:
    raise pytest.fail.Exception(text, pytrace=False) from None
