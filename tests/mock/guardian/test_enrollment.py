"""A device enrolls: what it is told, and everything for which it is turned away."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests.mock.guardian.conftest import Owner, ec_key, refusal, rsa_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.mock.conftest import Harness
    from tests.mock.guardian.conftest import Key


@pytest.fixture
def asked(owner: Owner) -> Owner:
    """Return a user who has a barcode on the screen."""
    owner.associate()
    return owner


class TestAnswer:
    """What the device is told."""

    def test_fields(self, tenant: Harness, asked: Owner) -> None:
        """All that the SDKs require is there, in the types that they require."""
        answer = asked.scan()
        assert (200, "device.enrolled") == (answer.status, answer.response_id)
        assert ["id", "url", "issuer", "user_id", "token", "totp"] == list(answer.body)
        assert re.fullmatch(r"dev_[A-Za-z0-9]{16}", answer.body["id"])
        assert asked.person.user_id == answer.body["user_id"]
        assert tenant.info["url"] == answer.body["url"]
        totp = answer.body["totp"]
        assert {"secret": totp["secret"], "algorithm": "sha1", "digits": 6, "period": 30} == totp
        assert re.fullmatch(r"[A-Z2-7]{32}", totp["secret"])

    def test_without_one_time_passwords(
        self, make_tenant: Callable[..., Harness], keys: dict[str, Key]
    ) -> None:
        """Where they could be deleted alone, the device is told of none."""
        tenant = make_tenant("companion-survives-deletion")
        owner = Owner(tenant.person(), keys["RSA"])
        token = owner.access_token()
        owner.associate(token)
        totp = owner.person.authenticators()[1]["id"]
        assert 204 == tenant.delete(f"/mfa/authenticators/{totp}", bearer=token).status
        answer = owner.scan()
        assert 200 == answer.status
        assert "totp" not in answer.body

    @pytest.mark.parametrize("mount", ["/appliance-mfa/api", "/api"])
    def test_both_mounts(self, asked: Owner, mount: str) -> None:
        """The service is found as under a tenant's domain and as under one of Guardian's own."""
        assert 200 == asked.scan(mount=mount).status

    @pytest.mark.parametrize("form", ['Ticket id="{}"', 'ticket ID="{}"', 'Ticket  id="{}" '])
    def test_ticket_in_any_case(self, asked: Owner, form: str) -> None:
        """The name of a scheme has no case (https://www.rfc-editor.org/rfc/rfc9110#section-11.1)."""
        assert 200 == asked.scan(authorization=form.format(asked.ticket)).status


class TestKeys:
    """Public keys that are taken, and those that are not."""

    @pytest.mark.parametrize("kind", ["RSA", "EC"])
    @pytest.mark.parametrize("spell", [str.upper, str.lower])
    def test_kinds(
        self, make_owner: Callable[..., Owner], kind: str, spell: Callable[[str], str]
    ) -> None:
        """RSA and P-256 are taken, their algorithm in any case, and then log in."""
        owner = make_owner(kind=kind)
        owner.associate()
        answer = owner.scan(public_key={**owner.key.jwk, "alg": spell(owner.key.algorithm)})
        assert 200 == answer.status
        owner.said = answer.body
        owner.login()
        owner.challenge()
        assert [204, 200] == [owner.resolve().status, owner.poll().status]

    @pytest.mark.parametrize("zeros", [1, 2])
    def test_leading_zero(self, asked: Owner, zeros: int) -> None:
        """Java writes integers with a zero octet before them; the key is the same."""
        modulus = b"\0" * zeros + octets(asked.key.jwk["n"])
        encoded = urlsafe_b64encode(modulus).decode().rstrip("=")
        answer = asked.scan(public_key={**asked.key.jwk, "n": encoded})
        asked.said = answer.body
        asked.login()
        asked.challenge()
        assert [204, 200] == [asked.resolve().status, asked.poll().status]

    @pytest.mark.parametrize(
        "changes",
        [
            {"kty": "oct"},
            {"kty": None},
            {"kty": "EC"},
            {"alg": None},
            {"alg": "none"},
            {"alg": "HS256"},
            {"alg": "ES256"},
            {"alg": "RS512"},
            {"use": "enc"},
            {"n": None},
            {"n": 7},
            {"n": ""},
            {"n": "é"},
            {"n": "AQAB"},
            {"e": None},
            {"e": "AA"},
            {"e": "AQ"},
            {"e": "Ag"},
        ],
    )
    def test_unusable_rsa_key(self, asked: Owner, changes: dict[str, object]) -> None:
        """A key of another kind, for another purpose, or with a member amiss is refused."""
        answer = asked.scan(public_key={**asked.key.jwk, **changes})
        assert (400, "invalid_body") == refusal(answer)
        assert "public_key" in answer.body["message"]
        assert 200 == asked.scan().status

    def test_short_rsa_key(self, asked: Owner) -> None:
        """Fewer than 2048 bits are too few."""
        assert (400, "invalid_body") == refusal(asked.scan(public_key=dict(rsa_key(1024).jwk)))

    def test_endless_rsa_key(self, asked: Owner) -> None:
        """A modulus that would take long to compute with is refused."""
        modulus = urlsafe_b64encode(b"\xff" * 4096).decode()
        answer = asked.scan(public_key={**asked.key.jwk, "n": modulus})
        assert (400, "invalid_body") == refusal(answer)

    @pytest.mark.parametrize(
        "changes",
        [{"x": "AQAB"}, {"y": None}, {"x": 7}, {"crv": "P-384"}, {"crv": None}, {"alg": "RS256"}],
    )
    def test_unusable_ec_key(
        self, make_owner: Callable[..., Owner], changes: dict[str, object]
    ) -> None:
        """Points that are none, and other curves, are refused."""
        owner = make_owner(kind="EC")
        owner.associate()
        answer = owner.scan(public_key={**owner.key.jwk, **changes})
        assert (400, "invalid_body") == refusal(answer)

    def test_other_curve(self, asked: Owner) -> None:
        """P-384 is not what ES256 signs with."""
        jwk = dict(ec_key(ec.SECP384R1()).jwk)
        assert (400, "invalid_body") == refusal(asked.scan(public_key=jwk))


class TestBody:
    """Bodies that are refused; the ticket stays good."""

    @pytest.mark.parametrize("name", ["identifier", "name", "push_credentials", "public_key"])
    @pytest.mark.parametrize("value", [None, "", 7, []])
    def test_member(self, asked: Owner, name: str, value: Any) -> None:  # noqa: ANN401
        """Each of the four members is needed, in its type."""
        assert (400, "invalid_body") == refusal(asked.scan(**{name: value}))
        assert 200 == asked.scan().status

    @pytest.mark.parametrize(
        "credentials", [{}, {"service": "GCM"}, {"service": "SMS", "token": "x"}, {"token": "x"}]
    )
    def test_push_credentials(self, asked: Owner, credentials: dict[str, str]) -> None:
        """A service that exists, and a token, are needed."""
        assert (400, "invalid_body") == refusal(asked.scan(push_credentials=credentials))

    @pytest.mark.parametrize("body", [b"", b"[]", b"{", b"a=b", b"\xff"])
    def test_no_object(self, tenant: Harness, asked: Owner, body: bytes) -> None:
        """Nothing but a JSON object will do, and the refusal is a device's."""
        sent = {"authorization": f'Ticket id="{asked.ticket}"', "content-type": "application/json"}
        answer = tenant.request("POST", "/api/enroll", body=body, headers=sent)
        assert (400, "invalid_body") == refusal(answer)

    def test_too_large(self, asked: Owner) -> None:
        """What is too large is not read."""
        assert (413, "invalid_body") == refusal(asked.scan(name="x" * 70_000))


class TestTicket:
    """Tickets that are good for nothing."""

    @pytest.mark.parametrize("authorization", ["Bearer {}", "Ticket {}", 'Ticket id="{}', " "])
    def test_malformed(self, asked: Owner, authorization: str) -> None:
        """The ticket has its own scheme."""
        answer = asked.scan(authorization=authorization.format(asked.ticket))
        assert (401, "invalid_bearer_format") == refusal(answer)

    @pytest.mark.parametrize("ticket", ["", "x" * 32])
    def test_unknown(self, asked: Owner, ticket: str) -> None:
        """A ticket that was not given out is refused."""
        answer = asked.scan(authorization=f'Ticket id="{ticket}"')
        assert (401, "invalid_token") == refusal(answer)

    def test_of_a_prompt(self, prompted: Owner) -> None:
        """A transaction token is no ticket."""
        answer = prompted.scan(authorization=f'Ticket id="{prompted.prompt["txtkn"]}"')
        assert (401, "invalid_token") == refusal(answer)

    def test_used(self, asked: Owner, keys: dict[str, Key]) -> None:
        """The second device with one ticket is a conflict, and the first one stays."""
        asked.said = asked.scan().body
        answer = asked.scan(public_key=dict(keys["other"].jwk))
        assert (409, "enrollment_conflict") == refusal(answer)
        asked.login()
        asked.challenge()
        assert 204 == asked.resolve().status

    def test_window(self, tenant: Harness, asked: Owner) -> None:
        """A second before five minutes are over the device is welcome."""
        tenant.clock.now += 299
        assert 200 == asked.scan().status

    def test_expired(self, tenant: Harness, asked: Owner) -> None:
        """After five minutes it is not, and nothing is confirmed."""
        tenant.clock.now += 300
        assert (401, "invalid_token") == refusal(asked.scan())
        assert {False} == {each["active"] for each in asked.person.authenticators()}

    def test_on_the_users_clock(self, tenant: Harness, asked: Owner) -> None:
        """A user whose time runs ahead is late alone."""
        advance = {"advance_s": 300, "user_id": asked.person.user_id}
        tenant.post("/__mock__/clock", advance)
        assert (401, "invalid_token") == refusal(asked.scan())

    def test_another_factor_was_first(self, asked: Owner) -> None:
        """A barcode shown for a password alone is void once the user has a factor."""
        asked.person.enroll()
        assert (404, "enrollment_transaction_not_found") == refusal(asked.scan())

    def test_forgotten_by_reset(self, tenant: Harness, asked: Owner) -> None:
        """A tenant that starts anew awaits nobody."""
        tenant.post("/__mock__/reset")
        assert (401, "invalid_token") == refusal(asked.scan())


def octets(encoded: str) -> bytes:
    """Decode base64url without its padding."""
    return urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
