"""APIs of one's own: registered, shown, and what tokens for them hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.mock.conftest import Person
    from tests.mock.management.conftest import Administrator

SHOP = "https://shop.example"
OFFLINE = "openid offline_access"


def test_created(admin: Administrator) -> None:
    """It is shown by its id and in the list, with what was said of it."""
    scopes = [{"value": "read:cart", "description": "Look into the cart"}]
    told = {"name": "Shop", "identifier": SHOP, "scopes": scopes, "token_lifetime": 60}
    made = admin.ask("POST", "resource-servers", told)
    assert (201, told) == (made.status, {name: made.body[name] for name in told})
    assert made.body == admin.get(f"resource-servers/{made.body['id']}").body
    assert made.body in admin.get("resource-servers").body
    assert made.body["allow_offline_access"] is False


@pytest.mark.parametrize("allowed", [True, False])
def test_offline_access(admin: Administrator, user: Person, *, allowed: bool) -> None:
    """There is a refresh token where the API allows offline access, and nowhere else."""
    told = {"identifier": SHOP, "allow_offline_access": allowed}
    admin.ask("POST", "resource-servers", told)
    user.enroll()
    login = user.login(audience=SHOP, scope=OFFLINE)
    tokens = user.verify(login.body["mfa_token"]).body
    assert allowed == ("refresh_token" in tokens)
    assert (OFFLINE if allowed else "openid") == tokens["scope"]


def test_granted(admin: Administrator) -> None:
    """A client may be granted it."""
    told = {"identifier": SHOP, "scopes": [{"value": "read:cart"}]}
    admin.ask("POST", "resource-servers", told)
    client_id = admin.tenant.info["client_id"]
    grant = {"client_id": client_id, "audience": SHOP, "scope": ["read:cart"]}
    assert 201 == admin.ask("POST", "client-grants", grant).status
    assert "read:cart" == admin.tenant.token("client_credentials", audience=SHOP).body["scope"]


def test_ends_with_a_reset(admin: Administrator) -> None:
    """A reset leaves what was there at the start."""
    admin.ask("POST", "resource-servers", {"identifier": SHOP})
    admin.tenant.post("/__mock__/reset")
    assert 2 == len(admin.get("resource-servers").body)


def test_twice(admin: Administrator) -> None:
    """There is one API for an audience, and this one has its own already."""
    assert 201 == admin.ask("POST", "resource-servers", {"identifier": SHOP}).status
    taken = [SHOP, admin.get("resource-servers").body[0]["identifier"]]
    for each in taken:
        assert 409 == admin.ask("POST", "resource-servers", {"identifier": each}).status


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"identifier": ""},
        {"identifier": SHOP, "scopes": ["read"]},
        {"identifier": SHOP, "x": 1},
    ],
)
def test_bad_body(admin: Administrator, body: object) -> None:
    """What is wrong registers nothing."""
    assert 400 == admin.ask("POST", "resource-servers", body).status
    assert 2 == len(admin.get("resource-servers").body)
