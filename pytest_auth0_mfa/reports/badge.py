"""`.badge.json`: what an endpoint of shields.io answers (https://shields.io/badges/endpoint-badge).

The colour is honest: only a run in which all that applies was judged and kept is as green as can
be, and a run that found nothing out has no colour at all. A mock is named as one.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from pytest_auth0_mfa.judge.verdict import Verdict
from pytest_auth0_mfa.reports.headline import State, judged, state_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    Document = Mapping[str, Any]

_COLORS: Final = {
    State.BROKEN: "red",
    State.STALE: "orange",
    State.UNCLEAR: "lightgrey",
    State.UNJUDGED: "lightgrey",
    State.KNOWN: "orange",
    State.DEVIATING: "yellowgreen",
    State.PARTLY: "yellowgreen",
    State.CONFORMS: "brightgreen",
}
_NAMED: Final = (Verdict.VIOLATES, Verdict.KNOWN, Verdict.STALE, Verdict.DEVIATES)
_NOT_JUDGED: Final = (Verdict.UNTESTED, Verdict.INCONCLUSIVE)


def render(document: Document) -> str:
    """The badge of a run."""
    state = state_of(document)
    badge = {
        "schemaVersion": 1,
        "label": "Auth0 MFA API (mock)" if document["run"]["mock"] else "Auth0 MFA API",
        "message": _message(document, state),
        "color": _COLORS[state],
        "isError": state is State.BROKEN,
    }
    return json.dumps(badge, indent=2) + "\n"


def _message(document: Document, state: State) -> str:
    counts = document["summary"]
    if state is State.UNJUDGED:
        words = ["not judged"]
    else:
        words = [f"{counts[Verdict.CONFORMS.value]}/{judged(document)} conform"]
    words += [
        f"{counts[each.value]} {each.value}"
        for each in (*_NAMED, *_NOT_JUDGED)
        if counts[each.value]
    ]
    return ", ".join(words)
