"""A grammar of requests to a tenant, right ones and whatever else may come in.

Names in angle brackets stand for what a tenant has told, so that requests get beyond the first
check.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from typing import TypeAlias
from urllib.parse import urlencode

from hypothesis import strategies as st

from pytest_auth0_mfa.mock.endpoints.token import GRANTS
from pytest_auth0_mfa.mock.management import table

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
    "/__mock__/clients",
    "/__mock__/clock",
    "/__mock__/factors/otp",
    "/__mock__/factors/email",
    "/__mock__/features/customize-mfa",
    "/__mock__/features/login-limit",
    "/__mock__/blocks",
    "/__mock__/messages",
    "/__mock__/pushes",
    "/appliance-mfa/api/enroll",
    "/api/resolve-transaction",
    "/api/device-accounts/<device_id>",
    "/appliance-mfa/api/device-accounts/dev_0",
    "/__mock__/reset",
    "/__mock__/management",
    "/api/v2/users",
    "/nowhere",
]
NAMES = [
    "grant_type",
    "client_id",
    "client_secret",
    "client_assertion",
    "client_assertion_type",
    "algorithm",
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
    "scopes",
    "search_lag_s",
    "unified_phone",
    "blocked_ips",
    "unentitled",
]
# Filled in with what the tenant has said, so that calls get beyond the first check.
KNOWN = [
    "client_id",
    "client_secret",
    "mfa_token",
    "oob_code",
    "binding_code",
    "access_token",
    "authenticator_id",
    "user",
    "email",
    "password",
    "secret",
    "audience",
]
SORTS = [
    "application/json",
    "application/json; charset=utf-8",
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded;charset=latin-1",
    "application/xml",
    "multipart/form-data; boundary=x",
]
CHANNELS = ["sms", "voice", "email", "auth0"]
BASE = "https://h"
LONG = 20_000


def b64(octets: bytes) -> str:
    """Write octets in base64url without padding."""
    return urlsafe_b64encode(octets).decode().rstrip("=")


def form(pairs: list[tuple[str, str]]) -> bytes:
    """Write a form, the places of known things left as they are."""
    return urlencode(pairs, safe="<>").encode()


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
texts = st.text(max_size=8) | words | known | st.just("7" * LONG)
forms = st.lists(st.tuples(st.sampled_from(NAMES), texts), max_size=8).map(form)
broken = parameters.map(lambda drawn: json.dumps(drawn)[:-1].encode())
nested = st.integers(1, LONG).map(lambda depth: b'{"otp":' + b"[" * depth)
raw_bodies = st.binary(max_size=64) | forms | broken | nested
headers = st.dictionaries(
    st.sampled_from(
        ["authorization", "content-type", "origin", "x-request-language", "auth0-forwarded-for"]
    ),
    st.text(st.characters(codec="latin-1"), max_size=16)
    | st.sampled_from(["Bearer <mfa_token>", "Bearer <access_token>", "Basic eDp5", *SORTS]),
    max_size=3,
)
calls = st.tuples(
    st.sampled_from(["POST"] * 6 + ["GET", "GET", "DELETE", "HEAD", "OPTIONS", "PATCH", "?"]),
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
        {
            "authenticator_types": st.sampled_from([["otp"], ["oob"], ["oob"]]) | values,
            "oob_channels": st.sampled_from([[name] for name in CHANNELS]) | values | words,
            "phone_number": st.just("+15551234567") | values | words,
        },
        optional={"email": values | words, "client_id": values | known},
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
credentials = {
    "client_id": st.just("<client_id>"),
    "client_secret": st.just("<client_secret>"),
}
proofs: st.SearchStrategy[Drawn] = st.tuples(
    st.just("POST"),
    st.sampled_from(["/oauth/token", "/mfa/challenge"]),
    st.fixed_dictionaries(
        {
            "grant_type": st.sampled_from(
                [name for name in GRANTS if "/mfa-" in name] + ["http://auth0.com/oauth/mfa-x"]
            ),
            "mfa_token": st.just("<mfa_token>") | st.just("<access_token>") | values,
            **credentials,
        },
        optional={
            "otp": values | st.just("123456"),
            "recovery_code": st.just("A" * 24) | values,
            "oob_code": st.just("<oob_code>") | values | words | known,
            "binding_code": st.just("<binding_code>") | values | words | known,
            "challenge_type": words | values,
            "authenticator_id": known | values,
        },
    ),
    st.just({}),
    st.just(""),
)
logins: st.SearchStrategy[Drawn] = st.tuples(
    st.just("POST"),
    st.just("/oauth/token"),
    st.fixed_dictionaries(
        {
            "grant_type": st.sampled_from([name for name in GRANTS if "/mfa-" not in name]),
            "username": st.just("<email>") | values,
            "password": st.just("<password>") | values,
            "audience": st.just("<audience>") | words | values,
            **credentials,
        },
        optional={
            "scope": words | values,
            "realm": st.just("<connection>") | words | values,
            "refresh_token": values | known,
        },
    ),
    st.just({}),
    st.just(""),
)
# What completes a delivered code, whole but for one part.
codes: st.SearchStrategy[Drawn] = st.tuples(
    st.just("POST"),
    st.just("/oauth/token"),
    st.fixed_dictionaries(
        {
            "grant_type": st.just("http://auth0.com/oauth/grant-type/mfa-oob"),
            "mfa_token": st.just("<mfa_token>"),
            "oob_code": st.just("<oob_code>"),
            "binding_code": st.just("<binding_code>") | values | st.just("000000"),
            **credentials,
        },
        optional={"scope": values, "audience": values},
    ),
    st.just({}),
    st.just(""),
)
deletions: st.SearchStrategy[Drawn] = st.tuples(
    st.sampled_from(["DELETE", "DELETE", "GET", "PUT"]),
    st.sampled_from(PATHS).filter(lambda path: path.startswith("/mfa/authenticators")),
    st.just(b"") | raw_bodies,
    st.sampled_from(["Bearer <access_token>", "Bearer <mfa_token>", "Bearer", ""]).map(
        lambda bearer: {"authorization": bearer}
    ),
    st.just(""),
)
# What an administrator asks for: any endpoint, with the members that any of them takes.
ADMINISTERED = [(method, path) for path, methods in table.ENDPOINTS.items() for method in methods]
MEMBERS = [
    *("connection", "email", "password", "blocked", "email_verified", "app_metadata", "name"),
    *("type", "totp_secret", "phone_number", "preferred_authentication_method", "user_id"),
    *("enabled", "message_types", "provider", "grant_types", "token_endpoint_auth_method"),
    *("client_id", "audience", "scope", "options", "enabled_clients", "default_directory"),
    *("friendly_name", "flags", "shields", "mode", "max_attempts", "allowlist", "stage"),
    *("credentials", "configuration", "template", "bindings", "supported_triggers", "code"),
]
told = st.sampled_from(
    [
        *("<connection>", "<client_id>", "<user>", "totp", "phone", "email", "sms", "twilio"),
        *("JBSWY3DPEHPK3PXP", "+15551234567", "a@b", "always", "block", "mfa_oob_code", ""),
        "challengeWith(",
    ]
)
things = scalars | told
nested_things = st.recursive(
    things,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["ref", "type", "value", "id", "client_id", "status", "password", "mfa"]
            )
            | st.text(max_size=4),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


def administered(
    endpoint: tuple[str, str],
    ids: list[str],
    body: dict[str, object] | bytes,
    bearer: str,
    query: str,
) -> Drawn:
    """Put a call of the Management API together; `ids` are put into its path."""
    method, pattern = endpoint
    path = pattern.replace(table.ID, "{}").format(*ids)
    return method, f"/api/v2/{path}", body, {"authorization": bearer}, query


administration: st.SearchStrategy[Drawn] = st.builds(
    administered,
    st.sampled_from(ADMINISTERED),
    st.lists(
        st.sampled_from(
            [
                *("<user>", "<client_id>", "<authenticator_id>", "<device_id>", "auth0|none"),
                *("con_MockDatabase0001", "otp", "sms", "mfa_oob_code", "post-login", "x"),
            ]
        ),
        min_size=2,
        max_size=2,
    ),
    st.dictionaries(st.sampled_from(MEMBERS), nested_things, max_size=4)
    | st.lists(nested_things, max_size=3).map(lambda drawn: json.dumps(drawn).encode())
    | raw_bodies,
    st.sampled_from(["Bearer <management_token>"] * 9 + ["Bearer a.b.c"]),
    st.sampled_from(["", "page=1&per_page=1&include_totals=true", "take=1&from=1", "fields=id"])
    | st.text(max_size=12).map(lambda text: urlencode({"q": text, "sort": text}))
    | st.sampled_from(["q=email:a*+AND+NOT+name:b", "sort=email:-1", "sort=identities:1"]),
)
sequences = st.lists(
    calls
    | associations
    | proofs
    | codes
    | logins
    | deletions
    | introductions
    | resolutions
    | administration
    | administration,
    min_size=2,
    max_size=8,
)


def written(drawn: dict[str, object] | bytes, things: dict[str, str]) -> bytes:
    """Write a drawn body out, with what is known in its places."""
    text = json.dumps(drawn) if isinstance(drawn, dict) else drawn.decode("latin-1")
    return filled(text, things).encode("latin-1")


def filled(text: str, things: dict[str, str]) -> str:
    """Put what is known into its places."""
    for name, thing in things.items():
        text = text.replace(f"<{name}>", thing)
    return text
