"""Custom domains: the issuer follows the host name, audiences keep the canonical domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import jwt
import pytest
import requests
from pyotp import TOTP

from pytest_auth0_mfa.api.exchange import Answer, Exchange
from pytest_auth0_mfa.errors import Prerequisite, SettingsError
from pytest_auth0_mfa.mock.server import MockServer
from pytest_auth0_mfa.tenant import domains
from pytest_auth0_mfa.tenant.profile import read_profile
from tests.network.conftest import CANONICAL, CUSTOM

if TYPE_CHECKING:
    from pathlib import Path

    from tests.network.forward_proxy import ForwardProxy
    from tests.plugin.conftest import Project

MFA_OTP = "http://auth0.com/oauth/grant-type/mfa-otp"
MFA_SCOPES = "enroll read:authenticators remove:authenticators"
PASSWORD = "correct horse"
TESTS = """
import pytest

@pytest.mark.requirement("MFA-AUDIENCE-UNENROLLED")
def test_access(mfa_judge, auth0_tenant, auth0_user):
    answer = auth0_tenant.password(auth0_user, audience=auth0_tenant.mfa_audience, scope="enroll")
    mfa_judge.conforms(answer, "token.password")

@pytest.mark.mfa_factor("email")
def test_delivery(enrolled_authenticator):
    login = enrolled_authenticator.login()
    code = enrolled_authenticator.code(login)
    assert enrolled_authenticator.verify(login, code).accepted
"""


def create_user(server: MockServer, name: str) -> None:
    """Create a user without authenticators."""
    body = {"email": f"{name}@example.test", "password": PASSWORD}
    post(server, "/__mock__/users", json=body).raise_for_status()


def post(server: MockServer, path: str, **named: Any) -> requests.Response:  # noqa: ANN401  Parts of a request.
    """Post to a mock."""
    return send(server, "POST", path, **named)


def send(server: MockServer, method: str, path: str, **named: Any) -> requests.Response:  # noqa: ANN401  As above.
    """Send a request to a mock, by its certificate's authority and through no proxy."""
    with requests.Session() as session:
        session.trust_env = False
        session.verify = str(server.info["ca_file"])
        return session.request(method, f"{server.info['url']}{path}", timeout=10, **named)


def token(server: MockServer, host: str, grant_type: str, **form: str) -> requests.Response:
    """Ask for tokens under a host name."""
    client = {name: server.info[name] for name in ("client_id", "client_secret")}
    sent = {"grant_type": grant_type, **client, **form}
    return post(server, "/oauth/token", data=sent, headers={"Host": host})


def login(server: MockServer, host: str, **wish: str) -> requests.Response:
    """Pass the password of a new user."""
    name = f"user-{uuid4()}"
    create_user(server, name)
    who = {"username": f"{name}@example.test", "password": PASSWORD}
    return token(server, host, "password", **who, **wish)


def complete_login(server: MockServer, host: str, **wish: str) -> dict[str, str]:
    """Log a new user in with a second factor that they enroll."""
    mfa_token = login(server, host, **wish).json()["mfa_token"]
    bearer = {"Host": host, "Authorization": f"Bearer {mfa_token}"}
    body = {"authenticator_types": ["otp"]}
    secret = post(server, "/mfa/associate", json=body, headers=bearer).json()["secret"]
    answer = token(server, host, MFA_OTP, mfa_token=mfa_token, otp=TOTP(secret).now())
    return dict(answer.json())


def answer_with(error: str | None) -> Answer:
    """An answer of the token endpoint with an error, or with none."""
    exchange = Exchange(1, "POST", "/oauth/token", 400, {}, {}, 1.0)
    return Answer(400, {}, {"error": error}, exchange)


class TestMock:
    """A mock with a canonical domain."""

    @pytest.mark.parametrize("host", [CUSTOM, CANONICAL, "localhost:8443"])
    @pytest.mark.parametrize("slash", ["/", ""])
    def test_issuer_and_audience(self, tenant: MockServer, host: str, slash: str) -> None:
        """Under whatever name, the MFA audience is that of the canonical domain."""
        audience = f"https://{CANONICAL}/mfa{slash}"
        answer = login(tenant, host, audience=audience, scope=MFA_SCOPES).json()
        claims = jwt.decode(answer["access_token"], options={"verify_signature": False})
        assert (f"https://{host}/", f"https://{CANONICAL}/mfa/") == (claims["iss"], claims["aud"])

    def test_audience_of_the_custom_domain(self, tenant: MockServer) -> None:
        """The custom domain names no API."""
        answer = login(tenant, CUSTOM, audience=f"https://{CUSTOM}/mfa/", scope=MFA_SCOPES)
        assert (400, "invalid_request") == (answer.status_code, answer.json()["error"])

    def test_userinfo(self, tenant: MockServer) -> None:
        """An access token for an API names the canonical `/userinfo` too, which it opens."""
        audience = str(tenant.info["audience"])
        form = {"audience": audience, "scope": "openid"}
        tokens = complete_login(tenant, CUSTOM, **form)
        claims = jwt.decode(tokens["access_token"], options={"verify_signature": False})
        assert [audience, f"https://{CANONICAL}/userinfo"] == claims["aud"]
        headers = {"Host": CUSTOM, "Authorization": f"Bearer {tokens['access_token']}"}
        assert 200 == send(tenant, "GET", "/userinfo", headers=headers).status_code

    @pytest.mark.parametrize(("domain", "status"), [(CANONICAL, 200), (CUSTOM, 403)])
    def test_management_audience(self, tenant: MockServer, domain: str, status: int) -> None:
        """The Management API too is that of the canonical domain alone, as its grant says."""
        told: Any = tenant.info["management"]
        form = {**told, "grant_type": "client_credentials", "audience": f"https://{domain}/api/v2/"}
        answer = send(tenant, "POST", "/oauth/token", headers={"Host": CUSTOM}, data=form)
        assert status == answer.status_code
        if answer.ok:
            bearer = {"Host": CUSTOM, "Authorization": f"Bearer {answer.json()['access_token']}"}
            grants = send(tenant, "GET", "/api/v2/client-grants", headers=bearer).json()
            assert form["audience"] in {grant["audience"] for grant in grants}

    def test_description(self, tenant: MockServer) -> None:
        """Clients are told, and only by a mock that has one."""
        assert CANONICAL == tenant.info["canonical_domain"]
        with MockServer() as plain:
            assert "canonical_domain" not in plain.info


@pytest.fixture
def reached(
    project: Project, tenant: MockServer, proxy: ForwardProxy, monkeypatch: pytest.MonkeyPatch
) -> Project:
    """A project that reaches the tenant's domains over TLS and through the proxy."""
    monkeypatch.setenv("AUTH0_CA_FILE", str(tenant.info["ca_file"]))
    monkeypatch.setenv("HTTPS_PROXY", proxy.url)
    project.write(test_one=TESTS)
    return project


class TestRun:
    """A run at a custom domain."""

    def test_of_a_mock(self, reached: Project, proxy: ForwardProxy) -> None:
        """The control plane tells the canonical domain; messages are read through the proxy."""
        ended = reached.run(f"--auth0-tenant=https://{CUSTOM}")
        assert {"passed": 2} == ended.outcomes, ended.text
        assert {f"{CUSTOM}:443"} == set(proxy.asked)

    def test_of_a_mock_that_has_another(self, reached: Project) -> None:
        """A profile that contradicts the mock is a usage error."""
        (reached.pytester.path / "p.toml").write_text('canonical_domain = "other.us.auth0.com"')
        ended = reached.run(f"--auth0-tenant=https://{CUSTOM}", "--auth0-profile=p.toml")
        assert 4 == ended.status
        assert f"other.us.auth0.com, but the mock there has {CANONICAL}" in ended.text

    @pytest.mark.parametrize(
        ("profile", "verdict"),
        [(f'canonical_domain = "{CANONICAL}"', "conforms"), ("", "inconclusive")],
    )
    def test_of_a_tenant(
        self, given: Project, tenant: MockServer, profile: str, verdict: str
    ) -> None:
        """The profile tells it; without it, nothing is held against the tenant."""
        create_user(tenant, given.pytester.path.name)
        (given.pytester.path / "p.toml").write_text(profile)
        options = (f"--auth0-tenant={CUSTOM}", "--auth0-profile=p.toml", "-k", "access")
        ended, report = given.report(*options)
        assert [verdict] == [each["verdict"] for each in report["requirements"]], ended.text
        advised = "name its canonical one in the profile" in ended.text
        assert (verdict == "inconclusive") == advised

    @pytest.fixture
    def given(
        self, reached: Project, tenant: MockServer, monkeypatch: pytest.MonkeyPatch
    ) -> Project:
        """The same with the credentials of a tenant without control plane."""
        monkeypatch.setenv("AUTH0_CLIENT_ID", str(tenant.info["client_id"]))
        monkeypatch.setenv("AUTH0_CLIENT_SECRET", str(tenant.info["client_secret"]))
        monkeypatch.setenv("AUTH0_USERNAME", f"{reached.pytester.path.name}@example.test")
        monkeypatch.setenv("AUTH0_PASSWORD", PASSWORD)
        return reached


@pytest.mark.parametrize(
    ("of_mock", "told"), [(None, "has no custom domain"), ("b.auth0.com", "has b.auth0.com")]
)
def test_profile_against_mock(of_mock: str | None, told: str) -> None:
    """A profile that contradicts the mock is refused, with the way out."""
    with pytest.raises(SettingsError, match=f"{told}.*--canonical-domain a.auth0.com"):
        domains.check_with_mock("a.auth0.com", of_mock)


@pytest.mark.parametrize("of_profile", [None, "a.auth0.com"])
def test_profile_agrees_with_mock(of_profile: str | None) -> None:
    """What is left out or the same is fine."""
    domains.check_with_mock(of_profile, "a.auth0.com")


@pytest.mark.parametrize(
    ("url", "may_be"),
    [
        ("https://login.example.test", True),
        ("https://acme.us.auth0.com", False),
        ("https://auth0.com.example.test", True),
        ("https://localhost:8443", False),
        ("http://127.0.0.1:1", False),
    ],
)
def test_where_a_custom_domain_may_be(url: str, may_be: bool) -> None:  # noqa: FBT001
    """Auth0's own names and this machine are none."""
    assert may_be == domains.may_be_custom(url)


@pytest.mark.parametrize("value", ["https://acme.us.auth0.com", "acme.us.auth0.com:443", "acme"])
def test_profile_with_something_else(tmp_path: Path, value: str) -> None:
    """A URL, a port or a bare name is refused with the form that is meant."""
    path = tmp_path / "p.toml"
    path.write_text(f'canonical_domain = "{value}"')
    with pytest.raises(SettingsError, match=r"expected a domain such as acme\.us"):
        read_profile(path)


@pytest.mark.parametrize("error", [None, "mfa_required", "invalid_grant"])
def test_other_answers(error: str | None) -> None:
    """What is not about the audience is the tenant's answer and no question of its domain."""
    domains.raise_if_unknown(answer_with(error), "https://a.test/mfa/")


@pytest.mark.parametrize("error", ["invalid_request", "access_denied", "invalid_target"])
def test_refused_audience(error: str) -> None:
    """The audience is named, with the setting that mends it."""
    with pytest.raises(Prerequisite, match=r"https://a\.test/mfa/.*canonical_domain = "):
        domains.raise_if_unknown(answer_with(error), "https://a.test/mfa/")
