"""The reference says what the code says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.docs.pages import DOCS, PAGES

if TYPE_CHECKING:
    from types import ModuleType


@pytest.mark.parametrize("module", PAGES, ids=lambda module: module.NAME)
def test_page_is_current(module: ModuleType) -> None:
    """The page is what `python -m tests.docs` writes; run it after a change of the code."""
    assert module.page() == (DOCS / module.NAME).read_text("utf-8")


def test_pages_say_something() -> None:
    """Nothing is lost on the way from the code to a page: a sample of each kind is there."""
    texts = {module.NAME: module.page() for module in PAGES}
    assert "`--auth0-budget` `LIST`" in texts["reference/options.md"]
    assert "`AUTH0_CA_FILE`" in texts["reference/environment.md"]
    assert "`verify(" in texts["reference/fixtures.md"]
    assert "(config, channel, name)" in texts["reference/hooks.md"]
    assert "MFA-VERIFY-REPLAY" in texts["reference/requirements.md"]
    assert "no inbox is configured, so a code sent by …" in texts["reference/reasons.md"]
    assert "[[expected-failure]]" in texts["reference/profile.md"]
    assert "`associate.push`" in texts["reference/responses.md"]
