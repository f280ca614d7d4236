"""Association of an authenticator: `POST /mfa/associate`.

Source: https://auth0.com/docs/api/authentication/multi-factor-authentication/add-an-authenticator
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from pytest_auth0_mfa import OMIT

if TYPE_CHECKING:
    from pytest_auth0_mfa import EnrolledAuthenticator, Judgement, Login, Tenant, User

requirement = pytest.mark.requirement

OTP = {"authenticator_types": ["otp"]}
EXPIRED_S = 601
JUDGED_APART = r"/(secret|recovery_codes.*)"
STRONG_BITS = 128


@requirement("MFA-ENROLL-RESPONSE")
def test_association_gives_a_secret(mfa_judge: Judgement, mfa_login: Login) -> None:
    """Associating a one-time password generator gives its secret and barcode URI."""
    mfa_judge.conforms(mfa_login.associate(), "associate.otp", besides=JUDGED_APART)


@requirement("MFA-ENROLL-URI")
def test_barcode_uri_configures_an_app(mfa_judge: Judgement, mfa_login: Login) -> None:
    """An authenticator app that scans the URI shows the codes that the tenant expects."""
    answer = mfa_login.associate()
    uri = urlsplit(answer.text("barcode_uri"))
    asked = {name: values[0] for name, values in parse_qs(uri.query).items()}
    wanted = {"algorithm": "SHA1", "digits": "6", "period": "30"}
    wrong = [name for name, value in wanted.items() if asked.get(name, value).upper() != value]
    wrong += [name for name in ("secret",) if asked.get(name) != answer.secret("secret")]
    wrong += [name for name in ("issuer",) if not asked.get(name)]
    if (uri.scheme, uri.netloc) != ("otpauth", "totp"):
        wrong.append("otpauth://totp/")
    mfa_judge.holds(
        "otpauth://totp/ with the same secret, an issuer, SHA1, 6 digits, 30 s",
        f"wrong: {', '.join(wrong)}" if wrong else "all of it",
        when=not wrong,
        answer=answer,
    )


@requirement("MFA-ENROLL-SECRET")
def test_secret_is_strong(mfa_judge: Judgement, mfa_login: Login) -> None:
    """The shared secret is base32 and has at least 128 bits (RFC 4226, section 4, R6)."""
    answer = mfa_login.associate()
    secret = answer.secret("secret")
    try:
        bits = 8 * len(base64.b32decode(secret + "=" * (-len(secret) % 8)))
    except (binascii.Error, ValueError):
        bits = 0
    mfa_judge.holds(
        f"base32 of at least {STRONG_BITS} bits",
        f"{bits} bits" if bits else "no base32",
        when=bits >= STRONG_BITS,
        answer=answer,
    )


@requirement("MFA-ENROLL-SECRET-FRESH")
def test_each_association_has_its_own_secret(mfa_judge: Judgement, mfa_login: Login) -> None:
    """A secret is never given out twice."""
    first, second = (mfa_login.associate().secret("secret") for _ in range(2))
    same = "equal" if first == second else "different"
    mfa_judge.holds("two associations: different secrets", same, when=first != second)


@requirement("MFA-ENROLL-INACTIVE")
def test_new_authenticator_is_inactive(mfa_judge: Judgement, mfa_login: Login) -> None:
    """Until it is confirmed an authenticator is listed as not active."""
    mfa_login.associate().secret("secret")
    answer = mfa_login.authenticators()
    states = [item.get("active") for item in answer.items() if _is_otp(item)]
    mfa_judge.holds(
        "one otp entry with active: false", str(states), when=states == [False], answer=answer
    )


@requirement("MFA-ENROLL-AGAIN")
def test_unconfirmed_authenticator_does_not_block(
    mfa_judge: Judgement, auth0_tenant: Tenant, mfa_login: Login
) -> None:
    """Who lost the barcode before confirming it can ask for another."""
    mfa_login.associate().secret("secret")
    mfa_judge.accepts(
        mfa_login.associate(),
        "a second association before confirmation",
        unlike=lambda: auth0_tenant.login(auth0_tenant.new_user()).associate(),
    )


@requirement("MFA-ENROLL-ALREADY")
def test_confirmed_authenticator_blocks(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator, mfa_login: Login
) -> None:
    """An mfa_token does not add factors to a user who has one: a stolen password must not."""
    answer = enrolled_authenticator.login().associate()
    mfa_judge.refuses(answer, "error.already-enrolled")
    mfa_judge.control(mfa_login.associate())


@requirement("MFA-ENROLL-NO-BEARER")
def test_association_needs_a_bearer(
    mfa_judge: Judgement, auth0_tenant: Tenant, mfa_login: Login
) -> None:
    """Nobody enrolls without a token."""
    mfa_judge.refuses(auth0_tenant.client.associate(None, OTP), "error.missing-bearer")
    mfa_judge.control(mfa_login.associate())


@requirement("MFA-ENROLL-BAD-BEARER")
def test_association_refuses_an_invented_token(
    mfa_judge: Judgement, auth0_tenant: Tenant, mfa_login: Login
) -> None:
    """A token that the tenant did not issue enrolls nobody."""
    mfa_judge.refuses(auth0_tenant.client.associate("invented", OTP), "error.invalid-bearer")
    mfa_judge.control(mfa_login.associate())


@requirement("MFA-ENROLL-EXPIRED-BEARER")
def test_association_refuses_an_expired_token(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User, mfa_login: Login
) -> None:
    """After ten minutes an mfa_token enrolls nobody."""
    auth0_user.clock.travel(EXPIRED_S, "the mfa_token to expire")
    mfa_judge.refuses(mfa_login.associate(), "error.expired-bearer")
    mfa_judge.control(auth0_tenant.login(auth0_user).associate())


@requirement("MFA-ENROLL-MISSING-TYPE")
def test_association_needs_a_type(mfa_judge: Judgement, mfa_login: Login) -> None:
    """Without authenticator_types nothing is enrolled."""
    answer = mfa_login.associate(authenticator_types=OMIT)
    mfa_judge.refuses(answer, "error.invalid-enrollment")
    mfa_judge.control(mfa_login.associate())


@requirement("MFA-ENROLL-UNKNOWN-TYPE")
def test_association_refuses_an_unknown_type(mfa_judge: Judgement, mfa_login: Login) -> None:
    """A type that nobody defined enrolls nothing."""
    answer = mfa_login.associate(authenticator_types=["carrier-pigeon"])
    mfa_judge.refuses(answer, "error.invalid-enrollment")
    mfa_judge.control(mfa_login.associate())


@requirement("MFA-ENROLL-EXTRA-FIELDS")
def test_superfluous_fields_are_ignored(mfa_judge: Judgement, mfa_login: Login) -> None:
    """Fields of another factor do not disturb, as SDKs send them."""
    answer = mfa_login.associate(oob_channels=["sms"], phone_number="+12025550143")
    mfa_judge.accepts(answer, "an association with superfluous fields", unlike=mfa_login.associate)


def _is_otp(item: object) -> bool:
    return isinstance(item, dict) and item.get("authenticator_type") == "otp"
