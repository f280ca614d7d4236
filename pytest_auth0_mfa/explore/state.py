"""What the model remembers of a tenant: people, what they enrolled, their logins and codes.

Plain data. `suspects` are requirements that rule out that something which happened matters: where
it does matter, they are what was broken.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.explore.allowance import Allowance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.delivery.inbox import Inbox
    from pytest_auth0_mfa.guardian.approver import HeadlessApprover
    from pytest_auth0_mfa.guardian.notification import Notification
    from pytest_auth0_mfa.tenant.users import User

TOKEN_LIFETIME_S: Final = 600.0
OOB_LIFETIME_S: Final = 300.0
PHONE: Final = ("sms", "voice")


class Suspects:
    """What must not matter, the latest first."""

    __slots__ = ("_names",)

    def __init__(self) -> None:
        """Begin with none."""
        self._names: dict[str, None] = {}

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._names)

    def add(self, requirement: str) -> None:
        """Suspect a requirement before all others."""
        self._names.pop(requirement, None)
        self._names[requirement] = None

    def __iter__(self) -> Iterator[str]:
        """The latest first."""
        return reversed(self._names)


@dataclass(slots=True, eq=False)
class Enrollment:
    """What one association enrolled: one entry of the list, or two of a phone or a device.

    `kinds` are the beginnings of the ids of its entries, the first that of the factor itself, and
    `ids` those that were seen. `secret` makes one-time passwords; `codes_used` are those that were
    accepted, `steps_used` their steps. `is_automatic` marks a verified address that nobody
    enrolled.
    """

    owner: Person
    factor: str
    kinds: tuple[str, ...]
    began_at: float
    is_active: bool = False
    is_removed: bool = False
    is_automatic: bool = False
    by_access_token: bool = False
    removed_by: str = ""
    had_wrong_code: bool = False
    was_seen_active: bool = False
    ids: dict[str, str] = field(default_factory=dict)
    secret: Secret | None = None
    codes_used: set[str] = field(default_factory=set)
    steps_used: set[int] = field(default_factory=set)
    inbox: Inbox | None = None
    barcode: Secret | None = None
    approver: HeadlessApprover | None = None
    is_scanned: bool = False
    suspects: Suspects = field(default_factory=Suspects)

    @property
    def is_delivered(self) -> bool:
        """Whether its codes are delivered."""
        return self.inbox is not None

    @property
    def type(self) -> str:
        """What the API calls the type of its first entry."""
        return "otp" if self.factor == "otp" else "oob"

    def __str__(self) -> str:
        """`the sms of user#1`."""
        return f"the {self.factor} of {self.owner}"


@dataclass(slots=True, eq=False)
class Token:
    """An `mfa_token`, or an access token for the MFA audience with its `scopes`.

    `for_mfa` says that a completed login gives such an access token; `is_spent` that a login was
    completed with it, after which the facts are silent.
    """

    owner: Person
    value: Secret
    issued_at: float
    is_access: bool = False
    for_mfa: bool = False
    scopes: frozenset[str] = frozenset()
    is_spent: bool = False
    suspects: Suspects = field(default_factory=Suspects)

    def __str__(self) -> str:
        """`an mfa_token of user#1`."""
        kind = "access token" if self.is_access else "mfa_token"
        return f"an {kind} of {self.owner}"


@dataclass(slots=True, eq=False)
class Oob:
    """An `oob_code`: under which token it was given, and for what.

    `code` is what was delivered, None for a push, whose `decision` is `pending`, `allowed` or
    `rejected`; the first decision stands, and `is_allowed_late` says that another came after a
    rejection. `is_doubtful` says that the facts do not tell what it is worth now, `is_used` that
    it has completed a login.
    """

    value: Secret
    token: Token
    enrollment: Enrollment
    channel: str
    issued_at: float
    is_enrolling: bool
    code: Secret | None = None
    is_used: bool = False
    decision: str = "pending"
    is_doubtful: bool = False
    is_allowed_late: bool = False
    prompt: Notification | None = None
    polls: Allowance = field(default_factory=lambda: Allowance(12, 5.0))
    suspects: Suspects = field(default_factory=Suspects)


@dataclass(slots=True, eq=False)
class Recovery:
    """The recovery code of a person; `state` is `none`, `pending`, `active` or `unknown`."""

    state: str = "none"
    value: Secret | None = None
    used: list[Secret] = field(default_factory=list)
    id: str = ""


@dataclass(slots=True, eq=False)
class Person:
    """One user of the tenant and everything that belongs to them."""

    number: int
    account: User
    verified: Enrollment | None = None
    is_address_unknown: bool = False
    enrollments: list[Enrollment] = field(default_factory=list)
    removed: list[Enrollment] = field(default_factory=list)
    recovery: Recovery = field(default_factory=Recovery)
    tokens: list[Token] = field(default_factory=list)
    oobs: list[Oob] = field(default_factory=list)
    refresh_tokens: list[tuple[Secret, bool]] = field(default_factory=list)
    subject: str = ""
    lost_last: bool = False
    is_blocked: bool = False
    wrong_passwords: int = 0
    delivered: list[str] = field(default_factory=list)
    wrong_codes: Allowance = field(default_factory=lambda: Allowance(10, 360.0))
    wrong_recovery_codes: Allowance = field(default_factory=lambda: Allowance(10, 360.0))
    phone_messages: Allowance = field(default_factory=lambda: Allowance(10, 3600.0))
    emails: Allowance = field(default_factory=lambda: Allowance(20, 60.0))
    pushes: Allowance = field(default_factory=lambda: Allowance(5, 12.0))
    completed_after_wrong_codes: bool = False

    @property
    def active(self) -> list[Enrollment]:
        """What was enrolled and confirmed."""
        return [each for each in self.enrollments if each.is_active]

    @property
    def pending(self) -> list[Enrollment]:
        """What waits for its first code."""
        return [each for each in self.enrollments if not each.is_active]

    @property
    def listed(self) -> list[Enrollment]:
        """What a list shows: what was enrolled, confirmed or not, and a verified address."""
        return self.enrollments + ([self.verified] if self.verified else [])

    @property
    def challengeable(self) -> list[Enrollment]:
        """What a challenge may go to: what is confirmed, and a verified address."""
        return self.active + ([self.verified] if self.verified else [])

    def messages(self, channel: str) -> Allowance:
        """The allowance that a message by this channel counts against."""
        if channel in PHONE:
            return self.phone_messages
        return self.emails if channel == "email" else self.pushes

    def __str__(self) -> str:
        """`user#1`."""
        return f"user#{self.number}"
