"""The grant `mfa-oob`: what reached the user by another channel than the login.

Owns in which order its parameters are judged. What is awaited, a code or an approval on a device,
is judged by `binding_codes` or `polling`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import oob_codes, problems, tokens, transactions
from pytest_auth0_mfa.mock.grants import binding_codes, polling
from pytest_auth0_mfa.mock.messages import Answer

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.authorizations import Presented
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.model import Client
    from pytest_auth0_mfa.mock.oob_codes import Awaited


def exchange(call: Call, client: Client) -> Answer:
    """Answer what was awaited with tokens, or refuse."""
    if call.body.is_json and not call.tenant.rules.verification_reads_json:
        raise problems.invalid_request("The body must be a form.")
    presented = transactions.present_mfa_token(call, client)
    awaited = _awaited(call, presented)
    if awaited.approval:
        polling.exchange(call, awaited)
    else:
        binding_codes.exchange(call, presented, awaited)
    transactions.complete(call, presented)
    return Answer(200, tokens.token_set(call, presented.authorization), "token.oob")


def _awaited(call: Call, presented: Presented) -> Awaited:
    """Return what the `oob_code` stands for, or refuse it."""
    awaited = oob_codes.read(call.tenant, call.required("oob_code"))
    if awaited is None:
        raise problems.malformed_oob_code()
    if awaited.is_expired(call.tenant):
        raise problems.expired_oob_code()
    if call.tenant.rules.oob_code_bound and not awaited.is_bound_to(presented.token):
        raise problems.foreign_oob_code()
    return awaited
