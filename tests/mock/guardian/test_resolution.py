"""A device answers a prompt: every check of the answer, and what an answer changes."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING, Any

import jwt
import pytest

from tests.mock.conftest import BASE_URL
from tests.mock.guardian.conftest import RESOLVE, assert_changed_nothing, refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.mock.conftest import Harness
    from tests.mock.guardian.conftest import Key, Owner

BAD_CHALLENGE = (401, "invalid_challenge")


class TestAnswer:
    """Answers that are taken."""

    @pytest.mark.parametrize("accepted", [True, False])
    @pytest.mark.parametrize("kind", ["RSA", "EC"])
    def test_decision(self, make_owner: Callable[..., Owner], kind: str, *, accepted: bool) -> None:
        """Allowed or rejected, by either kind of key: there is nothing to say, and it counts."""
        owner = make_owner(kind=kind).enroll()
        owner.challenge()
        answer = owner.resolve(auth0_guardian_accepted=accepted)
        assert (204, None, "device.answered") == (answer.status, answer.body, answer.response_id)
        assert (200 if accepted else 400) == owner.poll().status

    @pytest.mark.parametrize("mount", ["/appliance-mfa/api", "/api"])
    def test_mounts(self, prompted: Owner, mount: str) -> None:
        """The audience is the address that was called, whichever of the two."""
        assert 204 == prompted.resolve(mount=mount).status

    def test_reason(self, prompted: Owner) -> None:
        """A rejection may say why."""
        answer = prompted.resolve(
            auth0_guardian_accepted=False, auth0_guardian_reason="It was not me"
        )
        assert 204 == answer.status
        assert "error.push-denied" == prompted.poll().response_id

    def test_behind_a_proxy(self, prompted: Owner) -> None:
        """The scheme may have changed on the way; host and path have not."""
        audience = f"{BASE_URL}{RESOLVE}".replace("https:", "http:")
        assert 204 == prompted.resolve(aud=audience).status

    def test_consent_signature_is_ignored(self, prompted: Owner) -> None:
        """Claims that newer devices add do no harm."""
        assert 204 == prompted.resolve(auth0_consent_signature="x").status

    @pytest.mark.parametrize("late_s", [0, 30, 34])
    def test_while_it_is_good(self, tenant: Harness, prompted: Owner, late_s: int) -> None:
        """An answer is good for thirty seconds, and some more for clocks that differ."""
        response = prompted.key.sign(prompted.claims())
        tenant.clock.now += late_s
        assert 204 == prompted.resolve(response).status


class TestClaims:
    """Answers that are signed, but do not say what they should; nothing changes."""

    @pytest.mark.parametrize(
        "changes",
        [
            {"iss": None},
            {"iss": "somebody"},
            {"iss": ["vendor-uuid-1"]},
            {"sub": None},
            {"sub": "another challenge"},
            {"sub": 7},
            {"aud": None},
            {"aud": f"{BASE_URL}/api/resolve-transaction"},
            {"aud": "https://other.example/appliance-mfa/api/resolve-transaction"},
            {"aud": BASE_URL},
            {"aud": RESOLVE},
            {"aud": f"ftp://tenant.example{RESOLVE}"},
            {"aud": [f"{BASE_URL}{RESOLVE}"]},
            {"auth0_guardian_method": None},
            {"auth0_guardian_method": "sms"},
            {"auth0_guardian_accepted": None},
            {"auth0_guardian_accepted": "true"},
            {"auth0_guardian_accepted": 1},
            {"auth0_guardian_reason": "no reason to allow"},
            {"auth0_guardian_accepted": False, "auth0_guardian_reason": 7},
        ],
        ids=str,
    )
    def test_wrong(self, prompted: Owner, changes: dict[str, object]) -> None:
        """A claim that is missing, another, or of another type is refused."""
        response = prompted.key.sign(prompted.claims(**changes))
        assert BAD_CHALLENGE == refusal(prompted.resolve(response))
        assert_changed_nothing(prompted)

    def test_device_id_as_issuer(self, prompted: Owner) -> None:
        """The issuer is what the device calls itself, not what the tenant calls it."""
        assert BAD_CHALLENGE == refusal(prompted.resolve(iss=prompted.device_id))
        assert_changed_nothing(prompted)

    def test_challenge_of_another_prompt(self, prompted: Owner) -> None:
        """An answer to one prompt is none to another."""
        first = prompted.key.sign(prompted.claims())
        prompted.challenge()
        assert BAD_CHALLENGE == refusal(prompted.resolve(first))
        assert_changed_nothing(prompted)


class TestTimes:
    """Answers that are too old, too new, or good for too long."""

    @pytest.mark.parametrize(
        ("iat", "exp"),
        [
            (-36, -6),
            (-35, -5),
            (6, 36),
            (0, 31),
            (0, 0),
            (10, -10),
            (0, 10**12),
            (-(10**12), 0),
        ],
    )
    def test_wrong(self, tenant: Harness, prompted: Owner, iat: int, exp: int) -> None:
        """Seconds from now: expired, from the future, of more than thirty seconds, of none."""
        now = int(tenant.clock.now)
        assert BAD_CHALLENGE == refusal(prompted.resolve(iat=now + iat, exp=now + exp))
        assert_changed_nothing(prompted)

    @pytest.mark.parametrize("name", ["iat", "exp"])
    @pytest.mark.parametrize(
        "value", [None, "1800000015", True, 1e300, 10**400, float("nan"), float("inf")]
    )
    def test_no_moment(self, prompted: Owner, name: str, value: Any) -> None:  # noqa: ANN401
        """What is no number of seconds is refused."""
        assert BAD_CHALLENGE == refusal(prompted.resolve(**{name: value}))
        assert_changed_nothing(prompted)

    def test_fractions(self, tenant: Harness, prompted: Owner) -> None:
        """Moments may have fractions (https://www.rfc-editor.org/rfc/rfc7519#section-2)."""
        now = tenant.clock.now + 0.5
        assert 204 == prompted.resolve(iat=now, exp=now + 30).status

    def test_on_the_users_clock(self, tenant: Harness, prompted: Owner) -> None:
        """A user whose time runs ahead needs an answer of that time."""
        advance = {"advance_s": 120, "user_id": prompted.person.user_id}
        tenant.post("/__mock__/clock", advance)
        assert BAD_CHALLENGE == refusal(prompted.resolve())
        now = int(tenant.clock.now) + 120
        assert 204 == prompted.resolve(iat=now, exp=now + 30).status


class TestSignature:
    """Answers that the device did not sign."""

    def test_other_key(self, prompted: Owner, keys: dict[str, Key]) -> None:
        """A key of the right kind that was not enrolled is refused."""
        assert BAD_CHALLENGE == refusal(prompted.resolve(keys["other"].sign(prompted.claims())))
        assert_changed_nothing(prompted)

    def test_other_algorithm(self, prompted: Owner, keys: dict[str, Key]) -> None:
        """The algorithm is that of the enrolled key, whatever the answer says."""
        for response in (
            keys["EC"].sign(prompted.claims()),
            jwt.encode(prompted.claims(), prompted.key.private, "RS512"),
            jwt.encode(prompted.claims(), prompted.key.private, "PS256"),
        ):
            assert BAD_CHALLENGE == refusal(prompted.resolve(response))
        assert_changed_nothing(prompted)

    def test_no_algorithm(self, prompted: Owner) -> None:
        """An answer without a signature is refused."""
        response = jwt.encode(prompted.claims(), "", "none")
        assert BAD_CHALLENGE == refusal(prompted.resolve(response))
        assert_changed_nothing(prompted)

    def test_public_key_as_a_secret(self, prompted: Owner) -> None:
        """What everybody knows of the key signs nothing."""
        secret = prompted.key.jwk["n"]
        response = jwt.encode(prompted.claims(), secret, "HS256")
        assert BAD_CHALLENGE == refusal(prompted.resolve(response))
        assert_changed_nothing(prompted)

    def test_tampered(self, prompted: Owner) -> None:
        """A rejection cannot be turned into its opposite."""
        rejection = prompted.key.sign(prompted.claims(auth0_guardian_accepted=False))
        header, _, signature = rejection.split(".")
        response = f"{header}.{encoded(prompted.claims())}.{signature}"
        assert BAD_CHALLENGE == refusal(prompted.resolve(response))
        assert_changed_nothing(prompted)

    @pytest.mark.parametrize(
        "response", ["x", "a.b.c", "..", "a.b", "é.é.é", "[" * 5_000, "e30.e30.e30"]
    )
    def test_garbage(self, prompted: Owner, response: str) -> None:
        """What is no JWT at all is refused alike."""
        assert BAD_CHALLENGE == refusal(prompted.resolve(response))
        assert_changed_nothing(prompted)

    def test_deep_header(self, prompted: Owner) -> None:
        """A header nested beyond reading is refused, not an error of the tenant."""
        header = urlsafe_b64encode(b'{"a":' + b"[" * 20_000).decode().rstrip("=")
        assert BAD_CHALLENGE == refusal(prompted.resolve(f"{header}.e30.e30"))
        assert_changed_nothing(prompted)

    def test_foreign_device(self, prompted: Owner, make_owner: Callable[..., Owner]) -> None:
        """Another enrolled device, of the same user even, answers for itself only."""
        token = prompted.access_token()
        other = make_owner(prompted.person, kind="EC", identifier="vendor-uuid-2")
        other.associate(token)
        assert 200 == other.scan().status
        prompted.login()
        prompted.challenge(authenticator_id=f"push|{prompted.device_id}")
        for issuer in (other.identifier, prompted.identifier):
            response = other.key.sign(prompted.claims(iss=issuer))
            assert BAD_CHALLENGE == refusal(prompted.resolve(response))
        assert_changed_nothing(prompted)


def encoded(content: object) -> str:
    """Write JSON in base64url without padding, whatever numbers it holds."""
    return urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")
