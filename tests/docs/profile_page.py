"""The page of the profile, from what its module says of it."""

from __future__ import annotations

import textwrap
from typing import Final

from pytest_auth0_mfa.tenant import profile
from tests.docs.markdown import told

NAME: Final = "reference/profile.md"
TITLE: Final = "# The profile\n\n"


def page() -> str:
    """The page as Markdown: the example becomes a block of TOML."""
    about, _, rest = told(profile).removeprefix("The profile: w").partition("\n\n")
    lead, _, example = rest.partition("\n\n")
    code = textwrap.dedent(example).strip()
    return f"{TITLE}W{about}\n\n{lead}\n\n```toml\n{code}\n```\n"
