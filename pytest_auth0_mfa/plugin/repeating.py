"""Running a test again from the start where the network, not the tenant, ended it.

Owns which tests are repeated and how often: those that judge a requirement, that were interrupted
(`Interruption`), and that can have a fresh user. What was lost may have been carried out, so that
nothing less than the whole test can be repeated. Only the last attempt is reported. As
pytest-rerunfailures does it: https://github.com/pytest-dev/pytest-rerunfailures
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import pytest
from _pytest.runner import runtestprotocol

from pytest_auth0_mfa.plugin.outcomes import CASE

if TYPE_CHECKING:
    from pytest_auth0_mfa.plugin.session import Session

REPEATED: Final = pytest.StashKey[int]()
"""How often a test was run before."""

_SPENT: Final = pytest.StashKey[dict[str, float]]()
"""What the earlier attempts have cost."""

AT_MOST_ON_A_MOCK: Final = 6
AT_MOST: Final = 1
"""Elsewhere each attempt costs a user, and messages."""

_FIRST_PAUSE_S: Final = 0.05
_LONGEST_PAUSE_S: Final = 2.0


def run(item: pytest.Item, nextitem: pytest.Item | None, session: Session) -> None:
    """Run a test, again where it was interrupted, and report the last attempt."""
    place = {"nodeid": item.nodeid, "location": item.location}
    item.ihook.pytest_runtest_logstart(**place)
    reports = runtestprotocol(item, nextitem=nextitem, log=False)
    while _may_be_repeated(item, session):
        done = item.stash.get(REPEATED, 0)
        item.stash[REPEATED] = done + 1
        _keep_spend(item, session)
        time.sleep(min(_FIRST_PAUSE_S * 2**done, _LONGEST_PAUSE_S))
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(**place)


def carry_over(item: pytest.Item, session: Session) -> None:
    """Count what earlier attempts at this test have cost."""
    if _SPENT in item.stash:
        session.recorder.spend.add(item.stash[_SPENT])


def spent_now(item: pytest.Item, session: Session) -> dict[str, float]:
    """What this attempt has cost, without the earlier ones."""
    earlier = item.stash.get(_SPENT, {})
    spend = session.recorder.spend.to_json()
    return {name: count - earlier.get(name, 0) for name, count in spend.items()}


def _may_be_repeated(item: pytest.Item, session: Session) -> bool:
    case = item.stash.get(CASE, None)
    if case is None or not case.interrupted or session.lost or not session.renews_users:
        return False
    if item.session.shouldstop or item.session.shouldfail:
        return False
    at_most = AT_MOST_ON_A_MOCK if session.tenant.mock else AT_MOST
    return item.stash.get(REPEATED, 0) < at_most


def _keep_spend(item: pytest.Item, session: Session) -> None:
    spend = session.recorder.spend
    spend.repeated += 1
    item.stash[_SPENT] = spend.to_json()
