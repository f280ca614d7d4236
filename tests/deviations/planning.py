"""Which deviations a run of the project's tests tries with everything."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

import pytest

from tests.deviations import equivalents
from tests.deviations.grouping import grouped
from tests.deviations.sampling import Sample, any_seed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_auth0_mfa.mock.deviations import Deviation

SHARE: Final = Fraction(1, 32)


def planned(
    deviations: Sequence[Deviation], power: str
) -> tuple[Sequence[Sequence[Deviation]], str]:
    """The groups that are tried with everything, and what is said of them.

    A sample by another seed each time; by this one where `power` is a number; `all`; and `alone`,
    which is all of them in groups of one.
    """
    if power in {"all", "alone"}:
        groups = grouped(deviations, *([1] if power == "alone" else []))
        return [*groups, equivalents.DEVIATIONS], f"power: all {len(deviations)} tried whole"
    if power and not power.isdecimal():
        raise pytest.UsageError(f"POWER={power}: a number (the seed of a sample), all or alone")
    seed = int(power) if power else any_seed()
    sample = Sample(SHARE, seed).of(grouped(deviations))
    count = sum(map(len, sample))
    return sample, f"power: {count} of {len(deviations)} tried whole; POWER={seed} repeats it"
