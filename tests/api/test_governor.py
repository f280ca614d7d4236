"""The governor: who may send when, by what is documented and what answers tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import cycle
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_auth0_mfa.api.governed import FREE, InFile, InMemory
from pytest_auth0_mfa.api.governor import Governor
from pytest_auth0_mfa.api.limits_told import Told, limits_told

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_auth0_mfa.api.governor import Turn

NOW = 5000.0
MFA, TOKEN, KEYS = "/mfa/associate", "/oauth/token", "/.well-known/jwks.json"
EMPTY = Told(FREE, 0, 1.0)


def ask(governor: Governor, path: str = MFA, now: float = NOW, login: str | None = None) -> float:
    """How long a request must wait."""
    return round(governor.turn(path, login, now, now + 90).at - now, 3)


def hear(governor: Governor, told: Told | None, path: str = MFA, now: float = NOW) -> None:
    """Send a request and be told so."""
    governor.told(governor.turn(path, None, now, now + 90), told, now)


class TestNoWait:
    """Whoever is far from the limits is not slowed down."""

    @pytest.mark.parametrize("path", [MFA, TOKEN, KEYS])
    def test_of_a_tenant_that_tells_nothing(self, path: str) -> None:
        """No limit is invented for a tenant that tells none."""
        governor = Governor()
        for _ in range(500):
            hear(governor, None, path)
        assert 0 == ask(governor, path, login="a")

    def test_of_a_bigger_plan(self) -> None:
        """A hundred a second are no three hundred a minute; no endpoint has a limit."""
        governor = Governor()
        waits = []
        for number in range(1000):
            now = NOW + number / 100
            waits.append(ask(governor, TOKEN, now))
            hear(governor, Told(100, 97, 0.5), TOKEN, now)
        assert 0 == max(waits)

    def test_where_more_is_left_than_was_thought(self) -> None:
        """The tenant is right: what is left counts, not what was sent."""
        governor = Governor()
        hear(governor, EMPTY)
        assert 0 < ask(governor)
        hear(governor, Told(FREE, 200, 1.0), now=NOW + 60)
        assert [0] * 150 == [ask(governor, now=NOW + 60) for _ in range(150)]


class TestWait:
    """Whoever has reached a limit waits, and no longer than necessary."""

    def test_free_plan(self) -> None:
        """What is left may be sent at once, then five a second."""
        governor = Governor()
        hear(governor, Told(FREE, 2, 1.0))
        assert [0, 0, 0.2, 0.4] == [ask(governor) for _ in range(4)]

    @pytest.mark.parametrize(("path", "at_once"), [(TOKEN, 29), (KEYS, 19)])
    def test_endpoint_of_the_free_plan(self, path: str, at_once: int) -> None:
        """Two endpoints are limited by the second, whatever is left of the whole.

        One less than documented at once: a request may be slower than the one after it.
        """
        governor = Governor()
        hear(governor, Told(FREE, 299, 1.0))
        waits = [ask(governor, path) for _ in range(at_once + 1)]
        assert [0] * at_once + [round(1 / (at_once + 1), 3)] == waits
        assert 0 == ask(governor)

    def test_until_there_is_more(self) -> None:
        """Where nothing is left, the moment at which there is more is the tenant's."""
        governor = Governor()
        hear(governor, Told(FREE, 0, 12.0))
        assert 12 == ask(governor)

    def test_moment_beyond_belief(self) -> None:
        """A tenant that refuses nothing does not stop the run for an hour."""
        governor = Governor()
        hear(governor, Told(FREE, 0, 3600.0))
        assert 0.2 == ask(governor)

    def test_requests_of_others_are_on_their_way(self) -> None:
        """What another process may have sent and the answer did not count is not sent again."""
        governor = Governor(processes=4)
        hear(governor, Told(FREE, 5, 1.0))
        assert [0, 0, 0.2] == [ask(governor) for _ in range(3)]

    def test_one_user_logs_in_again_and_again(self) -> None:
        """Twenty logins, then one every six seconds; another user is not concerned."""
        governor = Governor()
        hear(governor, Told(100, 99, 1.0))
        waits = [ask(governor, TOKEN, login="a") for _ in range(21)]
        assert [0] * 20 + [6] == waits
        assert 0 == ask(governor, TOKEN, login="b")
        assert 0 == ask(Governor(counts_logins=False), TOKEN, login="a")

    def test_what_comes_too_late_is_not_booked(self) -> None:
        """Who will not wait takes nobody's turn."""
        governor = Governor()
        hear(governor, Told(FREE, 0, 30.0))
        assert NOW + 30 == governor.turn(MFA, None, NOW, NOW + 10).at
        assert 30 == ask(governor)


class TestRefused:
    """A 429 all the same: somebody else uses the tenant as well."""

    def test_holds_everybody(self, tmp_path: Path) -> None:
        """All processes leave the tenant alone for as long as it asks."""
        one, other = (Governor(InFile(tmp_path / "limits"), 2) for _ in range(2))
        one.refused(one.turn(TOKEN, None, NOW, NOW + 90), Told(FREE, 0, 1.0), 7.0, NOW)
        assert (7, 7) == (ask(one), ask(other, KEYS))
        assert NOW + 7 == other.held_until(MFA)

    def test_of_an_endpoint_holds_that_alone(self) -> None:
        """Requests are left, so it was the endpoint that had none."""
        governor = Governor()
        hear(governor, Told(FREE, 121, 1.0))
        governor.refused(governor.turn(TOKEN, None, NOW, NOW + 90), Told(FREE, 120, 1.0), 7.0, NOW)
        assert (7, 0) == (ask(governor, TOKEN), ask(governor))

    def test_of_a_user_holds_nobody(self) -> None:
        """Where no endpoint has a limit and requests are left, it was a limit of one user."""
        governor = Governor()
        turn = governor.turn(MFA, None, NOW, NOW + 90)
        governor.refused(turn, Told(100, 99, 1.0), 7.0, NOW)
        assert (0, 0) == (ask(governor), ask(governor, TOKEN))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, Told(100, 96, 4.0)),
        ({"x-ratelimit-reset": "900"}, Told(100, 96, 0.0)),
        ({"x-ratelimit-limit": "0"}, None),
        ({"x-ratelimit-remaining": "-1"}, None),
        ({"x-ratelimit-reset": ""}, None),
    ],
)
def test_headers(changes: dict[str, str], told: Told | None) -> None:
    """Whole numbers, the moment in epoch seconds; anything else tells nothing."""
    headers = {
        "x-ratelimit-limit": "100",
        "x-ratelimit-remaining": "96",
        "x-ratelimit-reset": "1004",
    }
    assert told == limits_told({**headers, **changes}, 1000.0)


@dataclass(slots=True)
class _Tenant:
    """Gets requests back as documented: by the second where the limit is one by the minute."""

    burst: int
    per_s: int
    left: float = field(init=False)
    counted_at: float = NOW
    refused: int = 0

    def __post_init__(self) -> None:
        self.left = self.burst

    def answer(self, now: float) -> Told:
        """Count a request and tell what is left; the clock of the client may be a second slow."""
        until = float(int(now)) if self.burst == FREE else now
        self.left = min(self.burst, self.left + self.per_s * (until - self.counted_at))
        self.counted_at = until
        self.refused += self.left < 1
        self.left = max(self.left - 1, 0)
        return Told(self.burst, int(self.left), int(now) + 1 - (now - 0.9))


def run(tenant: _Tenant, waits: list[float], governors: list[Governor], requests: int) -> float:
    """Have each governor's process send one request after the other; returns when all is done.

    `waits` are the times that requests and answers take on their way, one after the other.
    """
    on_the_way, events = cycle(waits), [(NOW, number, "ask") for number in range(len(governors))]
    turns: dict[int, Turn] = {}
    answers: dict[int, Told] = {}
    while events:
        now, number, what = heappop(events)
        governor = governors[number]
        if what == "ask" and requests:
            requests -= 1
            turns[number] = governor.turn(MFA, None, now, now + 1e6)
            heappush(events, (turns[number].at, number, "send"))
        elif what == "send" and (held := governor.held_until(MFA)) > now:
            heappush(events, (held, number, "send"))
        elif what == "send":
            heappush(events, (now + next(on_the_way), number, "arrive"))
        elif what == "arrive":
            answers[number] = tenant.answer(now)
            heappush(events, (now + next(on_the_way), number, "hear"))
        elif what == "hear":
            governor.told(turns[number], answers[number], now)
            heappush(events, (now, number, "ask"))
    return now


@settings(deadline=None, max_examples=40)
@given(
    plan=st.sampled_from([(300, 5), (25, 25), (100, 100)]),
    processes=st.integers(1, 4),
    waits=st.lists(st.floats(0.001, 0.4), min_size=1, max_size=20),
)
def test_nothing_is_refused(plan: tuple[int, int], processes: int, waits: list[float]) -> None:
    """However many processes send, and however long requests travel, the tenant refuses none.

    And nothing is wasted: what the plan allows is used but for a few requests.
    """
    store, tenant = InMemory(), _Tenant(*plan)
    governors = [Governor(store, processes) for _ in range(processes)]
    took_s = run(tenant, waits, governors, 400) - NOW
    assert 0 == tenant.refused
    least_s = max((400 - plan[0]) / plan[1], 400 * 2 * sum(waits) / len(waits) / processes)
    assert took_s <= 1.3 * least_s + 5
