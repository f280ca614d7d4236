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
    from pytest_auth0_mfa.mock.rules import Rules


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
    _check_choice(call, candidates, types, named)
    if named is not None:
        call.operation = Operation.CHALLENGE_BY_ID
        found = _named(call, user, candidates, named)
        candidates = [found] if call.tenant.rules.name_decides else candidates
    elif types is None:
        call.operation = Operation.CHALLENGE_ANY_TYPE
    return _first_of_types(call, candidates, types)


def _check_choice(
    call: Call, candidates: list[Authenticator], types: str | None, named: str | None
) -> None:
    """Let a tenant that does not choose by itself refuse a choice among several."""
    if call.tenant.rules.default_among_several or types is not None or named is not None:
        return
    if len({each.enrollment for each in candidates}) > 1:
        raise problems.missing_parameter("authenticator_id")


def _candidates(call: Call, user: User) -> list[Authenticator]:
    """Return what can be challenged, in order of enrollment, the verified address last."""
    states = {State.ACTIVE}
    if call.tenant.rules.pending_challengeable and not user.active_factors:
        states.add(State.PENDING)
    found = [
        each
        for each in user.authenticators.values()
        if each.factor is not Factor.RECOVERY_CODE
        and each.state in states
        and (call.tenant.offers(each.factor, user) or call.tenant.rules.disabled_challengeable)
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
    if any(each is named for each in candidates):
        return named
    is_beside = named.state is State.PENDING and bool(user.active_factors)
    if is_beside and rules.pending_challengeable_beside:
        return named
    raise problems.association_required()


def _first_of_types(
    call: Call, candidates: list[Authenticator], types: str | None
) -> Authenticator:
    if types is None:
        return candidates[0]
    wanted = _understood(types, call.tenant.rules)
    for each in candidates:
        if each.factor.authenticator_type in wanted:
            return each if call.tenant.rules.type_decides else candidates[0]
    if not call.tenant.rules.unsupported_types_refused:
        return candidates[0]
    supported = list(dict.fromkeys(each.factor.authenticator_type for each in candidates))
    raise problems.unsupported_challenge_type(types.split(), supported)


def _understood(types: str, rules: Rules) -> list[str]:
    """Return the types that a client takes: a list between blanks, in any case."""
    listed = types.split() if rules.type_lists_read else [types.strip()]
    return [each.lower() for each in listed] if rules.type_case_ignored else listed
