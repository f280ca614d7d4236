"""`.json`: the document itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def render(document: Mapping[str, Any]) -> str:
    """The document as JSON."""
    return json.dumps(document, indent=2) + "\n"
