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

from pytest_auth0_mfa.explore import moves, trials
from pytest_auth0_mfa.explore.shortening import Step

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
        self.exploration.begin(Step(moves.begin, drawn))

    log_in = _moved(moves.log_in, who=_FEW, scope=_NUMBER)
    log_in_for_mfa = _moved(moves.log_in_for_mfa, who=_FEW, scope=_NUMBER)
    associate = _moved(moves.associate, which=_NUMBER, factor=_FACTOR)
    enroll = _moved(moves.enroll, who=_FEW, factor=_FACTOR)
    challenge = _moved(moves.challenge, which=_NUMBER, what=_NUMBER, types=_NUMBER)
    verify_otp = _moved(moves.verify_otp, which=_NUMBER, whose=_NUMBER, back=_FACTOR)
    repeat_otp = _moved(moves.repeat_otp, who=_FEW)
    send_wrong = _moved(moves.send_wrong, which=_NUMBER, kind=_NUMBER, times=_FACTOR)
    verify_oob = _moved(moves.verify_oob, which=_NUMBER, other=_NUMBER, mix=_FACTOR)
    replay_oob = _moved(moves.replay_oob, which=_FEW)
    recover = _moved(moves.recover, which=_NUMBER, whose=_NUMBER)
    list_all = _moved(moves.list_all, which=_NUMBER)
    delete = _moved(moves.delete, which=_NUMBER, what=_NUMBER)
    delete_own = _moved(moves.delete_own, who=_FEW, what=_NUMBER)
    use_deleted = _moved(moves.use_deleted, which=_NUMBER)
    finish = _moved(moves.finish, which=_NUMBER, way=_NUMBER)
    scan = _moved(moves.scan, which=_NUMBER)
    answer_prompt = _moved(moves.answer_prompt, which=_NUMBER, other=_NUMBER, how=_FACTOR)
    poll = _moved(moves.poll, which=_NUMBER, times=_FACTOR)
    use_up_messages = _moved(moves.use_up_messages, which=_NUMBER, factor=_NUMBER)
    use_twice = _moved(trials.use_twice, who=_FEW, factor=_FACTOR)
    cross_codes = _moved(trials.cross_codes, who=_FEW, factor=_FACTOR, ways=_NUMBER)
    cross_prompts = _moved(trials.cross_prompts, who=_FEW, ways=_NUMBER)
    let_expire = _moved(trials.let_expire, who=_FEW, uses=_NUMBER, early=_FEW)
    let_code_expire = _moved(trials.let_code_expire, who=_FEW, factor=_FACTOR, early=_FEW)
    answer_late = _moved(trials.answer_late, who=_FEW)
    change_mind = _moved(trials.change_mind, who=_FEW)
    wait_for_scan = _moved(trials.wait_for_scan, who=_FEW, early=_FACTOR, repeat=_FEW)
    overreach = _moved(trials.overreach, who=_FEW, scope=_NUMBER, uses=_NUMBER, late=_FEW)
    take_what_is_others = _moved(trials.take_what_is_others, who=_FEW, uses=_NUMBER)
    choose_among = _moved(
        trials.choose_among, who=_FEW, one=_FACTOR, other=_FACTOR, types=_FACTOR
    )  # fmt: skip
    use_other_way = _moved(trials.use_other_way, who=_FEW, factor=_FACTOR)
    start_over = _moved(trials.start_over, who=_FEW)
    stay_bare = _moved(trials.stay_bare, uses=_NUMBER)
    come_late = _moved(trials.come_late, who=_FEW, old=_FEW)
    fail_to_confirm = _moved(trials.fail_to_confirm, who=_FEW, factor=_FACTOR)
    delete_address = _moved(trials.delete_address, uses=_NUMBER)
    delete_again = _moved(trials.delete_again, who=_FEW)
    spend_tries = _moved(trials.spend_tries, who=_FEW, between=_FEW, wait=_FEW)
    spend_messages = _moved(trials.spend_messages, who=_FEW, factor=_FACTOR, wait=_FEW)
    poll_fast = _moved(trials.poll_fast, who=_FEW, wait=_FEW)
    recover_twice = _moved(trials.recover_twice, who=_FEW, again=_FACTOR)
    challenge_pending = _moved(trials.challenge_pending, who=_FEW, factor=_FACTOR, beside=_FEW)
    renew = _moved(trials.renew, who=_FEW, for_mfa=_FEW)
    refresh = _moved(moves.refresh, who=_FEW, which=_NUMBER)
    block = _moved(moves.block, who=_FEW, blocked=_FEW)
    guess_passwords = _moved(moves.guess_passwords, who=_FEW, times=_FACTOR)
    pass_time = _moved(moves.pass_time, who=_FEW, seconds=_NUMBER)


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
