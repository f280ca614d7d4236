"""One method for each endpoint of the tenant; parameters in, answers out, nothing judged.

A parameter set to `OMIT` is left out of the request, so that a test can take away exactly one.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from pytest_auth0_mfa.api import grants

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.api.application import Application
    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.api.transport import Transport


class Omitted(Enum):
    """The type of `OMIT`."""

    OMIT = "omit"


OMIT: Final = Omitted.OMIT
"""In the place of a value: leave the parameter out."""


class TenantClient:
    """Speaks the Authentication API of one tenant through a transport."""

    def __init__(self, transport: Transport) -> None:
        """Send everything through `transport`."""
        self.transport = transport

    def token(  # noqa: PLR0913 - how a request may be sent, by name
        self,
        application: Application,
        params: Mapping[str, object],
        *,
        as_json: bool = False,
        headers: Mapping[str, str] | None = None,
        expecting: str | None = None,
        repeatable: bool = False,
    ) -> Answer:
        """`POST /oauth/token` with these parameters and the application's credentials."""
        body = _present({**application.in_body(), **params})
        answer = self.transport.send(
            "POST",
            "/oauth/token",
            form=None if as_json else body,
            json=body if as_json else None,
            headers=headers,
            basic=application.in_header(),
            expecting=expecting,
            repeatable=repeatable,
        )
        if params.get("grant_type") in grants.MFA_GRANTS and answer.error == "invalid_grant":
            self.transport.recorder.spend.wrong_codes += 1
        return answer

    def associate(self, bearer: str | None, body: Mapping[str, object]) -> Answer:
        """`POST /mfa/associate`: enroll an authenticator."""
        answer = self.transport.send(
            "POST", "/mfa/associate", json=_present(body), headers=_bearer(bearer)
        )
        if answer.get("oob_code"):
            self.transport.recorder.spend.message(str(answer.get("oob_channel")))
        return answer

    def challenge(
        self,
        application: Application,
        params: Mapping[str, object],
        *,
        as_form: bool = False,
    ) -> Answer:
        """`POST /mfa/challenge`: ask for a challenge of one authenticator."""
        body = _present({**application.in_body(), **params})
        return self.transport.send(
            "POST",
            "/mfa/challenge",
            form=body if as_form else None,
            json=None if as_form else body,
            basic=application.in_header(),
        )

    def send_text(
        self,
        method: str,
        path: str,
        text: str,
        *,
        content_type: str | None = None,
        bearer: str | None = None,
    ) -> Answer:
        """Send a body as it is, for what the other methods would put right.

        Without `content_type` none is sent. The record shows the body without its secrets.
        """
        headers = _bearer(bearer)
        if content_type is not None:
            headers["Content-Type"] = content_type
        answer = self.transport.send(method, path, text=text, headers=headers)
        if answer.get("oob_channel"):
            self.transport.recorder.spend.message(str(answer.get("oob_channel")))
        return answer

    def authenticators(self, bearer: str | None) -> Answer:
        """`GET /mfa/authenticators`: the authenticators of the bearer's user."""
        return self.transport.send("GET", "/mfa/authenticators", headers=_bearer(bearer))

    def delete_authenticator(self, bearer: str | None, authenticator_id: str) -> Answer:
        """`DELETE /mfa/authenticators/{id}`, the id percent-encoded."""
        path = f"/mfa/authenticators/{quote(authenticator_id, safe='')}"
        return self.transport.send("DELETE", path, headers=_bearer(bearer))

    def userinfo(self, bearer: str | None) -> Answer:
        """`GET /userinfo`: claims about the bearer's user."""
        return self.transport.send("GET", "/userinfo", headers=_bearer(bearer))

    def discovery(self) -> Answer:
        """`GET /.well-known/openid-configuration`."""
        return self.transport.send("GET", "/.well-known/openid-configuration")

    def jwks(self) -> Answer:
        """`GET /.well-known/jwks.json`: the keys that verify the tenant's tokens."""
        return self.transport.send("GET", "/.well-known/jwks.json")


def _present(params: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in params.items() if value is not OMIT}


def _bearer(token: str | None) -> dict[str, str]:
    return {} if token is None else {"Authorization": f"Bearer {token}"}
