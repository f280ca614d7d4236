"""Notifications in each form in which they travel."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_auth0_mfa.errors import Prerequisite
from pytest_auth0_mfa.guardian import Notification, Unreadable, read_notification
from pytest_auth0_mfa.guardian.notification import Place, Software

REQUIRED = {
    "dai": "dev_1",
    "txtkn": "planted-token",
    "c": "planted-challenge",
    "d": "2027-01-18T17:45:08.328Z",
    "sh": "acme.us.auth0.com",
}
SOFTWARE = {"b": {"n": "Safari", "v": "9.0.3"}, "os": {"n": "Mac OS", "v": "10.11.3"}}
PLACE = {"n": "Palermo, Argentina", "lat": "-34.57115", "long": "-58.423297"}
FULL: dict[str, Any] = {**REQUIRED, "txlnkid": "cns_1", "s": SOFTWARE, "l": PLACE}
APS = {"category": "com.auth0.notification.authentication", "alert": {"title": "t", "body": "b"}}
FLAT = {**FULL, "s": json.dumps(SOFTWARE), "l": json.dumps(PLACE)}
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*FULL, "aps", "mfa", "data", "b"]), inner, max_size=4)
    ),
)


@pytest.mark.parametrize(
    "payload",
    [{"aps": APS, "mfa": FULL}, FLAT, {"data": FLAT}, {"data": {"mfa": FLAT}}, {"mfa": FULL}, FULL],
    ids=["apns", "fcm", "fcm-message", "fcm-mfa", "mfa", "plain"],
)
def test_forms(payload: object) -> None:
    """Each form says the same."""
    assert Notification(
        device_id="dev_1",
        transaction_token=read_notification(payload).transaction_token,
        challenge="planted-challenge",
        requested_at=datetime(2027, 1, 18, 17, 45, 8, 328_000, timezone.utc),
        source="acme.us.auth0.com",
        browser=Software("Safari", "9.0.3"),
        system=Software("Mac OS", "10.11.3"),
        place=Place("Palermo, Argentina", "-34.57115", "-58.423297"),
        linked_id="cns_1",
    ) == read_notification(payload)


def test_what_may_be_missing() -> None:
    """Software, place and details are optional, and so are their parts."""
    bare = read_notification(REQUIRED)
    assert (None, None, None, None) == (bare.browser, bare.system, bare.place, bare.linked_id)
    assert (
        Software("Safari", None)
        == read_notification({**REQUIRED, "s": {"b": {"n": "Safari"}}}).browser
    )


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("value", [None, "", 7])
def test_what_must_be_there(name: str, value: object) -> None:
    """A field that is missing, or no text, is named; no value is quoted."""
    with pytest.raises(Unreadable, match=f"expected a text in the field {name}, got") as raised:
        read_notification({**REQUIRED, name: value})
    assert "planted" not in str(raised.value)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"d": "2027-01-18 17:45"}, r"expected a time such as .* in the field d"),
        ({"s": "no JSON"}, "expected JSON in the field s"),
        ({"s": "[" * 100_000}, "expected JSON in the field s"),
        ({"l": ["x"]}, "expected the field l to be an object, got list"),
        ({"s": {"b": 7}}, "expected the field b to be an object, got int"),
        ({"aps": {"category": "other"}}, "expected the category com.auth0.notification"),
        ({"aps": {}}, "expected the category com.auth0.notification"),
        ({"mfa": "x"}, "expected mfa to be an object, got str"),
    ],
)
def test_other_forms(changes: dict[str, Any], told: str) -> None:
    """Each other form is told with what was expected."""
    with pytest.raises(ValueError, match=told):
        read_notification({**REQUIRED, **changes})


def test_is_masked() -> None:
    """Token and challenge are not in its `repr`."""
    assert "planted" not in repr(read_notification(REQUIRED))


@given(
    JSON
    | st.builds(
        lambda more: {**REQUIRED, **more}, st.dictionaries(st.sampled_from([*FULL, "aps"]), JSON)
    )
)
def test_any_payload(payload: object) -> None:
    """Any JSON is read, or refused by the error of this package and no other."""
    try:
        assert isinstance(read_notification(payload), Notification)
    except Prerequisite as refusal:
        assert str(refusal).startswith("notification: expected")  # noqa: PT017 - either end is right
