"""The language in which users are searched."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_auth0_mfa.mock.management import search
from pytest_auth0_mfa.mock.problems import RefusalError

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.messages import JsonObject

USER: JsonObject = {
    "email": "Mfa-Run7-1@example.com",
    "email_verified": True,
    "logins_count": 3,
    "created_at": "2026-11-26T01:30:00.000Z",
    "app_metadata": {"run": "run 7", "mfa": {"kind": "otp"}},
    "identities": [{"connection": "Username-Password-Authentication"}],
}


@pytest.mark.parametrize(
    "query",
    [
        "",
        "  ",
        'email:"mfa-run7-1@example.com"',
        "email:mfa-run7-*",
        "email:MFA*@example.???",
        'app_metadata.run:"run 7"',
        "app_metadata.mfa.kind:otp",
        "identities.connection:username-password-authentication",
        "email_verified:true",
        "logins_count:3",
        "email:mfa* AND email_verified:true",
        "email:x OR email:mfa*",
        "NOT email:x",
        "-email:x",
        "email:mfa* AND NOT (email:x OR email:y)",
        "(email:x OR email:mfa*) AND (email_verified:true)",
        "_exists_:app_metadata.run",
        "email:*",
        "created_at:[* TO 2026-11-26T01:30:00.000Z]",
        "created_at:[2026-11-26 TO 2026-11-27}",
        "created_at:{2026-11-25 TO *]",
        "email:x email:mfa*",
    ],
)
def test_found(query: str) -> None:
    """Words, phrases, wildcards, ranges and their combinations find a user."""
    assert search.matcher(query)(USER)


@pytest.mark.parametrize(
    "query",
    [
        'email:"mfa-run7"',
        'email:"mfa-run7-*"',
        r"email:mfa\*",
        "email:mfa-run8*",
        'app_metadata.run:"run 8"',
        "app_metadata.none:*",
        "_exists_:phone_number",
        "email:mfa* AND email_verified:false",
        "NOT email:mfa*",
        "created_at:[2026-11-27 TO *]",
        "created_at:{2026-11-26T01:30:00.000Z TO *]",
        "email:x email:y",
        "email.none:x",
    ],
)
def test_not_found(query: str) -> None:
    """What does not apply finds nobody."""
    assert not search.matcher(query)(USER)


@pytest.mark.parametrize(
    "query",
    ["jane", 'email:"open', "(email:x", "email:x)", "AND", "email:x AND", "NOT", "[", "(" * 50],
)
def test_unreadable(query: str) -> None:
    """What the language does not know is refused."""
    with pytest.raises(RefusalError) as caught:
        search.matcher(query)
    assert 400 == caught.value.answer.status


PARTS = ["email:x", ' "', "(", ")", " AND ", " OR ", "NOT ", "[* TO ", "]", "*", "-", "\\", " "]


@given(st.lists(st.sampled_from(PARTS), max_size=12).map("".join))
def test_anything(query: str) -> None:
    """Any text is understood or refused."""
    with suppress(RefusalError):
        assert isinstance(search.matcher(query)(USER), bool)
