"""The page of fixtures: what each gives, costs, and can be asked."""

from __future__ import annotations

import inspect
from typing import Final

from pytest_auth0_mfa.api.login import Login
from pytest_auth0_mfa.delivery.inbox import Inbox
from pytest_auth0_mfa.factors.enrolled import EnrolledAuthenticator
from pytest_auth0_mfa.factors.enrollment import Enrollment
from pytest_auth0_mfa.judge.judgement import Judgement
from pytest_auth0_mfa.plugin import fixtures
from pytest_auth0_mfa.tenant.tenant import Tenant
from pytest_auth0_mfa.tenant.users import User
from tests.docs.markdown import signature, told

NAME: Final = "reference/fixtures.md"
HEAD: Final = """\
# Fixtures

Request any of them in a test of your own; nothing happens to a run that does not. The first line
says what it costs on a real tenant.

The factor of a test is `otp` unless its marker says otherwise: `@pytest.mark.mfa_factor("sms")`.
"""
GIVEN: Final = {
    "mfa_login": Login,
    "enrolled_authenticator": EnrolledAuthenticator,
    "inbox": Inbox,
    "mfa_enrollment": Enrollment,
    "auth0_tenant": Tenant,
    "auth0_user": User,
    "mfa_judge": Judgement,
}
"""What the fixtures give that is a class of ours."""

FIRST: Final = ("mfa_token", "enrolled_authenticator", "inbox")


def page() -> str:
    """The page as Markdown."""
    names = sorted(_fixtures(), key=lambda name: (name not in FIRST, name))
    return HEAD + "".join(_section(name) for name in names)


def _fixtures() -> list[str]:
    """The names of all fixtures of the plugin."""
    return [name for name, each in vars(fixtures).items() if hasattr(each, "_fixture_function")]


def _section(name: str) -> str:
    function = getattr(fixtures, name)._fixture_function  # noqa: SLF001 - there is no other way
    given = GIVEN.get(name)
    members = "".join(map(_member, _public(given))) if given else ""
    listed = f"\n{members}" if members else ""
    return f"\n## `{name}`\n\n{told(function)}\n{listed}"


def _public(given: type) -> list[tuple[str, object]]:
    """The methods and properties that a class and those it builds on show."""
    found = inspect.getmembers(given, lambda each: inspect.isfunction(each) or _is_property(each))
    return [(name, each) for name, each in found if not name.startswith("_")]


def _is_property(each: object) -> bool:
    return isinstance(each, property)


def _member(named: tuple[str, object]) -> str:
    name, each = named
    called = "" if _is_property(each) else signature(each)
    first = told(each).partition("\n\n")[0]
    return f"* `{name}{called}`: {' '.join(first.split())}\n"
