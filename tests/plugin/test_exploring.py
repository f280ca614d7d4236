"""`--auth0-explore`: one more item, its verdict, and what terminal and report say of it."""

from __future__ import annotations

import json
from itertools import count
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from pytest_auth0_mfa import schemas
from pytest_auth0_mfa.explore import exploration
from tests.conftest import Reply, passed_on
from tests.plugin.test_usage_errors import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import Received
    from tests.plugin.conftest import Project
    from tests.plugin.hidden import Hidden, Serve

LISTED = "--auth0-deviation=pending-listed-as-active"
BROKEN = "MFA-ENROLL-INACTIVE"


@pytest.mark.parametrize("value", ["0", "-5", "many", "12:", "12:x", "1.5", "12:3:4"])
def test_odd_values_are_refused(one_test: Project, value: str) -> None:
    """What is no number of calls is a usage error that shows one."""
    told = message(one_test.run(f"--auth0-explore={value}"))
    assert f"--auth0-explore={value}: expected a number of calls above 0, such as 2000" in told


def test_missing_library_is_named(one_test: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Hypothesis the message says what to install."""
    monkeypatch.setattr(exploration, "find_spec", lambda _: None)
    told = message(one_test.run("--auth0-explore=20"))
    assert "pip install 'pytest-auth0-mfa[explore]'" in told


def test_agreement_passes(project: Project) -> None:
    """Terminal and report tell calls, sequences and seed."""
    ended, report = project.report("--auth0-explore=60:7")
    assert (0, {"passed": 1}) == (ended.status, ended.outcomes), ended.text
    assert "explore 60:7 (option)" in ended.text
    assert "(--auth0-explore=60:7): no disagreement" in ended.text
    told = report["exploration"]
    assert (60, 60, 7, True) == tuple(told[name] for name in ("asked", "steps", "seed", "agrees"))
    assert ([], [], None) == (told["sequence"], told["requirements"], told["ended"])
    assert told["sequences"] >= 1
    assert 60 <= report["spend"]["requests"]
    Draft202012Validator(schemas.report_schema()).validate(report)


def test_seed_of_the_run_is_told(project: Project) -> None:
    """Without a seed one is drawn, and header and summary say which; the ini key will do."""
    project.pytester.makeini("[pytest]\nauth0_explore = 20")
    ended, report = project.report()
    seed = report["exploration"]["seed"]
    assert f"explore 20:{seed} (ini)" in ended.text
    assert f"(--auth0-explore=20:{seed}): no disagreement" in ended.text


def test_disagreement_violates_the_requirement(project: Project) -> None:
    """It fails as the requirement, with the shortest sequence as commands."""
    ended, report = project.report("--auth0-explore=200:3", LISTED)
    assert (1, {"failed": 1}) == (ended.status, ended.outcomes), ended.text
    assert f"violates {BROKEN} [" in ended.text
    assert "(--auth0-explore=200:3): MFA-" in ended.text
    assert BROKEN in report["exploration"]["requirements"]
    steps = report["exploration"]["sequence"]
    assert steps[-1].startswith("curl --request GET")
    assert all(step in ended.text for step in steps)
    entry = report["requirements"][0]
    assert (BROKEN, "violates", ["auth0-exploration"]) == (
        entry["id"],
        entry["verdict"],
        entry["tests"],
    )
    assert "/mfa/authenticators" == report["exchanges"][entry["exchange"] - 1]["path"]
    Draft202012Validator(schemas.report_schema()).validate(report)


def test_disagreement_shows_no_secret(project: Project) -> None:
    """Secrets have names in everything that is written."""
    ended, report = project.report("--auth0-explore=200:3", LISTED)
    written = ended.text + json.dumps(report["exploration"]) + json.dumps(report["exchanges"])
    assert "mfa_token#1" in written
    assert "Fe26.2*" not in written
    assert "client_secret=client_secret#1" in written


def test_same_seed_finds_the_same(project: Project) -> None:
    """A run is repeated by what it says."""
    first, second = (project.report("--auth0-explore=200:3", LISTED)[1] for _ in range(2))
    assert first["exploration"]["steps"] == second["exploration"]["steps"]
    assert first["exploration"]["requirements"] == second["exploration"]["requirements"]


def test_expected_failure_is_known(project: Project) -> None:
    """What the profile lists as failing does not fail the run."""
    entry = f'[[expected-failure]]\nrequirement = "{BROKEN}"\nreason = "ticket 42"\n'
    project.pytester.path.joinpath("p.toml").write_text(entry, "utf-8")
    ended, report = project.report("--auth0-explore=200:3", LISTED, "--auth0-profile=p.toml")
    assert (0, {"xfailed": 1}) == (ended.status, ended.outcomes), ended.text
    assert ["known"] == [each["verdict"] for each in report["requirements"]]


def test_throttling_is_inconclusive(
    project: Project, mock: Mapping[str, object], serve: Serve
) -> None:
    """A tenant that asks to slow down has broken nothing."""
    calls = count()

    def answer(received: Received) -> Reply:
        if next(calls) < 40:
            return passed_on(str(mock["url"]), received)
        return Reply(429, {"error": "too_many_requests"}, {"Retry-After": "0"})

    ended, report = project.report(f"--auth0-tenant={serve(answer)}", "--auth0-explore=200:1")
    assert (1, {"errors": 1}) == (ended.status, ended.outcomes), ended.text
    assert "inconclusive: " in ended.text
    assert [] == report["requirements"]
    assert "rate limit" in report["exploration"]["ended"]


@pytest.mark.parametrize("users", [12, 1])
def test_given_users_make_one_sequence(hidden: Hidden, users: int) -> None:
    """Without a control plane two users are enough, and so is one.

    More calls would wait: a user may log in twenty times at once, then ten times a minute.
    """
    profile = hidden.project.pytester.path / "p.toml"
    entries = profile.read_text("utf-8").split("[[user]]")
    profile.write_text("[[user]]".join(entries[: users + 1]), "utf-8")
    ended = hidden.log_in("", "--auth0-explore=40:1", "--auth0-factors=otp,recovery-code")
    assert 0 == ended.status, ended.text
    assert "40 calls in 1 sequences (--auth0-explore=40:1): no disagreement" in ended.text
    assert f", {min(users, 2)} users" in ended.text


def test_without_users_it_is_untested(hidden: Hidden) -> None:
    """Nothing was found out, and the reason is told."""
    (hidden.project.pytester.path / "p.toml").write_text("", "utf-8")
    ended = hidden.log_in("", "--auth0-explore=120:1")
    assert {"skipped": 2} == ended.outcomes, ended.text
    assert "needs a user without authenticators" in ended.text


def test_workers_run_it_once(project: Project) -> None:
    """With pytest-xdist one worker explores and the main process tells of it."""
    project.write(test_other="def test_other():\n    pass\n")
    ended = project.run_apart("-n2", "--auth0-explore=5:7")
    assert (0, {"passed": 2}) == (ended.status, ended.outcomes), ended.text
    assert "explored 5 calls" in ended.text


def test_chosen_by_name(project: Project) -> None:
    """`-k` applies to it as to any test."""
    project.write(test_other="def test_other():\n    pass\n")
    ended = project.run("--auth0-explore=20:7", "-k", "exploration")
    assert {"passed": 1, "deselected": 1} == ended.outcomes
