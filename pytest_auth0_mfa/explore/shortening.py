"""Makes a sequence that disagrees shorter: by leaving steps out, and by simpler numbers.

The library that draws sequences could do so too; but it takes thousands of calls for it, and a real
tenant answers no sequence twice alike. Each attempt here is one replay, so that the calls can be
counted and the shortest that was seen stands.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pytest_auth0_mfa.explore.world import World

    Disagrees = Callable[[list["Step"]], bool]


@dataclass(frozen=True, slots=True)
class Step:
    """A move with its numbers; 0 is the simplest of each."""

    move: Callable[..., None]
    numbers: Mapping[str, int]

    def make(self, world: World) -> None:
        """Make the move."""
        self.move(world, **self.numbers)


def shorten(steps: list[Step], disagrees: Disagrees, plain: Iterable[Step] = ()) -> None:
    """Try ever shorter sequences.

    `disagrees` replays one, and says whether it disagrees and is no longer than those before;
    `plain` are steps that may do in the place of others.
    """
    steps = _fewer(steps, disagrees)
    steps = _simpler(steps, disagrees)
    steps = _plainer(steps, disagrees, list(plain))
    _fewer(steps, disagrees)


def _fewer(steps: list[Step], disagrees: Disagrees) -> list[Step]:
    """Leave out as many steps as can be, large parts first; the first step makes the people."""
    size = max(1, len(steps) // 2)
    while size:
        start = 1
        while start < len(steps):
            candidate = steps[:start] + steps[start + size :]
            if disagrees(candidate):
                steps = candidate
            else:
                start += size
        size //= 2
    return steps


def _simpler(steps: list[Step], disagrees: Disagrees) -> list[Step]:
    """Lower the numbers, those of the last steps first."""
    for place in reversed(range(len(steps))):
        for name in steps[place].numbers:
            for number in _lower(int(steps[place].numbers[name])):
                simpler = replace(steps[place], numbers={**steps[place].numbers, name: number})
                candidate = [*steps[:place], simpler, *steps[place + 1 :]]
                if disagrees(candidate):
                    steps = candidate
                    break
    return steps


def _plainer(steps: list[Step], disagrees: Disagrees, plain: list[Step]) -> list[Step]:
    """Do by plain steps what others did besides what they are about."""
    for place in range(1, len(steps)):
        for step in plain:
            candidate = [*steps[:place], step, *steps[place + 1 :]]
            if steps[place].move is not step.move and disagrees(candidate):
                steps = candidate
                break
    return steps


def _lower(number: int) -> Iterator[int]:
    """Simpler numbers: none, and what is left without one of the bits."""
    if number:
        yield 0
    for bit in (16, 8, 4, 2, 1):
        if number & bit and number != bit:
            yield number - bit
