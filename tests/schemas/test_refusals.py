"""Single mistakes that clients suffer from, one by one."""

from __future__ import annotations

import pytest

from pytest_auth0_mfa import schemas

TOTP = {"id": "totp|dev_WzMZ2sZbUw1wbC2F", "authenticator_type": "otp", "active": True}
RECOVERY = {
    "id": "recovery-code|dev_i1kgKoFSZLbPt6G1",
    "authenticator_type": "recovery-code",
    "active": False,
}
SMS = {
    "id": "sms|dev_klnv5yshzzoosSUm",
    "authenticator_type": "oob",
    "active": True,
    "oob_channel": "sms",
    "name": "XXXXXXXX8730",
}
VOICE = {**SMS, "id": "voice|dev_klnv5yshzzoosSUm", "oob_channel": "voice"}
EMAIL = {
    "id": "email|dev_hdkmORJuqOmjRRQU",
    "authenticator_type": "oob",
    "active": True,
    "oob_channel": "email",
    "name": "****@exam*******",
}
TOKENS = {"access_token": "a", "expires_in": 86400, "scope": "openid", "token_type": "Bearer"}
OTP = {
    "authenticator_type": "otp",
    "secret": "HJ6XM2DNERXDAVCUONGWKRTCMNTU6VDF",
    "barcode_uri": "otpauth://totp/Acme:user?secret=HJ6XM2DNERXDAVCUONGWKRTCMNTU6VDF",
}
ASSOCIATED = {
    "authenticator_type": "oob",
    "binding_method": "prompt",
    "oob_channel": "sms",
    "oob_code": "Fe26.2*SERVER_1726721698*x",
}
CHALLENGED = {"challenge_type": "oob", "oob_code": "Fe26.2*x", "binding_method": "prompt"}
BARCODE = {
    "authenticator_type": "oob",
    "oob_channel": "auth0",
    "oob_code": "Fe26.2*x",
    "barcode_uri": "otpauth://totp/Acme:user?enrollment_tx_id=x",
}
PENDING = {
    "error": "authorization_pending",
    "error_description": ("Authorization pending: please repeat the request in a few seconds."),
}
COMPANION = {"secret": "GRXC4KC5", "algorithm": "sha1", "digits": 6, "period": 30}
ENROLLED = {
    "id": "dev_ztaIUOx5Z3zeRimt",
    "url": "https://acme.us.auth0.com",
    "issuer": "acme",
    "user_id": "auth0|1",
    "token": "x",
    "totp": COMPANION,
}
EC_KEY = {"kty": "EC", "crv": "P-256", "kid": "2", "x": "AQAB", "y": "AQAB"}
KEY = {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "1", "n": "AQAB", "e": "AQAB"}
REQUIRED = {"error": "mfa_required", "error_description": "x", "mfa_token": "Fe26.2*x"}
DISCOVERY = {
    "issuer": "https://acme.example.com/",
    "authorization_endpoint": "https://acme.example.com/authorize",
    "token_endpoint": "https://acme.example.com/oauth/token",
    "jwks_uri": "https://acme.example.com/.well-known/jwks.json",
    "response_types_supported": ["code"],
    "subject_types_supported": ["public"],
    "id_token_signing_alg_values_supported": ["RS256"],
}

MISTAKES = [
    ("associate.otp", {**OTP, "authenticator_type": "totp"}, "/authenticator_type"),
    ("associate.otp", {**OTP, "secret": "hj6xm2dn"}, "/secret"),
    ("associate.otp", {**OTP, "secret": "HJ6XM2DNERXDAVCUO==="}, "/secret"),
    ("associate.otp", {**OTP, "secret": "HJ6XM2DNERXDAVCU0189"}, "/secret"),
    ("associate.otp", {**OTP, "barcode_uri": "https://example.com/qr.png"}, "/barcode_uri"),
    ("associate.otp", {**OTP, "barcode_uri": "otpauth://hotp/Acme"}, "/barcode_uri"),
    ("associate.otp", {**OTP, "recovery_codes": []}, "/recovery_codes"),
    ("associate.otp", {**OTP, "recovery_codes": ["A" * 24, "B" * 24]}, "/recovery_codes"),
    ("associate.otp", {**OTP, "recovery_codes": ["a" * 24]}, "/recovery_codes/0"),
    ("associate.otp", {**OTP, "recovery_codes": ["A" * 23]}, "/recovery_codes/0"),
    ("associate.otp", {**OTP, "recovery_codes": "A" * 24}, "/recovery_codes"),
    ("associate.sms", {**ASSOCIATED, "authenticator_type": "sms"}, "/authenticator_type"),
    ("associate.sms", {**ASSOCIATED, "oob_channel": "voice"}, "/oob_channel"),
    ("associate.sms", {**ASSOCIATED, "oob_channel": "SMS"}, "/oob_channel"),
    ("associate.sms", {**ASSOCIATED, "oob_channel": ["sms"]}, "/oob_channel"),
    ("associate.sms", {**ASSOCIATED, "oob_code": ""}, "/oob_code"),
    ("associate.sms", {**ASSOCIATED, "binding_method": "none"}, "/binding_method"),
    ("associate.sms", {**ASSOCIATED, "binding_code": "123456"}, "/binding_code"),
    ("associate.sms", {**ASSOCIATED, "recovery_codes": ["A" * 24, "B" * 24]}, "/recovery_codes"),
    ("associate.sms", {**ASSOCIATED, "recovery_codes": ["A" * 23]}, "/recovery_codes/0"),
    ("associate.voice", ASSOCIATED, "/oob_channel"),
    ("associate.email", {**ASSOCIATED, "oob_channel": "auth0"}, "/oob_channel"),
    ("associate.push", {**BARCODE, "binding_method": "prompt"}, "/binding_method"),
    ("associate.push", {**BARCODE, "oob_channel": "push"}, "/oob_channel"),
    ("associate.push", {**BARCODE, "secret": "HJ6XM2DN"}, "/secret"),
    ("associate.push", {**BARCODE, "barcode_uri": "https://example.com/qr"}, "/barcode_uri"),
    ("authenticators", {"authenticators": [TOTP]}, ""),
    ("authenticators", [{**TOTP, "active": "true"}], "/0/active"),
    ("authenticators", [{**TOTP, "active": 1}], "/0/active"),
    ("authenticators", [RECOVERY, {**TOTP, "name": "phone"}], "/1/name"),
    ("authenticators", [{**RECOVERY, "name": "code"}], "/0/name"),
    ("authenticators", [{**TOTP, "oob_channel": "sms"}], "/0/oob_channel"),
    ("authenticators", [{**SMS, "oob_channels": ["sms"]}], "/0/oob_channels"),
    ("authenticators", [{**TOTP, "secret": "HJ6XM2DN"}], "/0/secret"),
    ("authenticators", [{**TOTP, "id": "otp|dev_WzMZ2sZbUw1wbC2F"}], "/0/id"),
    ("authenticators", [{**TOTP, "id": "totp|WzMZ2sZbUw1wbC2F"}], "/0/id"),
    ("authenticators", [{**TOTP, "id": "totp|dev_WzMZ2sZbUw1wbC2"}], "/0/id"),
    ("authenticators", [{**TOTP, "id": "totp|dev_WzMZ2sZbUw1wbC2-"}], "/0/id"),
    ("authenticators", [{**TOTP, "id": RECOVERY["id"]}], "/0/id"),
    ("authenticators", [{**RECOVERY, "id": TOTP["id"]}], "/0/id"),
    ("authenticators", [{**SMS, "id": TOTP["id"]}], "/0/id"),
    ("authenticators", [{**TOTP, "authenticator_type": "totp"}], "/0/authenticator_type"),
    ("authenticators", [{**SMS, "oob_channel": "phone"}], "/0/oob_channel"),
    ("authenticators", [{k: v for k, v in SMS.items() if k != "oob_channel"}], "/0/oob_channel"),
    ("authenticators", [SMS, {**VOICE, "id": SMS["id"]}], "/1/id"),
    ("authenticators", [{**SMS, "id": VOICE["id"]}], "/0/id"),
    ("authenticators", [{**EMAIL, "id": SMS["id"]}], "/0/id"),
    ("authenticators", [{**EMAIL, "oob_channel": "auth0"}], "/0/id"),
    ("authenticators", [{**EMAIL, "authenticator_type": "email"}], "/0/authenticator_type"),
    ("authenticators", [{k: v for k, v in EMAIL.items() if k != "oob_channel"}], "/0/oob_channel"),
    ("authenticators", [{**SMS, "name": None}], "/0/name"),
    ("authenticator.deleted", {}, ""),
    ("challenge.otp", {"challenge_type": "oob"}, "/challenge_type"),
    ("challenge.sms", {**CHALLENGED, "challenge_type": "sms"}, "/challenge_type"),
    ("challenge.sms", {**CHALLENGED, "oob_code": ""}, "/oob_code"),
    ("challenge.sms", {**CHALLENGED, "expires_in": "300"}, "/expires_in"),
    ("challenge.sms", {**CHALLENGED, "expires_in": 0}, "/expires_in"),
    ("challenge.sms", {**CHALLENGED, "interval": 0}, "/interval"),
    ("challenge.voice", {**CHALLENGED, "binding_method": "transfer"}, "/binding_method"),
    ("challenge.email", {"challenge_type": "oob", "oob_code": "x"}, "/binding_method"),
    ("challenge.email", {**CHALLENGED, "binding_code": "123456"}, "/binding_code"),
    ("challenge.push", {**CHALLENGED}, "/binding_method"),
    ("challenge.push", {"challenge_type": "push", "oob_code": "x"}, "/challenge_type"),
    ("device.enrolled", {**ENROLLED, "id": "push|dev_ztaIUOx5Z3zeRimt"}, "/id"),
    ("device.enrolled", {**ENROLLED, "totp": {**COMPANION, "digits": "6"}}, "/totp/digits"),
    ("device.enrolled", {**ENROLLED, "totp": "GRXC4KC5"}, "/totp"),
    ("device.refused", {"statusCode": 401, "error": "Unauthorized", "message": "x"}, "/errorCode"),
    ("error.authorization-pending", {**PENDING, "error": "slow_down"}, "/error"),
    ("error.push-denied", {**PENDING}, "/error"),
    ("error.slow-down", {"error": "authorization_pending"}, "/error"),
    ("token.otp", {**TOKENS, "expires_in": "86400"}, "/expires_in"),
    ("token.otp", {**TOKENS, "expires_in": True}, "/expires_in"),
    ("token.otp", {**TOKENS, "expires_in": 0}, "/expires_in"),
    ("token.otp", {**TOKENS, "expires_in": 86400.5}, "/expires_in"),
    ("token.otp", {**TOKENS, "scope": ["openid"]}, "/scope"),
    ("token.otp", {**TOKENS, "scope": "openid  profile"}, "/scope"),
    ("token.otp", {**TOKENS, "token_type": "DPoP"}, "/token_type"),
    ("token.otp", {**TOKENS, "access_token": ""}, "/access_token"),
    ("token.otp", {**TOKENS, "id_token": "header.claims"}, "/id_token"),
    ("token.otp", {**TOKENS, "id_token": "header.claims."}, "/id_token"),
    ("token.oob", {**TOKENS, "expires_in": "600"}, "/expires_in"),
    ("token.oob", {k: v for k, v in TOKENS.items() if k != "scope"}, "/scope"),
    ("token.oob", {**TOKENS, "error": "authorization_pending"}, "/error"),
    ("token.recovery-code", {**TOKENS, "recovery_code": "ABCD-EFGH"}, "/recovery_code"),
    ("userinfo", {"sub": ""}, "/sub"),
    ("discovery", {**DISCOVERY, "issuer": "https://acme.example.com"}, "/issuer"),
    ("discovery", {**DISCOVERY, "jwks_uri": "/.well-known/jwks.json"}, "/jwks_uri"),
    (
        "discovery",
        {**DISCOVERY, "id_token_signing_alg_values_supported": ["HS256"]},
        "/id_token_signing_alg_values_supported",
    ),
    ("jwks", {"keys": []}, "/keys"),
    ("jwks", {"keys": [{**KEY, "d": "AQAB"}]}, "/keys/0/d"),
    ("jwks", {"keys": [{k: v for k, v in KEY.items() if k != "kid"}]}, "/keys/0/kid"),
    ("jwks", {"keys": [{**KEY, "alg": "HS256"}]}, "/keys/0/alg"),
    ("jwks", {"keys": [EC_KEY]}, "/keys"),
    ("jwks", {"keys": [{**KEY, "use": "enc", "alg": "RSA-OAEP-256"}]}, "/keys"),
    ("jwks", {"keys": [KEY, {**EC_KEY, "d": "AQAB"}]}, "/keys/1/d"),
    ("jwks", {"keys": [KEY, {"kty": "oct", "k": "AQAB"}]}, "/keys/1/k"),
    ("error.mfa-required", {**REQUIRED, "mfa_token": ""}, "/mfa_token"),
    (
        "error.mfa-required",
        {**REQUIRED, "mfa_requirements": {"challenge": ["otp"]}},
        "/mfa_requirements/challenge/0",
    ),
    ("error.invalid-otp", {"error": "mfa_required", "error_description": "x"}, "/error"),
    ("error.missing-bearer", {"statusCode": 401, "message": "Unauthorized"}, "/error"),
    (
        "error.invalid-binding-code",
        {"error": "authorization_pending", "error_description": "x"},
        "/error",
    ),
    ("error.invalid-binding-code", {"error": "invalid_grant"}, "/error_description"),
    ("error.malformed-oob-code", {"error": "expired_token", "error_description": "x"}, "/error"),
    ("error.expired-oob-code", {"error": "invalid_request", "error_description": "x"}, "/error"),
    ("error.foreign-oob-code", {"error": "expired_token"}, "/error"),
    ("error.invalid-phone-number", {"statusCode": 400, "message": "Bad Request"}, "/error"),
    ("error.too-many-messages", {"error": 429}, "/error"),
]

DIFFERENCES = [
    (
        "error.invalid-otp",
        {"error": "invalid_grant", "error_description": "Nope."},
        "/error_description",
    ),
    ("error.mfa-required", REQUIRED, "/error_description"),
    (
        "error.wrong-password",
        {"error": "invalid_user_password", "error_description": "Wrong email or password."},
        "/error",
    ),
    (
        "error.invalid-client",
        {"error": "access_denied", "error_description": "Unauthorized"},
        "/error",
    ),
    ("associate.push", {**BARCODE, "id": "push|dev_BBTKYpxKHOXVBnql"}, "/id"),
    (
        "error.authorization-pending",
        {**PENDING, "error_description": "Wait."},
        "/error_description",
    ),
    (
        "error.push-denied",
        {"error": "invalid_grant", "error_description": "MFA Authorization rejected."},
        "/error",
    ),
    (
        "device.enrolled",
        {**ENROLLED, "totp": {**COMPANION, "algorithm": "SHA1"}},
        "/totp/algorithm",
    ),
    ("device.enrolled", {k: v for k, v in ENROLLED.items() if k != "totp"}, "/totp"),
    ("token.otp", {**TOKENS, "token_type": "bearer"}, "/token_type"),
    ("token.otp", {**TOKENS, "expires_in": 3600}, "/expires_in"),
    ("token.recovery-code", {**TOKENS, "recovery_code": "O" * 24}, "/recovery_code"),
    ("associate.otp", {**OTP, "secret": "HJ6XM2DNERXDAVCUONGWKRTCMN"}, "/secret"),
    ("associate.otp", {**OTP, "id": TOTP["id"]}, "/id"),
    ("associate.sms", {**ASSOCIATED, "id": SMS["id"]}, "/id"),
    ("associate.voice", {**ASSOCIATED, "oob_channel": "voice", "id": VOICE["id"]}, "/id"),
    ("associate.email", {**ASSOCIATED, "oob_channel": "email", "id": EMAIL["id"]}, "/id"),
    ("authenticators", [{k: v for k, v in SMS.items() if k != "name"}], "/0/name"),
    ("authenticators", [SMS, {k: v for k, v in EMAIL.items() if k != "name"}], "/1/name"),
    ("token.oob", {**TOKENS, "token_type": "bearer"}, "/token_type"),
    (
        "error.invalid-binding-code",
        {"error": "invalid_grant", "error_description": "MFA Invalid binding code."},
        "/error_description",
    ),
    (
        "error.expired-oob-code",
        {"error": "invalid_grant", "error_description": "oob_code is expired"},
        "/error",
    ),
    ("error.foreign-oob-code", {"error": "invalid_grant"}, "/error"),
    (
        "error.foreign-oob-code",
        {"error": "invalid_request", "error_description": "Malformed oob_code"},
        "/error_description",
    ),
    ("error.invalid-phone-number", {"error": "invalid_phone_number"}, "/error"),
    (
        "error.invalid-phone-number",
        {"error": "invalid_request", "error_description": "Not a phone."},
        "/error_description",
    ),
    (
        "error.too-many-messages",
        {"error": "too_many_attempts", "error_description": "Too many e-mails."},
        "/error",
    ),
    (
        "error.too-many-messages",
        {"error": "invalid_request", "error_description": "Later, please."},
        "/error_description",
    ),
]


@pytest.mark.parametrize(("response_id", "body", "where"), MISTAKES)
def test_mistake_is_found_where_it_is(response_id: str, body: object, where: str) -> None:
    """Each mistake breaks exactly one MUST, reported at its own place."""
    broken = [found for found in schemas.check(response_id, body) if found.level == "MUST"]
    assert [where] == [found.where for found in broken]


@pytest.mark.parametrize(("response_id", "body", "where"), DIFFERENCES)
def test_accepted_difference_is_advice(response_id: str, body: object, where: str) -> None:
    """A difference that tenants are known to show, or mere wording, is a SHOULD only."""
    expected = [(where, "SHOULD")]
    assert expected == [(found.where, found.level) for found in schemas.check(response_id, body)]


def test_broken_must_silences_advice_at_the_same_place() -> None:
    """Where a MUST is broken, the SHOULD about the same member adds nothing."""
    findings = schemas.check("token.otp", {**TOKENS, "token_type": "MAC"})
    assert [("/token_type", "MUST")] == [(found.where, found.level) for found in findings]


def test_other_channel_is_told_from_the_right_one() -> None:
    """The finding names the one channel that was asked for, not all there are."""
    [finding] = schemas.check("associate.voice", ASSOCIATED)
    assert ('"voice"', '"sms"') == (finding.expected, finding.actual)


def test_answer_to_another_kind_of_association_is_told() -> None:
    """Who asked for a message and got a secret learns all that is missing and out of place."""
    places = [found.where for found in schemas.check("associate.sms", OTP)]
    missing = ["/binding_method", "/oob_channel", "/oob_code"]
    assert sorted(["/authenticator_type", "/barcode_uri", "/secret", *missing]) == places


def test_all_missing_members_are_named() -> None:
    """An empty object lacks every required member, each reported once."""
    findings = schemas.check("associate.otp", {})
    assert ["/authenticator_type", "/barcode_uri", "/secret"] == [f.where for f in findings]
