"""What becomes of requests: throttled, slow, lost on the way there or back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.mock.messages import Answer
    from tests.hostile.conftest import BadDay

    Make = Callable[[str], BadDay]

MANY = 2000


def many(day: BadDay, method: str = "GET", path: str = "/.well-known/jwks.json") -> list[Answer]:
    """The answers to many requests, a second apart so that no refusal outlasts its time."""
    answers = []
    for _ in range(MANY):
        day.clock.now += 2
        answers.append(day.send(method, path))
    return answers


class TestThrottle:
    """429 before the tenant sees the request."""

    def test_refusal(self, bad_day: Make) -> None:
        """It has the documented body and tells when to come back, one way or the other."""
        refused = [each for each in many(bad_day("1:throttle")) if each.status == 429]
        assert 5 < len(refused) < 100
        for each in refused:
            assert isinstance(each.body, dict)
            assert "too_many_requests" == each.body["error"]
            assert "0" == each.headers["x-ratelimit-remaining"]
            assert each.headers["x-ratelimit-reset"].isdigit()
            assert int(each.headers.get("retry-after", 0)) <= 1
        assert {True, False} == {"retry-after" in each.headers for each in refused}

    def test_early_return_is_refused(self, bad_day: Make) -> None:
        """Who does not wait is refused again; who waits is not."""
        day = bad_day("1:throttle")
        while day.send("GET", "/userinfo").headers.get("retry-after") != "1":
            day.clock.now += 2
        assert 429 == day.send("GET", "/userinfo").status
        assert 200 == day.send("GET", "/.well-known/jwks.json").status
        day.clock.now += 1
        assert 401 == day.send("GET", "/userinfo").status


class TestDropped:
    """The connection breaks."""

    def test_before_and_after(self, bad_day: Make) -> None:
        """Some requests are carried out and their answers lost, some never reach the tenant."""
        day = bad_day("1:dropped")
        handled = []
        handle = day.tenant.handle
        day.tenant.handle = lambda request: handled.append(request) or handle(request)  # type: ignore[method-assign,func-returns-value]
        lost = [each.lost for each in many(day)].count(True)
        never_sent = MANY - len(handled)
        assert 0 < never_sent < lost < 100


class TestSlow:
    """Answers take their time."""

    def test_delay(self, bad_day: Make) -> None:
        """Some tenths of a second, and the answer is the same."""
        slow = [each for each in many(bad_day("1:slow")) if each.delay_s]
        assert 5 < len(slow) < 100
        assert all(each.delay_s < 0.5 and each.status == 200 for each in slow)


@pytest.mark.parametrize("path", ["/__mock__", "/__mailslurp__/inboxes", "/__mock__/messages"])
def test_control_plane_is_spared(bad_day: Make, path: str) -> None:
    """Only the tenant's own answers suffer."""
    answers = many(bad_day("1"), path=path)
    assert not any(each.lost or each.delay_s or each.status in {429, 503} for each in answers)


def test_fates_are_dealt_by_endpoint(bad_day: Make) -> None:
    """The n-th request to an endpoint has its fate whatever is sent to others in between."""
    alone, between = bad_day("3:slow,dropped"), bad_day("3:slow,dropped")
    fates: list[list[tuple[bool, float]]] = []
    for day in (alone, between):
        fates.append([])
        for number in range(MANY):
            if day is between and number % 3:
                day.send("GET", "/userinfo")
            answer = day.send("GET", f"/mfa/authenticators/{number}")
            fates[-1].append((answer.lost, answer.delay_s))
    assert fates[0] == fates[1]
    assert len(set(fates[0])) > 5


def test_plain_mock_says_nothing_of_it(bad_day: Make) -> None:
    """Only a mock whose messages may be late says so."""
    told = bad_day("1:slow").front.introduction("http://x"), bad_day("1").front.introduction("x")
    assert ["late_s" in each for each in told] == [False, True]
