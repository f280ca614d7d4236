"""The device: enrolls, allows and rejects, changes and deletes its account, shows codes.

Owns what is sent and signed. The wire is `device_api`'s affair, and how notifications arrive
that of a `PushMailbox`. Sources: https://github.com/auth0/Guardian.swift,
Guardian/Authentication; https://github.com/auth0/Guardian.Android, GuardianAPIClient.java
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.errors import Prerequisite
from pytest_auth0_mfa.guardian.account import read_account
from pytest_auth0_mfa.guardian.device_api import DeviceApi
from pytest_auth0_mfa.guardian.introduction import DEFAULT_NAME, Introduction, introduce
from pytest_auth0_mfa.guardian.refusals import DeviceRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.api.transport import Transport
    from pytest_auth0_mfa.guardian.account import DeviceAccount, PushCredentials
    from pytest_auth0_mfa.guardian.key import DeviceKey
    from pytest_auth0_mfa.guardian.notification import Notification

_RESPONSE_LIFE_S: Final = 30
_BEARER_LIFE_S: Final = 7200
_GONE: Final = 404


class Device:
    """An enrolled device.

    `account` is what the tenant knows it by, `identifier` what it calls itself, `key` its key
    pair, `push` where notifications reach it. Whatever the device API refuses raises
    `DeviceRefused`.
    """

    def __init__(  # noqa: PLR0913 - what makes up a device
        self,
        api: DeviceApi,
        account: DeviceAccount,
        *,
        identifier: str,
        key: DeviceKey,
        push: PushCredentials,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Take over a device that is enrolled already; `enroll` makes a new one."""
        self.api = api
        self.account = account
        self.identifier = identifier
        self.key = key
        self.push = push
        self._now = now

    @classmethod
    def enroll(  # noqa: PLR0913 - as above
        cls,
        barcode_uri: str,
        transport: Transport,
        *,
        name: str = DEFAULT_NAME,
        key: DeviceKey | None = None,
        push: PushCredentials | None = None,
        now: Callable[[], float] = time.time,
    ) -> Device:
        """Enroll a new device, as scanning the QR code of an association does.

        `transport` was opened for the tenant's URL. A new RSA key is made where none is given;
        without push credentials the device has a made-up token, which no notification reaches.
        `now` gives the tenant's time in epoch seconds. Raises `Unreadable` for another URI.
        """
        api = DeviceApi(transport)
        introduction = Introduction.make(api, name=name, key=key, push=push)
        return cls.of(api, introduce(api, barcode_uri, introduction), introduction, now=now)

    @classmethod
    def of(
        cls,
        api: DeviceApi,
        answer: Answer,
        introduction: Introduction,
        *,
        now: Callable[[], float] = time.time,
    ) -> Device:
        """The device that introduced itself and got this answer.

        Raises `DeviceRefused` where it was refused, `Prerequisite` where the answer lacks a field.
        """
        return cls(
            api,
            read_account(_carried_out(answer)),
            identifier=introduction.identifier,
            key=introduction.key,
            push=introduction.push,
            now=now,
        )

    def with_key(self, key: DeviceKey) -> Device:
        """The same device signing with another key than it enrolled: an impostor."""
        return Device(
            self.api,
            self.account,
            identifier=self.identifier,
            key=key,
            push=self.push,
            now=self._now,
        )

    @property
    def id(self) -> str:
        """The id of its account, `dev_...`."""
        return self.account.id

    def allow(self, notification: Notification) -> Answer:
        """Let the login pass."""
        return self._resolve(notification, accepted=True)

    def reject(self, notification: Notification, reason: str | None = None) -> Answer:
        """Refuse the login; `reason` is for the tenant's log."""
        said = {} if reason is None else {"auth0_guardian_reason": reason}
        return self._resolve(notification, accepted=False, **said)

    def challenge_response(
        self, notification: Notification, *, accepted: bool, **changes: object
    ) -> Secret:
        """The signed answer to a notification; `changes` override or add single claims."""
        issued_at = int(self._now())
        claims: dict[str, object] = {
            "iat": issued_at,
            "exp": issued_at + _RESPONSE_LIFE_S,
            "aud": self.api.resolve_audience,
            "iss": self.identifier,
            "sub": notification.challenge,
            "auth0_guardian_method": "push",
            "auth0_guardian_accepted": accepted,
        }
        return self.api.learn(self.key.sign({**claims, **changes}), "challenge_response")

    def change(
        self, *, name: str | None = None, push: PushCredentials | None = None
    ) -> Mapping[str, object]:
        """Give the account another name, other push credentials or both; returns the account.

        Push credentials are always sent: a tenant was seen to insist on them.
        Source: https://github.com/abbaspour/guardian-bash
        """
        push = push or self.push
        body = {"push_credentials": push.to_json(), **({} if name is None else {"name": name})}
        answer = _carried_out(self.api.change(self.id, self.bearer(), body))
        self.push = push
        return answer.body if isinstance(answer.body, dict) else {}

    def delete(self) -> None:
        """Delete the account; one that is gone already is no fault."""
        answer = self.api.delete(self.id, self.bearer())
        if answer.status != _GONE:
            _carried_out(answer)

    def bearer(self, **changes: object) -> Secret:
        """A token that the device signs for changes of its account; `changes` as above."""
        issued_at = int(self._now())
        claims: dict[str, object] = {
            "iat": issued_at,
            "exp": issued_at + _BEARER_LIFE_S,
            "aud": self.api.accounts_audience,
            "iss": self.id,
            "sub": self.account.user_id,
        }
        return self.api.learn(self.key.sign({**claims, **changes}), "device_token")

    def otp(self) -> Secret:
        """The one-time password of this moment; raises `Prerequisite` where none came along."""
        if self.account.totp is None:
            raise Prerequisite("the enrollment brought no totp, so the device shows no codes")
        return self.api.learn(self.account.totp.at(self._now()), "otp")

    def __repr__(self) -> str:
        """Show the account's id and the kind of its key."""
        return f"<Device {self.id} {self.key.algorithm}>"

    def _resolve(self, notification: Notification, *, accepted: bool, **claims: object) -> Answer:
        if notification.device_id != self.id:
            raise ValueError(
                f"expected a notification for {self.id}, got one for {notification.device_id}; "
                "answer it with the device that it was sent to"
            )
        signed = self.challenge_response(notification, accepted=accepted, **claims)
        return _carried_out(self.api.resolve(notification.transaction_token, signed))


def _carried_out(answer: Answer) -> Answer:
    if not answer.accepted:
        raise DeviceRefused(answer)
    return answer
