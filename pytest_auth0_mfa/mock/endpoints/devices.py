"""The endpoints that devices call; what answers them is loaded with the first call.

A tenant without devices, which most are, starts sooner without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.messages import Answer


def enroll(call: Call) -> Answer:
    """Enroll a device that has scanned a barcode."""
    from pytest_auth0_mfa.mock.guardian import enroll as enrolling  # noqa: PLC0415  See above.

    return enrolling.answer(call)


def resolve(call: Call) -> Answer:
    """Take the answer to a prompt."""
    from pytest_auth0_mfa.mock.guardian import resolution  # noqa: PLC0415  See above.

    return resolution.answer(call)


def change(call: Call) -> Answer:
    """Change the account of a device."""
    from pytest_auth0_mfa.mock.guardian import accounts  # noqa: PLC0415  See above.

    return accounts.change(call)


def delete(call: Call) -> Answer:
    """Delete the account of a device."""
    from pytest_auth0_mfa.mock.guardian import accounts  # noqa: PLC0415  See above.

    return accounts.delete(call)
