"""Clients with a secret, or with none, at the endpoints beyond the login."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.mock.conftest import Harness, Person

GRANT = {"grant_type": "http://auth0.com/oauth/grant-type/mfa-otp"}
REFUSED = "error.invalid-client"


@pytest.fixture
def enrolled(user: Person) -> Person:
    """Return a user with a confirmed factor."""
    return user.enroll()


def test_basic(tenant: Harness, enrolled: Person) -> None:
    """The header proves the client for a challenge and for a code."""
    token, basic = enrolled.mfa_token(), {"authorization": tenant.basic}
    challenge = tenant.form("/mfa/challenge", {"mfa_token": token}, **basic)
    assert "challenge.otp" == challenge.response_id
    form = {**GRANT, "mfa_token": token, "otp": enrolled.code()}
    assert "token.otp" == tenant.form("/oauth/token", form, **basic).response_id


@pytest.mark.parametrize("secret", [None, "wrong"])
def test_unproved(tenant: Harness, enrolled: Person, secret: str | None) -> None:
    """Without its secret, or with a wrong one, a client gets no challenge and redeems no code."""
    token, otp = enrolled.mfa_token(), enrolled.code()
    body = {"mfa_token": token, **tenant.client, "client_secret": secret}
    assert REFUSED == tenant.post("/mfa/challenge", body).response_id
    assert REFUSED == enrolled.verify(token, otp=otp, client_secret=secret).response_id
    assert "token.otp" == enrolled.verify(token, otp=otp).response_id


def test_public_client_with_a_secret(tenant: Harness, user: Person) -> None:
    """A secret that a public client makes up is not looked at."""
    public = str(tenant.info["public_client_id"])
    answer = user.login(client_id=public, client_secret="made-up")
    assert "error.mfa-required" == answer.response_id


@pytest.mark.parametrize(
    ("secret", "expected"),
    [(None, "associate.otp"), ("right", "associate.otp"), ("wrong", REFUSED)],
)
def test_association(tenant: Harness, user: Person, secret: str | None, expected: str) -> None:
    """Credentials are optional, and verified when they are sent."""
    right = tenant.client
    sent = {"client_id": right["client_id"], "client_secret": secret}
    if secret == "right":
        sent = dict(right)
    body = {"authenticator_types": ["otp"], **sent}
    answer = tenant.post("/mfa/associate", body, bearer=user.mfa_token())
    assert expected == answer.response_id


def test_refresh_token_of_another_client(tenant: Harness, enrolled: Person) -> None:
    """A refresh token is good for its own client alone."""
    minted = enrolled.verify(enrolled.mfa_token(scope="openid offline_access")).body
    form = {"refresh_token": str(minted["refresh_token"])}
    public = {"client_id": str(tenant.info["public_client_id"]), "client_secret": None}
    foreign = tenant.token("refresh_token", **form, **public)
    assert "error.invalid-refresh-token" == foreign.response_id
    assert "token.refresh" == tenant.token("refresh_token", **form).response_id
