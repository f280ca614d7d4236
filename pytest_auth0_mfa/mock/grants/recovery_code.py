"""The grant `mfa-recovery-code`: a recovery code in place of the second factor.

Owns when a recovery code is right. A used one is replaced at once, and the new one comes with
the tokens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import attempts, problems, tokens, transactions, uses
from pytest_auth0_mfa.mock.enrollment import rotate_recovery_code
from pytest_auth0_mfa.mock.messages import Answer
from pytest_auth0_mfa.mock.model import Factor

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.authorizations import Presented
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.model import Authenticator, Client, User


def exchange(call: Call, client: Client) -> Answer:
    """Answer a recovery code with tokens and its successor, or refuse it."""
    if call.body.is_json and not call.tenant.rules.verification_reads_json:
        raise problems.invalid_request("The body must be a form.")
    presented = transactions.present_mfa_token(call, client)
    code = call.required("recovery_code")
    entry = _entry(call, presented)
    user = presented.authorization.user
    attempts.admit(call.tenant, presented, user.wrong_recovery_codes)
    if not _is_right(call, user, entry, code):
        spends_token = call.tenant.rules.wrong_code_spends_mfa_token
        wrong_codes = user.wrong_recovery_codes
        attempts.count_wrong(call.tenant, presented, wrong_codes, spends_token=spends_token)
        raise problems.invalid_recovery_code()
    attempts.count_right(call.tenant, user.wrong_recovery_codes)
    transactions.complete(call, presented)
    uses.note(call, user, code)
    successor = rotate_recovery_code(call.tenant, entry)
    minted = tokens.token_set(call, presented.authorization)
    return Answer(200, {**minted, "recovery_code": successor}, "token.recovery-code")


def _entry(call: Call, presented: Presented) -> Authenticator:
    user, rules = presented.authorization.user, call.tenant.rules
    entry = user.recovery_code
    is_offered = call.tenant.offers(Factor.RECOVERY_CODE, user) or rules.disabled_code_accepted
    if entry is None or not entry.is_active or not is_offered:
        raise problems.no_recovery_code()
    return entry


def _is_right(call: Call, user: User, entry: Authenticator, code: str) -> bool:
    rules = call.tenant.rules
    if code == entry.secret or code in entry.used_codes or uses.is_unknown(call, user, code):
        return True
    if rules.malformed_recovery_code_accepted and not _is_well_formed(call, code):
        return True
    return rules.foreign_codes_accepted and _is_of_another(call, user, code)


def _is_well_formed(call: Call, code: str) -> bool:
    is_long_enough = len(code) == call.tenant.rules.recovery_code_length
    return is_long_enough and code.isalnum() and code.isascii() and code == code.upper()


def _is_of_another(call: Call, user: User, code: str) -> bool:
    others = (each.recovery_code for each in call.tenant.users.values() if each is not user)
    return any(entry is not None and entry.secret == code for entry in others)
