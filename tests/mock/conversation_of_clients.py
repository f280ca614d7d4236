"""The part of the long conversation that is about clients and about access tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mock.signing import register

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.mock.conftest import Harness, Person, Reply
    from tests.mock.signing import SigningClient

LIST, CHALLENGE, ASSOCIATE = "/mfa/authenticators", "/mfa/challenge", "/mfa/associate"
OTP = {"authenticator_types": ["otp"]}
AUDIENCE = "https://tenant.example/mfa/"
UNKNOWN = f"{LIST}/totp|dev_0123456789abcdef"
READ, REMOVE = "read:authenticators", "remove:authenticators"


def access(tenant: Harness) -> Iterator[Reply]:
    """Ask for access to the MFA audience in every way, and use it."""
    user = tenant.person()
    yield user.login(audience=AUDIENCE.rstrip("/"), scope=READ)
    first = user.login(audience=AUDIENCE, scope=f"openid {READ} offline_access")
    yield first
    refresh_token = str(first.body.get("refresh_token"))
    renewed = tenant.token("refresh_token", refresh_token=refresh_token)
    yield renewed
    yield tenant.get(LIST, bearer=str(renewed.body.get("access_token")))
    public = {"client_id": str(tenant.info["public_client_id"]), "client_secret": None}
    yield tenant.token("refresh_token", refresh_token=refresh_token, **public)
    for scope in (READ, REMOVE, "enroll"):
        yield from uses(tenant, user.access_token(scope))
    expired = user.access_token()
    head, _, _ = expired.rpartition(".")
    yield from uses(tenant, f"{head}.Zm9yZ2Vk")
    tenant.clock.now += 600
    yield from uses(tenant, expired)
    yield from second_factors(tenant)


def second_factors(tenant: Harness) -> Iterator[Reply]:
    """Add a factor beside a confirmed one, with every kind of token."""
    user = tenant.person().enroll()
    interrupted = user.login(audience=AUDIENCE, scope=f"enroll {READ}")
    completed = user.verify(str(interrupted.body.get("mfa_token")))
    yield from (interrupted, completed)
    tenant.clock.now += 60
    yield user.verify(user.mfa_token(audience=AUDIENCE, scope=READ))
    tenant.clock.now += 60
    ordinary = user.verify(user.mfa_token(audience=str(tenant.info["audience"])))
    tenant.clock.now += 60
    for answer in (completed, ordinary):
        yield from uses(tenant, str(answer.body.get("access_token")))
    token = str(completed.body.get("access_token"))
    yield tenant.post(CHALLENGE, {"mfa_token": token, **tenant.client})
    answer = tenant.post(ASSOCIATE, OTP, bearer=token)
    yield answer
    user.secret = answer.body.get("secret", user.secret)
    yield user.verify(token)
    yield tenant.get(LIST, bearer=token)


def uses(tenant: Harness, token: str) -> Iterator[Reply]:
    """Enroll, list and delete with one token."""
    yield tenant.post(ASSOCIATE, OTP, bearer=token)
    yield tenant.get(LIST, bearer=token)
    yield tenant.delete(UNKNOWN, bearer=token)


def proofs(tenant: Harness) -> Iterator[Reply]:
    """Log in, challenge and redeem as clients that prove themselves rightly and wrongly."""
    user = tenant.person().enroll()
    silent, wrong = {"client_secret": None}, {"client_secret": "wrong"}
    public = {"client_id": str(tenant.info["public_client_id"])}
    yield from (user.login(**silent), user.login(**public, **wrong))
    token, otp = user.mfa_token(), user.code()
    for secret in (None, "wrong"):
        body = {"mfa_token": token, **tenant.client, "client_secret": secret}
        yield tenant.post(CHALLENGE, body)
        yield user.verify(token, otp=otp, client_secret=secret)
    basic = {"authorization": tenant.basic}
    yield tenant.form(CHALLENGE, {"mfa_token": token}, **basic)
    grant = {"grant_type": "http://auth0.com/oauth/grant-type/mfa-otp", "mfa_token": token}
    yield tenant.form("/oauth/token", {**grant, "otp": otp}, **basic)
    tenant.clock.now += 60
    for credentials in (tenant.client, {**tenant.client, **wrong}):
        bearer = tenant.person().mfa_token()
        yield tenant.post(ASSOCIATE, {**OTP, **credentials}, bearer=bearer)
    yield from assertions(tenant, user, register(tenant))


def assertions(tenant: Harness, user: Person, client: SigningClient) -> Iterator[Reply]:
    """Prove a client by assertions, with every fault."""
    login = client.login(user)
    yield login
    body = {"mfa_token": login.body.get("mfa_token", "none"), **client.credentials()}
    yield tenant.post(CHALLENGE, body)
    yield user.verify(body["mfa_token"], **client.credentials())
    yield client.login(user, client_id=None)
    yield client.login(user, client_assertion=None)
    yield client.login(user, client_assertion_type=None)
    for claim in ("iss", "sub", "aud", "exp", "jti"):
        yield client.login(user, client.assertion({claim: None}))
    now = int(tenant.clock.now)
    for claims in (
        {"iat": now - 120, "exp": now - 60},
        {"exp": now + 1800},
        {"aud": "https://elsewhere.example/"},
        {"iss": "another", "sub": "another"},
    ):
        yield client.login(user, client.assertion(claims))
    yield client.login(user, client.assertion(key_name="stranger's"))
    yield client.login(user, client.assertion(algorithm="RS384"))
    used = client.assertion()
    yield from (client.login(user, used), client.login(user, used))
