"""All pages of the reference; each module has its `NAME` below docs/ and makes its `page()`."""

from __future__ import annotations

from typing import Final

from tests.conftest import ROOT
from tests.docs import (
    doctor_page,
    environment_page,
    fixtures_page,
    hooks_page,
    options_page,
    profile_page,
    reasons_page,
    requirements_page,
    responses_page,
)

DOCS: Final = ROOT / "docs"
PAGES: Final = (
    doctor_page,
    options_page,
    environment_page,
    profile_page,
    fixtures_page,
    hooks_page,
    requirements_page,
    reasons_page,
    responses_page,
)
