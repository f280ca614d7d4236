"""Pages of settings: the tenant's own and those against attacks, and their effect on logins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.mock.conftest import EXTENSION

if TYPE_CHECKING:
    from tests.mock.conftest import Harness, Person
    from tests.mock.management.conftest import Administrator

TENANT = "tenants/settings"
PROTECTION = "attack-protection"
BRUTE_FORCE, BOTS = f"{PROTECTION}/brute-force-protection", f"{PROTECTION}/bot-detection"
PAGES = [
    TENANT,
    *(
        f"{PROTECTION}/{name}"
        for name in (
            *("brute-force-protection", "suspicious-ip-throttling", "bot-detection", "captcha"),
            *("breached-password-detection", "phone-provider-protection"),
        )
    ),
    "prompts",
    "prompts/mfa-push",
]


@pytest.mark.parametrize("path", PAGES)
def test_page(admin: Administrator, path: str) -> None:
    """A page takes back what it shows, refuses what it does not know, and is reset."""
    before = admin.get(path).body
    assert before == admin.ask("PATCH", path, before).body
    answer = admin.ask("PATCH", path, {"dreams": True})
    assert (400, "invalid_body") == (answer.status, answer.body["errorCode"])
    wrong: list[object] = [None, [], "x"]
    assert [400] * 3 == [admin.ask("PATCH", path, each).status for each in wrong]
    for name in before:
        assert 400 == admin.ask("PATCH", path, {name: {"dreams": []}}).status
    admin.tenant.post("/__mock__/reset")
    assert before == admin.get(path).body


class TestTenant:
    """`/tenants/settings`."""

    def test_part_of_a_page(self, admin: Administrator) -> None:
        """Members that are not named stay, within objects too."""
        before = admin.get(TENANT).body
        change = {"flags": {"enable_sso": False}, "session_lifetime": 1}
        after = admin.ask("PATCH", TENANT, change).body
        flags = {**before["flags"], "enable_sso": False}
        assert {**before, "flags": flags, "session_lifetime": 1} == after == admin.get(TENANT).body
        assert {"flags": flags} == admin.get(TENANT, fields="flags").body

    def test_name(self, admin: Administrator, user: Person) -> None:
        """The name stands in barcodes."""
        admin.ask("PATCH", TENANT, {"friendly_name": "Acme"})
        assert "/Acme:" in user.associate().body["barcode_uri"]

    def test_no_default_directory(self, admin: Administrator, user: Person) -> None:
        """Without a default directory a login needs a realm; the refusal is recorded as a 500."""
        admin.ask("PATCH", TENANT, {"default_directory": ""})
        refused = user.login()
        assert (500, "server_error") == (refused.status, refused.body["error"])
        realm = str(admin.tenant.info["connection"])
        assert "mfa_required" == user.login(realm=realm).body["error"]
        form = {"username": user.email, "password": user.password, "realm": realm}
        answer = admin.tenant.token(f"{EXTENSION}password-realm", **form)
        assert "mfa_required" == answer.body["error"]

    def test_mfa_in_actions(self, admin: Administrator, user: Person) -> None:
        """Where Actions customize MFA, no mfa_token comes with the demand for it."""
        admin.ask("PATCH", TENANT, {"customize_mfa_in_postlogin_action": True})
        answer = user.login()
        assert (403, "mfa_required") == (answer.status, answer.body["error"])
        assert "mfa_token" not in answer.body


class TestProtection:
    """`/attack-protection`."""

    @pytest.mark.parametrize(
        ("change", "refused_at"),
        [
            ({"max_attempts": 3}, 3),
            ({"enabled": False}, None),
            ({"shields": ["user_notification"]}, None),
            ({"allowlist": [""]}, None),
        ],
    )
    def test_wrong_passwords(
        self, admin: Administrator, user: Person, change: object, refused_at: int | None
    ) -> None:
        """How many are allowed, whether any are counted, and from where not."""
        admin.ask("PATCH", BRUTE_FORCE, change)
        refused = [user.login(password="wrong").status == 429 for _ in range(12)]
        assert refused_at == (refused.index(True) if True in refused else None)

    @pytest.mark.parametrize(
        ("mode", "refused"),
        [
            ("count_per_identifier_and_ip", [False] * 4),
            ("count_per_identifier", [False, False, True, True]),
        ],
    )
    def test_mode(
        self, admin: Administrator, tenant: Harness, mode: str, refused: list[bool]
    ) -> None:
        """Counted for a user alone, wrong passwords from anywhere add up."""
        user = tenant.person()
        admin.ask("PATCH", BRUTE_FORCE, {"mode": mode, "max_attempts": 2})
        form = {
            "username": user.email,
            "password": "wrong",
            **tenant.client,
            "grant_type": "password",
        }
        answers = [
            tenant.form("/oauth/token", form, **{"auth0-forwarded-for": f"10.0.0.{index}"})
            for index in range(4)
        ]
        assert refused == [each.status == 429 for each in answers]

    @pytest.mark.parametrize(
        ("change", "error"),
        [
            ({"challenge_password_policy": "always"}, "requires_verification"),
            ({"challenge_password_policy": "when_risky"}, "mfa_required"),
            (
                {"challenge_password_policy": "always", "monitoring_mode_enabled": True},
                "mfa_required",
            ),
            ({"challenge_password_policy": "always", "allowlist": [""]}, "mfa_required"),
        ],
    )
    def test_bots(self, admin: Administrator, user: Person, change: object, error: str) -> None:
        """Who always suspects bots lets nobody log in by this API, but from listed addresses."""
        assert 200 == admin.ask("PATCH", BOTS, change).status
        assert error == user.login().body["error"]

    @pytest.mark.parametrize(
        ("path", "change"),
        [
            (BRUTE_FORCE, {"max_attempts": 0}),
            (BRUTE_FORCE, {"max_attempts": 101}),
            (BRUTE_FORCE, {"mode": "guess"}),
            (BRUTE_FORCE, {"shields": ["sword"]}),
            (BOTS, {"challenge_password_policy": "maybe"}),
            (BOTS, {"allowlist": [7]}),
        ],
    )
    def test_bad_change(self, admin: Administrator, path: str, change: object) -> None:
        """What is out of range is refused."""
        assert 400 == admin.ask("PATCH", path, change).status

    def test_plan(self, admin: Administrator) -> None:
        """What the plan lacks is refused differently from a missing scope."""
        admin.switch(unentitled=["bot detection"])
        for method in ("GET", "PATCH"):
            answer = admin.ask(method, BOTS, {})
            assert (403, "insufficient_entitlement") == (answer.status, answer.body["errorCode"])
            message = "Please upgrade your subscription to use bot detection"
            assert message == answer.body["message"]
        assert 200 == admin.get(BRUTE_FORCE).status
