"""Faults of what the tenant tells about itself, its users and its devices, member by member."""

from __future__ import annotations

from pytest_auth0_mfa.mock.deviations import edits
from pytest_auth0_mfa.mock.deviations.places import Place
from pytest_auth0_mfa.mock.deviations.presented import has_opaque_bearer

_DISCOVERY = Place("discovery", "Discovery", "MFA-DISCOVERY", "discovery")
_NO_URL = "nobody.example/path"
_WITH_BODY = edits.accepted({"done": True})

DISCOVERY = (
    _DISCOVERY.status(202),
    _DISCOVERY.as_text(),
    _DISCOVERY.without("issuer"),
    _DISCOVERY.having("an issuer without scheme", "issuer", "nobody.example/"),
    _DISCOVERY.without("authorization_endpoint"),
    _DISCOVERY.having("a bare authorization_endpoint", "authorization_endpoint", _NO_URL),
    _DISCOVERY.having("a bare token_endpoint", "token_endpoint", _NO_URL),
    _DISCOVERY.without("jwks_uri"),
    _DISCOVERY.having("a bare jwks_uri", "jwks_uri", _NO_URL),
    _DISCOVERY.without("response_types_supported"),
    _DISCOVERY.having("no response_types_supported", "response_types_supported", []),
    _DISCOVERY.without("subject_types_supported"),
    _DISCOVERY.having("subject_types_supported as a text", "subject_types_supported", "public"),
    _DISCOVERY.without("id_token_signing_alg_values_supported"),
    _DISCOVERY.having("HS256 alone", "id_token_signing_alg_values_supported", ["HS256"]),
)

_JWKS = Place("jwks", "The JWK set", "MFA-JWKS", "jwks")
_USELESS = Place(
    "jwks",
    "The JWK set",
    "MFA-JWKS",
    "jwks",
    also=frozenset({"MFA-TOKEN-ID-SIGNATURE", "MFA-TOKEN-AUDIENCE", "MFA-CLIENT-CREDENTIALS"}),
)
"""Keys that no signature can be verified with."""

KEYS = (
    _JWKS.status(202),
    _JWKS.as_text(),
    _USELESS.without("keys"),
    _USELESS.having("no keys", "keys", []),
    _USELESS.without("keys/*/kid"),
    _USELESS.having("keys with a number for kid", "keys/*/kid", 7),
    _USELESS.without("keys/*/kty"),
    _USELESS.having("keys of the type EC", "keys/*/kty", "EC"),
    _USELESS.without("keys/*/n"),
    _USELESS.having("keys with a padded modulus", "keys/*/n", "AQAB=="),
    _USELESS.without("keys/*/e"),
    _USELESS.having("keys with a number for e", "keys/*/e", 65537),
    _JWKS.beside("a private prime", "keys/*/p", "AQAB"),
)

_USERINFO = Place("userinfo", "/userinfo", "MFA-TOKEN-USERINFO", "userinfo", when=has_opaque_bearer)

USERINFO = (
    _USERINFO.as_text(),
    _USERINFO.without("sub", "MFA-TOKEN-ID-SUBJECT"),
    _USERINFO.having("sub as a number", "sub", 7, "MFA-TOKEN-ID-SUBJECT"),
    _USERINFO.having("name as a number", "name", 7),
    _USERINFO.beside("an error", "error", "invalid_token"),
)

_ENROLLED = Place(
    "device-enrolled", "A device that enrolls", "MFA-DEVICE-ENROLL", "device.enrolled"
)
_CHANGED = Place(
    "device-changed", "A device that is renamed", "MFA-DEVICE-CHANGE", "device.changed"
)
_DELETED = Place("device-deleted", "A device that leaves", "MFA-DEVICE-LEAVE", "device.deleted")
_ANSWERED = Place("device-answered", "An answer", "MFA-DEVICE-ANSWER", "device.answered")

DEVICES = (
    _ENROLLED.as_text(),
    *(
        fault
        for name in ("id", "url", "issuer", "user_id", "token")
        for fault in (
            _ENROLLED.without(name),
            _ENROLLED.having(f"{name} as a number", name, 7),
        )
    ),
    *(_ENROLLED.without(f"totp/{name}") for name in ("secret", "algorithm", "digits", "period")),
    _ENROLLED.having("a totp/secret in hex", "totp/secret", "0189"),
    _ENROLLED.having("totp/algorithm md5", "totp/algorithm", "md5"),
    _ENROLLED.having("totp/digits as a text", "totp/digits", "6"),
    _ENROLLED.having("totp/period as a text", "totp/period", "30"),
    _CHANGED.status(202),
    _CHANGED.as_text(),
    *(_CHANGED.without(name) for name in ("id", "identifier", "push_credentials")),
    *(
        _CHANGED.having(f"{name} as a number", name, 7)
        for name in ("id", "identifier", "name", "push_credentials")
    ),
    *(
        fault
        for name in ("service", "token")
        for fault in (
            _CHANGED.without(f"push_credentials/{name}"),
            _CHANGED.having(f"push_credentials/{name} as a number", f"push_credentials/{name}", 7),
        )
    ),
    _ENROLLED.beside("an errorCode", "errorCode", "invalid_token"),
    _CHANGED.beside("an errorCode", "errorCode", "invalid_token"),
    _DELETED.status(202),
    _DELETED.fault("with-a-body", "is answered with a body", _WITH_BODY),
    _ANSWERED.fault("with-a-body", "is answered with a body", _WITH_BODY),
)
