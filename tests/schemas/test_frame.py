"""Status and headers around a body."""

from __future__ import annotations

import pytest
from pytest_auth0_mfa.schemas import Finding

from pytest_auth0_mfa import schemas

TOKENS = {"access_token": "a", "expires_in": 86400, "scope": "openid", "token_type": "Bearer"}
CHALLENGE = {"challenge_type": "otp"}
UNCACHED = {"Content-Type": "application/json", "Cache-Control": "no-store"}


class TestStatus:
    """Any status of the accepted set, and no other."""

    def test_other_status_is_found(self, response_id: str, good_body: object) -> None:
        """A status outside the set breaks a MUST, next to a conforming body."""
        accepted = " or ".join(map(str, schemas.describe(response_id).status))
        finding = Finding(response_id, "MUST", "status", accepted, "418")
        assert [finding] == schemas.check(response_id, good_body, status=418)

    @pytest.mark.parametrize(
        ("response_id", "status"),
        [
            ("error.invalid-otp", 400),
            ("error.too-many-codes", 403),
            ("error.expired-bearer", 403),
            ("error.expired-oob-code", 401),
            ("error.too-many-messages", 400),
        ],
    )
    def test_documented_alternative_is_accepted(self, response_id: str, status: int) -> None:
        """Where sources disagree and nothing is recorded, each status of theirs is accepted."""
        findings = schemas.check(response_id, {}, status=status)
        assert "status" not in {found.where for found in findings}

    def test_pending_error_is_never_a_success(self) -> None:
        """No error is accepted with a status below 400."""
        errors = [name for name in schemas.response_ids() if name.startswith("error.")]
        assert all(status >= 400 for name in errors for status in schemas.describe(name).status)


class TestHeaders:
    """Media type and caching, names in any case."""

    @pytest.mark.parametrize(
        "headers",
        [
            {"Content-Type": "application/json"},
            {"content-type": "application/json; charset=utf-8"},
            {"CONTENT-TYPE": "Application/JSON;charset=UTF-8"},
        ],
    )
    def test_json_is_accepted_with_any_charset(self, headers: dict[str, str]) -> None:
        """Parameters and letter case of the media type do not matter."""
        assert [] == schemas.check("challenge.otp", CHALLENGE, headers=headers)

    @pytest.mark.parametrize(
        ("headers", "actual"),
        [
            ({"Content-Type": "text/html"}, "text/html"),
            ({"Content-Type": "application/json+x"}, "application/json+x"),
            ({}, "no such header"),
        ],
    )
    def test_other_media_type_is_found(self, headers: dict[str, str], actual: str) -> None:
        """Another media type, or none, breaks a MUST."""
        finding = Finding(
            "challenge.otp", "MUST", "header content-type", "application/json", actual
        )
        assert [finding] == schemas.check("challenge.otp", CHALLENGE, headers=headers)

    def test_media_type_of_an_empty_body_is_not_judged(self) -> None:
        """A deletion has no content, so its content type does not matter."""
        assert [] == schemas.check("authenticator.deleted", None, headers={})

    @pytest.mark.parametrize("value", ["no-store", "private, No-Store, no-cache"])
    def test_uncached_tokens_are_accepted(self, value: str) -> None:
        """no-store may stand among other directives."""
        headers = {**UNCACHED, "Cache-Control": value}
        assert [] == schemas.check("token.otp", TOKENS, headers=headers)

    @pytest.mark.parametrize("value", ["max-age=60", "no-store-please", ""])
    def test_cached_tokens_are_found(self, value: str) -> None:
        """Tokens without the no-store directive break a MUST (RFC 6749, section 5.1)."""
        headers = {**UNCACHED, "Cache-Control": value}
        finding = Finding("token.otp", "MUST", "header cache-control", "no-store", value)
        assert [finding] == schemas.check("token.otp", TOKENS, headers=headers)

    def test_long_header_values_are_cut(self) -> None:
        """What is shown of a header stays within a line."""
        [finding] = schemas.check("challenge.otp", CHALLENGE, headers={"content-type": "x" * 999})
        assert 80 == len(finding.actual)
