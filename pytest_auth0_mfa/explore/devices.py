"""Answering prompts on a device: in time or late, once or twice, by the right device or another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.explore.expectation import Expectation, Reason

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.explore.state import Oob
    from pytest_auth0_mfa.explore.world import World
    from pytest_auth0_mfa.guardian.device import Device
    from pytest_auth0_mfa.guardian.notification import Notification


def decide(world: World, oob: Oob, *, allow: bool) -> None:
    """Allow or reject the prompt of a challenge on its own device."""
    device, prompt = _device(oob), oob.prompt
    assert prompt is not None  # noqa: S101 - chosen for its prompt
    expectation = expected_answer(world, oob)
    response = device.challenge_response(prompt, accepted=allow)
    if not _send(world, device, prompt, response, expectation):
        return
    if oob.decision == "pending":
        oob.decision = "allowed" if allow else "rejected"
    elif oob.decision == "rejected":
        oob.is_allowed_late = oob.is_allowed_late or allow
    else:
        oob.is_doubtful = True


def expected_answer(world: World, oob: Oob) -> Expectation:
    """What must come of the answer of the right device."""
    reasons = []
    if world.is_expired(oob.token):
        reasons.append(Reason("MFA-DEVICE-LATE-ANSWER", "ten minutes after the challenge"))
    is_open = oob.decision != "pending" or oob.is_used or oob.enrollment.is_removed
    is_open = is_open or not world.is_alive(oob)
    what = f"an answer to a prompt of {oob.enrollment}"
    return Expectation(what, "push", ("MFA-DEVICE-ANSWER",), tuple(reasons), is_open)


def forge(world: World, oob: Oob, other: Oob) -> None:
    """Allow a prompt with what was signed for, or by, another one; that must not count."""
    prompt, theirs = oob.prompt, other.prompt
    assert prompt is not None  # noqa: S101 - chosen for their prompts
    assert theirs is not None  # noqa: S101
    is_foreign = other.enrollment is not oob.enrollment
    device = _device(other)
    signed_for = prompt if is_foreign else theirs
    response = device.challenge_response(signed_for, accepted=True)
    named = "MFA-DEVICE-FOREIGN" if is_foreign else "MFA-DEVICE-REPLAYED"
    why = "signed by another device" if is_foreign else "signed for another prompt"
    what = f"an answer to a prompt of {oob.enrollment}"
    expectation = Expectation(what, "push", (), (Reason(named, why),))
    _send(world, _device(oob), prompt, response, expectation)


def _send(
    world: World, device: Device, prompt: Notification, response: Secret, expectation: Expectation
) -> bool:
    answer = world.door.call(lambda: device.api.resolve(prompt.transaction_token, response))
    return expectation.judge(answer)


def _device(oob: Oob) -> Device:
    approver = oob.enrollment.approver
    assert approver is not None  # noqa: S101 - only scanned devices are challenged
    return approver.device
