"""One exploration: so many calls, from one seed; ends with what was found, or with nothing.

Owns the end of it: what was found is the shortest sequence that was seen to disagree, whatever
became of attempts to shorten it. A disturbance ends it and is never a finding.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.errors import Disturbance, SettingsError, Untestable
from pytest_auth0_mfa.explore.door import OutOfSteps
from pytest_auth0_mfa.explore.finding import Disagreement
from pytest_auth0_mfa.explore.moves.authenticators import enroll
from pytest_auth0_mfa.explore.sequence import Sequence
from pytest_auth0_mfa.explore.shortening import Step, shorten
from pytest_auth0_mfa.explore.world import World

if TYPE_CHECKING:
    from pytest_auth0_mfa.explore.door import Door

LENGTH: Final = 25
"""Moves in a sequence, where users can be made for each; elsewhere there is only one."""


class Over(BaseException):
    """The exploration is over, with a finding or without; not for Hypothesis to look into."""


@dataclass(slots=True)
class Exploration:
    """A run of sequences through one door.

    `shrink_steps` are the calls for shortening a sequence beyond those for finding one.
    """

    door: Door
    seed: int
    shrink_steps: int = 0
    shrinks: bool = True
    sequences: int = 0
    found: Sequence | None = None
    disturbance: Disturbance | Untestable | None = None
    _world: World | None = None
    _made: list[Step] = field(default_factory=list)
    _is_over: bool = False
    _fault: Exception | None = None

    def run(self) -> None:
        """Explore; raises `SettingsError` where Hypothesis is not installed."""
        check_hypothesis()
        try:
            self._draw()
            if self.found is not None and self.shrinks:
                self.door.steps_left += self.shrink_steps
                shorten(list(self._made), self._disagrees, _plain_steps())
        except Over:
            pass
        finally:
            self.door.gather()
        if self._fault is not None:
            raise self._fault

    def begin(self, first: Step) -> None:
        """Begin a sequence with nobody there; `first` makes the people.

        Where users cannot be made, the sequence that is drawn goes on with those that there are.
        """
        if self._world is not None and self.found is None and not self.door.offers.configures:
            return
        self.sequences += self.found is None
        self.door.begin()
        self._made = []
        self._world = World(self.door)
        self.make(first)

    def make(self, step: Step) -> None:
        """Make a move, and see to what ends the exploration: raises `Over`."""
        assert self._world is not None  # noqa: S101 - a sequence has begun
        self._made.append(step)
        try:
            step.make(self._world)
        except Disagreement as disagreement:
            self._keep(disagreement)
        except (Disturbance, Untestable) as error:
            self.disturbance = error
        except OutOfSteps:
            pass
        except Exception as error:  # noqa: BLE001 - raised again at the end
            # A fault of the model's own: Hypothesis would take it for a finding and replay it.
            self._fault = error
        else:
            return
        self._is_over = True
        raise Over

    def _draw(self) -> None:
        """Draw sequences until something ends it."""
        from hypothesis.errors import HypothesisException  # noqa: PLC0415 - an extra

        from pytest_auth0_mfa.explore.machine import run  # noqa: PLC0415 - an extra

        try:
            run(self, seed_number=self.seed, length=LENGTH)
        except Over:
            return
        except HypothesisException:
            # It complains of a sequence that was cut short.
            if not self._is_over:
                raise

    def _disagrees(self, steps: list[Step]) -> bool:
        """Replay a sequence, and keep it where it disagrees and is no longer than others."""
        known = self.found
        try:
            self.begin(steps[0])
            for step in steps[1:]:
                self.make(step)
        except Over:
            if self._fault is not None or self.door.steps_left <= 0 or self._is_disturbed(known):
                raise
        return self.found is not known

    def _is_disturbed(self, known: Sequence | None) -> bool:
        return self.found is known and self.disturbance is not None

    def _keep(self, disagreement: Disagreement) -> None:
        """Keep what was found, the shortest of all."""
        sequence = Sequence(disagreement.finding, self.door.exchanges, list(self.door.notes))
        if self.found is None or sequence.length <= self.found.length:
            self.found = sequence


def _plain_steps() -> list[Step]:
    """Enrolling each factor for each person."""
    numbers = [{"who": who, "factor": factor} for factor in range(5) for who in range(2)]
    return [Step(enroll, each) for each in numbers]


def check_hypothesis() -> None:
    """Raise `SettingsError` where Hypothesis is not installed."""
    if find_spec("hypothesis") is None:
        raise SettingsError(
            "--auth0-explore needs Hypothesis, which is not installed: "
            "pip install 'pytest-auth0-mfa[explore]'"
        )
