"""Which authenticator a challenge goes to.

Owns the choice among what a user has confirmed: the one that was named, or the first of a type
that the client takes. Must not challenge anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import problems, verified_email
from pytest_auth0_mfa.mock.model import Factor
from pytest_auth0_mfa.mock.operations import Operation
from pytest_auth0_mfa.mock.states import State

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.model import Authenticator, User


def choose(call: Call, user: User) -> Authenticator:
    """Return the authenticator to challenge, or refuse the challenge.

    Types are a list between blanks, in any case; none means any.
    """
    types, named = call.optional("challenge_type"), call.optional("authenticator_id")
    if types is None and call.tenant.rules.challenge_type_required:
        raise problems.missing_parameter("challenge_type")
    candidates = _candidates(call, user)
    if not candidates:
        raise problems.association_required()
    if named is not None:
        call.operation = Operation.CHALLENGE_BY_ID
        candidates = [_named(call, user, candidates, named)]
    elif types is None:
        call.operation = Operation.CHALLENGE_ANY_TYPE
    return _first_of_types(call, candidates, types)


def _candidates(call: Call, user: User) -> list[Authenticator]:
    """Return what can be challenged, in order of enrollment, the verified address last."""
    states = {State.ACTIVE}
    if call.tenant.rules.pending_challengeable:
        states.add(State.PENDING)
    found = [
        each
        for each in user.authenticators.values()
        if each.factor is not Factor.RECOVERY_CODE
        and each.state in states
        and call.tenant.offers(each.factor)
    ]
    verified = verified_email.challengeable(call.tenant, user)
    return found if verified is None else [*found, verified]


def _named(
    call: Call, user: User, candidates: list[Authenticator], authenticator_id: str
) -> Authenticator:
    rules, owner = call.tenant.rules, call.tenant.owners.get(authenticator_id)
    if owner is not None and owner is not user and not rules.foreign_authenticator_refused:
        return owner.authenticator(authenticator_id) or candidates[0]
    named = user.authenticator(authenticator_id)
    is_factor = named is not None and named.factor is not Factor.RECOVERY_CODE
    if named is None or not is_factor or not rules.challenge_by_id:
        raise problems.invalid_authenticator()
    if user.is_twin(named) and not rules.twin_challengeable:
        raise problems.invalid_authenticator()
    if not any(each is named for each in candidates):
        raise problems.association_required()
    return named


def _first_of_types(
    call: Call, candidates: list[Authenticator], types: str | None
) -> Authenticator:
    if types is None:
        return candidates[0]
    wanted = types.lower().split()
    for each in candidates:
        if each.factor.authenticator_type in wanted:
            return each
    if not call.tenant.rules.unsupported_types_refused:
        return candidates[0]
    supported = list(dict.fromkeys(each.factor.authenticator_type for each in candidates))
    raise problems.unsupported_challenge_type(types.split(), supported)
