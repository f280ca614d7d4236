"""Variations of tokens, and of what a tenant publishes about itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.mock.audiences import MFA_SCOPES
from pytest_auth0_mfa.mock.composition import Change
from pytest_auth0_mfa.mock.deviations import edits
from pytest_auth0_mfa.mock.variations import sources
from pytest_auth0_mfa.mock.variations.edits import together
from pytest_auth0_mfa.mock.variations.model import Variation

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.messages import Answer, Json

_MODULUS: Final = (
    "yCXn-KWdCE8vj1DpzG6_YR25ZhpjGOd-2YCoq58NGCB_-"
    "_rUlRSdN57-DPKmqXnByptji_RzZXlkxNR8PsGaoiRa1-8OYfNwZc4rrRJawp0MQJuErTbcZqfql--"
    "3v7eYcMJnCjq_bivTNxobAVRdz7h19Zfe4wAxQbowEKhmAsT3JdodUbZCnNJ2ThFl-"
    "hcbsDm7WpuceDQ9QwDL81_-RKFBbOhZIOCkh-"
    "YTbtZcjDPI4dPoqvHvjGCUzxNbXVIVMOjkb-w6IgSIuRZP50l2abmUeqggNABxFh-"
    "yLzVL8MM7Jgya56hsY6Ap_L76HacQKOp_ZNd9xNpi_kpksPAi6w"
)
"""Of a key that signs nothing any more."""

_FURTHER_KEYS: Final[list[Json]] = [
    {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "previous", "n": _MODULUS, "e": "AQAB"},
    {"kty": "RSA", "use": "enc", "alg": "RSA-OAEP-256", "kid": "enc", "n": _MODULUS, "e": "AQAB"},
    {
        "kty": "EC",
        "use": "sig",
        "alg": "ES256",
        "kid": "curve",
        "crv": "P-256",
        "x": "JgSLfp4YpMtylpN_TabDasVTR4QqjUL0fuXMEW_y9F0",
        "y": "QEkq-tgAcEHV-yuHFLgoiWdQ2Ah9xuvYPTBVOrg8xP4",
    },
]

_REQUIRED: Final = frozenset(
    {
        *("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"),
        *("response_types_supported", "subject_types_supported"),
        "id_token_signing_alg_values_supported",
    }
)


def _with_claims(claims: dict[str, Json]) -> dict[str, Json]:
    return {
        "https://app.example/roles": ["admin", "editor"],
        **claims,
        "sid": "f4Xk0Jt8o6Qe2b9aZyWv3u5r7s1p_D-c",
        "given_name": "Zoë",
        "org_id": None,
    }


def _for_audience_list(claims: dict[str, Json]) -> dict[str, Json]:
    return {**claims, "aud": [claims["aud"]]}


def _with_methods(claims: dict[str, Json]) -> dict[str, Json]:
    return {**claims, "amr": ["mfa"]}


def _with_permissions(claims: dict[str, Json]) -> dict[str, Json]:
    return {**claims, "jti": "5b1d6c3e", "permissions": ["read:messages"], "org_name": "Acme"}


def _audience_reversed(claims: dict[str, Json]) -> dict[str, Json]:
    audience = claims["aud"]
    return {**claims, "aud": audience[::-1] if isinstance(audience, list) else [audience]}


def _reversed_words(scope: str) -> str:
    return " ".join(reversed(scope.split()))


def _with_standard_scopes(scope: str) -> str:
    """Add what may be granted unasked: not what a test looks for, nor what opens anything."""
    names = scope.split()
    if "openid" not in names or MFA_SCOPES.intersection(names):
        return scope
    return " ".join(dict.fromkeys([*names, "address", "phone"]))


def _with_keys(answer: Answer) -> Answer:
    """Publish further keys before and after the one that signs."""
    if not isinstance(answer.body, dict) or not isinstance(answer.body.get("keys"), list):
        return answer
    own = [{**key, "x5t": "n0t-a-real-one"} for key in answer.body["keys"]]
    keys = [_FURTHER_KEYS[0], *own, *_FURTHER_KEYS[1:]]
    return replace(answer, body={**answer.body, "keys": keys})


def _required_only(answer: Answer) -> Answer:
    if not isinstance(answer.body, dict):
        return answer
    kept = {name: value for name, value in answer.body.items() if name in _REQUIRED}
    return replace(answer, body=kept)


FORMS = (
    Variation(
        "mfa-token-of-6000-characters",
        "An mfa_token is three times as long",
        "Its form is the tenant's own business, and so is its length",
        sources.GUIDE,
        rules={"mfa_token_cipher_length": 5764},
    ),
    Variation(
        "mfa-token-as-short-as-may-be",
        "An mfa_token has no more characters than it needs",
        "Its form is the tenant's own business, and so is its length",
        sources.GUIDE,
        rules={"mfa_token_cipher_length": 0},
    ),
    Variation(
        "mfa-token-as-jwt",
        "An mfa_token looks like a JWT",
        "Older guides show one; clients are not to look into it",
        f"{sources.GUIDE}; {sources.DRAFT}",
        rules={"mfa_token_looks_like_jwt": True},
    ),
    Variation(
        "oob-code-of-578-characters",
        "An oob_code is a little shorter",
        "Recorded in both lengths",
        sources.RECORDINGS,
        rules={"oob_code_cipher_length": 342},
    ),
    Variation(
        "oob-code-of-3000-characters",
        "An oob_code is five times as long",
        "Its form is the tenant's own business, and so is its length",
        sources.SMS_GUIDE,
        rules={"oob_code_cipher_length": 2764},
    ),
    Variation(
        "refresh-token-of-2000-characters",
        "A refresh token is several times as long",
        "Its form is the tenant's own business, and so is its length",
        f"{sources.OAUTH}#section-1.5",
        rules={"refresh_token_cipher_length": 1764},
    ),
    Variation(
        "access-token-as-jwe",
        "An access token for no audience is an encrypted JWT",
        "Newer tenants give one, older ones a short text; clients are not to look into it",
        f"{sources.NET}; {sources.OLD_RECORDINGS}",
        rules={"opaque_token_looks_like_jwe": True},
    ),
)

CLAIMS = (
    Variation(
        "id-token-with-more-claims",
        "An id_token has claims of the application's own",
        "Further claims are allowed, and administrators add some",
        f"{sources.OPENID}#IDToken; {sources.CLAIMS_GUIDE}",
        rules={"edit_id_token": _with_claims},
    ),
    Variation(
        "id-token-audience-as-list",
        "The audience of an id_token is a list of one",
        "One audience may be a text or a list",
        f"{sources.JWT}#section-4.1.3",
        rules={"edit_id_token": _for_audience_list},
    ),
    Variation(
        "id-token-names-mfa",
        "An id_token has the claim amr",
        "The guide says that the MFA API gives none, SDKs and clients expect it: told as a"
        " difference",
        f"{sources.STEP_UP_GUIDE}; {sources.OPENID}#IDToken",
        rules={"edit_id_token": _with_methods},
        noted=("MFA-TOKEN-ID-NO-AMR",),
    ),
    Variation(
        "id-token-for-an-hour",
        "An id_token is good for an hour",
        "Administrators choose how long",
        sources.ID_TOKEN_LIFETIME_GUIDE,
        rules={"id_token_lifetime_s": 3600},
    ),
    Variation(
        "access-token-with-more-claims",
        "A signed access token has permissions, an id and claims of the application's own",
        "Further claims are allowed, and administrators add some",
        f"{sources.ACCESS_TOKENS}#section-2.2; {sources.CLAIMS_GUIDE}",
        rules={"edit_access_token": _with_permissions},
    ),
    Variation(
        "access-token-audience-reversed",
        "The audience of a signed access token is a list, /userinfo first",
        "The list has no order, and one audience may be a text or a list",
        f"{sources.JWT}#section-4.1.3",
        rules={"edit_access_token": _audience_reversed},
    ),
)

SETS = (
    Variation(
        "scope-reversed",
        "Granted scopes come in the reverse order",
        "The order does not matter",
        f"{sources.OAUTH}#section-3.3",
        changes=(Change("token.", edits.rewritten("scope", _reversed_words)),),
    ),
    Variation(
        "scopes-granted-unasked",
        "With openid every standard scope is granted, asked for or not",
        "A server may grant more than was asked and then says so; it was recorded so",
        f"{sources.OAUTH}#section-3.3; {sources.OLD_RECORDINGS}",
        changes=(Change("token.", edits.rewritten("scope", _with_standard_scopes)),),
    ),
    Variation(
        "token-type-in-small-letters",
        "token_type is bearer",
        "Its value is the same in any case; recorded as Bearer, so it is told as a difference",
        f"{sources.OAUTH}#section-5.1; {sources.RECORDINGS}",
        changes=(Change("token.", edits.member("token_type", "bearer")),),
        noted=(
            *("MFA-AUDIENCE-UNENROLLED", "MFA-CLIENT-CREDENTIALS", "MFA-CONFIRM-TOKENS"),
            *("MFA-TOKEN-REFRESH", "MFA-VERIFY-TOKENS"),
        ),
    ),
    Variation(
        "refresh-token-not-repeated",
        "The exchange of a refresh token gives no refresh token",
        "It comes where rotation is on, and is optional",
        f"{sources.OAUTH}#section-6; {sources.REFRESH_GUIDE}",
        changes=(Change("token.refresh", edits.without("refresh_token")),),
    ),
    Variation(
        "api-tokens-for-two-hours",
        "An access token for a registered API is good for two hours",
        "Administrators choose how long, for each API",
        sources.LIFETIME_GUIDE,
        rules={"api_token_lifetime_s": 7200},
    ),
    Variation(
        "ordinary-tokens-for-ten-minutes",
        "An access token for no audience is good for ten minutes",
        "Guides show it, recordings have a day: told as a difference",
        f"{sources.GUIDE}; {sources.RECORDINGS}",
        rules={"access_token_lifetime_s": 600},
        noted=("MFA-TOKEN-LIFETIME-DAY",),
    ),
)

SERVICE = (
    Variation(
        "jwks-with-more-keys",
        "The previous key, one for encryption and one of a curve are published too",
        "A set holds any number of keys of any kind; clients choose by kid",
        f"{sources.JWK}#section-5",
        changes=(Change("jwks", _with_keys),),
    ),
    Variation(
        "discovery-with-more",
        "The discovery document tells of endpoints for devices, for logout and of DPoP",
        "Further members are allowed, and real tenants have them",
        f"{sources.OPENID_DISCOVERY}#ProviderMetadata",
        changes=(
            Change(
                "discovery",
                together(
                    edits.member("device_authorization_endpoint", "https://acme.example/device"),
                    edits.member("end_session_endpoint", "https://acme.example/logout"),
                    edits.member("dpop_signing_alg_values_supported", ["ES256"]),
                    edits.member("id_token_signing_alg_values_supported", ["HS256", "RS256"]),
                    edits.member("request_uri_parameter_supported", value=False),
                ),
            ),
        ),
    ),
    Variation(
        "discovery-with-less",
        "The discovery document has no member that it need not have",
        "The others are recommended, and told as a difference, or optional",
        f"{sources.OPENID_DISCOVERY}#ProviderMetadata",
        changes=(Change("discovery", _required_only),),
        noted=("MFA-DISCOVERY",),
    ),
    Variation(
        "userinfo-with-time-as-number",
        "/userinfo tells the time of the last change as a number, and more claims",
        "The standard has a number, recordings a text",
        f"{sources.OPENID}#StandardClaims; {sources.RECORDINGS}",
        changes=(
            Change(
                "userinfo",
                together(
                    edits.member("updated_at", 1_767_225_600),
                    edits.member("https://app.example/plan", "free"),
                ),
            ),
        ),
    ),
)

LIMITS = (
    Variation(
        "limits-of-another-plan",
        "The headers about limits have other figures, and one is in another form",
        "Figures differ between plans; administrators set up policies of their own",
        sources.LIMITS,
        changes=(
            Change(
                "",
                together(
                    edits.header("x-ratelimit-limit", "100"),
                    edits.header("x-ratelimit-remaining", "96"),
                    edits.header("auth0-ratelimit", "client;q=10;t=1;r=9"),
                ),
            ),
        ),
    ),
    Variation(
        "limits-not-told",
        "No header tells of limits",
        "They were recorded, but nothing demands them: told as a difference",
        f"{sources.LIMITS}; {sources.OLD_RECORDINGS}",
        changes=(Change("", edits.without_headers("x-ratelimit")),),
        noted=("MFA-RATE-HEADERS",),
    ),
)
