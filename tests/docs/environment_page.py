"""The page of the environment: what a run reads there."""

from __future__ import annotations

from typing import Final

from pytest_auth0_mfa.plugin.options import OPTIONS
from pytest_auth0_mfa.tenant.access import VARIABLES
from tests.docs.markdown import table

NAME: Final = "reference/environment.md"
HEAD: Final = """\
# Environment and .env

Secrets have no other way in: no option takes one. `.env` in the root of your project is read by
[python-dotenv](https://pypi.org/project/python-dotenv/); `.env.HOST`, such as
`.env.acme-dev.us.auth0.com`, says what one tenant alone should know, and wins over `.env`. The
environment wins over both.

## Your tenant

"""
OF_OPTIONS: Final = (
    "\n## Options\n\nThe value of an [option](options.md) that is not on the command line.\n\n"
)
REST: Final = """
## Of others

`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` count as everywhere, for MailSlurp too.
Passwords of the users of a profile, and the API key under `[push]`, stand in variables that the
[profile](profile.md) names.
"""


def page() -> str:
    """The page as Markdown."""
    own = table(("variable", "meaning"), ((f"`{name}`", told) for name, told in VARIABLES.items()))
    rows = ((f"`{each.variable}`", f"`{each.flag}`") for each in OPTIONS if each.variable)
    return f"{HEAD}{own}{OF_OPTIONS}{table(('variable', 'option'), rows)}{REST}"
