"""What a difference between two baselines means."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest

from pytest_auth0_mfa.baseline.difference import Kind, differences
from pytest_auth0_mfa.baseline.document import document, load, save, text
from pytest_auth0_mfa.baseline.told import lines, member
from pytest_auth0_mfa.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ID = "MFA-LIST-ARRAY"
PAGE = "/guardian/policies"
ANSWER = {
    "members": {".": ["object"], "a": ["string"], "b?": ["string"]},
    "lifetimes": {"x": [600]},
}
BASELINE: dict[str, Any] = {
    "schema_version": 1,
    "kind": "baseline",
    "tenant": "acme.us.auth0.com",
    "verdicts": {ID: {"otp": "conforms", "sms": "conforms"}},
    "answers": {"GET /mfa/authenticators": {"200": ANSWER}},
    "configuration": {"pages": {PAGE: ["all-applications"]}, "found": {}},
}


def changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    """The baseline after a change."""
    other = deepcopy(BASELINE)
    change(other)
    return other


def verdict(name: str, factor: str = "otp") -> Callable[[dict[str, Any]], object]:
    """Another verdict on one requirement."""
    return lambda other: other["verdicts"][ID].update({factor: name})


def answer(**changes: Any) -> Callable[[dict[str, Any]], object]:  # noqa: ANN401 - JSON
    """Other members of the one answer."""
    return lambda other: other["answers"]["GET /mfa/authenticators"]["200"].update(changes)


def members(**changes: list[str] | None) -> Callable[[dict[str, Any]], object]:
    """Members that are otherwise, None for one that is gone; `_` ends one that may be left out."""

    def change(other: dict[str, Any]) -> None:
        held = other["answers"]["GET /mfa/authenticators"]["200"]["members"]
        for written, kinds in changes.items():
            name = written.replace("_", "?")
            held.pop(name, None) if kinds is None else held.update({name: kinds})

    return change


def configuration(value: object) -> Callable[[dict[str, Any]], object]:
    """Another configuration as a whole."""
    return lambda other: other.update(configuration=value)


CASES = {
    "worse": (verdict("violates"), {Kind.REGRESSION: f"{ID} [otp]: conforms -> violates"}),
    "a little worse": (verdict("deviates"), {Kind.REGRESSION: f"{ID} [otp]: conforms -> deviates"}),
    "expected": (verdict("known"), {Kind.REGRESSION: f"{ID} [otp]: conforms -> known"}),
    "no inbox": (verdict("untested"), {Kind.ENVIRONMENT: f"{ID} [otp]: conforms -> untested"}),
    "left out": (
        verdict("inapplicable"),
        {Kind.ENVIRONMENT: f"{ID} [otp]: conforms -> inapplicable"},
    ),
    "a bad network": (verdict("inconclusive"), {}),
    "new and wrong": (
        verdict("violates", "voice"),
        {Kind.REGRESSION: f"{ID} [voice]: not there -> violates"},
    ),
    "new": (
        verdict("conforms", "voice"),
        {Kind.ENVIRONMENT: f"{ID} [voice]: not there -> conforms"},
    ),
    "not chosen": (
        lambda other: other["verdicts"][ID].pop("sms"),
        {Kind.ENVIRONMENT: "1 requirements and factors: judged -> not chosen, or given up"},
    ),
    "another tenant": (
        lambda other: other.update(tenant="b.us.auth0.com"),
        {Kind.ENVIRONMENT: "tenant: acme.us.auth0.com -> b.us.auth0.com"},
    ),
    "a member is gone": (
        members(a=None),
        {Kind.REGRESSION: "GET /mfa/authenticators -> 200, a: string -> not there"},
    ),
    "another type": (
        members(a=["number"]),
        {Kind.REGRESSION: "GET /mfa/authenticators -> 200, a: string -> number"},
    ),
    "a new member": (
        members(c=["string"]),
        {Kind.CHANGE: "GET /mfa/authenticators -> 200, c: not there -> string"},
    ),
    "sometimes left out now": (
        members(a=None, a_=["string"]),
        {Kind.REGRESSION: "GET /mfa/authenticators -> 200, a: string -> string or nothing"},
    ),
    "always there now": (
        members(b_=None, b=["string"]),
        {Kind.CHANGE: "GET /mfa/authenticators -> 200, b: string or nothing -> string"},
    ),
    "another type where it is there": (
        members(b_=["number"]),
        {
            Kind.REGRESSION: "GET /mfa/authenticators -> 200, b: string or nothing -> "
            "number or nothing"
        },
    ),
    "another lifetime": (
        answer(lifetimes={"x": [60]}),
        {Kind.REGRESSION: "GET /mfa/authenticators -> 200, lifetimes: {'x': [600]} -> {'x': [60]}"},
    ),
    "another status": (
        lambda other: other["answers"].update({"GET /mfa/authenticators": {"201": ANSWER}}),
        {
            Kind.REGRESSION: "GET /mfa/authenticators -> 200: answered -> never answered",
            Kind.CHANGE: "GET /mfa/authenticators -> 201: never answered -> answered",
        },
    ),
    "a policy": (
        configuration({"pages": {PAGE: []}, "found": {"mfa.policy": "blocks"}}),
        {
            Kind.REGRESSION: "mfa.policy: healthy -> blocks",
            Kind.CHANGE: f"{PAGE}: ['all-applications'] -> []",
        },
    ),
    "a setting that matters to nobody": (
        configuration({"pages": {PAGE: ["x"]}, "found": {}}),
        {Kind.CHANGE: f"{PAGE}: ['all-applications'] -> ['x']"},
    ),
    "leftovers": (
        configuration({"pages": {PAGE: ["all-applications"]}, "found": {"user.stale": "warns"}}),
        {Kind.ENVIRONMENT: "user.stale: healthy -> warns"},
    ),
    "no credentials": (configuration(None), {Kind.ENVIRONMENT: "configuration: read -> not read"}),
    "fewer scopes": (
        configuration({"pages": {PAGE: {"not read": "needs the scope x"}}, "found": {}}),
        {Kind.ENVIRONMENT: f"{PAGE}: ['all-applications'] -> {{'not read': 'needs the scope x'}}"},
    ),
}


@pytest.mark.parametrize(("change", "expected"), CASES.values(), ids=CASES.keys())
def test_kinds(change: Callable[[dict[str, Any]], object], expected: dict[Kind, str]) -> None:
    """Each change is told, and told as what it is."""
    found = differences(BASELINE, changed(change), {})
    assert expected == {each.kind: str(each) for each in found}
    assert len(expected) == len(found)


def test_the_other_way_round() -> None:
    """What was a regression is an improvement once it is mended."""
    broken = changed(verdict("violates"))
    broken["configuration"]["found"] = {"mfa.policy": "blocks"}
    found = differences(broken, BASELINE, {})
    assert {Kind.IMPROVEMENT} == {each.kind for each in found}
    assert 2 == len(found)


def test_answers_of_a_part() -> None:
    """Where less was judged, what was never answered says nothing."""
    less = changed(lambda other: other["answers"].clear())
    less["verdicts"][ID]["sms"] = "untested"
    found = differences(BASELINE, less, {})
    assert [f"{ID} [sms]: conforms -> untested"] == [str(each) for each in found]


def test_told_in_the_words_of_checks_and_requirements() -> None:
    """Each regression says what it means to somebody; only what is none can be taken over."""
    broken = changed(verdict("violates"))
    broken["configuration"]["found"] = {"mfa.policy": "blocks"}
    found = differences(BASELINE, broken, {ID: "The list is an array"})
    told = list(lines(found, "b.json"))
    assert "  The list is an array" in told
    assert any("Nothing asks for a second factor." in line for line in told)
    assert "baseline b.json: 2 regressions" == told[-1]
    better = list(lines(differences(broken, BASELINE, {}), "b.json"))
    assert "the baseline is stale; write it anew: --auth0-save-baseline=b.json" == better[-1]
    assert ["baseline b.json: nothing differs"] == list(lines([], "b.json"))
    assert 2 == len(member(found, "b.json")["differences"])


REPORT = {
    "run": {"tenant": "mock"},
    "requirements": [{"id": ID, "factor": "otp", "verdict": "inconclusive"}],
    "exchanges": [],
}


def test_what_is_known_stays() -> None:
    """A run that came to no verdict overwrites none."""
    assert "inconclusive" == document(REPORT, None)["verdicts"][ID]["otp"]
    assert "conforms" == document(REPORT, None, BASELINE)["verdicts"][ID]["otp"]


def test_written_and_read(tmp_path: Path) -> None:
    """What is written is read again, and nothing else is left there."""
    path = tmp_path / "b.json"
    save(BASELINE, path)
    assert (BASELINE, text(BASELINE)) == (load(path), path.read_text("utf-8"))
    assert [path] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "cannot be read (No such file or directory); --auth0-save-baseline="),
        ("{", "not JSON: "),
        ("[]", "JSON, but no baseline; name what --auth0-save-baseline has written"),
        ('{"kind": "baseline", "schema_version": 2}', "of a newer pytest-auth0-mfa"),
        ('{"kind": "baseline", "schema_version": 1}', "no baseline: at the top: 'tenant' is"),
    ],
)
def test_unreadable(tmp_path: Path, content: str | None, told: str) -> None:
    """A file that is no baseline is refused with what is wrong with it."""
    path = tmp_path / "b.json"
    if content is not None:
        path.write_text(content, "utf-8")
    with pytest.raises(SettingsError) as caught:
        load(path)
    assert told in str(caught.value)


def test_place_that_cannot_be_written(tmp_path: Path) -> None:
    """Nothing is left behind where a file cannot be written."""
    with pytest.raises(SettingsError, match="cannot be written"):
        save(BASELINE, tmp_path / "none" / "b.json")
