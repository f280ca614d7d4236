"""What a tenant tells without the Management API: requests that change nothing.

One request for each grant, with an `mfa_token` and codes that no tenant issued, and one login of a
user who does not exist. What is refused, and how, tells what is allowed. The login counts as one
failed attempt from this address.
Source: https://auth0.com/docs/api/authentication
"""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_hex
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.api import grants
from pytest_auth0_mfa.doctor.answers import REFUSED_APPLICATION, seen_in
from pytest_auth0_mfa.doctor.configuration.application import needed_grants
from pytest_auth0_mfa.doctor.finding import Depth, Finding, State
from pytest_auth0_mfa.errors import Disturbance
from pytest_auth0_mfa.tenant.preflight import check_is_tenant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.doctor.site import Needs

_OUT_OF_BAND: Final = {"oob_code": "not-a-code", "binding_code": "000000"}
_CODES: Final[Mapping[str, Mapping[str, str]]] = {
    grants.MFA_OTP: {"otp": "000000"},
    grants.MFA_OOB: _OUT_OF_BAND,
    grants.MFA_RECOVERY_CODE: {"recovery_code": "0" * 24},
}
_NOT_ALLOWED: Final = "unauthorized_client"


@dataclass(frozen=True, slots=True)
class Probes:
    """Asks a tenant for tokens; `ask` sends parameters to `/oauth/token` for the application.

    What is there must be a tenant, or `TenantError` is raised. `ask` may raise `Disturbance`.
    """

    ask: Callable[[Mapping[str, object]], Answer]
    needs: Needs

    def look(self) -> Iterator[Finding]:
        """Send the probes, and say what each tells; ends early where the application is refused."""
        for finding in self._grants():
            yield finding
            if finding.id == "app.secret" and finding.state is not State.HEALTHY:
                return
        yield from self._stranger()

    def _grants(self) -> Iterator[Finding]:
        """Whether the application is known, and may use the grants of MFA."""
        lacking: list[str] = []
        for grant in needed_grants(self.needs.factors) or [grants.MFA_OTP]:
            params = {"grant_type": grant, "mfa_token": "not-a-token", **_CODES[grant]}
            try:
                answer = self.ask(params)
            except Disturbance as error:
                yield _probed("app.secret", State.UNKNOWN, str(error))
                return
            check_is_tenant(answer, self.needs.url)
            if answer.error in REFUSED_APPLICATION:
                yield _probed("app.secret", State.FOUND, answer.summary())
                return
            if answer.error == _NOT_ALLOWED:
                lacking.append(grant)
        yield _probed("app.secret", State.HEALTHY)
        told = f"refused: {', '.join(lacking)}" if lacking else ""
        yield _probed("app.mfa-grants", State.FOUND if lacking else State.HEALTHY, told)

    def _stranger(self) -> Iterator[Finding]:
        """What a login of somebody unknown comes to."""
        realm = self.needs.connection
        params: dict[str, object] = {
            "grant_type": grants.PASSWORD_REALM if realm else grants.PASSWORD,
            "username": f"nobody-{token_hex(8)}@example.com",
            "password": token_hex(16),
            "scope": "openid",
            **({"realm": realm} if realm else {}),
        }
        try:
            answer = self.ask(params)
        except Disturbance as error:
            yield _probed("app.password-grant", State.UNKNOWN, str(error))
            return
        found = seen_in(answer, Depth.PROBE, realm=realm, known=False)
        healthy = ["app.password-grant", "ap.ip-blocked"]
        healthy += [] if realm else ["tenant.default-directory"]
        yield from (_probed(id_, State.HEALTHY) for id_ in healthy if not found or found.id != id_)
        if found is not None:
            yield found


def _probed(id_: str, state: State, told: str = "") -> Finding:
    return Finding(id_, state, Depth.PROBE, told)
