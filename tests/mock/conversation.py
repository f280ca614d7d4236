"""A long conversation with a mock tenant, which touches every requirement once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tests.mock.conftest import FORM, Reply
from tests.mock.conversation_of_clients import access, proofs
from tests.mock.conversation_of_devices import pushes
from tests.mock.conversation_of_further import further

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.mock.conftest import Harness, Person, Recipient

EXTENSION = "http://auth0.com/oauth/grant-type/"
LIST, CHALLENGE, ASSOCIATE = "/mfa/authenticators", "/mfa/challenge", "/mfa/associate"
JSON = "application/json"
OTP = {"authenticator_types": ["otp"]}
EVERYTHING = "openid profile email offline_access"
TWIN = {"sms": "voice", "voice": "sms"}


def conversation(tenant: Harness) -> Iterator[Reply]:
    """Touch every requirement once; nothing said depends on what was answered wrongly."""
    yield from logins(tenant)
    yield from enrollments(tenant)
    yield from challenges(tenant)
    yield from verifications(tenant)
    yield from limits(tenant)
    yield from token_sets(tenant)
    yield from deletions(tenant)
    for channel in ("sms", "voice", "email"):
        yield from deliveries(tenant, channel)
        yield from delivered_limits(tenant, channel)
    yield from addresses(tenant)
    yield from pushes(tenant)
    yield from access(tenant)
    yield from proofs(tenant)
    yield from forms(tenant)
    yield from printed(tenant)
    yield from further(tenant)


def logins(tenant: Harness) -> Iterator[Reply]:
    """Log in, rightly and wrongly, as every kind of client."""
    user = tenant.person()
    public = str(tenant.info["public_client_id"])
    realm = tenant.info["connection"]
    yield from (user.login(), user.login())
    credentials = {"username": user.email, "password": user.password}
    yield tenant.token(f"{EXTENSION}password-realm", **credentials, realm=realm)
    yield tenant.post("/oauth/token", {"grant_type": "password", **credentials, **tenant.client})
    for changes in ({"password": "x"}, {"username": "x@y"}, {"audience": "urn:x"}):
        yield user.login(**changes)
    for name in ("username", "password", "client_id"):
        yield user.login(**{name: None})
    for changes in ({"client_id": "unknown"}, {"client_secret": "wrong"}):
        yield user.login(**changes)
    yield user.login(client_id=public, client_secret=None)
    yield tenant.token(None, **credentials)
    yield tenant.token("nonsense")
    basic = {"authorization": tenant.basic}
    yield tenant.form("/oauth/token", {"grant_type": "password", **credentials}, **basic)
    basic = {"authorization": "Basic eDp5"}
    yield tenant.form("/oauth/token", {"grant_type": "password", **credentials}, **basic)
    management = tenant.info["management"]
    yield user.verify(otp="123456", **management)
    yield tenant.token("client_credentials", audience=tenant.info["audience"])
    yield user.login(audience="https://tenant.example/mfa/", scope="enroll")


def enrollments(tenant: Harness) -> Iterator[Reply]:
    """Associate, list and confirm, with every fault."""
    user = tenant.person()
    token = user.mfa_token()
    yield tenant.get(LIST, bearer=token)
    yield user.verify(token, otp="123456")
    yield user.recover("A" * 24)
    for bearer in (None, "invented"):
        yield tenant.post(ASSOCIATE, OTP, bearer=bearer)
        yield tenant.get(LIST, bearer=bearer)
    for body in ({}, {"authenticator_types": ["x"]}, {**OTP, "phone_number": "+15551234567"}):
        yield tenant.post(ASSOCIATE, body, bearer=tenant.person().mfa_token())
    yield user.associate(token)
    yield tenant.post(ASSOCIATE, OTP, bearer=token)
    yield tenant.post(CHALLENGE, {"mfa_token": token, "challenge_type": "otp", **tenant.client})
    yield user.verify(token, otp="000000")
    yield tenant.get(LIST, bearer=token)
    yield user.verify(token)
    yield tenant.get(LIST, bearer=token)
    yield tenant.post(ASSOCIATE, OTP, bearer=token)
    tenant.person().enroll()
    yield tenant.get(LIST, bearer=user.mfa_token())
    expired = tenant.person().mfa_token()
    tenant.clock.now += 600
    yield tenant.post(ASSOCIATE, OTP, bearer=expired)
    yield tenant.get(LIST, bearer=expired)
    yield tenant.get(LIST, bearer=tenant.person().access_token())


def challenges(tenant: Harness) -> Iterator[Reply]:
    """Challenge, with every fault."""
    user, public = tenant.person().enroll(), {"client_id": str(tenant.info["public_client_id"])}
    foreign = tenant.person().enroll().authenticators()[0]["id"]
    token, own = user.mfa_token(), user.authenticators()[0]["id"]
    right = {"mfa_token": token, "challenge_type": "otp", **tenant.client}
    yield tenant.form(CHALLENGE, right)
    for changes in (
        {},
        {"challenge_type": None},
        {"challenge_type": "oob"},
        {"authenticator_id": own},
        {"authenticator_id": foreign},
        {"mfa_token": None},
        {"mfa_token": "invented"},
        {"client_secret": "wrong"},
    ):
        yield tenant.post(CHALLENGE, {**right, **changes})
    yield tenant.post(CHALLENGE, {"mfa_token": token, **public})
    tenant.clock.now += 600
    yield tenant.post(CHALLENGE, right)


def verifications(tenant: Harness) -> Iterator[Reply]:
    """Send codes, with every fault."""
    user, other = tenant.person().enroll(), tenant.person().enroll()
    public = {"client_id": str(tenant.info["public_client_id"]), "client_secret": None}
    token = user.mfa_token()
    for otp in (user.code(steps_ago=3), other.code(), "letter", None):
        yield user.verify(token, otp=otp)
    yield user.verify(token, **public)
    for wrong in (None, "invented"):
        yield user.verify("x", mfa_token=wrong)
    yield user.verify(token, otp=user.code(steps_ago=1))
    yield user.verify(token)
    yield user.verify(token)
    form = {"grant_type": f"{EXTENSION}mfa-otp", "mfa_token": token, **tenant.client}
    again = {"body": urlencode({**form, "otp": user.code()}).encode(), "connection": "another"}
    yield tenant.request("POST", "/oauth/token", **again, headers={"content-type": FORM})
    tenant.clock.now += 60
    yield tenant.post("/oauth/token", {**form, "otp": user.code()}, bearer=token)
    tenant.clock.now += 60
    yield tenant.post("/oauth/token", {**form, "otp": user.code()})
    yield from recoveries(tenant, user)
    expired = user.mfa_token()
    tenant.clock.now += 600
    yield user.verify(expired)


def recoveries(tenant: Harness, user: Person) -> Iterator[Reply]:
    """Use a recovery code, its successor, the used one again, and what never was one."""
    used = user.recovery_code
    answer = user.recover()
    yield answer
    yield user.recover(used)
    yield user.recover(str(answer.body.get("recovery_code")))
    for wrong in ("A" * 24, "short"):
        yield user.recover(wrong)
    yield tenant.token(f"{EXTENSION}mfa-recovery-code", mfa_token=user.mfa_token())


def limits(tenant: Harness) -> Iterator[Reply]:
    """Use up the tries, with a success on the way, and wait for another."""
    user = tenant.person().enroll()
    token = user.mfa_token()
    for otp in ["12345"] * 9 + [user.code()] + ["12345"]:
        yield user.verify(token, otp=otp)
    tenant.clock.now += 30
    yield user.verify(token)
    yield user.verify(token, otp="12345")
    tenant.clock.now += 360
    yield user.verify()
    late = user.mfa_token()
    tenant.clock.now += 590
    yield tenant.get(LIST, bearer=late)


def token_sets(tenant: Harness) -> Iterator[Reply]:
    """Log in by code for all kinds of tokens and use them."""
    user, audience = tenant.person().enroll(), str(tenant.info["audience"])
    answers = []
    for login in ({"scope": "profile"}, {"scope": EVERYTHING}, {"audience": audience}):
        answers.append(user.verify(user.mfa_token(**login)))
        tenant.clock.now += 60
    yield from answers
    minted = answers[1].body
    yield tenant.token("refresh_token", refresh_token=minted.get("refresh_token"))
    yield tenant.token("refresh_token", refresh_token="invented")
    yield tenant.get("/userinfo", bearer=str(minted.get("access_token")))
    yield tenant.get("/userinfo", bearer="invented")
    yield tenant.get("/.well-known/openid-configuration")
    yield tenant.get("/.well-known/jwks.json")


def deletions(tenant: Harness) -> Iterator[Reply]:
    """Delete, with every fault, and enroll again."""
    user, other = tenant.person().enroll(), tenant.person().enroll()
    own = f"{LIST}/{user.authenticators()[0]['id']}"
    foreign = f"{LIST}/{other.authenticators()[0]['id']}"
    yield user.login(audience="https://tenant.example/mfa/", scope="enroll")
    pending = tenant.person()
    pending.associate()
    path = f"{LIST}/{pending.authenticators()[0]['id']}"
    for bearer in (None, "invented", pending.mfa_token(), pending.access_token(scope="enroll")):
        yield tenant.delete(path, bearer=bearer)
    yield tenant.delete(path, bearer=pending.access_token("read:authenticators"))
    yield tenant.delete(path, bearer=pending.access_token())
    another = tenant.person()
    another.associate()
    path = f"{LIST}/{another.authenticators()[0]['id']}"
    yield tenant.delete(path, bearer=another.access_token("remove:authenticators"))
    token = user.access_token()
    yield tenant.delete(f"{LIST}/totp|dev_0123456789abcdef", bearer=token)
    yield tenant.delete(foreign, bearer=token)
    yield tenant.delete(own, bearer=token)
    yield user.verify()
    yield tenant.post(ASSOCIATE, OTP, bearer=user.mfa_token())


def deliveries(tenant: Harness, channel: str) -> Iterator[Reply]:
    """Enroll, confirm, challenge and verify by delivered codes, with every fault."""
    user = tenant.recipient(channel)
    yield user.associate()
    yield user.associate(bearer=user.mfa_token)
    yield user.verify(binding_code="000000")
    yield tenant.get(LIST, bearer=user.mfa_token)
    yield user.verify()
    yield tenant.get(LIST, bearer=user.mfa_token)
    own = active_id(user)
    user.login()
    yield user.challenge(authenticator_id=own)
    yield Reply(0, [each["code"] for each in tenant.messages(to=user.address)], "", {})
    yield user.challenge(authenticator_id=own)
    other = tenant.recipient(channel).enroll()
    for wrong in ("12ab56", "000000", None, latest_code(other)):
        yield user.verify(binding_code=wrong)
    for faults in ({"oob_code": None}, {"oob_code": "invented"}, {"mfa_token": None}):
        yield user.verify(**faults)
    yield user.verify(mfa_token=user.person.mfa_token())
    yield user.verify()
    yield user.verify()
    for waited_s in (290, 310):
        user.login()
        user.challenge(authenticator_id=own)
        tenant.clock.now += waited_s
        yield user.verify()
    user.login()
    yield user.challenge(authenticator_id=TWIN.get(channel, channel) + own[own.index("|") :])
    yield user.person.login(audience="https://tenant.example/mfa/", scope="enroll")
    token = user.access_token()
    yield tenant.delete(f"{LIST}/{own}", bearer=token)
    yield tenant.get(LIST, bearer=token)


def active_id(user: Recipient) -> str:
    """Look up the id of the confirmed entry, or of any other where none is right."""
    listed = [each for each in user.person.authenticators() if "oob_channel" in each]
    confirmed = [each for each in listed if each["active"]] or listed
    return str(confirmed[0]["id"]) if confirmed else "sms|dev_0123456789abcdef"


def latest_code(user: Recipient) -> str:
    """Make the tenant send a code to another user, and read it."""
    user.challenge(challenge_type="oob")
    return user.code()


def delivered_limits(tenant: Harness, channel: str) -> Iterator[Reply]:
    """Use up the messages and wait for another."""
    user = tenant.recipient(channel)
    user.login()
    for _ in range(21 if channel == "email" else 11):
        answer = user.associate(bearer=user.mfa_token)
    yield answer
    tenant.clock.now += 3600
    yield user.associate()


def addresses(tenant: Harness) -> Iterator[Reply]:
    """Associate what is no address, and look at addresses that nobody enrolled."""
    for faults in ({"oob_channels": None}, {"oob_channels": ["x"]}, {"phone_number": None}):
        yield tenant.recipient("sms").associate(**faults)
    yield tenant.recipient("sms").associate(phone_number="nonsense")
    yield tenant.recipient("email").associate(email=None)
    yield tenant.get(LIST, bearer=tenant.person().mfa_token())
    verified = tenant.person(email_verified=True)
    token = verified.mfa_token()
    listed = tenant.get(LIST, bearer=token)
    yield listed
    yield tenant.post(CHALLENGE, {"mfa_token": token, "challenge_type": "oob", **tenant.client})
    identifier = listed.body[0]["id"] if listed.body else "email|dev_0123456789abcdef"
    yield tenant.delete(f"{LIST}/{identifier}", bearer=verified.access_token())


def forms(tenant: Harness) -> Iterator[Reply]:
    """Send requests that are odd, or wrong, in their form."""
    user = tenant.person().enroll()
    token = user.mfa_token()
    right = {"grant_type": f"{EXTENSION}mfa-otp", "mfa_token": token, **tenant.client}
    challenge = {"mfa_token": token, "nobody_knows": "this", **tenant.client}
    yield tenant.post(CHALLENGE, challenge)
    yield tenant.token(right["grant_type"], mfa_token=token, otp=user.code(), nobody_knows="this")
    tenant.clock.now += 60
    twice = f"{urlencode({**right, 'otp': user.code()})}&mfa_token={token}".encode()
    yield tenant.request("POST", "/oauth/token", body=twice)
    tenant.clock.now += 60
    yield tenant.post("/oauth/token", {**right, "mfa_token": [token], "otp": user.code()})
    for odd in ("7" * 10_000, "\u4e00"):
        yield tenant.post("/oauth/token", {**right, "otp": odd})
        yield tenant.post("/oauth/token", {**right, "mfa_token": odd, "otp": "123456"})
    login = {"grant_type": "password", "username": user.email, "password": user.password}
    login |= tenant.client
    yield tenant.post("/oauth/token", {**login, "audience": None})
    text = json.dumps(login).encode()
    for body in (text[:-1], b"[]", b"<x/>"):
        yield tenant.request("POST", "/oauth/token", body=body, headers={"content-type": JSON})
    sort = {"content-type": f"{JSON}; charset=utf-8"}
    yield tenant.request("POST", "/oauth/token", body=text, headers=sort)
    yield tenant.request("PUT", "/oauth/token", body=text, headers=sort)


def printed(tenant: Harness) -> Iterator[Reply]:
    """Send what the commands of the guides send."""
    user, grant = tenant.person(), f"grant_type={EXTENSION}mfa-otp"
    client = "&".join(f"{name}={value}" for name, value in tenant.client.items())
    login = f"grant_type=password&username={user.email}&password={user.password}&{client}"
    audience = tenant.info["audience"]
    yield from sent(tenant, "/oauth/token", f"{login}&audience={audience}&scope=openid x")
    token = user.mfa_token()
    bearer = {"authorization": f"Bearer {token}", "content-type": JSON}
    yield tenant.request("GET", LIST, headers=bearer)
    body = b'{ "authenticator_types": ["otp"] }'
    answer = tenant.request("POST", ASSOCIATE, body=body, headers=bearer)
    yield answer
    user.secret = str(answer.body.get("secret", "A" * 32))
    for _ in range(2):
        yield from sent(
            tenant, "/oauth/token", f"{grant}&{client}&mfa_token={token}&otp={user.code()}"
        )
        tenant.clock.now += 60
    fields = {"authenticator_id": active_totp(user, token), "mfa_token": token, **tenant.client}
    text = json.dumps(fields).replace("{", "{ ")
    for sort in (JSON, FORM):
        yield from sent(tenant, CHALLENGE, text, sort)


def sent(tenant: Harness, path: str, text: str, sort: str = FORM) -> Iterator[Reply]:
    """Post a text as it is."""
    yield tenant.request("POST", path, body=text.encode(), headers={"content-type": sort})


def active_totp(user: Person, token: str) -> str:
    """Look up the id of the TOTP entry, or any other where none is listed."""
    listed = user.tenant.get(LIST, bearer=token).body
    return str(listed[0]["id"]) if isinstance(listed, list) and listed else "totp|dev_0"
