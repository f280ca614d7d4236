"""A project that does with secrets all that people do by mistake, and the search for them."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pytest

PIECE, LONG = 10, 24
"""The shortest piece that is looked for, and the shortest secret of which there are pieces."""

WHOLE = {"barcode_uri", "opaque"}
"""Kinds of which a piece may be public: a user's name, a sentence around a token."""

KINDS = [
    "password",
    "client_secret",
    "mfa_token",
    "oob_code",
    "binding_code",
    "otp",
    "otp_secret",
    "barcode_uri",
    "recovery_code",
    "access_token",
    "id_token",
    "refresh_token",
    "client_assertion",
    "credentials",
    "api_key",
    "ticket",
    "token",
    "challenge_response",
    "transaction_token",
    "proxy_password",
    "private_key",
]

PROFILE = """
test_tenant = true
users = "management"
management_per_second = 1000
private_key_client_id = "an-application"
private_key_file = "key.pem"

[push]
project_id = "acme"
app_id = "1:2:android:3"
sender_id = "2"
api_key_variable = "FIREBASE_API_KEY"
registration_file = "registration.json"
"""

GIVEN = {
    "AUTH0_CLIENT_SECRET": "canary-Uw3fJ0xk7Rz1mPq9",
    "AUTH0_MANAGEMENT_CLIENT_SECRET": "canary-Kd82LmZx0VtYb4Ns",
    "AUTH0_PASSWORD": 'canary "pässword" & more/of it',
    "MAILSLURP_API_KEY": "canary-7f1c2e9b4a6d8035",
    "FIREBASE_API_KEY": "canary-AIzaSyD4x8Qw2Er6Ty",
    "HTTPS_PROXY": "http://me:canary%2Fproxy-Xy12@proxy.invalid:3128",
}

CONFTEST = """
import json, os
from pathlib import Path
import pytest
from pytest_auth0_mfa.plugin.session import SESSION

def known(config):
    session = config.stash.get(SESSION, None)
    return session.recorder.redactor._secrets.values() if session else ()

def pytest_sessionfinish(session):
    found = [(each.kind, each.value) for each in known(session.config)]
    Path(os.environ["PLANTED"], f"{os.getpid()}.json").write_text(json.dumps(found))

@pytest.fixture(scope="session")
def secrets(auth0_tenant, pytestconfig):
    tenant = auth0_tenant
    user = tenant.new_user()
    tenant.associate("sms", user).code()
    enrolled = tenant.enroll("otp")
    login = tenant.login(enrolled.user, scope="openid offline_access")
    assert enrolled.verify(login, enrolled.code(login)).accepted
    for application in (
        tenant.private_key_application, tenant.application.using("client_secret_basic")
    ):
        tenant.login(user, application=application)
    push = tenant.enroll("push")
    push.code(push.login())
    return {each.kind: each.value for each in known(pytestconfig)}
"""

LEAKY = '''
import base64, http.client, json, logging, os, sys, traceback, warnings
from urllib.parse import quote
import pytest
import requests

own = logging.getLogger("own")
each = pytest.mark.parametrize("kind", KINDS)

@pytest.fixture
def value(secrets, kind):
    return str(secrets[kind])

@each
def test_compared(value):
    assert value == "something else"

@each
def test_compared_at_its_end(value):
    assert value[:-1] + "?" == value

@each
def test_compared_deep(value):
    assert {"body": [{"token": value}] * 3} == {"body": [{"token": value + "x"}] * 3}

@each
def test_masked(auth0_tenant, value):
    secret = auth0_tenant.learn(value, "token")
    assert secret == "something else"

@each
def test_contained(value):
    headers = {"Authorization": f"Bearer {value}"}
    assert "expected" in headers

@each
def test_not_contained(value):
    assert value not in f"a long text before {value}, and after"

@each
def test_message(value):
    assert not value, f"it was {value}"

@each
def test_raised(value):
    raise RuntimeError(f"could not log in with {value}")

@each
def test_chained(value):
    try:
        try:
            raise KeyError(value)
        except KeyError as error:
            raise ValueError(f"from {value}") from error
    except ValueError:
        raise RuntimeError("meanwhile", value)

@each
def test_grouped(value):
    errors = [ValueError(value), RuntimeError(f"of {value}")]
    if sys.version_info >= (3, 11):
        raise ExceptionGroup(f"group {value}", errors)
    raise errors[0]

@each
def test_printed(value):
    print("value:", value, "encoded:", json.dumps({"a": value}), quote(value, safe=""))
    print(repr(value.encode()), base64.b64encode(value.encode()), file=sys.stderr)
    print(base64.b64encode(f"name:{value}".encode()).decode())
    sys.stdout.writelines([value, "\\n"])
    pytest.fail("see above")

@each
def test_logged(value):
    for level in (logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR):
        own.log(level, "value: %s", value)
    try:
        raise ValueError(value)
    except ValueError:
        own.exception("with %s", {"value": value}, stack_info=True)
    pytest.fail("see above")

@each
def test_cut(value):
    own.info("it was %s...", value[:20])
    print(value[-20:], value[3:33])
    assert [value] * 3 + ["x" * 300] == []

@each
def test_warned(value):
    warnings.warn(f"value: {value}")

@each
def test_recorded(value, record_property):
    record_property("value", f"it is {value}")
    record_property(value, [{"a": (value,)}, {value: 1}])
    record_property("octets", value.encode())
    record_property("error", ValueError(value))

@each
def test_failed(value):
    pytest.fail(f"no luck with {value}", pytrace=False)

@each
def test_skipped(value):
    pytest.skip(f"no luck with {value}")

@each
def test_expected(value):
    pytest.xfail(f"no luck with {value}")

@pytest.mark.requirement("MFA-LOGIN-MFA-REQUIRED")
@each
def test_judged(value, mfa_judge):
    mfa_judge.holds("a short text", f"it was {value}", when=False)

@pytest.mark.requirement("MFA-LOGIN-REALM")
@each
def test_disturbed(value, mfa_judge):
    from pytest_auth0_mfa.errors import Disturbance
    raise Disturbance(f"the line died at {value}")

@pytest.mark.requirement("MFA-LOGIN-JSON-BODY")
@each
def test_asserted(value, mfa_judge):
    assert not value, f"it was {value}"

@pytest.fixture
def broken(value):
    print(value)
    raise RuntimeError(f"not set up: {value}")

@each
def test_not_set_up(broken):
    pass

@pytest.fixture
def torn(value):
    yield
    raise RuntimeError(f"left over: {value}")

@each
def test_torn_down(torn):
    pass

def test_sent(auth0_tenant, secrets):
    http.client.HTTPConnection.debuglevel = 1
    try:
        body = {"mfa_token": secrets["mfa_token"], "otp": secrets["otp"]}
        headers = {"Authorization": "Bearer " + secrets["mfa_token"]}
        requests.post(f"{auth0_tenant.url}/mfa/associate?key=" + secrets["api_key"], json=body,
                      headers=headers, timeout=10)
    finally:
        http.client.HTTPConnection.debuglevel = 0
    pytest.fail("see above")

def test_token_of_its_own(auth0_tenant):
    """What a back end fetched for itself never passed the plugin."""
    application = auth0_tenant.access.management_application
    body = {"grant_type": "client_credentials", "audience": f"{auth0_tenant.url}/api/v2/",
            "client_id": application.client_id, "client_secret": application.client_secret}
    token = requests.post(
        f"{auth0_tenant.url}/oauth/token", json=body, timeout=10).json()["access_token"]
    with open(os.path.join(os.environ["PLANTED"], f"own-{os.getpid()}.json"), "w") as file:
        json.dump([["own", token]], file)
    print(token)
    assert token == "", f"it was {token}"

def test_environment(auth0_tenant):
    variables = {name: os.environ[name] for name in GIVEN}
    own.warning("given: %s", variables)
    print(*variables.values(), open("key.pem").read())
    assert variables == {}

@pytest.mark.parametrize("shown", [os.environ["AUTH0_PASSWORD"]], ids=["given"])
def test_of_a_parameter(auth0_tenant, shown):
    pytest.fail(shown)
'''


@dataclass(frozen=True, slots=True)
class Leak:
    """Where a secret came to light."""

    kind: str
    place: str
    shown: str


def write_leaky(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write the project into a folder, and set what it is given."""
    (project / "conftest.py").write_text(CONFTEST, "utf-8")
    text = f"KINDS = {KINDS}\nGIVEN = {list(GIVEN)}\n{LEAKY}"
    (project / "test_leaky.py").write_text(text, "utf-8")
    (project / "p.toml").write_text(PROFILE, "utf-8")
    (project / "key.pem").write_bytes(
        ec.generate_private_key(ec.SECP256R1()).private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    planted = project / "planted"
    planted.mkdir()
    for name, value in {**GIVEN, "PLANTED": str(planted)}.items():
        monkeypatch.setenv(name, value)


def planted(folder: Path) -> set[tuple[str, str]]:
    """Every secret that the processes of a run came across, with its kind."""
    files = [json.loads(file.read_text("utf-8")) for file in folder.iterdir()]
    given = {(name, value) for name, value in GIVEN.items() if name != "HTTPS_PROXY"}
    return {(kind, value) for found in files for kind, value in found} | given


@dataclass(frozen=True, slots=True)
class Search:
    """Looks for secrets in texts: whole, encoded and in part."""

    forms: Mapping[str, str]
    pieces: Mapping[str, str]

    @classmethod
    def of(cls, secrets: set[tuple[str, str]]) -> Search:
        """What to look for, each with the kind of its secret."""
        forms: dict[str, str] = {}
        pieces: dict[str, str] = {}
        for kind, value in secrets:
            encoded = (value, quote(value, safe=""), json.dumps(value)[1:-1], *_base64(value))
            forms |= dict.fromkeys(encoded, kind)
            if len(value) >= LONG and kind not in WHOLE:
                starts = range(len(value) - PIECE + 1)
                pieces |= {value[at : at + PIECE]: kind for at in starts}
        return cls(forms, pieces)

    def leaks(self, place: str, text: str) -> Iterator[Leak]:
        """Where one of the secrets can be read."""
        for form, kind in self.forms.items():
            if form in text and (shown := _line(form, text)):
                yield Leak(kind, place, shown)
        for at in range(len(text) - PIECE + 1):
            kind = self.pieces.get(text[at : at + PIECE], "")
            if kind:
                yield Leak(f"piece of {kind}", place, text[max(0, at - 60) : at + 60])


def _base64(value: str) -> set[str]:
    return {b64encode(text.encode()).decode().rstrip("=") for text in (value, f"name:{value}")}


def _line(form: str, text: str) -> str | None:
    """The line that shows a secret; a short code must stand by itself, not inside a number."""
    for line in text.splitlines():
        before, found, after = line.partition(form)
        around = before[-1:] + after[:1]
        is_part = any(each.isalnum() or each in "._-" for each in around)
        if found and (len(form) > 8 or not is_part):
            return line[:300]
    return None
