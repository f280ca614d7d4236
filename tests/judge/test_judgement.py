"""The judgement of one requirement: every way to an outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.errors import Malformed, Prerequisite, Violation
from pytest_auth0_mfa.judge.judgement import Judgement, Outcome
from pytest_auth0_mfa.judge.verdict import Verdict
from tests.judge.conftest import Numbered, Told

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.judge.catalogue import Level

CHALLENGE = Told(200, {"challenge_type": "otp"})
WRONG_CHALLENGE = Told(200, {"challenge_type": "oob"}, Numbered(3))
WRONG_CODE = Told(403, {"error": "invalid_grant", "error_description": "Invalid otp_code."})
OTHER_WORDS = Told(403, {"error": "invalid_grant", "error_description": "Wrong code"}, Numbered(4))
OTHER_ERROR = Told(403, {"error": "access_denied", "error_description": "No."}, Numbered(5))
TOKENS = Told(200, {"access_token": "made-up"}, Numbered(6))


def broken(raised: pytest.ExceptionInfo[Violation]) -> Outcome:
    """The outcome that a violation carries."""
    outcome: Outcome = raised.value.args[0]
    return outcome


class TestConforms:
    """Expecting a documented response."""

    def test_as_documented(self, judge: Judgement) -> None:
        """The requirement is kept, and the response counts as seen."""
        judge.conforms(CHALLENGE, "challenge.otp")
        expected = Outcome(Verdict.CONFORMS, "challenge.otp: status 200", "status 200", 1)
        assert expected == judge.settle()
        assert {"challenge.otp": 1} == judge.observed

    def test_otherwise(self, judge: Judgement) -> None:
        """A difference is a violation at once, with place, expectation and exchange."""
        with pytest.raises(Violation) as raised:
            judge.conforms(WRONG_CHALLENGE, "challenge.otp")
        outcome = broken(raised)
        assert (Verdict.VIOLATES, 3) == (outcome.verdict, outcome.exchange)
        assert "/challenge_type" in str(outcome.expected)
        assert {} == judge.observed

    def test_other_status(self, judge: Judgement) -> None:
        """The status belongs to the response."""
        with pytest.raises(Violation) as raised:
            judge.conforms(Told(201, {"challenge_type": "otp"}), "challenge.otp")
        assert "status: 200" == broken(raised).expected
        assert "status: 201" == broken(raised).actual

    def test_other_words_are_noted(self, judge: Judgement) -> None:
        """What should hold and does not is a deviation, without failing the test."""
        judge.conforms(OTHER_WORDS, "error.invalid-otp")
        outcome = judge.settle()
        assert (Verdict.DEVIATES, 4) == (outcome.verdict, outcome.exchange)
        assert "/error_description" in str(outcome.expected)

    def test_first_note_stands(self, judge: Judgement) -> None:
        """A later conforming answer does not wipe out what was noted."""
        judge.conforms(OTHER_WORDS, "error.invalid-otp")
        judge.conforms(CHALLENGE, "challenge.otp")
        assert (Verdict.DEVIATES, 4) == (judge.settle().verdict, judge.settle().exchange)

    def test_places_that_are_judged_elsewhere(self, judge: Judgement) -> None:
        """A place with a requirement of its own fails that one only."""
        judge.conforms(WRONG_CHALLENGE, "challenge.otp", besides="/challenge_type")
        assert Verdict.CONFORMS is judge.settle().verdict


class TestAccepts:
    """Expecting a request to be carried out."""

    def test_carried_out(self, judge: Judgement) -> None:
        """A status of success is enough."""
        judge.accepts(TOKENS, "a login")
        assert Outcome(Verdict.CONFORMS, "a login: accepted", "status 200", 6) == judge.settle()

    def test_carried_out_by_an_error(self, judge: Judgement) -> None:
        """An interrupted login is the success of a login, when that is expected."""
        judge.accepts(Told(403, {"error": "mfa_required"}), "a login", "mfa_required")
        assert Verdict.CONFORMS is judge.settle().verdict

    @pytest.mark.parametrize(
        ("answer", "error"), [(WRONG_CODE, None), (TOKENS, "mfa_required"), (WRONG_CODE, "other")]
    )
    def test_refused(self, judge: Judgement, answer: Told, error: str | None) -> None:
        """Anything else is a violation."""
        with pytest.raises(Violation) as raised:
            judge.accepts(answer, "a login", error)
        assert "a login: accepted" == broken(raised).expected

    def test_refused_like_the_plain_request(self, judge: Judgement) -> None:
        """Where the plain request is refused too, the special one was not the reason."""
        with pytest.raises(Prerequisite, match="positive control was refused"):
            judge.accepts(WRONG_CODE, "a login with a form", unlike=lambda: OTHER_ERROR)

    def test_refused_unlike_the_plain_request(self, judge: Judgement) -> None:
        """Where the plain request is accepted, the special one is a violation."""
        with pytest.raises(Violation):
            judge.accepts(WRONG_CODE, "a login with a form", unlike=lambda: TOKENS)


class TestRefuses:
    """Expecting a refusal, which proves nothing without a control."""

    def test_with_control(self, judge: Judgement) -> None:
        """Refused as documented, and the faultless request accepted: kept."""
        judge.refuses(WRONG_CODE, "error.invalid-otp")
        judge.control(TOKENS)
        assert Verdict.CONFORMS is judge.settle().verdict
        assert {"error.invalid-otp": 1} == judge.observed

    def test_control_may_come_first(self, judge: Judgement) -> None:
        """The order of the two does not matter."""
        judge.control(TOKENS)
        judge.refuses(WRONG_CODE, "error.invalid-otp")
        assert Verdict.CONFORMS is judge.settle().verdict

    @pytest.mark.parametrize("responses", [("error.invalid-otp",), ()])
    def test_without_control(self, judge: Judgement, responses: tuple[str, ...]) -> None:
        """A refusal alone leaves the requirement open."""
        judge.refuses(WRONG_CODE, *responses)
        with pytest.raises(Prerequisite, match="without a positive control"):
            judge.settle()

    def test_with_a_refused_control(self, judge: Judgement) -> None:
        """A request refused for another reason proves nothing."""
        judge.refuses(WRONG_CODE, "error.invalid-otp")
        with pytest.raises(Prerequisite, match="the refusal proves nothing"):
            judge.control(OTHER_ERROR)

    def test_accepted_instead(self, judge: Judgement) -> None:
        """What is let in although it must be refused is a violation at once."""
        with pytest.raises(Violation) as raised:
            judge.refuses(TOKENS, "error.invalid-otp")
        outcome = broken(raised)
        assert (Verdict.VIOLATES, 6) == (outcome.verdict, outcome.exchange)
        assert "a refusal: error.invalid-otp" == outcome.expected
        assert "accepted: status 200" == outcome.actual

    def test_accepted_instead_of_any_refusal(self, judge: Judgement) -> None:
        """The same where no particular refusal is expected."""
        with pytest.raises(Violation) as raised:
            judge.refuses(TOKENS)
        assert "a refusal: whatever the error" == broken(raised).expected

    def test_other_error_with_control(self, judge: Judgement) -> None:
        """A refusal with the wrong error is a violation, once the control was accepted."""
        judge.refuses(OTHER_ERROR, "error.invalid-otp")
        judge.control(TOKENS)
        with pytest.raises(Violation) as raised:
            judge.settle()
        assert (Verdict.VIOLATES, 5) == (broken(raised).verdict, broken(raised).exchange)

    def test_other_error_without_control(self, judge: Judgement) -> None:
        """Before that nothing is known: the other error may have another reason."""
        judge.refuses(OTHER_ERROR, "error.invalid-otp")
        with pytest.raises(Prerequisite):
            judge.settle()

    def test_other_error_with_refused_control(self, judge: Judgement) -> None:
        """The control's refusal explains the other error."""
        judge.refuses(OTHER_ERROR, "error.invalid-otp")
        with pytest.raises(Prerequisite):
            judge.control(OTHER_ERROR)

    def test_one_of_several(self, judge: Judgement) -> None:
        """Where sources disagree any of the documented refusals will do."""
        judge.refuses(WRONG_CODE, "error.invalid-client", "error.invalid-otp")
        judge.control(TOKENS)
        assert Verdict.CONFORMS is judge.settle().verdict
        assert {"error.invalid-otp": 1} == judge.observed

    def test_other_words_are_noted(self, judge: Judgement) -> None:
        """The words of an error should be the recorded ones."""
        judge.refuses(OTHER_WORDS, "error.invalid-otp")
        judge.control(TOKENS)
        assert Verdict.DEVIATES is judge.settle().verdict


class TestAdvice:
    """A requirement that should hold."""

    def test_broken(self, judgement_of: Callable[[Level], Judgement]) -> None:
        """Its breach is a deviation."""
        judge = judgement_of("SHOULD")
        with pytest.raises(Violation) as raised:
            judge.holds("a", "b", when=False)
        assert Outcome(Verdict.DEVIATES, "a", "b", None) == broken(raised)

    def test_kept(self, judgement_of: Callable[[Level], Judgement]) -> None:
        """Kept, it conforms like any other."""
        judge = judgement_of("SHOULD")
        judge.holds("a", "a", when=True)
        assert Verdict.CONFORMS is judge.settle().verdict


class TestReads:
    """Expecting that something can be read."""

    def test_what_can_be_read(self, judge: Judgement) -> None:
        """It is returned, and is no finding by itself."""
        assert 7 == judge.reads("a number", lambda: 7)
        with pytest.raises(Prerequisite, match="without judging anything"):
            judge.settle()

    def test_what_cannot(self, judge: Judgement) -> None:
        """Another form than the protocol's is a violation, with what was wrong."""

        def read() -> None:
            raise Malformed("the field c: expected a text, got nothing")

        with pytest.raises(Violation) as raised:
            judge.reads("a prompt", read)
        outcome = broken(raised)
        assert (Verdict.VIOLATES, "a prompt") == (outcome.verdict, outcome.expected)
        assert "the field c" in str(outcome.actual)

    def test_what_never_came(self, judge: Judgement) -> None:
        """A failed step before is none."""

        def read() -> None:
            raise Prerequisite("nothing there")

        with pytest.raises(Prerequisite, match="nothing there"):
            judge.reads("a prompt", read)


class TestNothing:
    """Tests that end without a finding."""

    def test_nothing_judged(self, judge: Judgement) -> None:
        """A test that never asked has found out nothing."""
        with pytest.raises(Prerequisite, match="without judging anything"):
            judge.settle()

    def test_control_alone(self, judge: Judgement) -> None:
        """A control is no finding."""
        judge.control(TOKENS)
        with pytest.raises(Prerequisite, match="without judging anything"):
            judge.settle()

    def test_missing_need(self, judge: Judgement) -> None:
        """What a judgement rests on is asked for by name."""
        judge.needs("a limit", when=True)
        with pytest.raises(Prerequisite, match="without a limit"):
            judge.needs("a limit", when=False)


def test_holds_names_its_exchange(judge: Judgement) -> None:
    """A claim about an answer points to its exchange."""
    judge.holds("two", 2, when=True, answer=TOKENS)
    assert Outcome(Verdict.CONFORMS, "two", "2", 6) == judge.settle()


@pytest.mark.parametrize("token", ["no token", "a.b.c", "eyJhbGciOiJub25lIn0.e30."])
def test_unsigned_token_does_not_verify(judge: Judgement, token: str) -> None:
    """Whatever is no signed token is a violation, and not an error of the test."""
    with pytest.raises(Violation) as raised:
        judge.verifies(TOKENS, token, {"keys": []})
    assert "verifies against the tenant's JWKS" in str(broken(raised).expected)
    assert {} == judge.claims("no token")
