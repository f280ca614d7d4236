"""Whatever comes in: the answer is well-formed, and the same for the same seed."""

from __future__ import annotations

import json
import random
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING, TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_auth0_mfa.mock.endpoints.token import GRANTS
from pytest_auth0_mfa.mock.engine import MockTenant
from pytest_auth0_mfa.mock.enrollment import enroll_push
from pytest_auth0_mfa.mock.guardian.approvals import Approval, Kind
from pytest_auth0_mfa.mock.guardian.device import Device, PushCredentials
from pytest_auth0_mfa.mock.guardian.device_keys import DeviceKey
from pytest_auth0_mfa.mock.messages import Request
from pytest_auth0_mfa.mock.states import Event

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.mock.keys import SigningKey
    from pytest_auth0_mfa.mock.messages import Answer
    from tests.mock.conftest import Harness, Person, Reply

PATHS = [
    "/oauth/token",
    "/mfa/associate",
    "/mfa/challenge",
    "/mfa/authenticators",
    "/mfa/authenticators/totp|dev_0",
    "/mfa/authenticators/<authenticator_id>",
    "/userinfo",
    "/.well-known/openid-configuration",
    "/__mock__",
    "/__mock__/users",
    "/__mock__/clock",
    "/__mock__/factors/otp",
    "/__mock__/factors/email",
    "/__mock__/features/customize-mfa",
    "/__mock__/blocks",
    "/__mock__/messages",
    "/__mock__/pushes",
    "/appliance-mfa/api/enroll",
    "/api/resolve-transaction",
    "/api/device-accounts/<device_id>",
    "/appliance-mfa/api/device-accounts/dev_0",
    "/__mock__/reset",
    "/nowhere",
]
NAMES = [
    "grant_type",
    "client_id",
    "client_secret",
    "username",
    "password",
    "scope",
    "audience",
    "realm",
    "mfa_token",
    "otp",
    "recovery_code",
    "refresh_token",
    "oob_code",
    "binding_code",
    "authenticator_types",
    "oob_channels",
    "challenge_type",
    "authenticator_id",
    "email",
    "phone_number",
    "advance_s",
    "user_id",
    "enabled",
    "blocked",
    "email_verified",
    "locale",
    "identifier",
    "name",
    "push_credentials",
    "public_key",
    "challenge_response",
]
# Filled in with what the tenant has said, so that calls get beyond the first check.
KNOWN = [
    "client_id",
    "client_secret",
    "mfa_token",
    "oob_code",
    "binding_code",
    "authenticator_id",
    "user",
    "password",
    "secret",
    "audience",
]
CHANNELS = ["sms", "voice", "email", "auth0"]
BASE = "https://h"


def b64(octets: bytes) -> str:
    """Write octets in base64url without padding."""
    return urlsafe_b64encode(octets).decode().rstrip("=")


Drawn: TypeAlias = "tuple[str, str, dict[str, object] | bytes, dict[str, str], str]"

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
values = scalars | st.lists(scalars, max_size=3) | st.dictionaries(st.text(), scalars, max_size=2)
words = st.sampled_from(
    [
        *GRANTS,
        "otp",
        "oob",
        *CHANNELS,
        "+15551234567",
        "a@b",
        "openid offline_access",
        f"{BASE}/mfa/",
    ]
)
listed = st.lists(words, max_size=2)
known = st.sampled_from(KNOWN).map(lambda name: f"<{name}>")
parameters = st.dictionaries(st.sampled_from(NAMES), values | words | listed | known, max_size=8)
raw_bodies = st.binary(max_size=64)
headers = st.dictionaries(
    st.sampled_from(
        ["authorization", "content-type", "origin", "x-request-language", "auth0-forwarded-for"]
    ),
    st.text(st.characters(codec="latin-1"), max_size=16)
    | st.sampled_from(["Bearer <mfa_token>", "Basic eDp5", "application/json"]),
    max_size=3,
)
calls = st.tuples(
    st.sampled_from(["GET", "POST", "DELETE", "HEAD", "OPTIONS", "PATCH", "?"]),
    st.sampled_from(PATHS) | st.text(max_size=12),
    parameters | raw_bodies,
    headers,
    st.sampled_from(["", "to=+15551234567", "to=%ff&channel=sms", "channel=pigeon"])
    | st.text(st.characters(codec="latin-1"), max_size=16),
)
jwts = st.lists(st.binary(max_size=24).map(b64), min_size=3, max_size=3).map(".".join)
# Calls that reach the endpoints of delivered codes more often than any call drawn above.
associations = st.tuples(
    st.just("POST"),
    st.just("/mfa/associate"),
    st.fixed_dictionaries(
        {"authenticator_types": st.just(["oob"]), "oob_channels": values | listed | words},
        optional={"phone_number": values | words, "email": values | words},
    ),
    st.just({"authorization": "Bearer <mfa_token>"}),
    st.just(""),
)
introductions = st.tuples(
    st.sampled_from(["POST", "PATCH"]),
    st.sampled_from(["/api/enroll", "/api/device-accounts/<device_id>"]),
    st.fixed_dictionaries(
        {},
        optional={
            "identifier": values | st.just("i"),
            "name": values | st.just("n"),
            "push_credentials": values | st.just({"service": "GCM", "token": "t"}),
            "public_key": st.dictionaries(
                st.sampled_from(["kty", "alg", "use", "n", "e", "crv", "x", "y"]),
                values | st.sampled_from(["RSA", "EC", "RS256", "ES256", "P-256", "AQAB"]),
            )
            | values,
        },
    ),
    st.sampled_from([{"authorization": each} for each in ('Ticket id="<ticket>"', "Bearer t", "")]),
    st.just(""),
)
resolutions = st.tuples(
    st.just("POST"),
    st.just("/api/resolve-transaction"),
    st.fixed_dictionaries({}, optional={"challenge_response": values | jwts}),
    st.sampled_from([{"authorization": each} for each in ("Bearer <txtkn>", "Bearer t")]),
    st.just(""),
)
proofs: st.SearchStrategy[Drawn] = st.tuples(
    st.just("POST"),
    st.sampled_from(["/oauth/token", "/mfa/challenge"]),
    st.fixed_dictionaries(
        {
            "grant_type": st.just("http://auth0.com/oauth/grant-type/mfa-oob"),
            "client_id": st.just("<client_id>"),
            "client_secret": st.just("<client_secret>"),
            "mfa_token": st.just("<mfa_token>"),
        },
        optional={
            "oob_code": values | words | known,
            "binding_code": values | words | known,
            "challenge_type": values | words,
            "authenticator_id": values | known,
        },
    ),
    st.just({}),
    st.just(""),
)


def known_things(tenant: MockTenant) -> dict[str, str]:
    """Return what a client may know: credentials, a user, an mfa_token, a code just sent."""
    told = {name: str(value) for name, value in tenant.introduction(BASE).items()}
    user = tenant.tenant.add_user("user@example.com", "correct horse")
    form = {"username": user.email, "password": user.password, "grant_type": "password", **told}
    del form["audience"]
    token = said(tenant, "/oauth/token", form)["mfa_token"]
    form = {"mfa_token": token, "challenge_type": "oob", **told}
    oob_code = said(tenant, "/mfa/challenge", form)["oob_code"]
    [message] = tenant.tenant.outbox.find()
    things = {"oob_code": oob_code, "binding_code": message.code}
    things |= {"authenticator_id": user.verified_email.id} if user.verified_email else {}
    things |= device_things(tenant)
    return {**told, **things, "mfa_token": token, "user": user.user_id, "password": user.password}


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


def filled(text: str, things: dict[str, str]) -> str:
    """Put what is known into its places."""
    for name, thing in things.items():
        text = text.replace(f"<{name}>", thing)
    return text


def assert_well_formed(answer: Answer) -> None:
    """No server error; an error has its envelope; everything can be written out."""
    assert 200 <= answer.status < 500
    json.dumps(answer.body).encode("ascii")
    for name, text in answer.headers.items():
        f"{name}{text}".encode("latin-1")
    if answer.is_error:
        assert isinstance(answer.body, dict)
        text = "message" if answer.response_id.startswith("device-error.") else "error_description"
        assert {"error", text} <= set(answer.body)


@settings(max_examples=150)
@given(sequence=st.lists(calls | associations | proofs | introductions | resolutions, max_size=6))
def test_every_answer_is_well_formed(signing_key: SigningKey, sequence: list[Drawn]) -> None:
    """Any sequence of calls gets answers below 500, errors in their envelope."""
    tenant = MockTenant(lambda: 1_800_000_000.0, random.Random(1))  # noqa: S311  Seeded.
    tenant.tenant.signing_key = signing_key
    things = known_things(tenant)
    for method, path, body, sent, query in sequence:
        text = json.dumps(body) if isinstance(body, dict) else body.decode("latin-1")
        octets = filled(text, things).encode("latin-1")
        complete = {name: filled(value, things) for name, value in sent.items()}
        request = Request(method, filled(path, things), BASE, octets, complete, query)
        assert_well_formed(tenant.handle(request))


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
