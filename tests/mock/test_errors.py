"""The error answers, to the letter: status, code and description of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.mock import login_problems, problems

if TYPE_CHECKING:
    from tests.mock.conftest import Harness, Person

BEARER = "The mfa_token provided is invalid. Try getting a new token."
NOT_ENROLLED = (
    "User is not enrolled. You can use /mfa/associate endpoint to enroll the first authenticator."
)
EXTENSION = "http://auth0.com/oauth/grant-type/"

WORDING = [
    (login_problems.mfa_required("t"), 403, "mfa_required", "Multifactor authentication required"),
    (login_problems.wrong_password(), 403, "invalid_grant", "Wrong email or password."),
    (
        login_problems.invalid_audience(),
        400,
        "invalid_request",
        "invalid audience specified for password grant exchange",
    ),
    (
        login_problems.unauthorized_client("x"),
        403,
        "unauthorized_client",
        "Grant type 'x' not allowed for the client.",
    ),
    (
        problems.missing_parameter("otp"),
        400,
        "invalid_request",
        "Missing required parameter: otp",
    ),
    (login_problems.unsupported_grant(), 400, "unsupported_grant_type", "Grant type not supported"),
    (login_problems.invalid_client(), 401, "invalid_client", "Client authentication failed"),
    (problems.invalid_bearer(), 401, "invalid_grant", BEARER),
    (problems.expired_bearer(), 401, "invalid_grant", BEARER),
    (problems.already_enrolled(), 403, "access_denied", "User is already enrolled."),
    (problems.not_enrolled(), 401, "unsupported_challenge_type", NOT_ENROLLED),
    (problems.malformed_mfa_token(), 403, "invalid_grant", "Malformed mfa_token"),
    (problems.expired_mfa_token(401), 401, "expired_token", "mfa_token is expired"),
    (problems.foreign_mfa_token(), 400, "invalid_request", "mfa_token not issued to this client"),
    (problems.invalid_otp(), 403, "invalid_grant", "Invalid otp_code."),
    (problems.invalid_phone_number(), 400, "invalid_request", "The phone number is invalid."),
    (
        problems.too_many_messages("SMS"),
        429,
        "invalid_request",
        "Too many SMS sent by the user. Wait for some minutes before retrying.",
    ),
    (problems.malformed_oob_code(), 403, "invalid_grant", "Malformed oob_code"),
    (problems.expired_oob_code(), 403, "expired_token", "oob_code is expired"),
    (
        problems.foreign_oob_code(),
        400,
        "invalid_request",
        "The oob_code doesn't match the mfa_token",
    ),
    (problems.invalid_binding_code(), 403, "invalid_grant", "Invalid binding_code."),
    (problems.invalid_recovery_code(), 403, "invalid_grant", "MFA Authorization rejected."),
    (
        problems.no_recovery_code(),
        403,
        "unsupported_challenge_type",
        "User does not have a recovery-code.",
    ),
    (
        problems.too_many_codes(),
        429,
        "invalid_request",
        "Too many failed codes. Wait for some minutes before retrying.",
    ),
    (
        login_problems.invalid_refresh_token(),
        403,
        "invalid_grant",
        "Unknown or invalid refresh token.",
    ),
]


@pytest.mark.parametrize(
    ("refusal", "status", "error", "description"), WORDING, ids=lambda value: str(value)[:40]
)
def test_wording(refusal: problems.RefusalError, status: int, error: str, description: str) -> None:
    """Each refusal says exactly what clients compare."""
    body = refusal.answer.body
    assert isinstance(body, dict)
    assert status == refusal.answer.status
    assert (error, description) == (body["error"], body["error_description"])


@pytest.mark.parametrize(
    ("grant_type", "name"),
    [
        (None, "grant_type"),
        ("password", "username"),
        ("password", "password"),
        (f"{EXTENSION}password-realm", "realm"),
        (f"{EXTENSION}mfa-otp", "mfa_token"),
        (f"{EXTENSION}mfa-oob", "mfa_token"),
        (f"{EXTENSION}mfa-recovery-code", "mfa_token"),
        ("refresh_token", "refresh_token"),
        ("client_credentials", "audience"),
    ],
)
def test_missing_parameter(
    tenant: Harness, user: Person, grant_type: str | None, name: str
) -> None:
    """The parameter that is missing is named."""
    given = {"username": user.email, "password": user.password}
    answer = tenant.token(grant_type, **{**given, name: None})
    expected = (400, f"Missing required parameter: {name}")
    assert expected == (answer.status, answer.body["error_description"])


@pytest.mark.parametrize(
    ("grant", "name"),
    [("mfa-otp", "otp"), ("mfa-oob", "oob_code"), ("mfa-recovery-code", "recovery_code")],
)
def test_missing_code(tenant: Harness, user: Person, grant: str, name: str) -> None:
    """With a good mfa_token, it is the code that is missing."""
    answer = tenant.token(f"{EXTENSION}{grant}", mfa_token=user.mfa_token())
    assert answer.body["error_description"] == f"Missing required parameter: {name}"


@pytest.mark.parametrize("name", ["mfa_token", "otp", "client_id", "grant_type"])
@pytest.mark.parametrize("value", [7, True, [], ["x"], {"x": 1}])
def test_parameter_that_is_no_string(
    tenant: Harness, user: Person, name: str, value: object
) -> None:
    """The parameter that is no string is named."""
    body = {"grant_type": f"{EXTENSION}mfa-otp", "mfa_token": user.mfa_token(), "otp": "123456"}
    answer = tenant.post("/oauth/token", {**body, **tenant.client, name: value})
    assert (400, f"{name} must be a string") == (answer.status, answer.body["error_description"])


class TestHeaders:
    """What surrounds an answer."""

    def test_token_error(self, user: Person) -> None:
        """An error of /oauth/token: JSON without charset, never cached, no WWW-Authenticate."""
        headers = user.login(password="wrong").headers
        assert headers["content-type"] == "application/json"
        assert "no-store" in headers["cache-control"]
        assert "pragma" not in headers
        assert "www-authenticate" not in headers

    def test_token_success(self, user: Person) -> None:
        """Tokens are never cached."""
        headers = user.enroll().verify().headers
        assert headers["content-type"] == "application/json"
        assert (headers["cache-control"], headers["pragma"]) == ("no-store", "no-cache")

    def test_mfa_answer(self, tenant: Harness) -> None:
        """Answers of /mfa/* name their charset."""
        headers = tenant.get("/mfa/authenticators").headers
        assert headers["content-type"] == "application/json; charset=utf-8"

    def test_deletion(self, tenant: Harness, user: Person) -> None:
        """A deletion was recorded with a content type though it has no content."""
        user.associate()
        path = f"/mfa/authenticators/{user.authenticators()[0]['id']}"
        headers = tenant.delete(path, bearer=user.access_token()).headers
        assert headers["content-type"] == "application/json"

    def test_every_answer_is_marked(self, tenant: Harness) -> None:
        """Each answer has an id of its own and forbids sniffing; TLS is demanded over TLS."""
        first, second = (tenant.get("/nowhere").headers for _ in range(2))
        assert first["x-auth0-requestid"] != second["x-auth0-requestid"]
        assert first["x-content-type-options"] == "nosniff"
        assert first["strict-transport-security"] == "max-age=31536000"

    def test_browsers_may_call(self, tenant: Harness) -> None:
        """A preflight is answered for any origin."""
        origin = "https://app.example"
        answer = tenant.request("OPTIONS", "/oauth/token", headers={"origin": origin})
        assert answer.status == 204
        assert answer.headers["access-control-allow-origin"] == origin
        assert "auth0-client" in answer.headers["access-control-allow-headers"]


class TestRouting:
    """Paths and methods that are not served."""

    def test_unknown_path(self, tenant: Harness) -> None:
        """404, in the envelope of every error."""
        answer = tenant.get("/oauth/tokens")
        assert (404, "not_found") == (answer.status, answer.body["error"])

    @pytest.mark.parametrize(
        ("method", "path", "allowed"),
        [
            ("GET", "/oauth/token", "OPTIONS, POST"),
            ("PUT", "/mfa/authenticators", "GET, OPTIONS"),
            ("GET", "/mfa/authenticators/totp|dev_0", "DELETE, OPTIONS"),
        ],
    )
    def test_wrong_method(self, tenant: Harness, method: str, path: str, allowed: str) -> None:
        """405, and the methods that would do."""
        answer = tenant.request(method, path)
        assert (405, allowed) == (answer.status, answer.headers["allow"])

    def test_head(self, tenant: Harness) -> None:
        """HEAD is served where GET is."""
        assert tenant.request("HEAD", "/.well-known/jwks.json").status == 200
