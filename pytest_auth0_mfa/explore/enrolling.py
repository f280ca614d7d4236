"""Associating authenticators, and devices that scan the barcode of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.explore.door import code_from, is_delivered
from pytest_auth0_mfa.explore.expectation import Expectation, Reason
from pytest_auth0_mfa.explore.finding import disagree
from pytest_auth0_mfa.explore.lifetimes import age_rules, too_old
from pytest_auth0_mfa.explore.listing import look
from pytest_auth0_mfa.explore.messages import may_be_spent, message_reasons, message_rules
from pytest_auth0_mfa.explore.refusals import EXPIRED, FORBIDDEN
from pytest_auth0_mfa.explore.state import Enrollment, Oob
from pytest_auth0_mfa.factors.delivered import ADDRESS_FIELDS
from pytest_auth0_mfa.factors.kinds import OOB_CHANNELS

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.delivery.inbox import Inbox
    from pytest_auth0_mfa.explore.state import Person, Token
    from pytest_auth0_mfa.explore.world import World

_SCAN_WINDOW_S: Final = 300.0


def associate(world: World, token: Token, factor: str) -> Enrollment | None:
    """Enroll a factor with a token as bearer, and look at the list; None where it was refused."""
    person, door = token.owner, world.door
    inbox = door.open_inbox(factor) if is_delivered(factor) else None
    if is_delivered(factor) and inbox is None:
        return None
    expectation = expected_association(world, token, factor)
    began = world.now(person)
    if inbox:
        inbox.expect()
    answer = door.associate(token.value, _body(factor, inbox), factor if inbox else None)
    if is_delivered(factor):
        person.messages(factor).spend(began, surely=answer.accepted)
    if not expectation.judge(answer):
        return None
    enrollment = _enrolled(world, token, factor, inbox, began)
    _take(world, token, enrollment, answer)
    look(world, token)
    return enrollment


def _body(factor: str, inbox: Inbox | None) -> dict[str, object]:
    if factor == "otp":
        return {"authenticator_types": ["otp"]}
    body: dict[str, object] = {
        "authenticator_types": ["oob"],
        "oob_channels": [OOB_CHANNELS[factor]],
    }
    return {**body, ADDRESS_FIELDS[factor]: inbox.address} if inbox else body


def expected_association(world: World, token: Token, factor: str) -> Expectation:
    """What must come of an association of a factor with this token as bearer."""
    person = token.owner
    reasons = [*_bearer_reasons(world, token)]
    if not token.is_access and person.active:
        reasons.append(
            Reason(
                "MFA-ENROLL-ALREADY",
                f"who has confirmed {person.active[0].factor}",
                frozenset({403}),
                frozenset({"access_denied"}),
            )
        )
    reasons += message_reasons(world, person, factor) if is_delivered(factor) else []
    is_open = token.is_spent or not world.is_alive(token)
    is_open = is_open or (is_delivered(factor) and may_be_spent(world, person, factor))
    what = f"an association of {factor} with {token}"
    keeps = (*token.suspects, *age_rules(world, token), *_association_rules(token, factor))
    return Expectation(what, factor, keeps, tuple(reasons), is_open)


def _bearer_reasons(world: World, token: Token) -> list[Reason]:
    """Why a token is no bearer for an association."""
    if world.is_expired(token):
        named = "MFA-AUDIENCE-EXPIRED" if token.is_access else "MFA-ENROLL-EXPIRED-BEARER"
        errors = frozenset[str]() if token.is_access else EXPIRED
        return [too_old(named, errors)]
    if token.is_access and "enroll" not in token.scopes:
        return [Reason("MFA-ENROLL-SCOPE", "without enroll", FORBIDDEN)]
    return []


def _association_rules(token: Token, factor: str) -> list[str]:
    """The requirements by which an association is carried out, the most special first."""
    person = token.owner
    rules = []
    if token.is_access:
        rules.append("MFA-ENROLL-ACCESS-TOKEN")
    if any(each.had_wrong_code for each in person.pending):
        rules.append("MFA-CONFIRM-WRONG-CODE")
    if person.pending:
        rules.append("MFA-ENROLL-AGAIN")
    if person.lost_last:
        rules.append("MFA-DELETE-REENROLL")
    if person.verified:
        rules.append("MFA-ENROLL-VERIFIED-EMAIL")
    limits = message_rules(person, factor) if is_delivered(factor) else []
    return [*rules, "MFA-ENROLL-RESPONSE", *limits]


def _enrolled(
    world: World, token: Token, factor: str, inbox: Inbox | None, began: float
) -> Enrollment:
    person = token.owner
    enrollment = Enrollment(person, factor, world.kinds(factor), began, inbox=inbox)
    enrollment.by_access_token = token.is_access
    person.enrollments.append(enrollment)
    return enrollment


def _take(world: World, token: Token, enrollment: Enrollment, answer: Answer) -> None:
    """Keep what an association gave, which nobody was given before."""
    factor = enrollment.factor
    _take_recovery_code(world, token.owner, factor, answer)
    if factor == "otp":
        enrollment.secret = answer.secret("secret")
        world.fresh("secret", enrollment.secret, "MFA-ENROLL-SECRET-FRESH", factor)
        return
    value = answer.secret("oob_code")
    world.fresh("oob_code", value, "MFA-ENROLL-OOB-FRESH", factor)
    oob = Oob(value, token, enrollment, factor, enrollment.began_at, is_enrolling=True)
    token.owner.oobs.append(oob)
    if enrollment.inbox:
        oob.code = code_from(enrollment.inbox)
        return
    enrollment.barcode = answer.secret("barcode_uri")
    ticket = enrollment.barcode.partition("enrollment_tx_id=")[2].partition("&")[0]
    world.fresh("ticket", ticket, "MFA-ENROLL-TICKET-FRESH", factor)


def _take_recovery_code(world: World, person: Person, factor: str, answer: Answer) -> None:
    """Expect a recovery code with the first association and with no other."""
    recovery, listed = person.recovery, answer.get("recovery_codes")
    codes = listed if isinstance(listed, list) else []
    offered = "recovery-code" in world.door.offers.factors
    named = "recovery-code" if factor == "otp" else factor
    if recovery.state == "none" and offered and len(codes) != 1:
        told = f"{len(codes)} recovery codes"
        disagree(["MFA-RECOVERY-ISSUED"], named, "one recovery code with the first factor", told)
    if recovery.state in {"pending", "active"} and codes:
        disagree(["MFA-RECOVERY-ISSUED-ONCE"], named, "no further recovery code", "another one")
    if codes:
        value = world.door.learn(str(codes[0]), "recovery_code")
        world.fresh("recovery code", value, "MFA-RECOVERY-FRESH", "recovery-code")
        recovery.value, recovery.state, recovery.id = value, "pending", ""


def scan(world: World, enrollment: Enrollment) -> None:
    """Scan the barcode of an association by push with a new device."""
    person, door = enrollment.owner, world.door
    barcode = enrollment.barcode
    enrollment.approver = approver = enrollment.approver or door.open_device(person.account)
    if barcode is None or approver is None:
        return
    expectation = expected_scan(world, enrollment)
    answer = door.call(lambda: approver.introduce(barcode))
    if not expectation.judge(answer):
        return
    enrollment.is_scanned = True
    totp = approver.device.account.totp
    enrollment.secret = totp.secret if totp is not None and totp.is_usual else None
    confirm(enrollment)


def expected_scan(world: World, enrollment: Enrollment) -> Expectation:
    """What must come of a scan: one device, in time."""
    person = enrollment.owner
    age = world.now(person) - enrollment.began_at
    reasons = []
    if enrollment.is_scanned:
        reasons.append(Reason("MFA-DEVICE-TICKET-ONCE", "which another device has scanned"))
    if age > _SCAN_WINDOW_S + 6:
        reasons.append(Reason("MFA-CONFIRM-SCAN-WINDOW", "older than five minutes"))
    # Nothing says what becomes of a first factor that another one has overtaken.
    has_other = bool(person.active) and not enrollment.by_access_token
    is_open = enrollment.is_removed or has_other or age > _SCAN_WINDOW_S - 6
    keeps = ("MFA-LIFETIME-BARCODE",) if age > 60 else ()  # noqa: PLR2004 - a minute
    what = f"a scan of the barcode of {person}"
    return Expectation(what, "push", (*keeps, "MFA-DEVICE-ENROLL"), tuple(reasons), is_open)


def confirm(enrollment: Enrollment) -> None:
    """Note that an enrollment is confirmed, and the recovery code with it."""
    person = enrollment.owner
    if enrollment.is_active or enrollment.is_removed:
        return
    enrollment.is_active = True
    person.lost_last = False
    for each in person.enrollments:
        if each is not enrollment:
            each.suspects.add("MFA-SEVERAL-KEPT")
    if person.recovery.state == "pending":
        person.recovery.state = "active"
