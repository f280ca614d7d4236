"""Writes the pages of the reference: `python -m tests.docs`."""

from __future__ import annotations

from tests.docs.pages import DOCS, PAGES

for one in PAGES:
    (DOCS / one.NAME).write_text(one.page(), "utf-8")
