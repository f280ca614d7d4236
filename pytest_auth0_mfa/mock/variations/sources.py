"""The public places that leave open what variations make use of."""

from __future__ import annotations

from typing import Final

_DOCS: Final = "https://auth0.com/docs"
_REFERENCE: Final = f"{_DOCS}/api/authentication/multi-factor-authentication"
_ROPG: Final = f"{_DOCS}/secure/multi-factor-authentication/authenticate-using-ropg-flow-with-mfa"

JSON: Final = "https://www.rfc-editor.org/rfc/rfc8259"
HTTP: Final = "https://www.rfc-editor.org/rfc/rfc9110"
HTTP_1: Final = "https://www.rfc-editor.org/rfc/rfc9112"
URI: Final = "https://www.rfc-editor.org/rfc/rfc3986"
OAUTH: Final = "https://www.rfc-editor.org/rfc/rfc6749"
HOTP: Final = "https://www.rfc-editor.org/rfc/rfc4226"
TOTP: Final = "https://www.rfc-editor.org/rfc/rfc6238"
JWK: Final = "https://www.rfc-editor.org/rfc/rfc7517"
JWT: Final = "https://www.rfc-editor.org/rfc/rfc7519"
ACCESS_TOKENS: Final = "https://www.rfc-editor.org/rfc/rfc9068"
DEVICE_GRANT: Final = "https://www.rfc-editor.org/rfc/rfc8628"
OPENID: Final = "https://openid.net/specs/openid-connect-core-1_0.html"
OPENID_DISCOVERY: Final = "https://openid.net/specs/openid-connect-discovery-1_0.html"
KEY_URI: Final = "https://github.com/google/google-authenticator/wiki/Key-Uri-Format"

GUIDE: Final = _ROPG
SMS_GUIDE: Final = f"{_ROPG}/enroll-challenge-sms-voice-authenticators"
PUSH_GUIDE: Final = f"{_ROPG}/enroll-and-challenge-push-authenticators"
MANAGE_GUIDE: Final = (
    f"{_DOCS}/secure/multi-factor-authentication/manage-mfa-auth0-apis"
    "/manage-authenticator-factors-mfa-api"
)
STEP_UP_GUIDE: Final = (
    f"{_DOCS}/secure/multi-factor-authentication/step-up-authentication"
    "/configure-step-up-authentication-for-web-apps"
)
ASSOCIATE_PAGE: Final = f"{_REFERENCE}/add-an-authenticator"
CHALLENGE_PAGE: Final = f"{_REFERENCE}/request-mfa-challenge"
OTP_PAGE: Final = f"{_REFERENCE}/verify-mfa-with-otp"
OOB_PAGE: Final = f"{_REFERENCE}/verify-with-out-of-band"
RECOVERY_PAGE: Final = f"{_REFERENCE}/verify-with-recovery-code"
DELETE_PAGE: Final = f"{_REFERENCE}/delete-authenticator"
CORS_GUIDE: Final = f"{_DOCS}/get-started/applications/set-up-cors"
GRANTS_GUIDE: Final = f"{_DOCS}/get-started/applications/update-grant-types"
MESSAGES_GUIDE: Final = f"{_DOCS}/customize/customize-sms-or-voice-messages"
EMAILS_GUIDE: Final = f"{_DOCS}/customize/email/email-templates"
REFRESH_GUIDE: Final = f"{_DOCS}/secure/tokens/refresh-tokens/use-refresh-tokens"
LIFETIME_GUIDE: Final = f"{_DOCS}/secure/tokens/access-tokens/update-access-token-lifetime"
CLAIMS_GUIDE: Final = f"{_DOCS}/secure/tokens/json-web-tokens/create-custom-claims"
LIMITS: Final = f"{_DOCS}/troubleshoot/customer-support/operational-policies/rate-limit-policy"
ID_TOKEN_LIFETIME_GUIDE: Final = f"{_DOCS}/secure/tokens/id-tokens/update-id-token-lifetime"
TOTP_ARTICLE: Final = (
    "https://support.auth0.com/center/s/article/auth0-acceptance-of-otp-mfa-codes-after-30-seconds"
)
LOOKED_FOR: Final = "https://github.com/auth0/go-auth0/tree/d5be7536/test/data/recordings"
"""Recordings in which something was looked for and not found."""

RECORDINGS: Final = f"{LOOKED_FOR}/authentication"
OLD_RECORDINGS: Final = (
    "https://github.com/auth0/ruby-auth0/tree/aa755ea1/spec/fixtures/vcr_cassettes"
    "/Auth0_Api_AuthenticationEndpoints"
)
NOTES: Final = (
    "https://github.com/fiddur/docs/blob/30e1bf784543cc91331d176173c824da5503c040/OauthMfaErrors.md"
)
DRAFT: Final = "https://github.com/jaredhanson/draft-oauth-mfa/blob/0fab24c/Draft-1.0.txt"
LIBRARY: Final = (
    "https://github.com/jaredhanson/oauth2orize-mfa/blob/4df54a1/lib/errors/tokenerror.js"
)
API_DESCRIPTION: Final = (
    "https://github.com/auth0/docs-v2/blob/092b879e/main/docs/oas/authentication"
    "/authentication-api-oas.json"
)
SWIFT: Final = "https://github.com/auth0/Auth0.swift/tree/850e1a28/Auth0Tests"
ANDROID: Final = (
    "https://github.com/auth0/Auth0.Android/blob/5b86b710/auth0/src/main/java/com/auth0/android"
    "/authentication/AuthenticationException.kt"
)
PYTHON: Final = "https://github.com/auth0/auth0-server-python/blob/75920ab/tests/test_mfa_client.py"
NET: Final = (
    "https://github.com/auth0/auth0.net/blob/682ea3b7/tests"
    "/Auth0.AuthenticationApi.IntegrationTests/MfaAuthenticationTests.cs"
)
NEXTJS: Final = "https://github.com/auth0/nextjs-auth0/blob/15aa4a73/src/types/mfa.ts"
AUTH_JS: Final = "https://github.com/auth0/auth0-auth-js/tree/bfb1eeb"
SPA: Final = "https://github.com/auth0/auth0-spa-js/blob/dab666a1/EXAMPLES.md"
GUARDIAN_SWIFT: Final = "https://github.com/auth0/Guardian.swift/tree/cc2ad875"
GUARDIAN_ANDROID: Final = "https://github.com/auth0/Guardian.Android/tree/c994035d"
GUARDIAN_SHELL: Final = "https://github.com/abbaspour/guardian-bash/tree/eda5b58"
ONE_TIME_CODES: Final = "https://wicg.github.io/sms-one-time-codes/"
ACCESS_THREAD: Final = (
    "https://community.auth0.com/t"
    "/malformed-mfa-token-message-when-trying-to-challenge-an-user-with-mfa/64112"
)
EXPIRY_THREAD: Final = (
    "https://community.auth0.com/t/email-mfa-otp-expiry-time-and-mfa-token-expiry-time/123043"
)
