"""The sequence that is shown: short, one line a step, and without a secret."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.explore.in_memory import explore

if TYPE_CHECKING:
    from pytest_auth0_mfa.explore.exploration import Exploration

STEPS = 1_000


@pytest.fixture(scope="module")
def shortened() -> Exploration:
    """What is found where a used code is taken again, shortened."""
    return explore(
        "used-binding-code-accepted", steps=STEPS, seed=2, shrinks=True, shrink_steps=STEPS
    )


def test_names_the_requirement_exactly(shortened: Exploration) -> None:
    """The shortest sequence breaks one requirement."""
    assert shortened.found is not None
    assert ("MFA-VERIFY-REPLAY",) == shortened.found.finding.requirements


def test_is_as_short_as_by_hand(shortened: Exploration) -> None:
    """Login, association, list, confirmation and that once more."""
    assert shortened.found is not None
    calls = [f"{each.method} {each.path}" for each in shortened.found.exchanges]
    expected = [
        *("POST /oauth/token", "POST /mfa/associate", "GET /mfa/authenticators"),
        *("POST /oauth/token", "POST /oauth/token"),
    ]
    assert expected == calls


def test_is_shown_as_curl(shortened: Exploration) -> None:
    """Each call is a command with what came of it, each other step a comment."""
    assert shortened.found is not None
    lines = shortened.found.lines()
    assert "# user#1 is made" == lines[0]
    assert all(line.startswith(("curl --request ", "# ")) for line in lines)
    assert lines[-1].endswith("  # 200")
    assert "oob_code=oob_code#1" in lines[-1]
    assert "binding_code=binding_code#1" in lines[-1]


def test_shows_no_secret(shortened: Exploration) -> None:
    """Neither what was sent nor what came back is in it."""
    assert shortened.found is not None
    text = "\n".join(shortened.found.lines())
    recorder: Any = shortened.door.tenant.recorder
    secrets = {
        str(value)
        for _, _, body, _, answer in recorder.raw
        for part in (body, answer.body)
        if isinstance(part, dict)
        for name, value in part.items()
        if name in {"mfa_token", "oob_code", "binding_code", "access_token", "client_secret"}
    }
    assert secrets
    assert [] == [secret for secret in secrets if secret in text]
    assert "correct horse" not in text


def test_shortening_keeps_to_its_calls() -> None:
    """What was found is reported although nothing is left to shorten it."""
    exploration = explore("used-binding-code-accepted", steps=STEPS, seed=2, shrinks=True)
    assert exploration.found is not None
    assert STEPS >= exploration.door.steps
