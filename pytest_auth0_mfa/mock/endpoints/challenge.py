"""`POST /mfa/challenge`: asks for proof of possession of a confirmed authenticator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import clients, problems, transactions
from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.model import Factor
from pytest_auth0_mfa.mock.operations import Operation

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.model import User


def answer(call: Call) -> Answer:
    """Challenge the authenticator that was named, or one of the types that the client takes."""
    if not call.body.is_json and not call.tenant.rules.challenge_reads_forms:
        raise problems.invalid_request("The body must be JSON.")
    client = clients.authenticate(call)
    user = transactions.present_mfa_token(call, client).authorization.user
    types, named = call.optional("challenge_type"), call.optional("authenticator_id")
    if types is None and call.tenant.rules.challenge_type_required:
        raise problems.missing_parameter("challenge_type")
    _check_enrolled(call, user)
    if named is not None:
        call.operation = Operation.CHALLENGE_BY_ID
        _check_named(call, user, named)
    elif types is None:
        call.operation = Operation.CHALLENGE_ANY_TYPE
    _check_types(call, types)
    user.was_challenged = True
    return Answer(200, {"challenge_type": Factor.OTP.value}, "challenge.otp")


def _check_enrolled(call: Call, user: User) -> None:
    has_pending = any(user.enrolled(Factor.OTP)) and call.tenant.rules.pending_challengeable
    if not user.active_factors and not has_pending:
        raise problems.association_required()


def _check_named(call: Call, user: User, authenticator_id: str) -> None:
    rules = call.tenant.rules
    if authenticator_id in call.tenant.owners and not rules.foreign_authenticator_refused:
        return
    named = user.authenticators.get(authenticator_id)
    is_factor = named is not None and named.factor is not Factor.RECOVERY_CODE
    if named is None or not is_factor or not rules.challenge_by_id:
        raise problems.invalid_authenticator()
    if not named.is_active and not rules.pending_challengeable:
        raise problems.association_required()


def _check_types(call: Call, types: str | None) -> None:
    """Compare the types, which are a list between blanks, with the one that the user has."""
    if types is None or not call.tenant.rules.unsupported_types_refused:
        return
    if Factor.OTP.value not in types.lower().split():
        raise problems.unsupported_challenge_type(types, Factor.OTP.value)
