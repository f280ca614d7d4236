"""No secret leaves a run: not through output, tracebacks, JUnit, JSON, warnings or properties."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.plugin.conftest import Project

LEAKY = '''
import json, logging, os, warnings
from pathlib import Path
import pytest
import requests

KINDS = ("mfa_token", "password", "otp", "otp_secret", "barcode_uri", "recovery_code",
         "access_token", "id_token", "refresh_token", "client_secret",
         "oob_code", "binding_code", "api_key")

@pytest.fixture
def secrets(auth0_tenant, auth0_user, mfa_login):
    """One secret of every kind, each known to the test's folder too."""
    by_phone = auth0_tenant.associate("sms", auth0_user)
    pending = auth0_tenant.associate("otp")
    enrollment, code = pending.answer, pending.code()
    login = pending.login.holding(
        auth0_tenant.login(pending.user, scope="openid offline_access").mfa_token)
    tokens = login.verify_otp(code)
    described = requests.get(f"{auth0_tenant.url}/__mock__", timeout=10).json()
    found = dict(zip(KINDS, (
        login.mfa_token, auth0_user.password, code, enrollment.get("secret"),
        enrollment.get("barcode_uri"), by_phone.recovery_code,
        tokens.get("access_token"), tokens.get("id_token"), tokens.get("refresh_token"),
        auth0_tenant.application.client_secret, by_phone.answer.get("oob_code"),
        by_phone.code(), described["mailslurp"]["api_key"])))
    assert all(found.values()), [kind for kind, value in found.items() if not value]
    Path(os.environ["PLANTED"], f"{os.getpid()}-{id(found)}.json").write_text(json.dumps(found))
    return found

each = pytest.mark.parametrize("kind", KINDS)

@each
def test_compared(secrets, kind):
    value = secrets[kind]
    assert value == "something else"

@each
def test_compared_plain(secrets, kind):
    value = str(secrets[kind])
    assert value == value[:-1] + "?"

@each
def test_formatted(secrets, kind):
    headers = {"Authorization": f"Bearer {secrets[kind]}"}
    assert "expected" in headers

@each
def test_raised(secrets, kind):
    raise RuntimeError(f"could not log in with {secrets[kind]!s}")

@each
def test_printed(secrets, kind):
    print("value:", secrets[kind], "encoded:", json.dumps({"a": secrets[kind]}))
    logging.getLogger("own").error("value: %s", secrets[kind])
    pytest.fail("see above")

@each
def test_warned(secrets, kind):
    warnings.warn(f"value: {secrets[kind]!s}")

@each
def test_recorded(secrets, kind, record_property):
    record_property("value", f"it is {secrets[kind]!s}")

@each
def test_skipped(secrets, kind):
    pytest.skip(f"no luck with {secrets[kind]!s}")

@each
def test_expected(secrets, kind):
    pytest.xfail(f"no luck with {secrets[kind]!s}")

@pytest.mark.requirement("MFA-LOGIN-MFA-REQUIRED")
@each
def test_judged(secrets, kind, mfa_judge):
    mfa_judge.holds("a short text", f"it was {secrets[kind]!s}", when=False)

@pytest.mark.requirement("MFA-LOGIN-REALM")
@each
def test_disturbed(secrets, kind, mfa_judge):
    from pytest_auth0_mfa.errors import Disturbance
    raise Disturbance(f"the line died at {secrets[kind]!s}")

@pytest.mark.requirement("MFA-LOGIN-JSON-BODY")
@each
def test_asserted(secrets, kind, mfa_judge):
    assert not secrets[kind], f"it was {secrets[kind]!s}"

@pytest.fixture
def torn(secrets, kind):
    yield
    raise RuntimeError(f"left over: {secrets[kind]!s}")

@each
def test_torn_down(torn, kind):
    pass
'''


@dataclass(frozen=True, slots=True)
class Leak:
    """Where a secret would have come to light."""

    kind: str
    place: str
    line: str


def leaks(project: Project, *arguments: str) -> list[Leak]:
    """Run the leaky tests; every place where one of their secrets can be read."""
    planted = project.pytester.mkdir("planted")
    options = ("-l", "-rA", "-vv", "--junitxml=r.xml", "--auth0-report=r.json", *arguments)
    ended = project.run_apart(*options)
    assert ended.outcomes["failed"] >= 50, ended.text
    assert ended.outcomes["warnings"] >= 10
    written = {"terminal": ended.text}
    for name in ("r.xml", "r.json"):
        written[name] = (project.pytester.path / name).read_text("utf-8")
    secrets = {
        (kind, value)
        for file in planted.iterdir()
        for kind, value in json.loads(file.read_text("utf-8")).items()
    }
    assert len(secrets) > 1000
    return [
        Leak(kind, place, line[:200])
        for place, text in written.items()
        for kind, value in secrets
        if value in text
        for line in text.splitlines()
        if _stands_in(value, line)
    ]


def _stands_in(value: str, line: str) -> bool:
    """Whether a line shows a secret; a short code must stand by itself, not inside a number."""
    before, found, after = line.partition(value)
    if not found or len(value) > 6:
        return bool(found)
    neighbours = before[-1:] + after[:1]
    return not any(character.isalnum() or character in "._-" for character in neighbours)


@pytest.fixture
def leaky(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project whose tests do all that people do with secrets by mistake."""
    monkeypatch.setenv("PLANTED", str(project.pytester.path / "planted"))
    (project.pytester.path / "test_leaky.py").write_text(LEAKY, "utf-8")
    return project


@pytest.mark.parametrize("arguments", [[], ["-n", "2"]], ids=["alone", "distributed"])
def test_no_secret_comes_to_light(leaky: Project, arguments: list[str]) -> None:
    """None of the values stands anywhere, whatever the user's tests did with it."""
    found = leaks(leaky, *arguments)
    assert not found, "\n".join(map(str, found))


def test_secrets_of_the_environment(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Credentials that came with the environment are scrubbed like those of the tenant."""
    monkeypatch.setenv("AUTH0_CLIENT_ID", "an-application")
    monkeypatch.setenv("AUTH0_CLIENT_SECRET", "planted-client-secret")
    monkeypatch.setenv("AUTH0_USERNAME", "me@example.com")
    monkeypatch.setenv("AUTH0_PASSWORD", "planted-password")
    project.write(
        test_one="""
        import os

        def test_one(auth0_tenant, auth0_user):
            secret = os.environ["AUTH0_CLIENT_SECRET"]
            print(secret, auth0_user.password)
            raise RuntimeError(os.environ["AUTH0_PASSWORD"])
        """
    )
    ended = project.run("-l", "-rA", "--auth0-tenant=acme.us.auth0.com")
    assert {"failed": 1} == ended.outcomes
    assert "planted-" not in ended.text
