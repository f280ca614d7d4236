"""Inboxes and phone numbers of the account, and who may ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.mock.mailslurp import account as account_module
from tests.mock.mailslurp.conftest import Owner

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.mock.conftest import Harness


class TestKey:
    """Who may call."""

    @pytest.mark.parametrize("key", ["wrong", "x" * 64])
    def test_wrong_key(self, tenant: Harness, key: str) -> None:
        """Any other key than the account's is refused, and where to find that is told."""
        answer = Owner(tenant.engine, key).get("/phone/numbers")
        assert (401, 401) == (answer.status, answer.body["statusCode"])
        assert "x-api-key" in answer.body["message"]

    def test_no_key(self, tenant: Harness) -> None:
        """So is none at all, for whatever path."""
        assert 401 == tenant.get("/__mailslurp__").status

    def test_key_comes_from_the_seed(self, make_owner: Callable[..., Owner]) -> None:
        """The same seed gives the same key, another seed another."""
        first, second, other = (make_owner(seed=seed).key for seed in (7, 7, 8))
        assert first == second != other

    @pytest.mark.parametrize(
        ("method", "path"),
        [("PUT", "/inboxes"), ("GET", "/domains"), ("GET", "/inboxes/x/sent"), ("GET", "/")],
    )
    def test_what_is_not_served(self, owner: Owner, method: str, path: str) -> None:
        """A call that only MailSlurp itself serves is told as such."""
        answer = owner.ask(method, path)
        assert 404 == answer.status
        assert f"does not serve {method} {path}" in answer.body["message"]


class TestInboxes:
    """Creating, listing and deleting inboxes."""

    def test_drawn_address(self, owner: Owner) -> None:
        """Without wishes an inbox has an address that no other has."""
        first, second = owner.inbox(), owner.inbox()
        assert first["emailAddress"] == f"{first['id']}@mailslurp.test"
        assert first["emailAddress"] != second["emailAddress"]

    @pytest.mark.parametrize(
        ("wishes", "address"),
        [
            ({"emailAddress": "Ada@Example.com"}, "ada@example.com"),
            ({"prefix": "run7"}, "run7-{id}@mailslurp.test"),
            ({"domainName": "tests.example"}, "{id}@tests.example"),
        ],
    )
    def test_wished_address(self, owner: Owner, wishes: dict[str, str], address: str) -> None:
        """Address, prefix and domain are taken as wished, in lower case."""
        inbox = owner.inbox(**wishes)
        assert address.format(id=inbox["id"]) == inbox["emailAddress"]

    def test_description(self, owner: Owner) -> None:
        """What the creator said of an inbox is told again, from a query or from a body."""
        wishes = {"name": "n", "description": "d", "tags": ["a", "b"], "favourite": True}
        by_body = owner.ask("POST", "/inboxes/withOptions", wishes).body
        by_query = owner.inbox(**wishes)
        assert wishes == {name: by_body[name] for name in wishes}
        assert wishes == {name: by_query[name] for name in wishes}

    def test_end_is_told_but_not_kept(self, tenant: Harness, owner: Owner) -> None:
        """An inbox says when it expires; it stays, for the tenant's clock may be moved."""
        inbox = owner.inbox(expiresIn=60_000)
        assert "2027-01-15T08:01:15.000Z" == inbox["expiresAt"]
        tenant.clock.now += 3600
        assert 200 == owner.get(f"/inboxes/{inbox['id']}").status

    def test_taken_address(self, owner: Owner) -> None:
        """Two inboxes cannot have the same address."""
        owner.inbox(emailAddress="ada@example.com")
        answer = owner.ask("POST", "/inboxes", emailAddress="ada@example.com")
        assert 400 == answer.status

    def test_lists(self, owner: Owner) -> None:
        """Inboxes are listed in pages and without, newest first where wished, and searched."""
        ids = [owner.inbox(name=f"box {n}", tags=["even", "odd"][n % 2])["id"] for n in range(3)]
        page = owner.get("/inboxes/paginated", size=2, page=1).body
        assert (ids[2:], 2, True) == (
            [each["id"] for each in page["content"]],
            page["totalPages"],
            page["last"],
        )
        assert ids[::-1] == [each["id"] for each in owner.get("/inboxes", sort="DESC").body]
        found = owner.get("/inboxes/paginated", search="box 1", tag="even").body["content"]
        assert [] == found

    def test_deleted_inbox(self, owner: Owner) -> None:
        """After its deletion neither the inbox nor its e-mails are found; its address is free."""
        inbox = owner.inbox(emailAddress="ada@example.com")
        message = owner.deliver("ada@example.com")
        assert 200 == owner.get(f"/emails/{message}").status
        path = f"/inboxes/{inbox['id']}"
        assert 204 == owner.ask("DELETE", path).status
        gone = [path, f"{path}/emails", f"/emails/{message}"]
        assert [404, 404, 404] == [owner.get(each).status for each in gone]
        assert owner.engine.tenant.mailslurp.holder(message) is None
        assert [] == owner.seen(owner.inbox(emailAddress="ada@example.com"))

    def test_quota(self, make_owner: Callable[..., Owner]) -> None:
        """What is above the plan is refused; deleting gives nothing back, a reset does."""
        owner = make_owner(inbox_quota=1)
        inbox = owner.inbox()
        owner.ask("DELETE", f"/inboxes/{inbox['id']}")
        refused = owner.ask("POST", "/inboxes")
        assert 429 == refused.status
        assert "1 new inboxes" in refused.body["message"]
        owner.reset()
        assert 201 == owner.ask("POST", "/inboxes").status

    def test_oldest_makes_room(self, owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
        """The account does not grow without end."""
        monkeypatch.setattr(account_module, "_INBOXES_KEPT", 2)
        ids = [owner.inbox()["id"] for _ in range(3)]
        assert [404, 200, 200] == [owner.get(f"/inboxes/{each}").status for each in ids]


class TestNumbers:
    """The phone numbers of the account."""

    def test_pages_end(self, owner: Owner) -> None:
        """A hundred different fictional numbers, found by following the pages."""
        pages = [owner.get("/phone/numbers", size=40, page=n).body for n in range(3)]
        found = [each["phoneNumber"] for page in pages for each in page["content"]]
        assert [f"+12025550{last}" for last in range(100, 200)] == found
        assert (3, 100, True) == tuple(
            pages[2][name] for name in ("totalPages", "totalElements", "last")
        )

    def test_search_and_order(self, owner: Owner) -> None:
        """Numbers are found by their digits and listed backwards where wished."""
        found = owner.get("/phone/numbers", search="55501", sort="DESC", size=1).body
        assert (100, "+12025550199") == (
            found["totalElements"],
            found["content"][0]["phoneNumber"],
        )

    def test_by_id(self, owner: Owner) -> None:
        """A number is shown by its id."""
        number = owner.number(7)
        assert number == owner.get(f"/phone/numbers/{number['id']}").body
        assert 404 == owner.get("/phone/numbers/none").status
