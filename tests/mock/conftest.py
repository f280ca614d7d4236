"""A mock tenant without a socket, with a clock that the test moves and seeded randomness."""

from __future__ import annotations

import itertools
import json
import random
from base64 import b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from pyotp import TOTP

from pytest_auth0_mfa.mock.engine import MockTenant
from pytest_auth0_mfa.mock.keys import SigningKey
from pytest_auth0_mfa.mock.messages import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

BASE_URL = "https://tenant.example"
EXTENSION = "http://auth0.com/oauth/grant-type/"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Reply:
    """An answer of the engine, its body free to be looked into without narrowing its type."""

    status: int
    body: Any
    response_id: str
    headers: Mapping[str, str]


@dataclass
class Clock:
    """A clock that stands still until it is moved; starts in the middle of a TOTP step."""

    now: float = 1_800_000_015.0

    def __call__(self) -> float:
        """Tell the time in epoch seconds."""
        return self.now


@dataclass
class Person:
    """A user as a test knows them: the credentials, and a TOTP device once enrolled."""

    tenant: Harness
    user_id: str
    email: str
    password: str
    secret: str = ""
    recovery_code: str = ""

    def login(self, **changes: str | None) -> Reply:
        """Log in with the password; `changes` replace parameters, None leaves them out."""
        form = {"username": self.email, "password": self.password, "scope": "openid profile"}
        return self.tenant.token("password", **{**form, **changes})

    def mfa_token(self, **changes: str | None) -> str:
        """Log in as far as the second factor."""
        return str(self.login(**changes).body["mfa_token"])

    def associate(self, bearer: str | None = None) -> Reply:
        """Start an enrollment and keep the secrets."""
        answer = self.tenant.post(
            "/mfa/associate", {"authenticator_types": ["otp"]}, bearer=bearer or self.mfa_token()
        )
        self.secret = answer.body.get("secret", "")
        if "recovery_codes" in answer.body:
            self.recovery_code = answer.body["recovery_codes"][0]
        return answer

    def code(self, steps_ago: int = 0) -> str:
        """Read the device, or what it showed some steps ago."""
        return TOTP(self.secret).at(int(self.tenant.clock.now) - 30 * steps_ago)

    def verify(self, mfa_token: str | None = None, /, **changes: str | None) -> Reply:
        """Send a code, the right one unless `changes` say otherwise."""
        otp = changes["otp"] if "otp" in changes else self.code()
        form = {"mfa_token": mfa_token or self.mfa_token(), **changes, "otp": otp}
        return self.tenant.token(f"{EXTENSION}mfa-otp", **form)

    def recover(self, code: str | None = None) -> Reply:
        """Send a recovery code, the last one known unless another is given."""
        form = {"mfa_token": self.mfa_token(), "recovery_code": code or self.recovery_code}
        return self.tenant.token(f"{EXTENSION}mfa-recovery-code", **form)

    def enroll(self) -> Person:
        """Enroll and confirm, then let the used code's step pass."""
        self.associate()
        assert 200 == self.verify().status
        self.tenant.clock.now += 60
        return self

    def access_token(self, scope: str = "enroll read:authenticators remove:authenticators") -> str:
        """Get an access token for the MFA audience, by a code where one is needed."""
        answer = self.login(audience=f"{BASE_URL}/mfa/", scope=scope)
        if self.secret and "mfa_token" in answer.body:
            answer = self.verify(str(answer.body["mfa_token"]))
            self.tenant.clock.now += 60
        return str(answer.body.get("access_token"))

    def authenticators(self) -> list[dict[str, Any]]:
        """List what is enrolled."""
        return list(self.tenant.get("/mfa/authenticators", bearer=self.mfa_token()).body)


@dataclass
class Recipient:
    """A user with an address of their own on one channel, and the latest login to it."""

    person: Person
    channel: str
    address: str
    mfa_token: str = ""
    oob_code: str = ""

    def login(self) -> str:
        """Log in as far as the second factor and go on with this login."""
        self.mfa_token = self.person.mfa_token()
        return self.mfa_token

    def associate(self, bearer: str | None = None, **changes: object) -> Reply:
        """Enroll the address; `changes` replace parameters."""
        self.mfa_token = bearer or self.login()
        name = "email" if self.channel == "email" else "phone_number"
        body = {"authenticator_types": ["oob"], "oob_channels": [self.channel], name: self.address}
        answer = self.tenant.post("/mfa/associate", {**body, **changes}, bearer=self.mfa_token)
        self.oob_code = str(answer.body.get("oob_code"))
        return answer

    def challenge(self, **wish: object) -> Reply:
        """Ask for a code in the present login; `wish` adds parameters."""
        body = {"mfa_token": self.mfa_token, **self.tenant.client, **wish}
        answer = self.tenant.post("/mfa/challenge", body)
        self.oob_code = str(answer.body.get("oob_code"))
        return answer

    def code(self) -> str:
        """Read the latest message."""
        return str(self.tenant.messages(to=self.address)[-1]["code"])

    def verify(self, **changes: str | None) -> Reply:
        """Send the latest code, or what `changes` say."""
        code = changes["binding_code"] if "binding_code" in changes else self.code()
        form = {"mfa_token": self.mfa_token, "oob_code": self.oob_code, **changes}
        return self.tenant.token(f"{EXTENSION}mfa-oob", **{**form, "binding_code": code})

    def enroll(self) -> Recipient:
        """Enroll and confirm, then start a new login."""
        self.associate()
        assert 200 == self.verify().status
        self.login()
        return self

    def access_token(self) -> str:
        """Get an access token for the MFA audience, by a code where one is needed."""
        scope = "enroll read:authenticators remove:authenticators"
        answer = self.person.login(audience=f"{BASE_URL}/mfa/", scope=scope)
        if answer.status != 200:
            self.mfa_token = str(answer.body["mfa_token"])
            self.challenge(challenge_type="oob")
            answer = self.verify()
        return str(answer.body.get("access_token"))

    @property
    def tenant(self) -> Harness:
        """The tenant of the user."""
        return self.person.tenant


@dataclass
class Harness:
    """A tenant, and the requests that tests make to it."""

    engine: MockTenant
    clock: Clock
    numbers: itertools.count[int] = field(default_factory=itertools.count)

    @property
    def info(self) -> Mapping[str, Any]:
        """Return what the tenant tells its clients."""
        return self.engine.introduction(BASE_URL)

    @property
    def client(self) -> dict[str, str]:
        """Return the credentials of the confidential client."""
        return {name: str(self.info[name]) for name in ("client_id", "client_secret")}

    @property
    def basic(self) -> str:
        """Return the Authorization header by which the confidential client proves itself."""
        return f"Basic {b64encode(':'.join(self.client.values()).encode()).decode()}"

    def request(self, method: str, path: str, **parts: Any) -> Reply:  # noqa: ANN401  The parts of a request.
        """Make any request."""
        answer = self.engine.handle(Request(method, path, BASE_URL, **parts))
        return Reply(answer.status, answer.body, answer.response_id, answer.headers)

    def get(self, path: str, bearer: str | None = None) -> Reply:
        """Get a path, with a bearer token where one is given."""
        return self.request("GET", path, headers=_authorization(bearer))

    def delete(self, path: str, bearer: str | None = None) -> Reply:
        """Delete a path, with a bearer token where one is given."""
        return self.request("DELETE", path, headers=_authorization(bearer))

    def post(self, path: str, body: object = None, bearer: str | None = None) -> Reply:
        """Post JSON."""
        headers = {"content-type": "application/json", **_authorization(bearer)}
        return self.request("POST", path, body=json.dumps(body or {}).encode(), headers=headers)

    def form(self, path: str, parameters: Mapping[str, str], **headers: str) -> Reply:
        """Post a form."""
        sent = {"content-type": FORM, **headers}
        return self.request("POST", path, body=urlencode(parameters).encode(), headers=sent)

    def token(self, grant_type: str | None, /, **parameters: str | None) -> Reply:
        """Ask for tokens as the confidential client; None leaves a parameter out."""
        form = {"grant_type": grant_type, **self.client, **parameters}
        return self.form("/oauth/token", {k: v for k, v in form.items() if v is not None})

    def person(self, **more: object) -> Person:
        """Create a user with an address of their own, unverified unless `more` says otherwise."""
        email, password = f"user-{next(self.numbers)}@example.com", "correct horse"
        told = {"email": email, "password": password, "email_verified": False, **more}
        answer = self.post("/__mock__/users", told)
        return Person(self, answer.body["user_id"], email, password)

    def recipient(self, channel: str, person: Person | None = None) -> Recipient:
        """Give a user, a new one unless named, an address on a channel."""
        number = next(self.numbers)
        address = f"box-{number}@inbox.example" if channel == "email" else f"+1555{number:07d}"
        return Recipient(person or self.person(), channel, address)

    def messages(self, **query: str) -> list[dict[str, Any]]:
        """Read what was delivered."""
        return list(self.request("GET", "/__mock__/messages", query=urlencode(query)).body)


def _authorization(bearer: str | None) -> dict[str, str]:
    return {} if bearer is None else {"authorization": f"Bearer {bearer}"}


@pytest.fixture(scope="session")
def signing_key() -> SigningKey:
    """Make one RSA key for all tests: a key takes a tenth of a second."""
    return SigningKey(random.Random(0))  # noqa: S311  A test's randomness is seeded.


@pytest.fixture
def make_tenant(signing_key: SigningKey) -> Callable[..., Harness]:
    """Return a maker of tenants, each with its seed, its deviations and variations."""

    def make(
        *deviations: str,
        seed: int = 1,
        enforce_limits: bool = False,
        variations: Sequence[str] = (),
    ) -> Harness:
        clock = Clock()
        entropy = random.Random(seed)  # noqa: S311  As above.
        engine = MockTenant(
            clock,
            entropy,
            deviations=deviations,
            variations=variations,
            enforce_limits=enforce_limits,
        )
        engine.tenant.signing_key = signing_key
        return Harness(engine, clock)

    return make


@pytest.fixture
def tenant(make_tenant: Callable[..., Harness]) -> Harness:
    """Return a tenant that behaves as documented."""
    return make_tenant()


@pytest.fixture(params=["sms", "voice", "email"])
def recipient(tenant: Harness, request: pytest.FixtureRequest) -> Recipient:
    """Return a user with an address, for each channel, who has enrolled nothing."""
    return tenant.recipient(request.param)


@pytest.fixture(params=["sms", "voice"])
def phone(tenant: Harness, request: pytest.FixtureRequest) -> Recipient:
    """Return a user with a phone, for each of its channels, who has enrolled nothing."""
    return tenant.recipient(request.param)


@pytest.fixture
def user(tenant: Harness) -> Person:
    """Return a user of that tenant who has enrolled nothing."""
    return tenant.person()
