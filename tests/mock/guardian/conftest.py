"""A push device as a test has it in hand: its key, what it was told, and the user it belongs to."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from tests.mock.conftest import BASE_URL, EXTENSION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.mock.conftest import Harness, Person, Reply

MOUNT = "/appliance-mfa/api"
RESOLVE = f"{MOUNT}/resolve-transaction"
PUSH = {"authenticator_types": ["oob"], "oob_channels": ["auth0"]}


@dataclass(frozen=True)
class Key:
    """A private key, the algorithm it is for, and its public half as a JWK."""

    private: Any
    algorithm: str
    jwk: Mapping[str, str]

    def sign(self, claims: Mapping[str, object]) -> str:
        """Return a JWT over claims, also over such as a library for JWTs would refuse."""
        payload = json.dumps(claims).encode()
        return jwt.PyJWS().encode(payload, self.private, self.algorithm)


@dataclass
class Owner:
    """A user with a device, and the latest login to it; `said` is what the enrollment answered."""

    person: Person
    key: Key
    identifier: str = "vendor-uuid-1"
    service: str = "GCM"
    mfa_token: str = ""
    oob_code: str = ""
    ticket: str = ""
    said: dict[str, Any] = field(default_factory=dict)

    @property
    def tenant(self) -> Harness:
        """The tenant of the user."""
        return self.person.tenant

    def login(self) -> str:
        """Log in as far as the second factor and go on with this login."""
        self.mfa_token = self.person.mfa_token()
        return self.mfa_token

    def associate(self, bearer: str | None = None) -> Reply:
        """Ask for a barcode and read it."""
        self.mfa_token = bearer or self.login()
        answer = self.tenant.post("/mfa/associate", PUSH, bearer=self.mfa_token)
        self.oob_code = str(answer.body.get("oob_code"))
        query = parse_qs(urlsplit(str(answer.body.get("barcode_uri"))).query)
        self.ticket = query.get("enrollment_tx_id", [""])[0]
        return answer

    def introduction(self, **changes: object) -> dict[str, object]:
        """Return what the device sends when it enrolls; None leaves a member out."""
        told = {
            "identifier": self.identifier,
            "name": "CI device",
            "push_credentials": {"service": self.service, "token": "push-token"},
            "public_key": dict(self.key.jwk),
            **changes,
        }
        return {name: each for name, each in told.items() if each is not None}

    def scan(self, *, mount: str = MOUNT, authorization: str = "", **changes: object) -> Reply:
        """Enroll the device by the barcode's ticket, or whatever `authorization` says."""
        return self.send(
            "POST",
            f"{mount}/enroll",
            self.introduction(**changes),
            authorization or f'Ticket id="{self.ticket}"',
        )

    def send(self, method: str, path: str, body: object, authorization: str) -> Reply:
        """Make any request of a device."""
        sent = {"content-type": "application/json", "authorization": authorization}
        octets = json.dumps(body).encode()
        return self.tenant.request(method, path, body=octets, headers=sent)

    def poll(self, **changes: str | None) -> Reply:
        """Look whether the user has acted; `changes` replace parameters."""
        form = {"mfa_token": self.mfa_token, "oob_code": self.oob_code, **changes}
        return self.tenant.token(f"{EXTENSION}mfa-oob", **form)

    def enroll(self) -> Owner:
        """Enroll the device, have it confirmed, and start a new login."""
        self.associate()
        answer = self.scan()
        assert 200 == answer.status
        self.said = answer.body
        assert 200 == self.poll().status
        self.person.secret = self.said["totp"]["secret"]
        self.login()
        return self

    def challenge(self, **wish: object) -> Reply:
        """Ask for a prompt in the present login; `wish` adds parameters."""
        body = {"mfa_token": self.mfa_token, "challenge_type": "oob", **self.tenant.client, **wish}
        answer = self.tenant.post("/mfa/challenge", body)
        self.oob_code = str(answer.body.get("oob_code"))
        return answer

    @property
    def device_id(self) -> str:
        """What the tenant calls the device."""
        return str(self.said["id"])

    def payloads(self) -> list[dict[str, Any]]:
        """Read what the device received."""
        query = f"device={self.device_id}"
        return list(self.tenant.request("GET", "/__mock__/pushes", query=query).body)

    @property
    def prompt(self) -> dict[str, Any]:
        """The latest prompt."""
        content: dict[str, Any] = self.payloads()[-1]["mfa"]
        return content

    def claims(self, **changes: object) -> dict[str, object]:
        """Return the claims that allow the latest prompt; None leaves a claim out."""
        issued_at = int(self.tenant.clock.now)
        right: dict[str, object] = {
            "iat": issued_at,
            "exp": issued_at + 30,
            "aud": f"{BASE_URL}{RESOLVE}",
            "iss": self.identifier,
            "sub": self.prompt["c"],
            "auth0_guardian_method": "push",
            "auth0_guardian_accepted": True,
            **changes,
        }
        return {name: each for name, each in right.items() if each is not None}

    def resolve(
        self, response: str | None = None, *, mount: str = MOUNT, **changes: object
    ) -> Reply:
        """Answer the latest prompt: allow it, unless a response or `changes` of claims differ."""
        path = f"{mount}/resolve-transaction"
        claims = self.claims(**{"aud": f"{BASE_URL}{path}", **changes})
        body = {"challenge_response": self.key.sign(claims) if response is None else response}
        return self.send("POST", path, body, f"Bearer {self.prompt['txtkn']}")

    def reject(self) -> Reply:
        """Reject the latest prompt."""
        return self.resolve(auth0_guardian_accepted=False)

    def access_token(self) -> str:
        """Get an access token for the MFA audience, by a prompt where one is needed."""
        scope = "enroll read:authenticators remove:authenticators"
        answer = self.person.login(audience=f"{BASE_URL}/mfa/", scope=scope)
        if answer.status != 200:
            self.mfa_token = str(answer.body["mfa_token"])
            self.challenge()
            self.resolve()
            answer = self.poll()
        return str(answer.body["access_token"])


def rsa_key(bits: int = 2048) -> Key:
    """Make an RSA key."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    public = RSAAlgorithm.to_jwk(private.public_key(), as_dict=True)
    members = {name: public[name] for name in ("kty", "n", "e")}
    return Key(private, "RS256", {**members, "alg": "RS256", "use": "sig"})


def ec_key(curve: ec.EllipticCurve | None = None) -> Key:
    """Make a key on P-256, or another curve."""
    private = ec.generate_private_key(curve or ec.SECP256R1())
    public = ECAlgorithm.to_jwk(private.public_key(), as_dict=True)
    members = {name: public[name] for name in ("kty", "crv", "x", "y")}
    return Key(private, "ES256", {**members, "alg": "ES256", "use": "sig"})


@pytest.fixture(scope="session")
def keys() -> dict[str, Key]:
    """Make one key of each kind for all tests, and an RSA key of somebody else."""
    return {"RSA": rsa_key(), "EC": ec_key(), "other": rsa_key()}


@pytest.fixture
def make_owner(tenant: Harness, keys: dict[str, Key]) -> Callable[..., Owner]:
    """Return a maker of users with devices that have yet to enroll."""

    def make(person: Person | None = None, kind: str = "RSA", **more: Any) -> Owner:  # noqa: ANN401  Fields.
        return Owner(person or tenant.person(), keys[kind], **more)

    return make


@pytest.fixture
def owner(make_owner: Callable[..., Owner]) -> Owner:
    """Return a user with a device that has yet to enroll."""
    return make_owner()


@pytest.fixture
def enrolled(owner: Owner) -> Owner:
    """Return a user whose device has enrolled, in a new login."""
    return owner.enroll()


@pytest.fixture
def prompted(enrolled: Owner) -> Owner:
    """Return a user who has just been prompted."""
    assert 200 == enrolled.challenge().status
    return enrolled


def refusal(answer: Reply) -> tuple[int, str]:
    """Return status and code of a refusal by the device API."""
    assert answer.status == answer.body["statusCode"]
    assert {"statusCode", "error", "message", "errorCode"} == set(answer.body)
    return answer.status, answer.body["errorCode"]


def assert_changed_nothing(owner: Owner) -> None:
    """After a refused answer the login still waits, and the right answer is still taken."""
    assert "error.authorization-pending" == owner.poll().response_id
    assert 204 == owner.resolve().status
    assert 200 == owner.poll().status
