"""What a tenant really does: a user logs in, enrolls and completes a login.

The user is one of the run's own where it may create users, and is removed with it; a given user
only logs in. One-time passwords and the barcode of a push are tried, for they cost nothing; no
message is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from pytest_auth0_mfa.doctor.answers import seen_in
from pytest_auth0_mfa.doctor.finding import Depth, Finding, State
from pytest_auth0_mfa.errors import Auth0MfaError

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.factors.enrollment import Enrollment
    from pytest_auth0_mfa.tenant.tenant import Tenant
    from pytest_auth0_mfa.tenant.users import User

_PUSH: Final = {"authenticator_types": ["oob"], "oob_channels": ["auth0"]}

Ended = Literal["completed", "challenged", "unchallenged", "refused", "untried"]
"""How far the login came; a given user who was challenged has come as far as it should."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """The login of a user, and what it told; `told` says why it ended where it did."""

    ended: Ended
    told: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def got_in(self) -> bool:
        """Whether the tenant accepted the user's password."""
        return self.ended in {"completed", "challenged", "unchallenged"}


def attempt(tenant: Tenant, factors: frozenset[str]) -> Attempt:
    """Let a user log in as far as it goes, with these factors; changes nothing else."""
    try:
        user = tenant.new_user()
        answer = tenant.password(user, expecting="too_many_attempts")
    except Auth0MfaError as error:
        return Attempt("untried", str(error))
    if answer.accepted:
        return Attempt("unchallenged", answer.summary(), (_found("mfa.policy", answer),))
    if answer.error != "mfa_required":
        return _refused(tenant, answer)
    return _challenged(tenant, user, answer, factors)


def _challenged(tenant: Tenant, user: User, answer: Answer, factors: frozenset[str]) -> Attempt:
    """A second factor was asked for: see that something can follow."""
    if not answer.get("mfa_token"):
        told = "mfa_required came without an mfa_token"
        return Attempt("refused", told, (_found("tenant.mfa-in-action", answer),))
    seen = (_healthy("mfa.policy"), _healthy("tenant.mfa-in-action"), _healthy("conn.enabled"))
    if not tenant.users.renewable:
        return Attempt("challenged", "a given user is not enrolled", seen)
    return _enrolled(tenant, user, factors, seen)


def _refused(tenant: Tenant, answer: Answer) -> Attempt:
    realm = tenant.access.connection if tenant.access.realm_needed else None
    found = seen_in(answer, Depth.BEHAVIOUR, realm=realm)
    return Attempt("refused", answer.summary(), (found,) if found else ())


def _enrolled(
    tenant: Tenant, user: User, factors: frozenset[str], seen: tuple[Finding, ...]
) -> Attempt:
    """Enroll the user in the factors that cost nothing; one of them completes a login."""
    findings = list(seen)
    ended: Ended = "challenged"
    told = "no factor that costs nothing is needed"
    try:
        if "push" in factors:
            findings += _refusal_of("push", tenant.login(user).associate(**_PUSH))
        if "otp" in factors:
            enrollment = tenant.associate("otp", user)
            findings += _refusal_of("otp", enrollment.answer)
            ended, told = _completed(enrollment)
            findings += [_healthy("mfa.recovery")] if enrollment.recovery_code else []
    except Auth0MfaError as error:
        return Attempt("refused", str(error), tuple(findings))
    return Attempt(ended, told, tuple(findings))


def _refusal_of(factor: str, answer: Answer) -> list[Finding]:
    """What the answer to an association shows; one factor that works says nothing of the others."""
    if answer.accepted:
        return []
    told = f"{factor}: {answer.exchange}, {answer.summary()}"
    return [Finding("mfa.factor-enabled", State.FOUND, Depth.BEHAVIOUR, told)]


def _completed(enrollment: Enrollment) -> tuple[Ended, str]:
    if not enrollment.answer.accepted:
        return "refused", "one-time passwords cannot be enrolled"
    enrollment.confirm()
    return "completed", "a one-time password was enrolled and completed the login"


def _found(id_: str, answer: Answer) -> Finding:
    return Finding(id_, State.FOUND, Depth.BEHAVIOUR, f"a login: {answer.summary()}")


def _healthy(id_: str) -> Finding:
    return Finding(id_, State.HEALTHY, Depth.BEHAVIOUR)
