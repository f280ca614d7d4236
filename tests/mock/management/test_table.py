"""The table of endpoints: what is there, who may call it, and that the page tells of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.mock.management import scopes, table
from tests.conftest import ROOT
from tests.mock.management import endpoint_table

if TYPE_CHECKING:
    from tests.mock.management.conftest import Administrator

ENDPOINTS = [(method, path) for path, methods in table.ENDPOINTS.items() for method in methods]


@pytest.mark.parametrize(("method", "path"), ENDPOINTS)
def test_scope_is_needed(admin: Administrator, method: str, path: str) -> None:
    """Every endpoint is found and closed to whoever has none of its scopes."""
    wanted = table.ENDPOINTS[path][method].scopes
    assert set(wanted) & set(scopes.ALL)
    admin.narrow()
    answer = admin.ask(method, path.replace(table.ID, "auth0|x"))
    assert (403, "insufficient_scope") == (answer.status, answer.body["errorCode"])
    assert answer.body["message"].endswith(",".join(wanted))


@pytest.mark.parametrize(("method", "path"), ENDPOINTS)
def test_one_scope_is_enough(admin: Administrator, method: str, path: str) -> None:
    """Whoever has one of the scopes is let in."""
    [scope, *_] = [e for e in table.ENDPOINTS[path][method].scopes if e in scopes.ALL]
    admin.narrow(scope)
    assert admin.ask(method, path.replace(table.ID, "auth0|x")).status not in {401, 403, 405}


def test_scopes_are_used() -> None:
    """Every scope opens something, but for those of metadata."""
    used = {
        each
        for methods in table.ENDPOINTS.values()
        for one in methods.values()
        for each in one.scopes
    }
    unused = {each for each in scopes.ALL if each not in used}
    assert unused <= {f"{verb}:users_app_metadata" for verb in ("read", "create", "delete")}


def test_page_tells_of_every_endpoint() -> None:
    """The table of the documentation is the one that is served."""
    page = (ROOT / "docs" / "mock.md").read_text("utf-8")
    assert endpoint_table.lines() in page, "run python -m tests.mock.management.endpoint_table"
