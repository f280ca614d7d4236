"""What a tenant is made of: settings, clients, APIs, users and their authenticators.

Owns the data and the questions that can be answered from it alone. Must not read a clock, draw
randomness, or know requests and answers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.limits import Bucket
from pytest_auth0_mfa.mock.states import Event, State, step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_auth0_mfa.mock.guardian.device import Device
    from pytest_auth0_mfa.mock.messages import Json
    from pytest_auth0_mfa.mock.uses import Use

DEFAULT_CONNECTION = "Username-Password-Authentication"


class Factor(str, Enum):
    """A way to prove possession, by its name in the tenant's configuration."""

    OTP = "otp"
    SMS = "sms"
    VOICE = "voice"
    EMAIL = "email"
    PUSH = "push"
    RECOVERY_CODE = "recovery-code"

    @property
    def is_phone(self) -> bool:
        """Whether its codes go to a phone number."""
        return self in {Factor.SMS, Factor.VOICE}

    @property
    def is_delivered(self) -> bool:
        """Whether its codes reach the user by another channel than the login ("out of band")."""
        return self.is_phone or self is Factor.EMAIL

    @property
    def authenticator_type(self) -> str:
        """What the API calls authenticators of this factor."""
        return "oob" if self.is_delivered or self is Factor.PUSH else self.value

    @property
    def channel(self) -> str:
        """What the API calls the way by which the user is reached, for types `oob` only."""
        return "auth0" if self is Factor.PUSH else self.value


CHANNELS = tuple(each for each in Factor if each.is_delivered)
"""The factors whose codes are delivered; each has its own channel, by the same name."""


class Feature(str, Enum):
    """What a tenant may have, and is off unless it is switched on."""

    CUSTOMIZE_MFA = "customize-mfa"
    """Logins and lists tell kinds of factors."""
    LOGIN_LIMIT = "login-limit"
    """Logins of one user from one address are limited, which would disturb most tests."""


class ClientAuthentication(str, Enum):
    """How a client proves itself, by its `token_endpoint_auth_method`."""

    SECRET = "client_secret_post"  # noqa: S105  The name of a method.
    """A secret, in the body or by HTTP Basic; Auth0 takes either from such a client."""
    PRIVATE_KEY = "private_key_jwt"
    """An assertion signed by the client."""
    NONE = "none"


@dataclass(slots=True)
class Exceptions:
    """In what the configuration for one user differs from that of the tenant.

    `wrong_passwords` and `logins` count by network address.
    """

    factors: dict[Factor, bool] = field(default_factory=dict)
    features: dict[Feature, bool] = field(default_factory=dict)
    is_blocked: bool = False
    wrong_passwords: dict[str, int] = field(default_factory=dict)
    logins: dict[str, Bucket] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Client:
    """An application that may ask for tokens, with the grant types it may use.

    `public_key` (PEM) verifies the assertions that a client signs with `algorithm`.
    """

    client_id: str
    client_secret: str
    authentication: ClientAuthentication
    grant_types: frozenset[str]
    public_key: str = ""
    algorithm: str = ""


@dataclass(frozen=True, slots=True)
class ApiResource:
    """An API that access tokens can be minted for, and refresh tokens where it allows them."""

    audience: str
    scopes: frozenset[str]
    id: str = "mock-api"
    name: str = "Mock API"
    allows_offline_access: bool = True


@dataclass(frozen=True, slots=True)
class ClientGrant:
    """What a client may do with an API on its own behalf, `scopes` in the order to be told."""

    id: str
    client_id: str
    audience: str
    scopes: tuple[str, ...]


@dataclass(slots=True)
class UserRecord:
    """What an administrator keeps of a user; most users have none.

    `attributes` holds what was given besides the defaults, such as `nickname` and `user_metadata`.
    """

    updated_at: float
    attributes: dict[str, Json] = field(default_factory=dict)


@dataclass(slots=True)
class Authenticator:
    """One enrolled factor of a user.

    `secret` is the base32 TOTP secret or the recovery code; `address` the phone number or e-mail
    address that codes are sent to; `last_step` the latest TOTP step whose code was accepted;
    `device` what answers prompts, once it has enrolled. The two entries of a phone share their
    `enrollment`, and so do those of a device. An administrator may give a `name` and say which
    entry of a phone is preferred.
    """

    id: str
    factor: Factor
    secret: str = ""
    state: State = State.PENDING
    last_step: int = -1
    used_codes: set[str] = field(default_factory=set)
    address: str = ""
    enrollment: str = ""
    device: Device | None = None
    name: str = ""
    enrolled_at: float = 0.0
    is_preferred: bool = False

    @property
    def is_active(self) -> bool:
        """Whether it is confirmed and not removed."""
        return self.state is State.ACTIVE

    def take(self, event: Event) -> None:
        """Take a step of its life, or raise `IllegalTransitionError` and stay as it is."""
        self.state = step(self.state, event)


@dataclass(slots=True)
class SentCodes:
    """What a tenant remembers of the codes and prompts that it sent to a user.

    `used_codes` holds when a used code expires (epoch seconds), by the fingerprint of its
    `oob_code` and itself. `repeated_code`, `repeated_ticket`, `repeated_oob_codes`, by what they
    are for, `further_codes`, by fingerprint and code, and `latest_approvals`, by fingerprint, stay
    empty unless a tenant repeats its codes, `latest_oob_codes`, by login, unless a challenge ends
    the one before.
    """

    phone_messages: Bucket = field(default_factory=Bucket)
    emails: Bucket = field(default_factory=Bucket)
    pushes: Bucket = field(default_factory=Bucket)
    used_codes: dict[str, float] = field(default_factory=dict)
    repeated_code: str = ""
    repeated_ticket: str = ""
    repeated_oob_codes: dict[str, str] = field(default_factory=dict)
    further_codes: dict[str, dict[str, str]] = field(default_factory=dict)
    latest_approvals: dict[str, str] = field(default_factory=dict)
    latest_oob_codes: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class User:
    """A user of the default connection, with all that belongs to them.

    `clock_offset_s` is how far this user's time runs ahead of the tenant's, `verified_email` the
    entry that a verified address has without enrollment, once it was needed. A tenant that ends
    logins remembers in `logins_end_at` when it did, and the one token that it spared; one in
    which news travels the `latest_use` of a code; one with stale lists what is `still_listed`.
    """

    user_id: str
    email: str
    password: str
    created_at: float
    email_verified: bool = True
    phone_number: str | None = None
    locale: str | None = None
    clock_offset_s: float = 0.0
    authenticators: dict[str, Authenticator] = field(default_factory=dict)
    verified_email: Authenticator | None = None
    wrong_otps: Bucket = field(default_factory=Bucket)
    wrong_recovery_codes: Bucket = field(default_factory=Bucket)
    was_challenged: bool = False
    lost_last_factor: bool = False
    spent_mfa_tokens: set[str] = field(default_factory=set)
    latest_mfa_tokens: dict[str, str] = field(default_factory=dict)
    logins_end_at: float = -1.0
    surviving_mfa_token: str = ""
    latest_use: Use | None = None
    still_listed: list[Authenticator] = field(default_factory=list)
    exceptions: Exceptions | None = None
    record: UserRecord | None = None
    _sent_codes: SentCodes | None = None

    @property
    def own_exceptions(self) -> Exceptions:
        """What differs for this user, made when it is first to be changed."""
        if self.exceptions is None:
            self.exceptions = Exceptions()
        return self.exceptions

    @property
    def is_blocked(self) -> bool:
        """Whether an administrator has blocked this user."""
        return self.exceptions is not None and self.exceptions.is_blocked

    @property
    def sent_codes(self) -> SentCodes:
        """What is remembered of the codes sent to this user; most users never have any."""
        if self._sent_codes is None:
            self._sent_codes = SentCodes()
        return self._sent_codes

    def authenticator(self, authenticator_id: str) -> Authenticator | None:
        """Return the authenticator of this id, the verified address included."""
        verified = self.verified_email
        if verified is not None and verified.id == authenticator_id:
            return verified
        return self.authenticators.get(authenticator_id)

    def pair(self, authenticator: Authenticator) -> list[Authenticator]:
        """Return all entries of one enrollment, the one that was asked for first."""
        return [
            each
            for each in self.authenticators.values()
            if each.enrollment == authenticator.enrollment
        ]

    def is_twin(self, authenticator: Authenticator) -> bool:
        """Tell whether an entry came along with another one that was asked for."""
        return any(each is authenticator for each in self.pair(authenticator)[1:])

    def is_further(self, authenticator: Authenticator) -> bool:
        """Tell whether a confirmed authenticator of another enrollment came before this one."""
        first = next(iter(self.active_factors), authenticator)
        return first.enrollment != authenticator.enrollment

    def enrolled(self, factor: Factor) -> Iterator[Authenticator]:
        """Yield this user's authenticators of one factor, confirmed or not."""
        return (each for each in self.authenticators.values() if each.factor is factor)

    @property
    def recovery_code(self) -> Authenticator | None:
        """The recovery-code entry, or None before the first association."""
        return next(self.enrolled(Factor.RECOVERY_CODE), None)

    @property
    def active_factors(self) -> list[Authenticator]:
        """The confirmed authenticators that are factors of their own (not recovery codes)."""
        return [
            each
            for each in self.authenticators.values()
            if each.is_active and each.factor is not Factor.RECOVERY_CODE
        ]
