"""Finding known texts: all that stand there, and no others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pytest_auth0_mfa.api.finding import KnownTexts

short = st.text(alphabet="ab", min_size=1, max_size=7)


@given(known=st.sets(short, max_size=12), text=st.text(alphabet="abc", max_size=30))
def test_what_stands_there_is_found(known: set[str], text: str) -> None:
    """Exactly the known texts that are within, overlapping ones included."""
    texts = KnownTexts()
    for each in known:
        texts.add(each)
    assert {each for each in known if each in text} == texts.within(text)


def test_none_known() -> None:
    """Nothing is found in anything."""
    assert set() == KnownTexts().within("anything")
