"""The `oob_code`: which delivered code, or which approval, is awaited in which login.

Owns issuing and reading of oob_codes. All that one stands for is sealed inside it, the delivered
code included, so that nothing is stored until it is used. Must not decide which error a caller
gets.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.seal import BrokenSealError, Purpose

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.authorizations import Presented
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.model import Authenticator, User
    from pytest_auth0_mfa.mock.tenant import Tenant

_FINGERPRINT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Awaited:
    """What an `oob_code` stands for; `expires_at` in epoch seconds as its user lives them.

    `codes` holds the id of the authenticator that each awaited code proves: one, unless the
    tenant repeats its oob_codes. `token` is the fingerprint of the token that it was given under,
    `approval` the key of what is awaited from a device, empty where a code is.
    """

    fingerprint: str
    user: User
    token: str
    codes: dict[str, str]
    expires_at: float
    approval: str

    def is_expired(self, tenant: Tenant) -> bool:
        """Tell whether the time of the `oob_code` is over."""
        return tenant.now(self.user) >= self.expires_at

    def is_bound_to(self, token: str) -> bool:
        """Tell whether it was given under this `mfa_token`, or access token."""
        return self.token == _fingerprint(token)

    def was_used(self, code: str) -> bool:
        """Tell whether this code has logged somebody in, or confirmed an enrollment, before."""
        return f"{self.fingerprint} {code}" in self.user.sent_codes.used_codes

    def use(self, tenant: Tenant, code: str) -> None:
        """Remember that a code was used, until it expires."""
        now, used = tenant.now(self.user), self.user.sent_codes.used_codes
        for each in [each for each, expires_at in used.items() if expires_at <= now]:
            del used[each]
        used[f"{self.fingerprint} {code}"] = self.expires_at


def issue(call: Call, presented: Presented, authenticator: Authenticator, code: str) -> str:
    """Return an `oob_code` for a code that is being delivered."""
    user = presented.authorization.user
    content = _content(presented) | {"authenticator": authenticator.id, "code": code}
    lifetime_s = call.tenant.settings.code_lifetimes_s.get(authenticator.factor)
    oob_code = _seal(call.tenant, user, content, lifetime_s)
    if call.operation in call.tenant.rules.oob_code_repeated_by:
        return _repeated(user, authenticator, content, oob_code)
    return oob_code


def issue_for_approval(call: Call, presented: Presented, approval: str) -> str:
    """Return an `oob_code` for what a device is expected to do, by the key of the approval."""
    user = presented.authorization.user
    content = _content(presented) | {"approval": approval}
    oob_code = _seal(call.tenant, user, content)
    if call.operation not in call.tenant.rules.oob_code_repeated_by:
        return oob_code
    first = user.sent_codes.repeated_oob_codes.setdefault(f"{content['token']} push", oob_code)
    user.sent_codes.latest_approvals[_fingerprint(first)] = approval
    return first


def read(tenant: Tenant, oob_code: str) -> Awaited | None:
    """Return what an `oob_code` stands for, None unless this tenant issued it."""
    try:
        sealed = tenant.sealer.open(Purpose.OOB, oob_code)
    except BrokenSealError:
        return None
    content, fingerprint = sealed.content, _fingerprint(oob_code)
    user = tenant.users.get(content["user"])
    if user is None:
        return None
    if "approval" in content:
        approval = user.sent_codes.latest_approvals.get(fingerprint, content["approval"])
        return Awaited(fingerprint, user, content["token"], {}, sealed.expires_at, approval)
    codes = {content["code"]: content["authenticator"]}
    codes.update(user.sent_codes.further_codes.get(fingerprint, {}))
    return Awaited(fingerprint, user, content["token"], codes, sealed.expires_at, approval="")


def _content(presented: Presented) -> dict[str, str]:
    user_id = presented.authorization.user.user_id
    return {"user": user_id, "token": _fingerprint(presented.token)}


def _seal(
    tenant: Tenant, user: User, content: dict[str, str], lifetime_s: float | None = None
) -> str:
    lifetime_s = tenant.rules.oob_code_lifetime_s if lifetime_s is None else lifetime_s
    expires_at = tenant.now(user) + lifetime_s
    return tenant.sealer.seal(Purpose.OOB, content, expires_at)


def _repeated(
    user: User, authenticator: Authenticator, content: dict[str, str], oob_code: str
) -> str:
    """Return the first `oob_code` of a login and channel, which then stands for one more code."""
    purpose = f"{content['token']} {authenticator.factor.value}"
    first = user.sent_codes.repeated_oob_codes.setdefault(purpose, oob_code)
    further = user.sent_codes.further_codes.setdefault(_fingerprint(first), {})
    further[content["code"]] = authenticator.id
    return first


def _fingerprint(token: str) -> str:
    digest = hashlib.sha256(token.encode("utf-8", "replace")).digest()
    return urlsafe_b64encode(digest[:_FINGERPRINT_BYTES]).decode("ascii").rstrip("=")
