"""Whatever comes in: the answer is well-formed, and the same for the same seed.

`FUZZ=20000` in the environment sends so many requests, in memory and over HTTP, instead of 500.
"""

from __future__ import annotations

import http.client
import json
import os
import random
from contextlib import closing
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit
from uuid import uuid4

import jwt
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_auth0_mfa.mock.engine import MockTenant
from pytest_auth0_mfa.mock.enrollment import enroll_push
from pytest_auth0_mfa.mock.guardian.approvals import Approval, Kind
from pytest_auth0_mfa.mock.guardian.device import Device, PushCredentials
from pytest_auth0_mfa.mock.guardian.device_keys import DeviceKey
from pytest_auth0_mfa.mock.messages import Request
from pytest_auth0_mfa.mock.seeding import register
from pytest_auth0_mfa.mock.server import MockServer
from pytest_auth0_mfa.mock.states import Event
from tests.mock.any_request import BASE, filled, sequences, values, written
from tests.mock.signing import TYPE, key, public_pem

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.mock.keys import SigningKey
    from pytest_auth0_mfa.mock.messages import Answer
    from tests.mock.any_request import Drawn
    from tests.mock.conftest import Harness, Person, Reply

WANTED = int(os.environ.get("FUZZ", "500"))
IN_TIME_S = 30
A_USERS_CALLS = 10
"""About so many calls, at least, are made on behalf of one user."""


def known_things(tenant: MockTenant) -> dict[str, str]:
    """Return what a client may know: credentials, a user, an mfa_token, a code just sent."""
    told = {name: str(value) for name, value in tenant.introduction(BASE).items()}
    user = tenant.tenant.add_user("user@example.com", "correct horse")
    form = {"username": user.email, "password": user.password, "grant_type": "password", **told}
    del form["audience"]
    token = said(tenant, "/oauth/token", form)["mfa_token"]
    form["audience"] = f"{BASE}/mfa/"
    access_token = said(tenant, "/oauth/token", form)["access_token"]
    form = {"mfa_token": token, "challenge_type": "oob", **told}
    oob_code = said(tenant, "/mfa/challenge", form)["oob_code"]
    [message] = tenant.tenant.outbox.find()
    things = {"oob_code": oob_code, "binding_code": message.code}
    things |= {"authenticator_id": user.verified_email.id} if user.verified_email else {}
    things |= device_things(tenant)
    things |= {"mfa_token": token, "access_token": access_token, "user": user.user_id}
    things["management_token"] = management_token(tenant)
    return {**told, **things, "email": user.email, "password": user.password}


def management_token(tenant: MockTenant) -> str:
    """Return a token for the Management API."""
    client: Any = tenant.introduction(BASE)["management"]
    form = {"grant_type": "client_credentials", "audience": f"{BASE}/api/v2/", **client}
    return said(tenant, "/oauth/token", form)["access_token"]


def device_things(tenant: MockTenant) -> dict[str, str]:
    """Return what a device may know: a ticket, and the id and a prompt of one that enrolled.

    It is another user's, so that the user of the other calls has no factor yet.
    """
    approvals = tenant.tenant.approvals
    user = tenant.tenant.add_user("device@example.com", "correct horse")
    pushes = [enroll_push(tenant.tenant, user) for _ in range(2)]
    kinds = {"ticket": Kind.SCAN, "txtkn": Kind.PROMPT}
    expires_at = tenant.tenant.now(user) + 300
    for (name, kind), push in zip(kinds.items(), pushes, strict=True):
        approvals.open(Approval(name * 4, kind, user, push, expires_at), expires_at - 300)
    key = DeviceKey("RS256", tenant.tenant.signing_key._public)  # noqa: SLF001  Any key will do.
    pushes[1].device = Device("i", "n", PushCredentials("GCM", "t"), key, "t")
    pushes[1].take(Event.PROVED)
    ids = {name: name * 4 for name in kinds}
    return {**ids, "device_id": pushes[1].id.partition("|")[2]}


def said(tenant: MockTenant, path: str, form: dict[str, str]) -> dict[str, str]:
    """Post JSON and return the texts of the answer."""
    answer = tenant.handle(Request("POST", path, BASE, json.dumps(form).encode()))
    assert isinstance(answer.body, dict)
    return {name: str(value) for name, value in answer.body.items()}


def assert_well_formed(answer: Answer) -> None:
    """No server error but the one on record; an error has its envelope; all can be written out."""
    assert 200 <= answer.status < 500 or answer.response_id == "error.no-default-connection"
    json.dumps(answer.body).encode("ascii")
    for name, text in answer.headers.items():
        f"{name}{text}".encode("latin-1")
    if answer.is_error:
        assert isinstance(answer.body, dict)
        says_message = answer.response_id == "device.refused" or "statusCode" in answer.body
        text = "message" if says_message else "error_description"
        assert {"error", text} <= set(answer.body)


def test_every_answer_is_well_formed(signing_key: SigningKey) -> None:
    """Any sequence of calls gets answers below 500, errors in their envelope."""
    answered: list[int] = []

    @settings(max_examples=WANTED // 3)
    @given(sequence=sequences)
    def hold(sequence: list[Drawn]) -> None:
        tenant = MockTenant(lambda: 1_800_000_000.0, random.Random(1))  # noqa: S311  Seeded.
        tenant.tenant.signing_key = signing_key
        things = known_things(tenant)
        for method, path, body, sent, query in sequence:
            complete = {name: filled(value, things) for name, value in sent.items()}
            octets = written(body, things)
            request = Request(method, filled(path, things), BASE, octets, complete, query)
            answer = tenant.handle(request)
            assert_well_formed(answer)
            answered.append(answer.status)

    hold()
    assert WANTED <= len(answered)


def test_every_answer_over_http_is_well_formed() -> None:
    """The same through a socket: answers come in time, as JSON, errors in their envelope."""
    answered: list[int] = []
    things: dict[str, str] = {}
    with MockServer(seed=1) as server:

        @settings(max_examples=WANTED // 3)
        @given(sequence=sequences)
        def hold(sequence: list[Drawn]) -> None:
            if not things or len(answered) % A_USERS_CALLS == 0:
                things.update(told_by(str(server.info["url"])))
            tenants = [each for each in sequence if not each[1].startswith("/__mock__")]
            answered.extend(status_of(drawn, things) for drawn in tenants)

        hold()
    assert WANTED <= len(answered)


def status_of(drawn: Drawn, things: dict[str, str]) -> int:
    """Send one request, check its answer and return the status."""
    method, path, body, sent, query = drawn
    method = method if method.isalpha() else "PUT"  # Servers of HTTP know its methods only.
    target = f"/{quote(filled(path, things).lstrip('/'))}?{quote(query, safe='=&%')}"
    headers = {name: printable(filled(value, things)) for name, value in sent.items()}
    # A connection of its own, which no server ends because it was idle while the machine was slow.
    with closing(http.client.HTTPConnection(things["host"], timeout=IN_TIME_S)) as connection:
        connection.request(method, target, written(body, things), headers)
        answer = connection.getresponse()
        octets = answer.read()
    assert 200 <= answer.status < 500 or b"default connection" in octets
    if not octets:
        assert answer.status == 204 or method == "HEAD"
        return answer.status
    said = json.loads(octets)
    assert "application/json" == answer.headers.get_content_type()
    assert answer.status < 400 or isinstance(said.get("error"), str)
    return answer.status


def printable(text: str) -> str:
    """Leave out of a header what no header can carry."""
    return "".join(each for each in text if each.isprintable() and each.isascii()).strip()


def told_by(url: str) -> dict[str, str]:
    """Return what a client may know of a tenant that it reaches by HTTP, with a user of its own.

    Whatever an administrator has done to the tenant is undone.
    """
    requests.post(f"{url}/__mock__/reset", timeout=IN_TIME_S)
    told = {name: str(value) for name, value in ask("GET", f"{url}/__mock__").items()}
    user = {"email": f"{uuid4()}@example.com", "password": "correct horse"}
    management: Any = ask("GET", f"{url}/__mock__")["management"]
    form = {"grant_type": "client_credentials", "audience": f"{url}/api/v2/", **management}
    told["management_token"] = str(ask("POST", f"{url}/oauth/token", form)["access_token"])
    told |= {**user, "user": str(ask("POST", f"{url}/__mock__/users", user)["user_id"])}
    login = {"grant_type": "password", "username": user["email"], **told}
    for name, audience in (("mfa_token", told["audience"]), ("access_token", f"{url}/mfa/")):
        told[name] = str(ask("POST", f"{url}/oauth/token", {**login, "audience": audience})[name])
    challenge = ask("POST", f"{url}/mfa/challenge", {**told, "challenge_type": "oob"})
    return {**told, "oob_code": str(challenge["oob_code"]), "host": urlsplit(url).netloc}


def ask(method: str, url: str, body: dict[str, str] | None = None) -> dict[str, object]:
    """Return what the tenant says to JSON."""
    said: dict[str, object] = requests.request(method, url, json=body, timeout=IN_TIME_S).json()
    return said


@settings(max_examples=100)
@given(
    claims=st.dictionaries(
        st.sampled_from(["iss", "sub", "aud", "iat", "nbf", "exp", "jti"]),
        values | st.integers() | st.sampled_from(["<client_id>", f"{BASE}/", 1_800_000_060]),
    )
)
def test_any_signed_assertion(claims: dict[str, object]) -> None:
    """A client that signs whatever it likes gets an answer below 500, like any other."""
    tenant = MockTenant(lambda: 1_800_000_000.0, random.Random(1))  # noqa: S311  Seeded.
    client_id = register(tenant.tenant, public_pem(key("own")), "RS256").client_id
    said = json.dumps(claims).replace("<client_id>", client_id).encode()
    assertion = jwt.PyJWS().encode(said, key("own"), "RS256")
    form = {"client_assertion": assertion, "client_assertion_type": TYPE, "grant_type": "password"}
    for named in ({}, {"client_id": client_id}):
        body = json.dumps({**form, **named}).encode()
        assert_well_formed(tenant.handle(Request("POST", "/oauth/token", BASE, body)))


def test_same_seed_gives_the_same_answers(make_tenant: Callable[..., Harness]) -> None:
    """Seed, calls and clock decide every byte of the answers; another seed, other ones."""
    first, second, other = (story(make_tenant(seed=seed)) for seed in (7, 7, 8))
    assert first == second
    assert first != other


def story(tenant: Harness) -> list[Reply]:
    """Enroll, log in by code, by message and by recovery code, refresh."""
    user: Person = tenant.person()
    answers = [user.associate(), user.verify()]
    tenant.clock.now += 60
    token = user.mfa_token(scope="openid offline_access", audience=str(tenant.info["audience"]))
    answers.append(user.verify(token))
    refresh_token = str(answers[-1].body["refresh_token"])
    email = tenant.recipient("email").enroll()
    return [
        *answers,
        email.challenge(),
        email.verify(),
        tenant.get("/__mock__/messages"),
        user.recover(),
        tenant.token("refresh_token", refresh_token=refresh_token),
        tenant.get("/.well-known/jwks.json"),
    ]
