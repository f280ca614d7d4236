"""Two reports held against each other."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_auth0_mfa.judge.comparison import Change, Comparison, compare, lay_out


def entry(verdict: str, factor: str = "otp", **told: object) -> dict[str, Any]:
    """An entry of a report, as far as a comparison looks at it."""
    return {"id": "MFA-ONE", "title": "One", "factor": factor, "verdict": verdict, **told}


def document(*entries: dict[str, Any], **run: str) -> dict[str, Any]:
    """A report with these entries."""
    told = {"id": "a1", "tenant": "mock", "mock": True, "started_at": "2026-01-01T00:00:00+00:00"}
    return {
        "tool": {"name": "pytest-auth0-mfa", "version": run.pop("version", "1.0")},
        "run": {**told, **run},
        "summary": {},
        "requirements": list(entries),
    }


def held(before: dict[str, Any], after: dict[str, Any]) -> Comparison:
    """Two entries as the reports of two runs, compared."""
    return compare(document(before), document(after, id="b2"))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("conforms", "conforms", Change.SAME),
        ("conforms", "violates", Change.WORSE),
        ("conforms", "deviates", Change.WORSE),
        ("conforms", "known", Change.WORSE),
        ("deviates", "violates", Change.WORSE),
        ("untested", "violates", Change.WORSE),
        ("stale", "violates", Change.WORSE),
        ("violates", "conforms", Change.BETTER),
        ("violates", "deviates", Change.BETTER),
        ("known", "stale", Change.BETTER),
        ("conforms", "untested", Change.LOST),
        ("conforms", "inapplicable", Change.LOST),
        ("violates", "inconclusive", Change.LOST),
        ("untested", "conforms", Change.GAINED),
        ("untested", "known", Change.GAINED),
        ("inapplicable", "deviates", Change.GAINED),
        ("violates", "known", Change.REASON),
        ("known", "violates", Change.REASON),
        ("conforms", "stale", Change.REASON),
        ("untested", "inconclusive", Change.REASON),
    ],
)
def test_change(before: str, after: str, expected: Change) -> None:
    """What two verdicts mean together; a listed failure is as far from right as any other."""
    [row] = held(entry(before), entry(after)).rows
    assert expected is row.change


@pytest.mark.parametrize("told", ["reason", "expected", "actual"])
def test_other_words_are_a_change_of_reason(told: str) -> None:
    """What fails in another way than before is worth a look, and is no regression."""
    compared = held(entry("violates", **{told: "200"}), entry("violates", **{told: "401"}))
    assert [Change.REASON] == [row.change for row in compared.differences]
    assert [] == compared.regressions


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("mfa_token#2", "mfa_token#7"),
        ("totp|dev_ePIv9xHL06g6GBez", "totp|dev_mrKsAYA2vpLrCgyD"),
        ("dev_ePIvAxHLBgzCGBez", "dev_mrKsAYADvpLrCgyD"),
        ("iss http://127.0.0.1:39827/", "iss https://acme.us.auth0.com/"),
        ("iat 1795708023 and exp 1795744023", "iat 1795708156 and exp 1795744156"),
        ("XXXXXXXX0194", "XXXXXXXX0125"),
    ],
)
def test_what_is_made_anew_is_no_change(before: str, after: str) -> None:
    """Names of secrets, ids, times and addresses differ in every run."""
    compared = held(entry("conforms", actual=before), entry("conforms", actual=after))
    assert [] == compared.differences


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("status 200", "status 201"),
        ('error "invalid_grant"', 'error "invalid_request"'),
        ("with access_token, scope", "with access_token, scope, id_token"),
        ("http://127.0.0.1:1/mfa/", "http://127.0.0.1:1/mfa"),
    ],
)
def test_what_an_answer_has_is_a_change(before: str, after: str) -> None:
    """Statuses, errors and members are what an answer is known by."""
    compared = held(entry("conforms", actual=before), entry("conforms", actual=after))
    assert [Change.REASON] == [row.change for row in compared.differences]


def test_one_report_only() -> None:
    """What only one of the reports has appeared or disappeared, whatever its verdict."""
    compared = compare(
        document(entry("conforms", "otp"), entry("conforms", "sms")),
        document(entry("conforms", "otp"), entry("violates", "email")),
    )
    assert ["email"] == [row.factor for row in compared.of(Change.APPEARED)]
    assert ["sms"] == [row.factor for row in compared.of(Change.DISAPPEARED)]
    assert [] == compared.regressions


def test_gravest_first() -> None:
    """Differences begin with what got worse; each says what it is about."""
    compared = compare(
        document(entry("violates", "otp"), entry("conforms", "sms")),
        document(entry("conforms", "otp"), entry("violates", "sms")),
    )
    assert ["MFA-ONE [sms]: conforms -> violates", "MFA-ONE [otp]: violates -> conforms"] == [
        str(row) for row in compared.differences
    ]


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ({"id": "b2"}, []),
        ({"id": "a1"}, ["both reports are of the same run"]),
        (
            {"id": "b2", "started_at": "2025-12-31T00:00:00+00:00"},
            ["the first report is the newer one; name the older one first"],
        ),
        ({"id": "b2", "started_at": "2025-12-31T00:00:00+00:00", "tenant": "acme.com"}, []),
        (
            {"id": "b2", "version": "2.0"},
            ["written by versions 1.0 and 2.0, whose requirements may differ"],
        ),
    ],
)
def test_notes(run: dict[str, str], expected: list[str]) -> None:
    """A reader is told what makes a comparison odd; two tenants have no order of time."""
    assert expected == compare(document(), document(**run)).notes


def test_tells_two_tenants_from_two_times() -> None:
    """The name of the tenant decides."""
    assert compare(document(), document(id="b2")).same_tenant
    assert not compare(document(), document(id="b2", tenant="acme.com")).same_tenant


def test_any_number_is_laid_out() -> None:
    """A row for each requirement and factor of any report, with a verdict for each report."""
    rows = lay_out([document(entry("conforms")), document(), document(entry("violates"))])
    assert [("conforms", None, "violates")] == [row.verdicts for row in rows]
    assert rows[0].differs
