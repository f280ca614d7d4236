"""What catches a deviation: its own requirement is tried first, and the others only if it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.deviations.expected import ALL_PAIRS, RED, pairs_of, wanted
from tests.deviations.found import Catch

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.deviations import Deviation
    from tests.deviations.expected import Run


def catch(deviation: Deviation, run: Run) -> Catch:
    """Find what turns red: the requirement for each factor, or else the first of all others."""
    own = pairs_of([deviation.requirement])
    verdicts = run([deviation.name], own)
    factors = {factor for (_, factor), each in verdicts.items() if each == wanted(deviation)}
    if factors:
        return Catch(frozenset(factors))
    others = run([deviation.name], ALL_PAIRS - own, until_red=True)
    red = (requirement for (requirement, _), verdict in others.items() if verdict in RED)
    return Catch(frozenset(), next(red, ""))
