"""`POST /oauth/token`: picks the grant, authenticates the client, and lets the grant decide."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import clients, login_problems
from pytest_auth0_mfa.mock.grants import (
    client_credentials,
    mfa_oob,
    mfa_otp,
    password,
    recovery_code,
    refresh_token,
)
from pytest_auth0_mfa.mock.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.messages import Answer
    from pytest_auth0_mfa.mock.model import Client

_EXTENSION = "http://auth0.com/oauth/grant-type/"


@dataclass(frozen=True, slots=True)
class Grant:
    """A grant type that the tenant knows."""

    operation: Operation
    exchange: Callable[[Call, Client], Answer]


GRANTS: Mapping[str, Grant] = MappingProxyType(
    {
        "password": Grant(Operation.PASSWORD, password.exchange),
        f"{_EXTENSION}password-realm": Grant(Operation.PASSWORD_REALM, password.exchange),
        f"{_EXTENSION}mfa-otp": Grant(Operation.MFA_OTP, mfa_otp.exchange),
        f"{_EXTENSION}mfa-oob": Grant(Operation.MFA_OOB, mfa_oob.exchange),
        f"{_EXTENSION}mfa-recovery-code": Grant(
            Operation.MFA_RECOVERY_CODE, recovery_code.exchange
        ),
        "refresh_token": Grant(Operation.REFRESH_TOKEN, refresh_token.exchange),
        "client_credentials": Grant(Operation.CLIENT_CREDENTIALS, client_credentials.exchange),
    }
)
"""Every grant by its `grant_type`."""


def answer(call: Call) -> Answer:
    """Exchange a grant for tokens."""
    rules = call.tenant.rules
    grant_type = call.required("grant_type")
    grant = GRANTS.get(grant_type)
    if grant is None or (
        grant.operation is Operation.PASSWORD_REALM and not rules.password_realm_known
    ):
        raise login_problems.unsupported_grant()
    call.operation = grant.operation
    if rules.bearer_refused and call.bearer is not None:
        raise login_problems.invalid_client()
    client = clients.authenticate(call)
    if grant_type not in client.grant_types and rules.client_grants_checked:
        raise login_problems.unauthorized_client(grant_type)
    return grant.exchange(call, client)
