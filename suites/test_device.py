"""What a tenant takes from push devices, and what it must not: the Guardian device API.

Each answer that must be refused is right in all but one thing. What it must not do is let the
login pass, so that is looked at as well.

Sources: https://github.com/auth0/Guardian.swift, https://github.com/auth0/Guardian.Android
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, NamedTuple

import pytest

from pytest_auth0_mfa import DeviceKey

if TYPE_CHECKING:
    from pytest_auth0_mfa import (
        Device,
        EnrolledAuthenticator,
        Enrollment,
        Judgement,
        Login,
        Notification,
        Tenant,
    )

requirement = pytest.mark.requirement

INVENTED = "inventedinventedinventedinvented"
INVENTED_BARCODE = f"otpauth://totp/Acme:user?enrollment_tx_id={INVENTED}"
OTHER_TENANT = "https://other.example.com/appliance-mfa/api/resolve-transaction"
NEW_NAME = "Renamed by the tests"
ID_PLACE = "/id"
LOGIN_OVER_S = 601
HOUR_S = 3600


class Prompted(NamedTuple):
    """A device, the login that waits for it, and the prompt that it was sent."""

    device: Device
    login: Login
    prompt: Notification


def _prompted(enrolled: EnrolledAuthenticator) -> Prompted:
    login = enrolled.login()
    return Prompted(enrolled.device, login, enrolled.prompt(login))


def _stays_pending(judge: Judgement, enrolled: EnrolledAuthenticator, login: Login) -> None:
    """Expect that an answer which was refused decided nothing."""
    answer = enrolled.ask(login)
    pending = answer.error == "authorization_pending"
    judge.holds("the login still pending", answer.summary(), when=pending, answer=answer)


def _enrolled_elsewhere(tenant: Tenant) -> EnrolledAuthenticator:
    """Another user's device, with a key of its own."""
    enrollment = tenant.associate("push")
    enrollment.scan(key=DeviceKey.generate())
    return enrollment.confirm()


def _unsigned(signed: str) -> str:
    """The same claims with the algorithm none, and without signature (RFC 7515, appendix A.5)."""
    header = json.dumps({"alg": "none", "typ": "JWT"}).encode()
    encoded = base64.urlsafe_b64encode(header).rstrip(b"=").decode()
    return f"{encoded}.{signed.split('.')[1]}."


@requirement("MFA-DEVICE-ENROLL")
def test_device_enrolls(mfa_judge: Judgement, mfa_enrollment: Enrollment) -> None:
    """A device learns its account, and the secret of the one-time passwords that it shows."""
    answer = mfa_enrollment.scan()
    # The form of ids is judged in the list.
    apart = ID_PLACE if isinstance(answer.get("id"), str) else ""
    mfa_judge.conforms(answer, "device.enrolled", besides=apart)


@requirement("MFA-DEVICE-TICKET-ONCE")
def test_barcode_enrolls_one_device(mfa_judge: Judgement, mfa_enrollment: Enrollment) -> None:
    """Who looks over the user's shoulder and scans the barcode too comes too late."""
    mfa_judge.control(mfa_enrollment.scan())
    mfa_judge.refuses(mfa_enrollment.scan())


@requirement("MFA-DEVICE-TICKET-INVENTED")
def test_invented_ticket_enrolls_nobody(mfa_judge: Judgement, mfa_enrollment: Enrollment) -> None:
    """A ticket that the tenant did not issue is refused in the device API's own form."""
    mfa_judge.refuses(mfa_enrollment.scan(INVENTED_BARCODE), "device.refused")
    mfa_judge.control(mfa_enrollment.scan())


@requirement("MFA-DEVICE-KEY-EC")
def test_device_with_an_elliptic_curve_key(
    mfa_judge: Judgement, auth0_tenant: Tenant, mfa_enrollment: Enrollment
) -> None:
    """A device whose hardware holds P-256 keys only enrolls and answers."""
    mfa_judge.accepts(
        mfa_enrollment.scan(key=DeviceKey.generate("EC")),
        "a device with a P-256 key",
        unlike=lambda: auth0_tenant.associate(mfa_enrollment.factor).scan(),
    )
    mfa_judge.accepts(mfa_enrollment.confirm().complete_login(), "a login that it allowed")


@requirement("MFA-DEVICE-ANSWER")
def test_answer_is_taken(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """The tenant confirms that it has taken the answer."""
    device, _, prompt = _prompted(enrolled_authenticator)
    signed = device.challenge_response(prompt, accepted=True)
    mfa_judge.conforms(device.api.resolve(prompt.transaction_token, signed), "device.answered")


@requirement("MFA-DEVICE-ANSWER-ONCE")
def test_second_answer_is_refused(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """What was decided is decided."""
    device, _, prompt = _prompted(enrolled_authenticator)
    mfa_judge.control(device.allow(prompt))
    signed = device.challenge_response(prompt, accepted=True)
    mfa_judge.refuses(device.api.resolve(prompt.transaction_token, signed))


@requirement("MFA-DEVICE-LATE-ANSWER")
def test_late_answer_is_refused(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A prompt found hours later cannot be allowed any more."""
    device, _, prompt = _prompted(enrolled_authenticator)
    enrolled_authenticator.user.clock.travel(LOGIN_OVER_S, "the login to expire")
    signed = device.challenge_response(prompt, accepted=True)
    mfa_judge.refuses(device.api.resolve(prompt.transaction_token, signed))
    mfa_judge.control(device.allow(_prompted(enrolled_authenticator).prompt))


@requirement("MFA-DEVICE-INVENTED-TOKEN")
def test_invented_transaction_token_is_refused(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Nobody answers a prompt that was never sent."""
    device, login, prompt = _prompted(enrolled_authenticator)
    signed = device.challenge_response(prompt, accepted=True)
    mfa_judge.refuses(device.api.resolve(INVENTED, signed), "device.refused")
    _stays_pending(mfa_judge, enrolled_authenticator, login)
    mfa_judge.control(device.allow(prompt))


@requirement("MFA-DEVICE-WRONG-KEY")
def test_answer_by_another_key_is_refused(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Who has seen the notification, but has not the device, cannot allow the login."""
    device, login, prompt = _prompted(enrolled_authenticator)
    forged = device.with_key(DeviceKey.generate()).challenge_response(prompt, accepted=True)
    mfa_judge.refuses(device.api.resolve(prompt.transaction_token, forged))
    _stays_pending(mfa_judge, enrolled_authenticator, login)
    mfa_judge.control(device.allow(prompt))


@requirement("MFA-DEVICE-UNSIGNED")
def test_unsigned_answer_is_refused(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """An answer that says itself that nobody signed it is worth nothing."""
    device, login, prompt = _prompted(enrolled_authenticator)
    forged = _unsigned(device.challenge_response(prompt, accepted=True))
    mfa_judge.refuses(device.api.resolve(prompt.transaction_token, forged))
    _stays_pending(mfa_judge, enrolled_authenticator, login)
    mfa_judge.control(device.allow(prompt))


@requirement("MFA-DEVICE-AUDIENCE")
def test_answer_for_another_audience_is_refused(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """An answer that was meant for another tenant is of no use here."""
    device, login, prompt = _prompted(enrolled_authenticator)
    signed = device.challenge_response(prompt, accepted=True, aud=OTHER_TENANT)
    mfa_judge.refuses(device.api.resolve(prompt.transaction_token, signed))
    _stays_pending(mfa_judge, enrolled_authenticator, login)
    mfa_judge.control(device.allow(prompt))


@requirement("MFA-DEVICE-ISSUER")
def test_answer_of_another_issuer_is_refused(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """The device must call itself as it did when it enrolled."""
    device, login, prompt = _prompted(enrolled_authenticator)
    signed = device.challenge_response(prompt, accepted=True, iss=INVENTED)
    mfa_judge.refuses(device.api.resolve(prompt.transaction_token, signed))
    _stays_pending(mfa_judge, enrolled_authenticator, login)
    mfa_judge.control(device.allow(prompt))


@requirement("MFA-DEVICE-REPLAYED")
def test_answer_to_another_prompt_is_refused(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """An answer that somebody recorded does not open the next login."""
    device, _, earlier = _prompted(enrolled_authenticator)
    recorded = device.challenge_response(earlier, accepted=True)
    _, login, prompt = _prompted(enrolled_authenticator)
    mfa_judge.needs("two different challenges", when=earlier.challenge != prompt.challenge)
    mfa_judge.refuses(device.api.resolve(prompt.transaction_token, recorded))
    _stays_pending(mfa_judge, enrolled_authenticator, login)
    mfa_judge.control(device.allow(prompt))


@requirement("MFA-DEVICE-STALE")
def test_expired_answer_is_refused(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """An answer is good for the seconds that it says."""
    device, login, prompt = _prompted(enrolled_authenticator)
    long_ago = int(enrolled_authenticator.user.clock.now()) - HOUR_S
    signed = device.challenge_response(prompt, accepted=True, iat=long_ago, exp=long_ago + 30)
    mfa_judge.refuses(device.api.resolve(prompt.transaction_token, signed))
    _stays_pending(mfa_judge, enrolled_authenticator, login)
    mfa_judge.control(device.allow(prompt))


@requirement("MFA-DEVICE-FOREIGN")
def test_device_of_another_user_is_refused(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Having some device is not enough: it must be the user's."""
    other = _enrolled_elsewhere(auth0_tenant).device
    device, login, prompt = _prompted(enrolled_authenticator)
    foreign = other.challenge_response(prompt, accepted=True)
    mfa_judge.refuses(device.api.resolve(prompt.transaction_token, foreign))
    _stays_pending(mfa_judge, enrolled_authenticator, login)
    mfa_judge.control(device.allow(prompt))


@requirement("MFA-DEVICE-CHANGE")
def test_device_changes_its_account(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A device that was renamed, or gets another push token, says so."""
    device = enrolled_authenticator.device
    changes = {"name": NEW_NAME, "push_credentials": device.push.to_json()}
    answer = device.api.change(device.id, device.bearer(), changes)
    mfa_judge.conforms(answer, "device.changed")
    name = answer.get("name")
    mfa_judge.holds(f"name {NEW_NAME}", str(name), when=name == NEW_NAME, answer=answer)


@requirement("MFA-DEVICE-LEAVE")
def test_device_leaves(mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator) -> None:
    """A user who removes the account from the device has no push authenticator any more."""
    device = enrolled_authenticator.device
    mfa_judge.conforms(device.api.delete(device.id, device.bearer()), "device.deleted")
    answer = enrolled_authenticator.enrolling.authenticators()
    left = enrolled_authenticator.entries(answer)
    mfa_judge.holds("no push entry", f"{len(left)} of them", when=not left, answer=answer)


@requirement("MFA-DEVICE-FOREIGN-BEARER")
def test_foreign_device_manages_nothing(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """No device removes another one."""
    other, device = _enrolled_elsewhere(auth0_tenant).device, enrolled_authenticator.device
    mfa_judge.refuses(device.api.delete(device.id, other.bearer()))
    answer = enrolled_authenticator.enrolling.authenticators()
    listed = bool(enrolled_authenticator.entries(answer))
    mfa_judge.holds("still listed", f"listed: {listed}", when=listed, answer=answer)
    mfa_judge.control(device.api.delete(device.id, device.bearer()))
