"""The badge, which must not be greener than the run."""

from __future__ import annotations

import json

import pytest

from pytest_auth0_mfa.reports.badge import render
from tests.reports.conftest import document, entry


@pytest.mark.parametrize(
    ("verdicts", "message", "color"),
    [
        (["conforms", "conforms"], "2/2 conform", "brightgreen"),
        (["conforms", "inapplicable"], "1/1 conform", "brightgreen"),
        (["conforms", "untested"], "1/1 conform, 1 untested", "yellowgreen"),
        (["conforms", "deviates"], "1/2 conform, 1 deviates", "yellowgreen"),
        (["conforms", "known"], "1/2 conform, 1 known", "orange"),
        (["conforms", "stale"], "1/2 conform, 1 stale", "orange"),
        (["conforms", "inconclusive"], "1/1 conform, 1 inconclusive", "lightgrey"),
        (["conforms", "violates"], "1/2 conform, 1 violates", "red"),
        (["violates", "inconclusive"], "0/1 conform, 1 violates, 1 inconclusive", "red"),
        (["untested"], "not judged, 1 untested", "lightgrey"),
        (["inapplicable"], "not judged", "lightgrey"),
    ],
)
def test_badge(verdicts: list[str], message: str, color: str) -> None:
    """Message and colour go by the gravest; what was not judged is counted."""
    made = json.loads(render(document(*map(entry, verdicts))))
    assert (1, "Auth0 MFA API") == (made["schemaVersion"], made["label"])
    assert (message, color, color == "red") == (made["message"], made["color"], made["isError"])


def test_mock_is_named() -> None:
    """The badge of a mock cannot be taken for that of a product."""
    made = json.loads(render(document(entry("conforms"), tenant="mock", mock=True)))
    assert "Auth0 MFA API (mock)" == made["label"]
