"""Access tokens for the MFA audience: what each may do, and for how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.mock.conftest import BASE_URL

if TYPE_CHECKING:
    from tests.mock.conftest import Harness, Person, Recipient, Reply

LIST, ASSOCIATE, CHALLENGE = "/mfa/authenticators", "/mfa/associate", "/mfa/challenge"
OTP = {"authenticator_types": ["otp"]}
AUDIENCE = f"{BASE_URL}/mfa/"
ENROLL, READ, REMOVE = "enroll", "read:authenticators", "remove:authenticators"
LACKING, EXPIRED, INVALID = (
    "error.insufficient-scope",
    "error.expired-bearer",
    "error.invalid-bearer",
)


def uses(user: Person, token: str) -> tuple[str, str, str]:
    """Enroll, list and delete what was enrolled before with one token; the response ids."""
    tenant = user.tenant
    user.associate(user.access_token())
    pending = user.authenticators()[0]["id"]
    answers: tuple[Reply, ...] = (
        tenant.post(ASSOCIATE, OTP, bearer=token),
        tenant.get(LIST, bearer=token),
        tenant.delete(f"{LIST}/{pending}", bearer=token),
    )
    return tuple(each.response_id for each in answers)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (ENROLL, ("associate.otp", LACKING, LACKING)),
        (READ, (LACKING, "authenticators", LACKING)),
        (REMOVE, (LACKING, LACKING, "authenticator.deleted")),
        ("openid profile", (LACKING, LACKING, LACKING)),
    ],
)
def test_each_scope_is_for_one_thing(
    user: Person, scope: str, expected: tuple[str, str, str]
) -> None:
    """A token can do what its scope says and nothing else."""
    assert expected == uses(user, user.access_token(scope))


def test_ten_minutes(user: Person) -> None:
    """The second before its end a token is good for everything, and then for nothing."""
    token = user.access_token()
    user.tenant.clock.now += 599
    assert ("associate.otp", "authenticators", "authenticator.deleted") == uses(user, token)
    user.tenant.clock.now += 1
    assert (EXPIRED, EXPIRED, EXPIRED) == uses(user, token)


@pytest.mark.parametrize("audience", [None, "https://api.mock.example/"])
def test_ordinary_token(tenant: Harness, user: Person, audience: str | None) -> None:
    """An access token for another audience, or for none, is not one for the MFA API."""
    minted = user.enroll().verify(user.mfa_token(audience=audience)).body
    token = str(minted["access_token"])
    answers = (tenant.post(ASSOCIATE, OTP, bearer=token), tenant.get(LIST, bearer=token))
    assert [INVALID, INVALID] == [each.response_id for each in answers]


def test_audience_without_slash(user: Person) -> None:
    """Asked for without the slash, the token names the audience with it."""
    answer = user.login(audience=AUDIENCE.rstrip("/"), scope=READ)
    assert (200, READ, 600) == (answer.status, answer.body["scope"], answer.body["expires_in"])
    assert 200 == user.tenant.get(LIST, bearer=answer.body["access_token"]).status


def test_renewal(user: Person) -> None:
    """A refresh token gives a token of the same kind, for another ten minutes."""
    minted = user.login(audience=AUDIENCE, scope=f"{READ} offline_access").body
    user.tenant.clock.now += 700
    answer = user.tenant.token("refresh_token", refresh_token=str(minted["refresh_token"]))
    assert (600, f"{READ} offline_access") == (answer.body["expires_in"], answer.body["scope"])
    assert 200 == user.tenant.get(LIST, bearer=answer.body["access_token"]).status


def test_completed_login(user: Person) -> None:
    """A second factor gives the audience, scopes and lifetime that the password asked for."""
    token = user.enroll().mfa_token(audience=AUDIENCE, scope=READ)
    minted = user.verify(token).body
    assert (600, READ) == (minted["expires_in"], minted["scope"])
    assert 200 == user.tenant.get(LIST, bearer=minted["access_token"]).status


def test_challenge(tenant: Harness, user: Person) -> None:
    """An access token is no mfa_token for a challenge."""
    body = {"mfa_token": user.enroll().access_token(), **tenant.client}
    assert "error.malformed-mfa-token" == tenant.post(CHALLENGE, body).response_id


def test_second_factor(recipient: Recipient) -> None:
    """A phone or address, then an app: both are listed as active and either logs in."""
    recipient.enroll()
    user, token = recipient.person, recipient.access_token()
    user.associate(token)
    assert "token.otp" == user.verify(token).response_id
    states = [each["active"] for each in user.authenticators()]
    assert {True} == set(states)
    user.tenant.clock.now += 60
    assert "token.otp" == user.verify().response_id
    recipient.login()
    recipient.challenge(challenge_type="oob")
    assert "token.oob" == recipient.verify().response_id


def test_delivered_second_factor(tenant: Harness, recipient: Recipient) -> None:
    """An app, then a phone or address, confirmed with the access token that enrolled it."""
    user = recipient.person.enroll()
    recipient.associate(bearer=user.access_token())
    assert "token.oob" == recipient.verify().response_id
    listed = tenant.get(LIST, bearer=user.mfa_token()).body
    assert all(each["active"] for each in listed)


def test_access_token_does_not_log_in(user: Person) -> None:
    """It confirms what is pending; a code of a confirmed factor gives no tokens for it."""
    token = user.enroll().access_token()
    assert "error.invalid-otp" == user.verify(token).response_id
