"""The factors by what they need: codes that are delivered, ways out of band, enrollment."""

from __future__ import annotations

from typing import Final

from pytest_auth0_mfa.delivery.mailbox import CHANNELS

DELIVERED: Final[tuple[str, ...]] = CHANNELS
"""Factors whose codes the tenant delivers; each is also the name of its channel."""

OOB_CHANNELS: Final = {**{name: name for name in DELIVERED}, "push": "auth0"}
"""Factor -> how the API names its channel, for those that are proved out of band."""

ENROLLABLE: Final = ("otp", *DELIVERED, "push", "recovery-code")

TWINS: Final = {"sms": "voice", "voice": "sms"}
"""The two channels of a phone."""
