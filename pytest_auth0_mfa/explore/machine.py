"""The state machine that Hypothesis draws sequences for: one rule for each move.

The only module that imports Hypothesis, which is an extra (`explore`). Must not decide what a move
does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from pytest_auth0_mfa.explore.moves import authenticators, challenges, codes, people
from pytest_auth0_mfa.explore.shortening import Step
from pytest_auth0_mfa.explore.trials import expiry, factors, limits, reach, replays

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.explore.exploration import Exploration

_NUMBER: Final = st.integers(0, 31)
_FEW: Final = st.integers(0, 1)
_START: Final = st.integers(0, 7)
_FACTOR: Final = st.integers(0, 4)
_FOREVER: Final = 1_000_000
"""Examples; what ends a run are the calls."""


def _moved(move: Callable[..., None], **numbers: st.SearchStrategy[Any]) -> Any:  # noqa: ANN401
    """A rule that makes a move with drawn numbers, watched by the exploration."""

    def make(self: Machine, **drawn: int) -> None:
        self.exploration.make(Step(move, drawn))

    make.__name__ = move.__name__
    make.__doc__ = move.__doc__
    # The overloads of `rule` do not take names that are not known beforehand.
    return cast("Any", rule)(**numbers)(make)


class Machine(RuleBasedStateMachine):
    """One sequence of moves on one tenant; `exploration` is set by a subclass for each run."""

    exploration: Exploration

    @initialize(verified=_FEW, first=_START, second=_START, also=_START)
    def begin(self, **drawn: int) -> None:
        """Make two people; whether they have factors, and which, is drawn."""
        self.exploration.begin(Step(people.begin, drawn))

    log_in = _moved(people.log_in, who=_FEW, scope=_NUMBER)
    log_in_for_mfa = _moved(people.log_in_for_mfa, who=_FEW, scope=_NUMBER)
    associate = _moved(authenticators.associate, which=_NUMBER, factor=_FACTOR)
    enroll = _moved(authenticators.enroll, who=_FEW, factor=_FACTOR)
    challenge = _moved(challenges.challenge, which=_NUMBER, what=_NUMBER, types=_NUMBER)
    verify_otp = _moved(codes.verify_otp, which=_NUMBER, whose=_NUMBER, back=_FACTOR)
    repeat_otp = _moved(codes.repeat_otp, who=_FEW)
    send_wrong = _moved(codes.send_wrong, which=_NUMBER, kind=_NUMBER, times=_FACTOR)
    verify_oob = _moved(codes.verify_oob, which=_NUMBER, other=_NUMBER, mix=_FACTOR)
    replay_oob = _moved(codes.replay_oob, which=_FEW)
    recover = _moved(codes.recover, which=_NUMBER, whose=_NUMBER)
    list_all = _moved(authenticators.list_all, which=_NUMBER)
    delete = _moved(authenticators.delete, which=_NUMBER, what=_NUMBER)
    delete_own = _moved(authenticators.delete_own, who=_FEW, what=_NUMBER)
    use_deleted = _moved(authenticators.use_deleted, which=_NUMBER)
    finish = _moved(codes.finish, which=_NUMBER, way=_NUMBER)
    scan = _moved(authenticators.scan, which=_NUMBER)
    answer_prompt = _moved(challenges.answer_prompt, which=_NUMBER, other=_NUMBER, how=_FACTOR)
    poll = _moved(challenges.poll, which=_NUMBER, times=_FACTOR)
    use_up_messages = _moved(challenges.use_up_messages, which=_NUMBER, factor=_NUMBER)
    use_twice = _moved(replays.use_twice, who=_FEW, factor=_FACTOR)
    cross_codes = _moved(replays.cross_codes, who=_FEW, factor=_FACTOR, ways=_NUMBER)
    cross_prompts = _moved(replays.cross_prompts, who=_FEW, ways=_NUMBER)
    let_expire = _moved(expiry.let_expire, who=_FEW, uses=_NUMBER, early=_FEW)
    let_code_expire = _moved(expiry.let_code_expire, who=_FEW, factor=_FACTOR, early=_FEW)
    answer_late = _moved(expiry.answer_late, who=_FEW)
    change_mind = _moved(replays.change_mind, who=_FEW)
    wait_for_scan = _moved(expiry.wait_for_scan, who=_FEW, early=_FACTOR, repeat=_FEW)
    overreach = _moved(reach.overreach, who=_FEW, scope=_NUMBER, uses=_NUMBER, late=_FEW)
    take_what_is_others = _moved(reach.take_what_is_others, who=_FEW, uses=_NUMBER)
    choose_among = _moved(
        factors.choose_among, who=_FEW, one=_FACTOR, other=_FACTOR, types=_FACTOR
    )  # fmt: skip
    use_other_way = _moved(factors.use_other_way, who=_FEW, factor=_FACTOR)
    start_over = _moved(factors.start_over, who=_FEW)
    stay_bare = _moved(reach.stay_bare, uses=_NUMBER)
    come_late = _moved(expiry.come_late, who=_FEW, old=_FEW)
    fail_to_confirm = _moved(factors.fail_to_confirm, who=_FEW, factor=_FACTOR)
    delete_address = _moved(factors.delete_address, uses=_NUMBER)
    delete_again = _moved(factors.delete_again, who=_FEW)
    spend_tries = _moved(limits.spend_tries, who=_FEW, between=_FEW, wait=_FEW)
    spend_messages = _moved(limits.spend_messages, who=_FEW, factor=_FACTOR, wait=_FEW)
    poll_fast = _moved(limits.poll_fast, who=_FEW, wait=_FEW)
    recover_twice = _moved(replays.recover_twice, who=_FEW, again=_FACTOR)
    challenge_pending = _moved(factors.challenge_pending, who=_FEW, factor=_FACTOR, beside=_FEW)
    renew = _moved(reach.renew, who=_FEW, for_mfa=_FEW)
    refresh = _moved(people.refresh, who=_FEW, which=_NUMBER)
    block = _moved(people.block, who=_FEW, blocked=_FEW)
    guess_passwords = _moved(people.guess_passwords, who=_FEW, times=_FACTOR)
    pass_time = _moved(people.pass_time, who=_FEW, seconds=_NUMBER)


def run(exploration: Exploration, *, seed_number: int, length: int) -> None:
    """Draw sequences of at most `length` moves until something ends the run."""
    machine = type("Machine", (Machine,), {"exploration": exploration})
    run_state_machine_as_test(
        seed(seed_number)(machine),
        settings=settings(
            max_examples=_FOREVER,
            stateful_step_count=length,
            phases=[Phase.generate],
            database=None,
            deadline=None,
            derandomize=False,
            report_multiple_bugs=False,
            verbosity=Verbosity.quiet,
            suppress_health_check=list(HealthCheck),
        ),
    )
