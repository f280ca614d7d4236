"""Clients that prove themselves by signed assertions, and how they are registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from pytest_auth0_mfa.mock.assertions import UsedAssertions
from tests.mock.conftest import EXTENSION
from tests.mock.signing import CLIENTS, key, public_pem, register

if TYPE_CHECKING:
    from tests.mock.conftest import Harness, Person
    from tests.mock.signing import SigningClient

INTERRUPTED, REFUSED = "error.mfa-required", "error.invalid-client"


@pytest.fixture
def client(tenant: Harness) -> SigningClient:
    """Return a client whose key the tenant knows."""
    return register(tenant)


class TestRegistration:
    """`POST /__mock__/clients`."""

    def test_registered(self, tenant: Harness) -> None:
        """The answer names the client; the algorithm is RS256 unless another is wanted."""
        answer = tenant.post(CLIENTS, {"public_key": public_pem(key("own"))})
        assert answer.status == 201
        assert {"client_id", "algorithm", "token_endpoint_auth_method"} == set(answer.body)
        assert ("RS256", "private_key_jwt") == (
            answer.body["algorithm"],
            answer.body["token_endpoint_auth_method"],
        )

    @pytest.mark.parametrize("algorithm", ["HS256", "none", "ES256", "rs256", ""])
    def test_unknown_algorithm(self, tenant: Harness, algorithm: str) -> None:
        """What Auth0 takes from no client is a 400 that names what it takes."""
        body = {"public_key": public_pem(key("own")), "algorithm": algorithm or 7}
        answer = tenant.post(CLIENTS, body)
        assert answer.status == 400

    def test_missing_key(self, tenant: Harness) -> None:
        """A client without a key is no client."""
        assert tenant.post(CLIENTS, {}).response_id == "error.missing-parameter"

    def test_no_key_at_all(self, tenant: Harness) -> None:
        """Any text but PEM is a 400."""
        answer = tenant.post(CLIENTS, {"public_key": "nonsense"})
        assert (400, "public_key must be a public key in PEM form") == (
            answer.status,
            answer.body["error_description"],
        )

    def test_private_half(self, tenant: Harness) -> None:
        """A private key is refused, for it should never have been sent."""
        pem = key("own").private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        assert tenant.post(CLIENTS, {"public_key": pem.decode()}).status == 400

    def test_unsuitable_key(self, tenant: Harness) -> None:
        """A short key and one of another kind are told apart from a suitable one."""
        short = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505  Refused below.
        other = ec.generate_private_key(ec.SECP256R1())
        for private in (short, other):
            answer = tenant.post(CLIENTS, {"public_key": public_pem(private)})  # type: ignore[arg-type]
            assert "must be of RSA, 2048 to 4096 bits" in answer.body["error_description"]

    def test_survives_a_reset(self, tenant: Harness, client: SigningClient) -> None:
        """Clients stay, so that an application under test can go on."""
        tenant.post("/__mock__/reset")
        assert INTERRUPTED == client.login(tenant.person()).response_id


class TestProof:
    """What an assertion must be like."""

    @pytest.mark.parametrize("algorithm", ["RS256", "RS384", "PS256"])
    def test_right(self, tenant: Harness, user: Person, algorithm: str) -> None:
        """An assertion by the registered algorithm logs in, with or without client_id."""
        client = register(tenant, algorithm=algorithm)
        for changes in ({}, {"client_id": None}):
            assertion = client.assertion(algorithm=algorithm)
            assert INTERRUPTED == client.login(user, assertion, **changes).response_id

    def test_whole_login(self, tenant: Harness, client: SigningClient) -> None:
        """Challenge and code take assertions, each a fresh one."""
        user = tenant.person().enroll()
        token = client.login(user).body["mfa_token"]
        answer = tenant.post("/mfa/challenge", {"mfa_token": token, **client.credentials()})
        assert "challenge.otp" == answer.response_id
        assert "token.otp" == user.verify(token, **client.credentials()).response_id

    def test_own_token(self, tenant: Harness, client: SigningClient) -> None:
        """The command that the guide shows: client_credentials, without client_id."""
        proof = {**client.credentials(), "client_id": None}
        answer = tenant.token("client_credentials", audience=str(tenant.info["audience"]), **proof)
        assert "token.client-credentials" == answer.response_id

    @pytest.mark.parametrize(
        "claims",
        [
            *({claim: None} for claim in ("iss", "sub", "aud", "exp", "jti")),
            {"iss": "another"},
            {"sub": "another"},
            {"aud": "https://another.example/"},
            {"aud": "https://tenant.example"},
            {"aud": ["https://another.example/", 7]},
            {"aud": 7},
            {"exp": "soon"},
            {"exp": True},
            {"exp": float("inf")},
            {"iat": float("nan")},
            {"iat": "now"},
            {"jti": 7},
            {"jti": ["a"]},
            {"sub": {}},
        ],
        ids=str,
    )
    def test_faulty_claim(
        self, user: Person, client: SigningClient, claims: dict[str, object]
    ) -> None:
        """Each of them refuses the client."""
        assert REFUSED == client.login(user, client.assertion(claims)).response_id

    @pytest.mark.parametrize(
        ("claims", "is_right"),
        [
            ({"iat": -10, "exp": 0}, False),
            ({"iat": -10, "exp": 1}, True),
            ({"iat": 0, "exp": 300}, True),
            ({"iat": 0, "exp": 301}, False),
            ({"iat": None, "exp": 300}, True),
            ({"iat": None, "exp": 301}, False),
            ({"iat": 10, "exp": 60}, True),
            ({"iat": 12, "exp": 60}, False),
            ({"nbf": 10}, True),
            ({"nbf": 12}, False),
        ],
        ids=str,
    )
    def test_times(
        self,
        tenant: Harness,
        user: Person,
        client: SigningClient,
        claims: dict[str, int | None],
        *,
        is_right: bool,
    ) -> None:
        """Five minutes at most, and ten seconds of skew at the start alone."""
        now = int(tenant.clock.now)
        moments = {name: None if n is None else now + n for name, n in claims.items()}
        answer = client.login(user, client.assertion(moments))
        assert (INTERRUPTED if is_right else REFUSED) == answer.response_id

    @pytest.mark.parametrize("assertion", ["", "a.b.c", "no-jwt", "eyJhbGciOiJub25lIn0.e30."])
    def test_no_assertion(self, user: Person, client: SigningClient, assertion: str) -> None:
        """Nonsense is refused, and so is a JWT without signature."""
        answer = user.login(**{**client.credentials("x"), "client_assertion": assertion})
        assert REFUSED == answer.response_id

    def test_public_key_as_secret(self, user: Person, client: SigningClient) -> None:
        """A signature by HMAC with the public key, which anybody has, is refused."""
        claims = jwt.decode(client.assertion(), options={"verify_signature": False})
        forged = jwt.encode(claims, "x" * 32, "HS256")
        assert REFUSED == client.login(user, forged).response_id

    @pytest.mark.parametrize(
        ("key_name", "algorithm"),
        [("stranger's", "RS256"), ("own", "RS384"), ("own", "PS256")],
    )
    def test_wrong_signature(
        self, user: Person, client: SigningClient, key_name: str, algorithm: str
    ) -> None:
        """Another key, or the right one by another algorithm, is refused."""
        assertion = client.assertion(key_name=key_name, algorithm=algorithm)
        assert REFUSED == client.login(user, assertion).response_id

    def test_secret_is_no_substitute(self, user: Person, client: SigningClient) -> None:
        """A client that signs has no secret, not even an empty one."""
        for secret in (None, "", "wrong"):
            answer = user.login(client_id=client.client_id, client_secret=secret)
            assert REFUSED == answer.response_id

    def test_assertion_is_no_substitute(
        self, tenant: Harness, user: Person, client: SigningClient
    ) -> None:
        """A client with a secret cannot be proved by the key of another one."""
        own = tenant.client["client_id"]
        assertion = client.assertion({"iss": own, "sub": own})
        assert REFUSED == client.login(user, assertion, client_id=own).response_id

    def test_on_association(self, user: Person, client: SigningClient) -> None:
        """An assertion that is sent where none is needed must be right."""
        for assertion, expected in ((None, "associate.otp"), ("a.b.c", REFUSED)):
            body = {"authenticator_types": ["otp"], **client.credentials(assertion)}
            answer = user.tenant.post("/mfa/associate", body, bearer=user.mfa_token())
            assert expected == answer.response_id


class TestReplay:
    """An assertion is good once."""

    def test_used_again(self, user: Person, client: SigningClient) -> None:
        """The second use is refused, at whatever endpoint."""
        used = client.assertion()
        assert INTERRUPTED == client.login(user, used).response_id
        assert REFUSED == client.login(user, used).response_id
        form = {"mfa_token": "x", "otp": "000000", **client.credentials(used)}
        assert REFUSED == user.tenant.token(f"{EXTENSION}mfa-otp", **form).response_id

    def test_wrong_one_is_not_used_up(self, user: Person, client: SigningClient) -> None:
        """Who guesses the jti of a client does not lock it out."""
        forged = client.assertion({"jti": "next"}, key_name="stranger's")
        assert REFUSED == client.login(user, forged).response_id
        assert INTERRUPTED == client.login(user, client.assertion({"jti": "next"})).response_id

    def test_same_name_of_two_clients(self, tenant: Harness, user: Person) -> None:
        """Clients choose their ids without asking one another."""
        for client in (register(tenant), register(tenant)):
            assert INTERRUPTED == client.login(user, client.assertion({"jti": "one"})).response_id

    def test_memory(self) -> None:
        """What has expired is forgotten, so that memory stays flat."""
        used = UsedAssertions()
        for second in range(1000):
            assert used.add(str(second), second + 60.0, float(second))
        assert len(used._ends) <= 61  # noqa: SLF001  How much is kept is not seen from outside.
