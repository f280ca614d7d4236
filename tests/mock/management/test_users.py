"""`/users`: creation, look-up, change, deletion, and that they are those who log in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.mock.conftest import BASE_URL

if TYPE_CHECKING:
    from tests.mock.conftest import Harness, Person
    from tests.mock.management.conftest import Administrator


class TestCreation:
    """`POST /users`."""

    def test_created(self, admin: Administrator) -> None:
        """The answer describes the user as recorded; the address is not verified by itself."""
        body = admin.create_user("New@example.com", app_metadata={"run": "7"}, blocked=False).body
        identifier = body["user_id"].removeprefix("auth0|")
        assert [
            {
                "connection": "Username-Password-Authentication",
                "user_id": identifier,
                "provider": "auth0",
                "isSocial": False,
            }
        ] == body["identities"]
        told = {name: body[name] for name in ("email", "email_verified", "blocked", "nickname")}
        expected = {"email": "new@example.com", "email_verified": False, "blocked": False}
        assert {**expected, "nickname": "new"} == told
        assert {"run": "7"} == body["app_metadata"]
        assert "2027-01-15T08:00:15.000Z" == body["created_at"] == body["updated_at"]
        assert "password" not in body

    def test_logs_in(self, admin: Administrator) -> None:
        """A created user enrolls and verifies like any other."""
        user = admin.user(verify_email=False, email_verified=True)
        assert 200 == user.enroll().verify().status

    def test_taken(self, admin: Administrator, user: Person) -> None:
        """An address is taken in whatever case, and so is an id."""
        first = admin.create_user(user_id="one")
        assert (201, "auth0|one") == (first.status, first.body["user_id"])
        again = [
            admin.create_user(user.email.upper()),
            admin.create_user("x@y.example", user_id="one"),
        ]
        assert [(409, "auth0_idp_error")] * 2 == [(e.status, e.body["errorCode"]) for e in again]

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"connection": "elsewhere"}, "inexistent_connection"),
            ({"connection": 7}, "invalid_body"),
            ({"email": "nobody"}, "invalid_body"),
            ({"password": ""}, "invalid_body"),
            ({"password": None}, "invalid_body"),
            ({"dreams": True}, "invalid_body"),
            ({"app_metadata": []}, "invalid_body"),
            ({"blocked": "no"}, "invalid_body"),
            ({"phone_number": "555"}, "invalid_body"),
            ({"phone_number": "+15551234567"}, "operation_not_supported"),
            ({"username": "someone"}, "invalid_body"),
        ],
    )
    def test_bad_request(self, admin: Administrator, changes: dict[str, Any], code: str) -> None:
        """What is wrong or not for this connection is a 400, and nobody is created."""
        answer = admin.create_user(**changes)
        assert (400, code) == (answer.status, answer.body["errorCode"])
        assert [] == admin.get("users").body

    @pytest.mark.parametrize("missing", ["connection", "email", "password"])
    def test_missing(self, admin: Administrator, missing: str) -> None:
        """Connection, address and password are needed."""
        told = {"connection": "Username-Password-Authentication", "email": "a@b", "password": "p"}
        del told[missing]
        answer = admin.ask("POST", "users", told)
        message = f"Payload validation error: 'Missing required property: {missing}'."
        assert (400, message) == (answer.status, answer.body["message"])


class TestOne:
    """`/users/{id}`."""

    def test_user_of_the_control_plane(self, admin: Administrator, user: Person) -> None:
        """Users are the same, wherever they were created."""
        body = admin.get(f"users/{user.user_id}").body
        assert (user.user_id, user.email, False) == (
            body["user_id"],
            body["email"],
            body["email_verified"],
        )
        assert "blocked" not in body

    def test_fields(self, admin: Administrator, user: Person) -> None:
        """Members can be chosen, or left out."""
        path = f"users/{user.user_id}"
        assert {"email": user.email} == admin.get(path, fields="email").body
        assert "email" not in admin.get(path, fields="email", include_fields="false").body

    @pytest.mark.parametrize(
        ("user_id", "status", "code"),
        [("auth0|none", 404, "inexistent_user"), ("none", 400, "invalid_uri")],
    )
    def test_unknown(self, admin: Administrator, user_id: str, status: int, code: str) -> None:
        """An id of nobody is 404, what is no id 400."""
        answers = [admin.get(f"users/{user_id}"), admin.ask("PATCH", f"users/{user_id}", {})]
        assert [(status, code)] * 2 == [(each.status, each.body["errorCode"]) for each in answers]

    def test_blocked(self, admin: Administrator, user: Person) -> None:
        """A blocked user cannot log in until unblocked."""
        path = f"users/{user.user_id}"
        assert admin.ask("PATCH", path, {"blocked": True}).body["blocked"] is True
        assert "user is blocked" == user.login().body["error_description"]
        admin.ask("PATCH", path, {"blocked": False})
        assert "mfa_required" == user.login().body["error"]

    def test_password(self, admin: Administrator, user: Person) -> None:
        """A new password replaces the old one."""
        admin.ask("PATCH", f"users/{user.user_id}", {"password": "battery staple"})
        assert "invalid_grant" == user.login().body["error"]
        assert "mfa_required" == user.login(password="battery staple").body["error"]

    def test_verified_email(self, admin: Administrator, user: Person) -> None:
        """A verified address is an authenticator, as for any user."""
        assert [] == user.authenticators()
        admin.ask("PATCH", f"users/{user.user_id}", {"email_verified": True})
        assert ["email"] == [each["oob_channel"] for each in user.authenticators()]

    def test_email(self, admin: Administrator, user: Person) -> None:
        """A new address is the one to log in with, and is not verified."""
        other = admin.user("other@example.com")
        path = f"users/{user.user_id}"
        assert 400 == admin.ask("PATCH", path, {"email": other.email}).status
        body = admin.ask("PATCH", path, {"email": "Moved@example.com"}).body
        assert ("moved@example.com", False) == (body["email"], body["email_verified"])
        assert "mfa_required" == user.login(username="moved@example.com").body["error"]
        assert "invalid_grant" == user.login().body["error"]

    def test_names_reach_the_claims(self, admin: Administrator) -> None:
        """What an administrator calls a user, tokens and `/userinfo` do too."""
        user = admin.user(name="Jane")
        admin.ask("PATCH", f"users/{user.user_id}", {"nickname": "jj"})
        user.enroll()
        bearer = user.verify().body["access_token"]
        claims = user.tenant.get("/userinfo", bearer=bearer).body
        assert ("Jane", "jj") == (claims["name"], claims["nickname"])

    def test_metadata_is_merged(self, admin: Administrator) -> None:
        """Members that are not named stay, null removes one, null for all clears."""
        path = f"users/{admin.user(app_metadata={'a': 1, 'b': {'c': 2}}).user_id}"
        change = {"app_metadata": {"b": None, "d": 3}}
        assert {"a": 1, "d": 3} == admin.ask("PATCH", path, change).body["app_metadata"]
        assert {} == admin.ask("PATCH", path, {"app_metadata": None}).body["app_metadata"]

    @pytest.mark.parametrize(
        "change",
        [
            {"password": "p", "email": "x@y.example"},
            {"connection": "elsewhere"},
            {"phone_number": "+15551234567"},
            {"user_id": "x"},
            {"email": "x"},
        ],
    )
    def test_bad_change(self, admin: Administrator, user: Person, change: dict[str, Any]) -> None:
        """What cannot be changed so is a 400, and nothing changes."""
        path = f"users/{user.user_id}"
        before = admin.get(path).body
        assert 400 == admin.ask("PATCH", path, change).status
        assert before == admin.get(path).body


class TestDeletion:
    """`DELETE /users/{id}`."""

    def test_twice(self, admin: Administrator, user: Person) -> None:
        """The second deletion is answered like the first."""
        path = f"users/{user.user_id}"
        answers = [admin.ask("DELETE", path) for _ in range(2)]
        assert [(204, None)] * 2 == [(each.status, each.body) for each in answers]
        assert 404 == admin.get(path).status
        assert [] == admin.get("users-by-email", email=user.email).body

    def test_nothing_is_left(self, admin: Administrator) -> None:
        """Logins, refresh tokens and access tokens of a deleted user are good for nothing."""
        user = admin.user().enroll()
        token = user.mfa_token(scope="openid offline_access")
        minted = user.verify(token).body
        other = user.mfa_token()
        bearer = user.access_token()
        admin.ask("DELETE", f"users/{user.user_id}")
        assert "Malformed mfa_token" == user.verify(other).body["error_description"]
        assert 401 == user.tenant.get("/mfa/authenticators", bearer=bearer).status
        assert 401 == user.tenant.get("/userinfo", bearer=minted["access_token"]).status
        refused = user.tenant.token("refresh_token", refresh_token=minted["refresh_token"])
        assert (403, "invalid_grant") == (refused.status, refused.body["error"])
        assert "doesn't exist anymore" in refused.body["error_description"]
        assert {} == user.tenant.engine.tenant.owners

    def test_address_is_free(self, admin: Administrator, tenant: Harness) -> None:
        """The address can be used again, and belongs to somebody else then."""
        user = admin.user().enroll()
        admin.ask("DELETE", f"users/{user.user_id}")
        again = admin.user()
        assert user.user_id != again.user_id
        assert [] == again.authenticators()
        assert BASE_URL == tenant.info["url"]


class TestLists:
    """`GET /users` and `GET /users-by-email`."""

    def test_by_email(self, admin: Administrator, user: Person) -> None:
        """The look-up by address is a bare list, whatever the case."""
        found = admin.get("users-by-email", email=user.email.upper()).body
        assert [user.user_id] == [each["user_id"] for each in found]
        assert [] == admin.get("users-by-email", email="none@example.com").body
        assert "invalid_query_string" == admin.get("users-by-email").body["errorCode"]

    def test_pages_end(self, admin: Administrator) -> None:
        """Pages follow one another, with totals, until one is empty."""
        emails = [admin.user(f"u{index}@example.com").email for index in range(5)]
        pages = [
            admin.get("users", page=index, per_page=2, include_totals="true").body
            for index in range(4)
        ]
        assert emails == [each["email"] for page in pages for each in page["users"]]
        assert [(0, 2), (2, 2), (4, 1), (6, 0)] == [(e["start"], e["length"]) for e in pages]
        assert [(2, 5)] * 4 == [(each["limit"], each["total"]) for each in pages]

    def test_order(self, admin: Administrator) -> None:
        """`sort` names a member and a direction."""
        for email in ("b@example.com", "c@example.com", "a@example.com"):
            admin.user(email)
        found = admin.get("users", sort="email:-1", fields="email").body
        assert [{"email": f"{name}@example.com"} for name in "cba"] == found

    @pytest.mark.parametrize(
        ("query", "code"),
        [
            ({"per_page": 101}, "invalid_query_string"),
            ({"per_page": "many"}, "invalid_query_string"),
            ({"page": -1}, "invalid_query_string"),
            ({"page": "9" * 5000}, "invalid_query_string"),
            ({"include_totals": "yes"}, "invalid_query_string"),
            ({"search_engine": "v2"}, "invalid_query_string"),
            ({"sort": "email"}, "invalid_query_string"),
            ({"q": 'email:"open'}, "invalid_query_string"),
            ({"page": 10, "per_page": 100}, "invalid_paging"),
        ],
    )
    def test_bad_query(self, admin: Administrator, query: dict[str, Any], code: str) -> None:
        """What cannot be read or lies beyond the search is a 400."""
        answer = admin.get("users", **query)
        assert (400, code) == (answer.status, answer.body["errorCode"])

    def test_search_lags(self, admin: Administrator) -> None:
        """Where searches lag, new users are found later, and deleted ones for a while."""
        admin.switch(search_lag_s=5)
        user = admin.user()
        path, query = f"users/{user.user_id}", {"q": f'email:"{user.email}"'}
        assert [] == admin.get("users", **query).body
        assert [200, 1] == [
            admin.get(path).status,
            len(admin.get("users-by-email", email=user.email).body),
        ]
        admin.tenant.clock.now += 5
        assert 1 == len(admin.get("users", **query).body)
        admin.ask("DELETE", path)
        assert 1 == len(admin.get("users", **query).body)
        admin.tenant.clock.now += 5
        assert [] == admin.get("users", **query).body
