"""What the test of each requirement spends for each factor, as measured: `suites/spend.toml`.

Measured on a mock as it is, and on one treated as a real tenant, where no time is moved and nothing
is changed for a single user, with and without `use_up_tries`. `python -m tests.suites.spend_file`
measures anew.
"""

from __future__ import annotations

import sys
from collections import Counter
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final, Literal, cast

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Mapping

Circumstances = Literal["mock", "real", "use-up-tries"]

_FALLBACK: Final[Mapping[Circumstances, Circumstances | None]] = {
    "use-up-tries": "real",
    "real": "mock",
    "mock": None,
}
"""The file names a cost only where it is another than under the circumstances before."""


def estimate(requirement: str, factor: str, circumstances: Circumstances) -> Counter[str]:
    """What a test of this requirement spends, by kind; nothing for one that was not measured."""
    measured = _measured()
    where: Circumstances | None = circumstances
    while where is not None:
        found = measured.get(where, {}).get(requirement, {}).get(factor)
        if found is not None:
            return Counter(found)
        where = _FALLBACK[where]
    return Counter()


@cache
def _measured() -> Mapping[str, Mapping[str, Mapping[str, Mapping[str, int]]]]:
    text = resources.files("pytest_auth0_mfa.suites").joinpath("spend.toml").read_text("utf-8")
    return cast("Mapping[str, Mapping[str, Mapping[str, Mapping[str, int]]]]", tomllib.loads(text))
