"""Token buckets, the counting of wrong codes, and the rate limit of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.mock.limits import Allowance, Bucket

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.mock.conftest import Harness, Person

ALLOWANCE = Allowance(burst=3, refill_s=10)


class TestBucket:
    """One bucket on a clock of its own."""

    def test_full_bucket_gives_its_burst_and_no_more(self) -> None:
        """Three may be taken at once, a fourth may not."""
        bucket = Bucket()
        assert [True, True, True, False] == [bucket.take(100, ALLOWANCE) for _ in range(4)]

    def test_one_unit_comes_back_after_the_refill_time(self) -> None:
        """Just before it nothing is left, just then one unit is."""
        bucket = Bucket(spent=3, counted_at=100)
        assert bucket.left(109.9, ALLOWANCE) == 0
        assert bucket.left(110, ALLOWANCE) == 1

    def test_bucket_never_holds_more_than_its_burst(self) -> None:
        """A long wait fills it and no further."""
        bucket = Bucket(spent=1, counted_at=100)
        assert bucket.left(10_000, ALLOWANCE) == ALLOWANCE.burst

    def test_reset_fills_the_bucket(self) -> None:
        """A reset gives everything back at once."""
        bucket = Bucket(spent=3, counted_at=100)
        bucket.reset()
        assert bucket.left(100, ALLOWANCE) == ALLOWANCE.burst


class TestWrongCodes:
    """Ten wrong codes, then one more every six minutes."""

    def test_eleventh_code_is_refused_though_right(self, user: Person) -> None:
        """After ten wrong codes the right one is refused as one too many."""
        user.enroll()
        spend(user, 10)
        answer = user.verify()
        assert (answer.status, answer.response_id) == (429, "error.too-many-codes")

    def test_ninth_wrong_code_leaves_a_try(self, user: Person) -> None:
        """After nine wrong codes the right one logs in."""
        user.enroll()
        spend(user, 9)
        assert user.verify().status == 200

    def test_a_try_comes_back_after_six_minutes(self, tenant: Harness, user: Person) -> None:
        """Six minutes later one code may be tried, and it may be the right one."""
        user.enroll()
        spend(user, 10)
        tenant.clock.now += 360
        assert user.verify().status == 200

    def test_success_does_not_reset_the_count(self, tenant: Harness, user: Person) -> None:
        """Nine wrong, one right, one wrong: the tenth wrong one was the last try."""
        user.enroll()
        spend(user, 9)
        assert user.verify().status == 200
        spend(user, 1)
        tenant.clock.now += 30
        assert user.verify().status == 429

    def test_recovery_codes_have_a_count_of_their_own(self, user: Person) -> None:
        """Wrong one-time passwords do not use up the tries with recovery codes."""
        user.enroll()
        spend(user, 10)
        assert user.recover().status == 200

    def test_wrong_recovery_codes_are_counted(self, user: Person) -> None:
        """After ten wrong recovery codes the right one is refused."""
        user.enroll()
        for _ in range(10):
            assert user.recover("A" * 24).status == 403
        assert user.recover().response_id == "error.too-many-codes"

    def test_other_users_are_not_affected(self, tenant: Harness, user: Person) -> None:
        """The count is kept for each user."""
        other = tenant.person().enroll()
        user.enroll()
        spend(user, 10)
        assert other.verify().status == 200


class TestApiLimit:
    """The limit that everybody shares, and its headers."""

    @pytest.mark.parametrize("path", ["/oauth/token", "/mfa/challenge", "/.well-known/jwks.json"])
    def test_headers_come_with_success_and_error(self, tenant: Harness, path: str) -> None:
        """Limit, remaining and reset are whole numbers; reset lies ahead in epoch seconds."""
        headers = tenant.get(path).headers
        limit, left = int(headers["x-ratelimit-limit"]), int(headers["x-ratelimit-remaining"])
        assert 0 < left < limit
        assert tenant.clock.now < int(headers["x-ratelimit-reset"]) < tenant.clock.now + 60

    def test_without_enforcement_nothing_is_refused(self, tenant: Harness) -> None:
        """Four hundred requests in one moment are all answered."""
        statuses = {tenant.get("/.well-known/openid-configuration").status for _ in range(400)}
        assert statuses == {200}

    def test_free_plan_allows_300_a_minute(self, make_tenant: Callable[..., Harness]) -> None:
        """The request after the 300th is refused and told to wait."""
        tenant = make_tenant(enforce_limits=True)
        path = "/.well-known/openid-configuration"
        assert {tenant.get(path).status for _ in range(300)} == {200}
        refused = tenant.get(path)
        assert (refused.status, refused.body["error"]) == (429, "too_many_requests")
        assert refused.headers["retry-after"] == "1"
        assert refused.headers["x-ratelimit-remaining"] == "0"
        tenant.clock.now += 1
        assert tenant.get(path).status == 200

    def test_free_plan_allows_30_token_requests_a_second(
        self, make_tenant: Callable[..., Harness]
    ) -> None:
        """The 31st request to /oauth/token in one second is refused."""
        tenant = make_tenant(enforce_limits=True)
        statuses = [tenant.token("password").status for _ in range(31)]
        assert [400] * 30 + [429] == statuses

    def test_free_plan_allows_20_requests_for_the_keys_a_second(
        self, make_tenant: Callable[..., Harness]
    ) -> None:
        """The 21st request for the keys in one second is refused, though requests are left."""
        tenant = make_tenant(enforce_limits=True)
        answers = [tenant.get("/.well-known/jwks.json") for _ in range(21)]
        assert [200] * 20 + [429] == [answer.status for answer in answers]
        assert "279" == answers[-1].headers["x-ratelimit-remaining"]

    def test_reset_tells_when_there_is_more(self, make_tenant: Callable[..., Harness]) -> None:
        """Limits by the minute come back at the full second, five at a time."""
        tenant = make_tenant(enforce_limits=True)
        tenant.clock.now = int(tenant.clock.now) + 0.5
        path = "/.well-known/openid-configuration"
        for _ in range(300):
            refused = tenant.get(path)
        reset_at = int(refused.headers["x-ratelimit-reset"])
        tenant.clock.now = reset_at - 0.01
        assert tenant.get(path).status == 429
        tenant.clock.now = reset_at
        assert [200] * 5 + [429] == [tenant.get(path).status for _ in range(6)]

    def test_control_plane_is_not_limited(self, make_tenant: Callable[..., Harness]) -> None:
        """Test control is no part of the tenant's API."""
        tenant = make_tenant(enforce_limits=True)
        assert {tenant.get("/__mock__").status for _ in range(400)} == {200}


def spend(user: Person, count: int) -> None:
    """Send wrong codes."""
    token = user.mfa_token()
    for _ in range(count):
        assert "error.invalid-otp" == user.verify(token, otp=wrong(user)).response_id


def wrong(user: Person) -> str:
    """Return a code that none of the acceptable steps has."""
    right = {user.code(steps) for steps in range(3)}
    return next(code for code in ("000000", "111111", "222222", "333333") if code not in right)
