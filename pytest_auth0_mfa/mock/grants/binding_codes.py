"""The grant `mfa-oob` for phones and addresses: a delivered code.

Owns which code is right, and what a right or a wrong one does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import attempts, problems, uses
from pytest_auth0_mfa.mock.enrollment import confirm
from pytest_auth0_mfa.mock.operations import Operation
from pytest_auth0_mfa.mock.states import State

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.authorizations import Presented
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.model import Authenticator
    from pytest_auth0_mfa.mock.oob_codes import Awaited


def exchange(call: Call, presented: Presented, awaited: Awaited) -> None:
    """Take the code that is awaited, or refuse it; a right one confirms what is pending."""
    code = call.required("binding_code")
    attempts.admit(call.tenant, presented, presented.authorization.user.wrong_otps)
    authenticator = _accept(call, presented, awaited, code)
    if authenticator.state is State.PENDING:
        call.operation = Operation.CONFIRMATION
        confirm(call.tenant, awaited.user, authenticator)


def _accept(call: Call, presented: Presented, awaited: Awaited, code: str) -> Authenticator:
    """Return the authenticator that the code proves, the code used up, or refuse it."""
    authenticator = _proved(call, awaited, code)
    if authenticator is None or _comes_too_late(presented, authenticator):
        _count_wrong(call, presented, awaited)
        raise problems.invalid_binding_code()
    attempts.count_right(call.tenant, presented.authorization.user.wrong_otps)
    awaited.use(call.tenant, code)
    uses.note(call, awaited.user, code)
    return authenticator


def _is_used_up(call: Call, awaited: Awaited, code: str) -> bool:
    """Tell whether a code was used, as far as is known here."""
    if not awaited.was_used(code) or call.tenant.rules.reused_binding_code_accepted:
        return False
    return not uses.is_unknown(call, awaited.user, code)


def _proved(call: Call, awaited: Awaited, code: str) -> Authenticator | None:
    """Return the authenticator that a code belongs to, None when it is wrong or was used."""
    if _is_used_up(call, awaited, code):
        return None
    identifier = awaited.codes.get(code)
    if identifier is None and _passes_for_right(call, awaited, code):
        identifier = next(iter(awaited.codes.values()))
    proved = None if identifier is None else awaited.user.authenticator(identifier)
    if proved is None or call.tenant.rules.further_factors_accepted or not proved.is_active:
        return proved
    return None if awaited.user.is_further(proved) else proved


def _comes_too_late(presented: Presented, authenticator: Authenticator) -> bool:
    """Tell whether an enrollment by `mfa_token` would be confirmed beside a confirmed factor.

    A stolen password must not bring its own second factor.
    """
    is_pending = authenticator.state is State.PENDING
    has_factor = bool(presented.authorization.user.active_factors)
    return is_pending and presented.is_mfa_token and has_factor


def _passes_for_right(call: Call, awaited: Awaited, code: str) -> bool:
    """Tell whether a lenient tenant takes a code that is not the awaited one."""
    rules = call.tenant.rules
    if not (code.isascii() and code.isdigit() and len(code) == rules.binding_code_length):
        return rules.malformed_binding_code_accepted
    if rules.other_logins_codes_accepted and _was_sent(call, awaited, code, to_own=True):
        return True
    return rules.foreign_binding_code_accepted and _was_sent(call, awaited, code, to_own=False)


def _was_sent(call: Call, awaited: Awaited, code: str, *, to_own: bool) -> bool:
    """Tell whether a code was ever sent, to the address that is awaited or to any other."""
    entries = (awaited.user.authenticator(each) for each in awaited.codes.values())
    own = {entry.address.lower() for entry in entries if entry is not None}
    sent = (each for each in call.tenant.outbox.find() if each.code == code)
    return any((each.to in own) is to_own for each in sent)


def _count_wrong(call: Call, presented: Presented, awaited: Awaited) -> None:
    rules, user = call.tenant.rules, presented.authorization.user
    spends_token = rules.wrong_binding_code_spends_mfa_token
    attempts.count_wrong(call.tenant, presented, user.wrong_otps, spends_token=spends_token)
    if not rules.wrong_binding_code_confirms:
        return
    entries = [awaited.user.authenticator(each) for each in awaited.codes.values()]
    for entry in entries:
        if entry is not None and entry.state is State.PENDING:
            confirm(call.tenant, awaited.user, entry)
