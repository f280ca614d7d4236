"""What a comparison says: lines for the terminal, and a member of the JSON report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pytest_auth0_mfa.baseline.difference import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_auth0_mfa.baseline.difference import Difference

_PLURALS: Final = {
    Kind.REGRESSION: "regressions",
    Kind.ENVIRONMENT: "changes of the environment",
    Kind.CHANGE: "changes",
    Kind.IMPROVEMENT: "improvements",
}


def lines(found: Sequence[Difference], file: str) -> Iterator[str]:
    """Each difference, the gravest first, then what they come to and how to take them over."""
    for each in found:
        yield f"{each.kind.value} {each}"
        if each.told:
            yield f"  {each.told}"
    yield f"baseline {file}: {_counted(found)}"
    if found and not any(each.kind is Kind.REGRESSION for each in found):
        yield f"the baseline is stale; write it anew: --auth0-save-baseline={file}"


def member(found: Sequence[Difference], file: str) -> dict[str, Any]:
    """`baseline` of the JSON report."""
    return {
        "file": file,
        "differences": [
            {
                "kind": each.kind.value,
                "about": each.about,
                "before": each.before,
                "after": each.after,
                "told": each.told,
            }
            for each in found
        ],
    }


def _counted(found: Sequence[Difference]) -> str:
    counts = [(sum(each.kind is kind for each in found), name) for kind, name in _PLURALS.items()]
    return ", ".join(f"{number} {name}" for number, name in counts if number) or "nothing differs"
