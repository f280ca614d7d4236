"""A short conversation about what sources leave open, which only variations change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.mock.conftest import EXTENSION, Reply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.mock.conftest import Harness

LIST = "/mfa/authenticators"


def left_open(tenant: Harness) -> Iterator[Reply]:
    """Do what no source tells the outcome of."""
    yield from messages(tenant)
    yield from earlier_challenge(tenant)
    yield from next_password(tenant)
    yield from recovery_code(tenant)
    xml = {"content-type": "application/xml"}
    yield tenant.request("POST", "/oauth/token", body=b"<x/>", headers=xml)


def messages(tenant: Harness) -> Iterator[Reply]:
    """Read what messages say, and not just their codes."""
    for channel in ("sms", "voice", "email"):
        recipient = tenant.recipient(channel).enroll()
        recipient.challenge(challenge_type="oob")
        for each in tenant.messages(to=recipient.address):
            yield Reply(0, (each.get("subject"), each["body"]), "", {})


def earlier_challenge(tenant: Harness) -> Iterator[Reply]:
    """Ask for two codes in one login and send the first one."""
    recipient = tenant.recipient("sms").enroll()
    recipient.challenge(challenge_type="oob")
    first = {"oob_code": recipient.oob_code, "binding_code": recipient.code()}
    recipient.challenge(challenge_type="oob")
    yield recipient.verify(**first)
    yield recipient.verify()


def next_password(tenant: Harness) -> Iterator[Reply]:
    """Send a one-time password before its time."""
    user = tenant.person().enroll()
    yield user.verify(otp=user.code(steps_ago=-1))


def recovery_code(tenant: Harness) -> Iterator[Reply]:
    """Delete a recovery code, and use it."""
    user = tenant.person().enroll()
    listed = user.authenticators()
    entry = next(each for each in listed if each["authenticator_type"] == "recovery-code")
    yield tenant.delete(f"{LIST}/{entry['id']}", bearer=user.access_token())
    form = {"mfa_token": user.mfa_token(), "recovery_code": user.recovery_code}
    yield tenant.token(f"{EXTENSION}mfa-recovery-code", **form)
