"""The engine of the mock behind the client side, without a socket between them.

The same model, moves and client code run as over HTTP; only what sends, what records and what
delivers is replaced by something lean, so that thousands of calls a second are made.
"""

from __future__ import annotations

import json as json_text
import random
from base64 import b64encode
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlencode

from pytest_auth0_mfa.api.client import TenantClient
from pytest_auth0_mfa.api.exchange import Answer, Exchange
from pytest_auth0_mfa.api.redaction import Redactor
from pytest_auth0_mfa.api.secret import Secret
from pytest_auth0_mfa.api.spend import Spend
from pytest_auth0_mfa.errors import Undelivered
from pytest_auth0_mfa.explore.door import Door, offers_of
from pytest_auth0_mfa.explore.exploration import Exploration
from pytest_auth0_mfa.factors.steps import Steps
from pytest_auth0_mfa.guardian.approver import HeadlessApprover
from pytest_auth0_mfa.guardian.key import DeviceKey
from pytest_auth0_mfa.guardian.pushes import MockReceiver
from pytest_auth0_mfa.mock.engine import MockTenant
from pytest_auth0_mfa.mock.keys import SigningKey
from pytest_auth0_mfa.mock.messages import Request
from pytest_auth0_mfa.tenant.access import access_from_mock
from pytest_auth0_mfa.tenant.clock import UserClock
from pytest_auth0_mfa.tenant.configuration import UserConfiguration
from pytest_auth0_mfa.tenant.profile import FACTORS
from pytest_auth0_mfa.tenant.tenant import Tenant
from pytest_auth0_mfa.tenant.users import User

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

BASE_URL = "https://tenant.example"
EPOCH = 1_800_000_015.0
TICK_S = 0.02
FORM = "application/x-www-form-urlencoded"


class LeanRedactor:
    """Marks secrets and remembers none: what is written down is redacted when it is."""

    def learn(self, value: str, kind: str) -> Secret:
        """Wrap a value."""
        return Secret(value, kind)


@dataclass
class LeanRecorder:
    """Keeps what was sent as it was, and redacts it when somebody asks."""

    redactor: LeanRedactor = field(default_factory=LeanRedactor)
    spend: Spend = field(default_factory=Spend)
    raw: list[tuple[str, str, object, Mapping[str, str], Any]] = field(default_factory=list)

    def start_test(self) -> None:
        """Forget the sequence before."""
        self.raw = []
        self.spend = Spend()

    @property
    def exchanges(self) -> Sequence[Exchange]:
        """What was sent, redacted; as many as were sent, made when looked at."""
        return _Redacted(self.raw)


class _Redacted(list[Exchange]):
    """Exchanges that are counted at once and made when somebody walks through them."""

    def __init__(self, raw: list[tuple[str, str, object, Mapping[str, str], Any]]) -> None:
        super().__init__()
        self._raw = raw

    def __len__(self) -> int:
        return len(self._raw)

    def __iter__(self) -> Any:  # noqa: ANN401  An iterator of exchanges.
        redactor = Redactor()
        for number, each in enumerate(self._raw, 1):
            yield _written_down(redactor, number, *each)


def _written_down(  # noqa: PLR0913, PLR0917  The parts of an exchange.
    redactor: Redactor,
    number: int,
    method: str,
    path: str,
    body: object,
    headers: Mapping[str, str],
    answer: Any,  # noqa: ANN401  The engine's.
) -> Exchange:
    url = str(redactor.redact(BASE_URL + path, guess=False))
    request = {
        "url": url,
        "headers": redactor.headers(headers),
        "body": redactor.redact(body, guess=False),
    }
    redactor.wrap(answer.body)
    response = {"headers": {}, "body": redactor.redact(answer.body)}
    return Exchange(number, method, path, answer.status, request, response, 0.0)


class LeanTransport:
    """Hands requests to the engine; has what `Transport` has for its callers."""

    base_url = BASE_URL

    def __init__(
        self, engine: MockTenant, ticking: Ticking, recorder: LeanRecorder, *, silent: bool = False
    ) -> None:
        """Send to `engine`, whose clock is `ticking`; what is `silent` is not recorded."""
        self.engine = engine
        self.ticking = ticking
        self.recorder = recorder
        self._silent = silent

    def close(self) -> None:
        """Close nothing."""

    def send(  # noqa: PLR0913  The parts of an HTTP request, as `Transport` has them.
        self,
        method: str,
        path: str,
        *,
        form: Mapping[str, object] | None = None,
        json: object = None,
        text: str | None = None,
        headers: Mapping[str, str] | None = None,
        basic: tuple[str, str] | None = None,
        expecting: str | None = None,
        repeatable: bool = False,
    ) -> Answer:
        """Send one request, which nothing keeps from the engine."""
        del text, expecting, repeatable
        sent = {} if headers is None else {name.lower(): value for name, value in headers.items()}
        body = b""
        if form is not None:
            body, sent["content-type"] = urlencode(form).encode(), FORM
        elif json is not None:
            body, sent["content-type"] = json_text.dumps(json).encode(), "application/json"
        if basic is not None:
            sent["authorization"] = f"Basic {b64encode(':'.join(basic).encode()).decode()}"
        self.ticking.now += TICK_S
        bare, _, query = path.partition("?")
        answer = self.engine.handle(
            Request(method, unquote(bare), BASE_URL, body, sent, query, "127.0.0.1")
        )
        if not self._silent:
            self.recorder.raw.append((method, path, form if json is None else json, sent, answer))
            self.recorder.spend.requests += 1
        return Answer(answer.status, answer.headers, answer.body, _NOWHERE)


_NOWHERE = Exchange(0, "", "", 0, {}, {"body": None}, 0.0)


@dataclass
class Ticking:
    """The time of an engine, which a call takes a little of, as it does anywhere."""

    now: float = EPOCH

    def __call__(self) -> float:
        """Tell the time in epoch seconds."""
        return self.now


class LeanClock(UserClock):
    """A user's clock that moves with the calls."""

    def __init__(
        self,
        recorder: Any,  # noqa: ANN401  What has a `spend`.
        move: Callable[[float], None],
        ticking: Ticking,
    ) -> None:
        """Go with the engine's clock."""
        super().__init__(recorder, move)
        self._ticking = ticking

    def now(self) -> float:
        """The engine's time, and how far this user is ahead."""
        return self._ticking.now + self._ahead_s


@dataclass
class LeanUsers:
    """Makes users at the control plane."""

    transport: LeanTransport
    made: int = 0

    def new(self, verified_email: str | None = None) -> User:
        """A user without authenticators."""
        self.made += 1
        email = verified_email or f"user-{self.made}@example.test"
        body = {"email": email, "password": "correct horse", "email_verified": bool(verified_email)}
        user_id = str(self.transport.send("POST", "/__mock__/users", json=body).get("user_id"))
        self.transport.recorder.spend.users += 1

        def move(seconds: float) -> None:
            told = {"advance_s": seconds, "user_id": user_id}
            self.transport.send("POST", "/__mock__/clock", json=told)

        def change(path: str, body: Mapping[str, object]) -> None:
            self.transport.send("POST", f"/__mock__{path}", json={**body, "user_id": user_id})

        clock = LeanClock(self.transport.recorder, move, self.transport.ticking)
        secret = Secret("correct horse", "password")
        return User(email, secret, clock, user_id, UserConfiguration(change))


@dataclass
class LeanInbox:
    """The messages to one address, as the control plane shows them."""

    transport: LeanTransport
    address: str
    seen: int = 0

    def expect(self) -> None:
        """Take what has arrived as out of date."""
        self.seen = len(self._messages())

    def wait_for_code(self, timeout: float) -> Secret:
        """The code of the newest message that was not read."""
        messages = self._messages()
        if len(messages) <= self.seen:
            raise Undelivered(f"nothing came to {self.address} within {timeout:g} s")
        self.seen = len(messages)
        return Secret(messages[-1].code, "binding_code")

    def is_quiet(self) -> bool:
        """Whether nothing new has come."""
        before, self.seen = self.seen, len(self._messages())
        return before == self.seen

    def _messages(self) -> list[Any]:
        return self.transport.engine.tenant.outbox.find(self.address)


@dataclass
class LeanInboxes:
    """Opens inboxes."""

    transport: LeanTransport
    opened: int = 0

    def open(self, channel: str) -> LeanInbox:
        """An inbox of an address that nobody has had."""
        self.opened += 1
        is_email = channel == "email"
        name = f"box-{self.opened}@inbox.test" if is_email else f"+1202{self.opened:07d}"
        return LeanInbox(self.transport, name)

    def release(self) -> None:
        """Give nothing back."""


@cache
def device_key() -> DeviceKey:
    """One key for all devices: P-256 signs fast."""
    return DeviceKey.generate("EC")


@cache
def signing_key() -> SigningKey:
    """One key for all tenants: making it takes a tenth of a second."""
    return SigningKey(random.Random(0))  # noqa: S311  A test's randomness is seeded.


@dataclass
class LeanApprovers:
    """Gives each user a headless device."""

    transport: LeanTransport
    aside: LeanTransport

    def open(self, user: User) -> HeadlessApprover:
        """A device of a user's own."""
        receiver = MockReceiver(self.aside)  # type: ignore[arg-type]
        return HeadlessApprover(
            self.transport, receiver, key=device_key, now=user.clock.now  # type: ignore[arg-type]
        )  # fmt: skip

    def release(self) -> None:
        """Give nothing back."""


def tenant_in_memory(*deviations: str, seed: int = 1) -> Tenant:
    """A tenant whose calls go to the engine directly."""
    entropy = random.Random(seed)  # noqa: S311  As above.
    ticking = Ticking()
    engine = MockTenant(ticking, entropy, deviations=deviations)
    engine.tenant.signing_key = signing_key()
    recorder = LeanRecorder()
    transport = LeanTransport(engine, ticking, recorder)
    aside = LeanTransport(engine, ticking, recorder, silent=True)
    described = aside.send("GET", "/__mock__").body
    assert isinstance(described, dict)
    return Tenant(
        mock=True,
        access=access_from_mock(described, recorder.redactor.learn),
        factors=FACTORS,
        use_up_tries=True,
        rehearses=False,
        url=BASE_URL,
        client=TenantClient(transport),  # type: ignore[arg-type]
        users=LeanUsers(aside),  # type: ignore[arg-type]
        inboxes=LeanInboxes(aside),  # type: ignore[arg-type]
        approvers=LeanApprovers(transport, aside),  # type: ignore[arg-type]
        recorder=recorder,  # type: ignore[arg-type]
        steps=Steps(),
    )


def explore(
    *deviations: str, steps: int, seed: int = 1, shrinks: bool = False, shrink_steps: int = 0
) -> Exploration:
    """Explore a tenant in memory that is wrong in these ways."""
    tenant = tenant_in_memory(*deviations)
    door = Door(tenant, offers_of(tenant, FACTORS), steps)
    exploration = Exploration(door, seed, shrink_steps=shrink_steps, shrinks=shrinks)
    exploration.run()
    return exploration
