"""What a call asks or leaves out, for deviations that are about one kind of request.

Each function here tells whether a call is of its kind. Must not look at answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import audiences, authorizations, oob_codes
from pytest_auth0_mfa.mock.model import ClientAuthentication
from pytest_auth0_mfa.mock.operations import Operation
from pytest_auth0_mfa.mock.seal import Purpose, is_sealed
from pytest_auth0_mfa.mock.states import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.model import Client, User

_MISSING = (None, "")
_CHANNELS = {"sms", "voice", "email", "auth0"}


def lacks(*names: str) -> Callable[[Call], bool]:
    """Make a test of calls that leave out one of several parameters."""

    def tells(call: Call) -> bool:
        return any(call.body.parameters.get(name) in _MISSING for name in names)

    return tells


def has_all(*names: str) -> Callable[[Call], bool]:
    """Make a test of calls that send every one of several parameters."""
    lacks_one = lacks(*names)
    return lambda call: not lacks_one(call)


def names_unknown_user(call: Call) -> bool:
    """Tell a login of nobody."""
    return call.tenant.user_by_email(_sent(call, "username")) is None


def names_known_user(call: Call) -> bool:
    """Tell a login of somebody."""
    return not names_unknown_user(call)


def wants_mfa_audience(call: Call) -> bool:
    """Tell a login for the MFA audience."""
    return audiences.is_mfa(_sent(call, "audience"))


def names_unknown_client(call: Call) -> bool:
    """Tell a call by a client that is not registered."""
    named = call.body.parameters.get("client_id")
    return isinstance(named, str) and named not in call.tenant.clients


def names_no_client(call: Call) -> bool:
    """Tell a call that says nowhere which client makes it."""
    is_silent = lacks("client_id")(call) and lacks("client_assertion")(call)
    return is_silent and not call.authorization


def keeps_its_secret(call: Call) -> bool:
    """Tell a call by a client that has a secret, and does not send it."""
    client = _client(call)
    has_secret = client is not None and client.authentication is ClientAuthentication.SECRET
    return has_secret and lacks("client_secret")(call) and not call.authorization


def has_wrong_secret(call: Call) -> bool:
    """Tell a call by a client that has a secret, and sends another one."""
    client, sent = _client(call), call.body.parameters.get("client_secret")
    if client is None or client.authentication is not ClientAuthentication.SECRET:
        return False
    return sent not in _MISSING and sent != client.client_secret


def signs_assertions(call: Call) -> bool:
    """Tell a call that an assertion should prove, by what is sent or by its client."""
    client = _client(call)
    signs = client is not None and client.authentication is ClientAuthentication.PRIVATE_KEY
    return signs or not lacks("client_assertion")(call)


def has_issued_refresh_token(call: Call) -> bool:
    """Tell a refresh token that the tenant issued, to whatever client."""
    sent = _sent(call, "refresh_token")
    return authorizations.unseal(call.tenant, Purpose.REFRESH, sent) is not None


def bears_mfa_token(call: Call) -> bool:
    """Tell a call with an `mfa_token` as its bearer."""
    return call.bearer is not None and is_sealed(call.bearer)


def bears_access_token(call: Call) -> bool:
    """Tell a call with an access token for the MFA audience as its bearer."""
    presented = authorizations.read(call.tenant, call.bearer or "")
    return presented is not None and not presented.is_mfa_token


def bears_of_enrolled(call: Call) -> bool:
    """Tell a bearer of a user with a confirmed factor."""
    presented = authorizations.read(call.tenant, call.bearer or "")
    return presented is not None and bool(presented.authorization.user.active_factors)


def bears_ordinary_token(call: Call) -> bool:
    """Tell a call with an access token of this tenant as its bearer that is for another API."""
    bearer = call.bearer or ""
    issued = authorizations.read_any(call.tenant, bearer) is not None
    return issued and authorizations.read(call.tenant, bearer) is None


def deletes_nothing(call: Call) -> bool:
    """Tell the deletion of an id that nobody has."""
    return call.subject not in call.tenant.owners


def names_nothing_awaited(call: Call) -> bool:
    """Tell a ticket, or a transaction token, that the tenant does not know."""
    ticket = call.authorization.partition('"')[2].partition('"')[0]
    return call.tenant.approvals.find(call.bearer or ticket) is None


def lacks_code(call: Call) -> bool:
    """Tell a grant without what proves a factor."""
    if call.operation is Operation.MFA_OOB:
        return lacks("binding_code")(call) and has_all("mfa_token", "oob_code")(call)
    name = "otp" if call.operation is Operation.MFA_OTP else "recovery_code"
    return lacks(name)(call) and has_all("mfa_token")(call)


def wants_unknown_type(call: Call) -> bool:
    """Tell an association of a type that nobody defined."""
    return _listed(call, "authenticator_types") not in (["otp"], ["oob"], None)


def wants_no_channel(call: Call) -> bool:
    """Tell an out-of-band association that names no channel."""
    return _is_out_of_band(call) and lacks("oob_channels")(call)


def wants_unknown_channel(call: Call) -> bool:
    """Tell an out-of-band association by a channel that nobody defined."""
    is_known = {*(_listed(call, "oob_channels") or ())} <= _CHANNELS
    return _is_out_of_band(call) and not is_known


def wants_no_phone(call: Call) -> bool:
    """Tell an association of a phone without its number."""
    by_phone = {*(_listed(call, "oob_channels") or ())} & {"sms", "voice"}
    return _is_out_of_band(call) and bool(by_phone) and lacks("phone_number")(call)


def presents_access_token(call: Call) -> bool:
    """Tell a call with an access token for the MFA audience in the parameter `mfa_token`."""
    presented = authorizations.read(call.tenant, _sent(call, "mfa_token"))
    return presented is not None and not presented.is_mfa_token


def repeats_itself(call: Call) -> bool:
    """Tell a form that says its `mfa_token` twice."""
    return call.request.body.count(b"mfa_token=") > 1


def presents_no_text(call: Call) -> bool:
    """Tell JSON whose `mfa_token` is something else than a text."""
    return not isinstance(call.body.parameters.get("mfa_token", ""), str)


def confirms(call: Call) -> bool:
    """Tell a code of a user who has enrolled something, and confirmed nothing so far."""
    user = _user(call)
    if user is None or user.active_factors:
        return False
    return any(each.state is State.PENDING for each in user.authenticators.values())


def has_nothing_confirmed(call: Call) -> bool:
    """Tell a code, or a challenge, of a user without a confirmed factor."""
    user = _user(call)
    return user is not None and not user.active_factors


def has_invented_oob_code(call: Call) -> bool:
    """Tell an `oob_code` that the tenant never gave."""
    return oob_codes.read(call.tenant, _sent(call, "oob_code")) is None


def has_confirmed(call: Call) -> bool:
    """Tell a code, or a challenge, of a user with a confirmed factor."""
    user = _user(call)
    return user is not None and bool(user.active_factors)


def has_several(call: Call) -> bool:
    """Tell a challenge of a user with several factors."""
    user = _user(call)
    return user is not None and len({each.enrollment for each in user.active_factors}) > 1


def _user(call: Call) -> User | None:
    presented = authorizations.read(call.tenant, _sent(call, "mfa_token"))
    return None if presented is None else presented.authorization.user


def _client(call: Call) -> Client | None:
    return call.tenant.clients.get(_sent(call, "client_id"))


def _sent(call: Call, name: str) -> str:
    return str(call.body.parameters.get(name))


def _is_out_of_band(call: Call) -> bool:
    return _listed(call, "authenticator_types") == ["oob"]


def _listed(call: Call, name: str) -> list[str] | None:
    sent = call.body.parameters.get(name)
    return [str(each) for each in sent] if isinstance(sent, list) else None
