"""The control plane of a mock tenant, spoken to over HTTP like anything else.

A tenant that has one (`GET /__mock__` answers) gives credentials, users and time travel; the
client side knows no more of the mock than this.
"""

from __future__ import annotations

from functools import partial
from itertools import count
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.errors import Disturbance, Interruption, TenantError
from pytest_auth0_mfa.tenant.clock import UserClock
from pytest_auth0_mfa.tenant.configuration import UserConfiguration
from pytest_auth0_mfa.tenant.users import User

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.api.recorder import Recorder
    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.api.transport import Transport

ROOT: Final = "/__mock__"
_ONCE_ONLY: Final = {"/users", "/clock"}
"""What is not the same when it is done twice."""


class ControlPlane:
    """Creates users and clients on a mock tenant, moves clocks and changes what holds for users.

    Exchanges with it are not those of the tenant under test, so `transport` should record
    them elsewhere; `recorder` counts the users.
    """

    renewable = True

    def __init__(self, transport: Transport, recorder: Recorder, user_prefix: str) -> None:
        """Create users whose names begin with `user_prefix`, unique to run and worker."""
        self._transport = transport
        self._recorder = recorder
        self._names = (f"{user_prefix}-{number}@example.test" for number in count(1))

    def new(self, verified_email: str | None = None) -> User:
        """Create a user without authenticators.

        A verified address is an authenticator where e-mail is a factor, so it is verified only
        if it was asked for.
        """
        password = self._recorder.redactor.learn(token_urlsafe(18), "password")
        email, created = self._create(verified_email, password)
        self._recorder.spend.users += 1
        return self.user(email, password, str(created["user_id"]))

    def user(self, email: str, password: Secret, user_id: str) -> User:
        """A user who exists, with a clock and a configuration that can be changed."""
        move = partial(self._advance, user_id)
        clock = UserClock(self._recorder, move, self._transport.tenant_time)
        configuration = UserConfiguration(partial(self._change, user_id))
        return User(email, password, clock, user_id, configuration)

    def prepare(self) -> None:
        """Nothing needs to be looked at."""

    def close(self) -> None:
        """Nothing is open."""

    def clean_up(self) -> None:
        """Users of a mock end with it."""

    def _create(
        self, verified_email: str | None, password: Secret
    ) -> tuple[str, Mapping[str, object]]:
        """Create a user, under another name where nobody knows whether there is one already."""
        verified = verified_email is not None
        for is_last in (False, False, True):
            email = verified_email or next(self._names)
            try:
                answer = self._post(
                    "/users", email=email, password=password, email_verified=verified
                )
            except Interruption:
                if is_last or verified:
                    raise
            else:
                break
        return email, answer

    def register(self, public_key: str) -> str:
        """Register a client that signs its assertions, by its public key (PEM); return its id."""
        return str(self._post("/clients", public_key=public_key)["client_id"])

    def _advance(self, user_id: str, seconds: float) -> None:
        self._post("/clock", advance_s=seconds, user_id=user_id)

    def _change(self, user_id: str, path: str, body: Mapping[str, object]) -> None:
        self._post(path, **body, user_id=user_id)

    def _post(self, path: str, **body: object) -> Mapping[str, object]:
        answer = self._transport.send(
            "POST", ROOT + path, json=body, repeatable=path not in _ONCE_ONLY
        )
        if not answer.accepted or not isinstance(answer.body, dict):
            raise Disturbance(f"the mock's control plane refused: {answer.summary()}")
        return answer.body


def describe_mock(transport: Transport) -> Mapping[str, object] | None:
    """What the mock at this address says of itself, None where there is no control plane.

    Raises `TenantError` where nothing answers at all.
    """
    try:
        answer = transport.send("GET", ROOT)
    except Disturbance as error:
        raise TenantError(f"{error}. Is the tenant's address right, and is it running?") from None
    body = answer.body
    return body if answer.accepted and isinstance(body, dict) and "client_id" in body else None
