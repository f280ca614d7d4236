"""`POST /mfa/challenge`: asks for proof of possession of a confirmed authenticator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import (
    clients,
    message_limits,
    oob_codes,
    problems,
    selection,
    sending,
    transactions,
)
from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.model import Factor

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.authorizations import Presented
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.messages import Json
    from pytest_auth0_mfa.mock.model import Authenticator


def answer(call: Call) -> Answer:
    """Challenge the authenticator that was named, or one of the types that the client takes."""
    if not call.body.is_json and not call.tenant.rules.challenge_reads_forms:
        raise problems.invalid_request("The body must be JSON.")
    client = clients.authenticate(call)
    presented = transactions.present_mfa_token(call, client)
    user = presented.authorization.user
    authenticator = selection.choose(call, user)
    if authenticator.factor is Factor.PUSH:
        return _send_prompt(call, presented, authenticator)
    if authenticator.factor is not Factor.OTP:
        return _send_code(call, presented, authenticator)
    user.was_challenged = True
    return Answer(200, {"challenge_type": Factor.OTP.value}, "challenge.otp")


def _send_code(call: Call, presented: Presented, authenticator: Authenticator) -> Answer:
    message_limits.admit(call.tenant, presented.authorization.user, authenticator.factor)
    body: dict[str, Json] = {
        "challenge_type": "oob",
        "oob_code": sending.send_code(call, presented, authenticator),
        "binding_method": "prompt",
    }
    return Answer(200, body, f"challenge.{authenticator.factor.value}")


def _send_prompt(call: Call, presented: Presented, authenticator: Authenticator) -> Answer:
    """Prompt the user; what comes back is an approval, so there is no `binding_method`."""
    from pytest_auth0_mfa.mock.guardian import prompts  # noqa: PLC0415  Not needed to start.

    user = presented.authorization.user
    message_limits.admit(call.tenant, user, Factor.PUSH)
    approval = prompts.send(call, user, authenticator)
    oob_code = oob_codes.issue_for_approval(call, presented, approval)
    return Answer(200, {"challenge_type": "oob", "oob_code": oob_code}, "challenge.push")
