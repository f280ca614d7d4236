"""The way from the model to the tenant: each call counted, each step written down.

Owns what can be done here at all (`offers`), how much may still be spent, and the notes between
the calls. Must not know what an answer means.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.errors import Untestable
from pytest_auth0_mfa.explore.purse import Purse
from pytest_auth0_mfa.factors.kinds import DELIVERED

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from pytest_auth0_mfa.api.exchange import Answer, Exchange
    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.api.spend import Spend
    from pytest_auth0_mfa.delivery.inbox import Inbox
    from pytest_auth0_mfa.guardian.approver import HeadlessApprover
    from pytest_auth0_mfa.tenant.tenant import Tenant
    from pytest_auth0_mfa.tenant.users import User

CODE_TIMEOUT_S: Final = 30.0
AT_ONCE_S: Final = 0.01
"""For messages of a mock, which are there before the request is answered."""


class OutOfSteps(BaseException):
    """The calls that may be made are used up."""


@dataclass(frozen=True, slots=True)
class Offers:
    """What can be done at a tenant.

    `moves_clocks` and `configures` say that a control plane is there, `exhausts` that tries and
    messages may be used up, `has_twins` that a phone is listed for text messages and for calls,
    whichever of them are explored, `verifies` that users can be made with a verified address.
    """

    factors: tuple[str, ...]
    moves_clocks: bool
    configures: bool
    exhausts: bool
    verifies: bool
    has_twins: bool

    @property
    def enrollable(self) -> tuple[str, ...]:
        """The factors that can be enrolled."""
        return tuple(each for each in self.factors if each != "recovery-code")


def offers_of(tenant: Tenant, factors: tuple[str, ...]) -> Offers:
    """What can be done at this tenant with these factors."""
    return Offers(
        factors=tuple(each for each in tenant.factors if each in factors),
        moves_clocks=tenant.mock,
        configures=tenant.mock,
        exhausts=tenant.mock or tenant.use_up_tries,
        has_twins={"sms", "voice"} <= {*tenant.factors},
        verifies=tenant.mock and {"email"} <= {*factors},
    )


@dataclass(slots=True)
class Door:
    """One tenant, as a sequence of calls sees it; `steps_left` calls may still be made.

    What costs something is paid from the `purse`, which raises `Untestable` where that is empty.
    `notes` are the notes so far, each with the number of calls before it.
    """

    tenant: Tenant
    offers: Offers
    steps_left: int
    steps: int = 0
    notes: list[tuple[int, str]] = field(default_factory=list)
    spend: dict[str, float] = field(default_factory=dict)
    purse: Purse = field(default_factory=Purse)

    def begin(self) -> None:
        """Begin a sequence with nothing sent."""
        self.gather()
        self.tenant.inboxes.release()
        self.tenant.approvers.release()
        self.tenant.recorder.start_test()
        self.notes = []

    def gather(self) -> None:
        """Add what the sequence has cost to what all have."""
        spend: Spend = self.tenant.recorder.spend
        for name, count in spend.to_json().items():
            self.spend[name] = self.spend.get(name, 0) + count

    @property
    def exchanges(self) -> list[Exchange]:
        """The calls of this sequence."""
        return list(self.tenant.recorder.exchanges)

    def call(self, send: Callable[[], Answer], cost: Mapping[str, int] | None = None) -> Answer:
        """Make one call, if one may still be made, and pay what it may cost."""
        if self.steps_left <= 0:
            raise OutOfSteps
        if cost:
            self.purse.take(cost)
        self.steps_left -= 1
        self.steps += 1
        return send()

    def note(self, text: str) -> None:
        """Write down a step that is no call to the tenant."""
        self.notes.append((len(self.tenant.recorder.exchanges), text))

    def new_user(self, verified_email: str | None = None) -> User:
        """A user without authenticators."""
        self.purse.take(self.purse.per_user)
        try:
            return self.tenant.new_user(verified_email)
        except Untestable:
            self.purse.settle(self.purse.per_user, {})
            raise

    def open_inbox(self, channel: str) -> Inbox | None:
        """An inbox of its own, None where there is none left."""
        try:
            return self.tenant.open_inbox(channel)
        except Untestable:
            return None

    def open_device(self, user: User) -> HeadlessApprover | None:
        """A headless device of this user, None where somebody else holds it."""
        from pytest_auth0_mfa.guardian.approver import HeadlessApprover  # noqa: PLC0415 - slow to load

        approver = self.tenant.approvers.open(user)
        return approver if isinstance(approver, HeadlessApprover) else None

    def login(self, user: User, **changes: object) -> Answer:
        """Ask for tokens with the password."""
        return self.call(lambda: self.tenant.password(user, **changes))  # type: ignore[arg-type]

    def token(self, *, is_wrong: bool = False, **params: object) -> Answer:
        """`POST /oauth/token`; `is_wrong` says that it may cost the user a try."""
        client, application = self.tenant.client, self.tenant.application
        cost = {"wrong_codes": 1} if is_wrong else {}
        before = self.tenant.recorder.spend.wrong_codes
        answer = self.call(lambda: client.token(application, params), cost)
        spent = {"wrong_codes": self.tenant.recorder.spend.wrong_codes - before}
        if spent != cost:
            self.purse.settle(cost, spent)
        return answer

    def associate(self, bearer: str, body: dict[str, object], channel: str | None = None) -> Answer:
        """`POST /mfa/associate`, which sends a message by this channel."""
        cost = {channel: 1} if channel else {}
        answer = self.call(lambda: self.tenant.client.associate(bearer, body), cost)
        if cost and not answer.get("oob_code"):
            self.purse.settle(cost, {})
        return answer

    def challenge(self, channels: Collection[str], **params: object) -> Answer:
        """`POST /mfa/challenge`, which may send a message by one of these channels.

        One of each is set aside until `sent` tells.
        """
        client, application = self.tenant.client, self.tenant.application
        cost = dict.fromkeys(channels, 1)
        return self.call(lambda: client.challenge(application, params), cost)

    def sent(self, among: Collection[str], channels: Collection[str]) -> None:
        """Count the message that a challenge sent: by all that it may have been, if unknown."""
        for channel in channels:
            self.tenant.recorder.spend.message(channel)
        self.purse.settle(dict.fromkeys(among, 1), dict.fromkeys(channels, 1))

    def list(self, bearer: str) -> Answer:
        """`GET /mfa/authenticators`."""
        return self.call(lambda: self.tenant.client.authenticators(bearer))

    def delete(self, bearer: str, authenticator_id: str) -> Answer:
        """`DELETE /mfa/authenticators/{id}`."""
        client = self.tenant.client
        return self.call(lambda: client.delete_authenticator(bearer, authenticator_id))

    def learn(self, value: str, kind: str) -> Secret:
        """Mark a value as a secret of this kind."""
        return self.tenant.learn(value, kind)


def code_from(inbox: Inbox | None, timeout_s: float = CODE_TIMEOUT_S) -> Secret:
    """The code of the message that was sent last; raises `Undelivered` where none came."""
    assert inbox is not None  # noqa: S101 - for the type checker; callers looked
    return inbox.wait_for_code(timeout_s)


def is_delivered(factor: str) -> bool:
    """Whether codes of this factor are sent to the user."""
    return factor in DELIVERED
