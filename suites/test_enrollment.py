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
    from pytest_auth0_mfa import (
        EnrolledAuthenticator,
        Enrollment,
        Inbox,
        Judgement,
        Login,
        Tenant,
        User,
    )

requirement = pytest.mark.requirement

OTP = {"authenticator_types": ["otp"]}
EXPIRED_S = 601
JUDGED_APART = r"/recovery_codes.*"
SECRET_APART = rf"/secret|{JUDGED_APART}"
STRONG_BITS = 128
NOT_E164 = ("+1202555abcd", "+1", "+1202555014300000", "not a number")


@requirement("MFA-ENROLL-RESPONSE")
def test_association_gives_what_the_factor_needs(
    mfa_judge: Judgement, mfa_enrollment: Enrollment
) -> None:
    """Associating an app gives its secret, associating an address the code of the transaction."""
    response = f"associate.{mfa_enrollment.factor}"
    apart = SECRET_APART if mfa_enrollment.factor == "otp" else JUDGED_APART
    mfa_judge.conforms(mfa_enrollment.answer, response, besides=apart)


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
def test_new_authenticator_is_inactive(mfa_judge: Judgement, mfa_enrollment: Enrollment) -> None:
    """Until it is confirmed an authenticator is listed as not active."""
    mfa_judge.needs("an association", when=mfa_enrollment.answer.accepted)
    answer = mfa_enrollment.login.authenticators()
    states = [item.get("active") for item in mfa_enrollment.entries(answer)]
    mfa_judge.holds(
        f"one {mfa_enrollment.factor} entry with active: false",
        str(states),
        when=states == [False],
        answer=answer,
    )


@requirement("MFA-ENROLL-AGAIN")
def test_unconfirmed_authenticator_does_not_block(
    mfa_judge: Judgement, auth0_tenant: Tenant, mfa_enrollment: Enrollment
) -> None:
    """Who lost the barcode or the message before confirming it can ask for another."""
    mfa_judge.needs("a first association", when=mfa_enrollment.answer.accepted)
    mfa_judge.accepts(
        mfa_enrollment.again(),
        "a second association before confirmation",
        unlike=lambda: auth0_tenant.associate(mfa_enrollment.factor).answer,
    )


@requirement("MFA-ENROLL-ALREADY")
def test_confirmed_authenticator_blocks(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """An mfa_token does not add factors to a user who has one: a stolen password must not."""
    answer = enrolled_authenticator.associate(enrolled_authenticator.login())
    mfa_judge.refuses(answer, "error.already-enrolled")
    mfa_judge.control(auth0_tenant.associate(enrolled_authenticator.factor).answer)


@requirement("MFA-ENROLL-VERIFIED-EMAIL")
def test_verified_address_blocks_no_association(
    mfa_judge: Judgement, auth0_tenant: Tenant, inbox: Inbox
) -> None:
    """Who has nothing but a verified address enrolls a first factor."""
    auth0_tenant.needs_factor("otp")
    mfa_judge.accepts(
        auth0_tenant.associate(user=auth0_tenant.new_user(inbox.address)).answer,
        "an association by a user with a verified address",
        unlike=lambda: auth0_tenant.associate().answer,
    )


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


@requirement("MFA-ENROLL-OOB-FRESH")
def test_each_association_has_its_own_oob_code(
    mfa_judge: Judgement, mfa_enrollment: Enrollment
) -> None:
    """Two associations are two transactions, each with a code of its own."""
    first = mfa_enrollment.answer.secret("oob_code")
    second = mfa_enrollment.again().secret("oob_code")
    same = "equal" if first == second else "different"
    mfa_judge.holds("two associations: different oob_codes", same, when=first != second)


@requirement("MFA-ENROLL-MISSING-CHANNEL")
def test_delivery_needs_a_channel(mfa_judge: Judgement, inbox: Inbox, mfa_login: Login) -> None:
    """Without oob_channels the tenant cannot know how to send the code."""
    body = _by_phone(inbox)
    answer = mfa_login.associate(**{**body, "oob_channels": OMIT})
    mfa_judge.refuses(answer, "error.invalid-enrollment")
    mfa_judge.control(mfa_login.associate(**body))


@requirement("MFA-ENROLL-UNKNOWN-CHANNEL")
def test_unknown_channel_is_refused(mfa_judge: Judgement, inbox: Inbox, mfa_login: Login) -> None:
    """A channel that nobody defined delivers nothing."""
    body = _by_phone(inbox)
    answer = mfa_login.associate(**{**body, "oob_channels": ["carrier-pigeon"]})
    mfa_judge.refuses(answer, "error.invalid-enrollment")
    mfa_judge.control(mfa_login.associate(**body))


@requirement("MFA-ENROLL-MISSING-PHONE")
def test_phone_needs_a_number(mfa_judge: Judgement, inbox: Inbox, mfa_login: Login) -> None:
    """Without phone_number there is nothing to send to."""
    body = _by_phone(inbox)
    answer = mfa_login.associate(**{**body, "phone_number": OMIT})
    mfa_judge.refuses(answer, "error.invalid-enrollment", "error.invalid-phone-number")
    mfa_judge.control(mfa_login.associate(**body))


@requirement("MFA-ENROLL-INVALID-PHONE")
def test_number_must_be_international(mfa_judge: Judgement, inbox: Inbox, mfa_login: Login) -> None:
    """What is not + and digits in the form of E.164 is no number."""
    body = _by_phone(inbox)
    for number in NOT_E164:
        answer = mfa_login.associate(**{**body, "phone_number": number})
        mfa_judge.refuses(answer, "error.invalid-phone-number")
    mfa_judge.control(mfa_login.associate(**body))


@requirement("MFA-ENROLL-EMAIL-OPTIONAL")
def test_address_of_the_user_is_the_default(
    mfa_judge: Judgement, auth0_tenant: Tenant, mfa_enrollment: Enrollment
) -> None:
    """Without email the user's own address is enrolled."""
    user = auth0_tenant.new_user()
    login = auth0_tenant.login(user)
    answer = login.associate(authenticator_types=["oob"], oob_channels=["email"])
    mfa_judge.accepts(
        answer, "an association by e-mail without address", unlike=lambda: mfa_enrollment.answer
    )
    names = [str(item.get("name")) for item in mfa_enrollment.entries(login.authenticators())]
    mfa_judge.holds(
        f"an entry named like {user.email}, masked or not",
        f"named {', '.join(names) or 'nothing'}",
        when=any(_names(name, user.email) for name in names),
    )


@requirement("MFA-ENROLL-TICKET")
def test_barcode_offers_an_enrollment(mfa_judge: Judgement, mfa_enrollment: Enrollment) -> None:
    """A device that scans the barcode gets the right to enroll, and nothing to keep secret."""
    answer = mfa_enrollment.answer
    uri = urlsplit(answer.text("barcode_uri"))
    asked = {name: values[0] for name, values in parse_qs(uri.query).items()}
    wrong = [name for name in ("enrollment_tx_id",) if not asked.get(name)]
    wrong += [name for name in ("base_url",) if not urlsplit(asked.get(name, "")).netloc]
    wrong += [name for name in ("secret",) if name in asked]
    if (uri.scheme, uri.netloc) != ("otpauth", "totp"):
        wrong.append("otpauth://totp/")
    mfa_judge.holds(
        "otpauth://totp/ with enrollment_tx_id, a URL as base_url, and no secret",
        f"wrong: {', '.join(wrong)}" if wrong else "all of it",
        when=not wrong,
        answer=answer,
    )


@requirement("MFA-ENROLL-TICKET-FRESH")
def test_each_association_has_its_own_barcode(
    mfa_judge: Judgement, mfa_enrollment: Enrollment
) -> None:
    """A barcode that somebody has photographed is worth nothing to the next one."""
    answers = (mfa_enrollment.answer, mfa_enrollment.again())
    first, second = (_ticket(answer.text("barcode_uri")) for answer in answers)
    mfa_judge.needs("barcodes that offer an enrollment", when=bool(first and second))
    same = "equal" if first == second else "different"
    mfa_judge.holds("two associations: different enrollment_tx_id", same, when=first != second)


def _ticket(barcode_uri: str) -> str:
    """The right to enroll in a barcode, empty where there is none."""
    return parse_qs(urlsplit(barcode_uri).query).get("enrollment_tx_id", [""])[0]


def _by_phone(inbox: Inbox) -> dict[str, object]:
    """The body that enrolls the number of an inbox."""
    return {
        "authenticator_types": ["oob"],
        "oob_channels": [inbox.channel],
        "phone_number": inbox.address,
    }


def _names(name: str, address: str) -> bool:
    """Whether a name shows an address, some characters of it replaced by stars."""
    same_length = len(name) == len(address)
    return same_length and all(map(lambda shown, true: shown in {"*", true}, name, address))
