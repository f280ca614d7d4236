"""Reading bodies: every form in which real SDKs send them, and those that nobody should."""

from __future__ import annotations

import pytest

from pytest_auth0_mfa.mock import bodies
from pytest_auth0_mfa.mock.bodies import Body
from pytest_auth0_mfa.mock.messages import Request
from pytest_auth0_mfa.mock.problems import RefusalError

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


def read(body: bytes, content_type: str | None = None) -> Body:
    """Read a body under a content type."""
    headers = {} if content_type is None else {"content-type": content_type}
    return bodies.read(Request("POST", "/", "https://tenant.example", body, headers))


@pytest.mark.parametrize("content_type", [FORM, f"{FORM};charset=UTF-8", f"{FORM}; a=b", None])
def test_form(content_type: str | None) -> None:
    """A form is read under its type, with parameters of the type, and under none."""
    assert Body({"a": "1 2", "b": "ü"}, is_json=False) == read(b"a=1+2&b=%C3%BC", content_type)


@pytest.mark.parametrize("content_type", [JSON, f"{JSON}; charset=utf-8", FORM, None, "text/plain"])
def test_json(content_type: str | None) -> None:
    """A JSON object is read under any type: published samples send it under all of these."""
    assert Body({"a": ["x"]}, is_json=True) == read(b' {"a": ["x"]}', content_type)


@pytest.mark.parametrize("body", [b'{"a": null, "b": ""}', b"a=&b="])
def test_absent_parameters(body: bytes) -> None:
    """Nulls and empty texts count as absent."""
    assert read(body).parameters == {}


@pytest.mark.parametrize("content_type", [FORM, JSON, None])
@pytest.mark.parametrize("body", [b"", b" \n"])
def test_no_body(body: bytes, content_type: str | None) -> None:
    """A content type without a body is no error: GET and DELETE are sent so."""
    assert read(body, content_type).parameters == {}


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"{", JSON, "not valid JSON"),
        (b"\xff", JSON, "not valid JSON"),
        (b'{"a": "\\ud800"}', JSON, "not valid JSON"),
        (b'{"a": 1e999}', JSON, "not valid JSON"),
        (b'{"a": NaN}', JSON, "not valid JSON"),
        (b'{"a": ' + b"[" * 50_000, JSON, "not valid JSON"),
        (b"[]", JSON, "must be a JSON object"),
        (b'"text"', JSON, "must be a JSON object"),
        (b"a=1&a=2", FORM, "repeated"),
        (b"a=&a=2", FORM, "repeated"),
        (b"\xff", FORM, "not a valid form"),
        (b"a&" * 101, FORM, "not a valid form"),
    ],
)
def test_unreadable(body: bytes, content_type: str, reason: str) -> None:
    """What cannot be read is refused with its reason."""
    with pytest.raises(RefusalError) as refusal:
        read(body, content_type)
    told = refusal.value.answer.body
    assert isinstance(told, dict)
    assert told["error"] == "invalid_request"
    assert reason in str(told["error_description"])


def test_repetition_that_is_not_refused() -> None:
    """A tenant that takes repetitions goes by the last one."""
    request = Request("POST", "/", "https://tenant.example", b"a=1&b=2&a=3")
    assert {"a": "3", "b": "2"} == bodies.read(request, refuse_repetitions=False).parameters


def test_size() -> None:
    """A body of the largest size is read, one byte more is refused with status 413."""
    largest = b"a=" + b"x" * (bodies.SIZE_LIMIT - 2)
    assert set(read(largest).parameters) == {"a"}
    with pytest.raises(RefusalError) as refusal:
        read(largest + b"x")
    assert refusal.value.answer.status == 413
