"""What a test reads from an answer, and what it is told where the answer lacks it."""

from __future__ import annotations

import pytest

from pytest_auth0_mfa.api.exchange import Answer, Exchange
from pytest_auth0_mfa.api.secret import Secret
from pytest_auth0_mfa.errors import Prerequisite

EXCHANGE = Exchange(1, "POST", "/oauth/token", 403, {}, {}, 1.0)


def answer(body: object, status: int = 200) -> Answer:
    """An answer with this body."""
    return Answer(status, {}, body, EXCHANGE)


@pytest.mark.parametrize(
    ("status", "accepted"), [(199, False), (200, True), (204, True), (299, True), (302, False)]
)
def test_accepted(status: int, accepted: bool) -> None:  # noqa: FBT001 - what is expected
    """The 2xx class, and nothing else."""
    assert accepted is answer({}, status).accepted


@pytest.mark.parametrize(
    ("body", "error"),
    [({"error": "x"}, "x"), ({"error": 1}, None), ({}, None), ([], None), ("error", None)],
)
def test_error(body: object, error: str | None) -> None:
    """The code, where the body is an object with one that is a string."""
    assert error == answer(body).error


@pytest.mark.parametrize("body", [{}, {"mfa_token": ""}, {"mfa_token": 1}, [], None, "text"])
def test_missing_text(body: object) -> None:
    """A step whose answer lacks what comes next says so, with request and answer."""
    with pytest.raises(Prerequisite) as raised:
        answer(body).text("mfa_token")
    assert str(raised.value).startswith("POST /oauth/token -> 403 gave no mfa_token: status 200")


def test_text_and_secret() -> None:
    """A field is had as it is, or wrapped."""
    given = answer({"secret": "planted"})
    assert "planted" == given.text("secret")
    assert isinstance(given.secret("secret"), Secret)
    assert "<secret>" == repr(given.secret("secret"))


def test_secret_keeps_its_kind() -> None:
    """What the transport wrapped stays as it is."""
    assert "otp_secret" == answer({"secret": Secret("planted", "otp_secret")}).secret("secret").kind


@pytest.mark.parametrize("body", [{}, None, "x", [1], [{}, "x"]])
def test_no_list(body: object) -> None:
    """A list that is none is told like a missing field."""
    with pytest.raises(Prerequisite, match="gave no list of objects"):
        answer(body).items()


def test_list() -> None:
    """A list of objects is had as it is."""
    assert [{"id": "x"}] == answer([{"id": "x"}]).items()


@pytest.mark.parametrize(
    ("body", "summary"),
    [
        ({"error": "invalid_grant"}, 'status 200, error "invalid_grant"'),
        ({"b": 1, "a": "planted"}, "status 200 with a, b"),
        ({}, "status 200 with no field"),
        ([], "status 200 with a list"),
        ("planted", "status 200 with text that is not JSON"),
        (None, "status 200 with no body"),
        (1, "status 200 with a bare value"),
    ],
)
def test_summary(body: object, summary: str) -> None:
    """An answer in a few words, none of which is a value."""
    assert summary == answer(body).summary()


def test_shows_no_value() -> None:
    """What pytest prints of an answer is its status."""
    assert "Answer(status=200)" == repr(answer({"mfa_token": "planted"}))
