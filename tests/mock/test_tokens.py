"""Token sets: what they hold, and that any JWT library verifies them by the published key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jwt
import pytest

if TYPE_CHECKING:
    from tests.mock.conftest import Harness, Person

ISSUER = "https://tenant.example/"


@pytest.fixture
def enrolled(user: Person) -> Person:
    """Return a user with a confirmed factor."""
    return user.enroll()


def tokens(user: Person, **login: str) -> dict[str, Any]:
    """Log in by code and return the token set."""
    answer = user.verify(user.mfa_token(**login))
    assert answer.status == 200
    return dict(answer.body)


def verified(tenant: Harness, token: str, audience: str) -> dict[str, Any]:
    """Verify a token as a client does: key by kid, algorithm, issuer, audience, required claims."""
    keys = jwt.PyJWKSet.from_dict(tenant.get("/.well-known/jwks.json").body)
    key = keys[jwt.get_unverified_header(token)["kid"]]
    # The tenant's clock is not the wall clock, which PyJWT compares times with.
    options: Any = {"require": ["exp", "iat", "sub"], "verify_exp": False, "verify_iat": False}
    return jwt.decode(token, key, ["RS256"], options, audience=audience, issuer=ISSUER)


class TestTokenSet:
    """The fields of an answer with tokens."""

    def test_scopes_decide_the_fields(self, enrolled: Person) -> None:
        """Everything is there when everything is asked for, in the recorded order."""
        fields = ["access_token", "id_token", "refresh_token", "expires_in", "scope", "token_type"]
        assert fields == list(tokens(enrolled, scope="openid offline_access"))

    def test_without_openid_and_offline_access(self, enrolled: Person) -> None:
        """No id_token and no refresh_token then."""
        minted = tokens(enrolled, scope="profile")
        assert ["access_token", "expires_in", "scope", "token_type"] == list(minted)
        assert (minted["expires_in"], minted["scope"]) == (86_400, "profile")

    @pytest.mark.parametrize("scope", ["", "openid"])
    def test_bare_login_gets_every_standard_scope(self, enrolled: Person, scope: str) -> None:
        """As recorded from a real tenant."""
        assert tokens(enrolled, scope=scope)["scope"] == "openid profile email address phone"

    def test_unknown_scopes_are_not_granted(self, enrolled: Person) -> None:
        """What no API defines is left out."""
        assert tokens(enrolled, scope="openid profile nonsense")["scope"] == "openid profile"


class TestIdToken:
    """The id token."""

    def test_claims(self, tenant: Harness, enrolled: Person) -> None:
        """The claims recorded from the password grant, and no other."""
        minted = tokens(enrolled)
        claims = verified(tenant, minted["id_token"], tenant.client["client_id"])
        profile = {"nickname", "name", "picture", "updated_at", "email", "email_verified"}
        assert {*profile, "iss", "sub", "aud", "iat", "exp"} == set(claims)
        assert (claims["iss"], claims["sub"]) == (ISSUER, enrolled.user_id)
        assert claims["iat"] == int(tenant.clock.now)
        assert claims["exp"] - claims["iat"] == 36_000

    def test_issuer_follows_the_host(self, tenant: Harness) -> None:
        """Behind a proxy, the issuer is the proxy's address."""
        body = tenant.get("/.well-known/openid-configuration").body
        assert body["issuer"] == ISSUER


class TestAccessToken:
    """The access token and what it opens."""

    def test_for_an_api(self, tenant: Harness, enrolled: Person) -> None:
        """A JWT for the API and for /userinfo, with the granted scopes."""
        audience = str(tenant.info["audience"])
        minted = tokens(enrolled, audience=audience, scope="openid read:messages")
        claims = verified(tenant, minted["access_token"], audience)
        assert claims["aud"] == [audience, f"{ISSUER}userinfo"]
        assert (claims["scope"], claims["sub"]) == ("openid read:messages", enrolled.user_id)
        assert claims["azp"] == tenant.client["client_id"]

    def test_for_the_mfa_audience(self, tenant: Harness, user: Person) -> None:
        """A JWT whose audience ends with a slash, for ten minutes."""
        claims = verified(tenant, user.access_token(scope="enroll"), f"{ISSUER}mfa/")
        assert claims["aud"] == f"{ISSUER}mfa/"
        assert claims["exp"] - claims["iat"] == 600

    def test_of_a_client(self, tenant: Harness) -> None:
        """A client's own token is a JWT, too."""
        audience = str(tenant.info["audience"])
        body = tenant.token("client_credentials", audience=audience).body
        claims = verified(tenant, body["access_token"], audience)
        assert claims["sub"] == f"{tenant.client['client_id']}@clients"

    @pytest.mark.parametrize("audience", ["", "https://api.mock.example/"])
    def test_opens_userinfo(self, tenant: Harness, enrolled: Person, audience: str) -> None:
        """Opaque or signed, it opens the claims that its scopes allow."""
        minted = tokens(enrolled, audience=audience, scope="openid email")
        answer = tenant.get("/userinfo", bearer=minted["access_token"])
        expected = {"sub": enrolled.user_id, "email": enrolled.email, "email_verified": False}
        assert (200, expected) == (answer.status, answer.body)

    @pytest.mark.parametrize("bearer", [None, "invented", "a.b.c", "Fe26.2*"])
    def test_invented_token_opens_nothing(self, tenant: Harness, bearer: str | None) -> None:
        """/userinfo answers 401."""
        answer = tenant.get("/userinfo", bearer=bearer)
        assert (answer.status, answer.body["error"]) == (401, "invalid_token")

    def test_expired_token_opens_nothing(self, tenant: Harness, enrolled: Person) -> None:
        """After a day it is over."""
        token = tokens(enrolled)["access_token"]
        tenant.clock.now += 86_400
        assert tenant.get("/userinfo", bearer=token).status == 401

    def test_mfa_token_does_not_open_userinfo(self, tenant: Harness, user: Person) -> None:
        """An mfa_token is no access token."""
        assert tenant.get("/userinfo", bearer=user.mfa_token()).status == 401

    def test_token_without_openid_does_not_open_userinfo(
        self, tenant: Harness, enrolled: Person
    ) -> None:
        """/userinfo takes the scope openid."""
        token = tokens(enrolled, scope="profile")["access_token"]
        assert tenant.get("/userinfo", bearer=token).status == 401


class TestRefresh:
    """The grant `refresh_token`."""

    def test_new_tokens_for_old(self, tenant: Harness, enrolled: Person) -> None:
        """The same scopes again, and the same refresh token: it does not rotate."""
        old = tokens(enrolled, scope="openid offline_access")
        answer = tenant.token("refresh_token", refresh_token=old["refresh_token"])
        assert answer.status == 200
        assert set(old) == set(answer.body)
        assert answer.body["refresh_token"] == old["refresh_token"]
        assert answer.body["access_token"] != old["access_token"]

    @pytest.mark.parametrize("token", ["invented", "Fe26.2*a*b*c*d*e*f*g"])
    def test_invented_token(self, tenant: Harness, token: str) -> None:
        """An invented refresh token is refused with the text that SDKs compare."""
        answer = tenant.token("refresh_token", refresh_token=token)
        assert (answer.status, answer.body["error"]) == (403, "invalid_grant")
        assert answer.body["error_description"] == "Unknown or invalid refresh token."

    def test_token_of_another_client(self, tenant: Harness, enrolled: Person) -> None:
        """A refresh token is good for the client that it was issued to."""
        token = tokens(enrolled, scope="offline_access")["refresh_token"]
        public = str(tenant.info["public_client_id"])
        answer = tenant.token(
            "refresh_token", refresh_token=token, client_id=public, client_secret=None
        )
        assert answer.response_id == "error.invalid-refresh-token"

    def test_token_ends_after_thirty_days(self, tenant: Harness, enrolled: Person) -> None:
        """Auth0's default lifetime."""
        token = tokens(enrolled, scope="offline_access")["refresh_token"]
        tenant.clock.now += 30 * 86_400
        assert tenant.token("refresh_token", refresh_token=token).status == 403
