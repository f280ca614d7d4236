"""JavaScript clients, run by Node: each script in node/ prints what its client saw."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pytest_auth0_mfa.mock.server import MockServer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.clients.conftest import Mock

    Seen = Mapping[str, Any]

FOLDER = Path(__file__).parent / "node"
OLDEST_NODE = 20
TIMEOUT_S = 60
INSISTENCE = [
    ("auth-js.mjs", "error-with-www-authenticate", "TokenByPasswordError"),
    ("auth-js.mjs", "id-token-issuer-without-slash", "MfaVerifyError"),
    ("openid-client.mjs", "charset-refused", "invalid_request"),
    ("openid-client.mjs", "id-token-with-broken-signature", "signature verification failed"),
    ("spa-js.mjs", "id-token-for-another-client", "Audience (aud) claim mismatch"),
]
"""Script, deviation of the mock, and what the client says of it."""
CHANNELS = ("sms", "voice", "email")


def missing() -> str | None:
    """What the scripts lack on this machine, None where they can run."""
    node = shutil.which("node")
    if node is None:
        return "needs Node: install nodejs and npm, then run `npm ci` in tests/clients/node"
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    number = re.match(r"v(\d+)", told)
    if number is None or int(number[1]) < OLDEST_NODE:
        return f"needs Node {OLDEST_NODE} or later, found {told.strip() or 'none that starts'}"
    if not (FOLDER / "node_modules").is_dir():
        return "needs the JavaScript clients: run `npm ci` in tests/clients/node"
    return None


@pytest.fixture(scope="session", autouse=True)
def node() -> None:
    """Skip where Node or the clients are missing.

    With CLIENTS=required in the environment, as `.ci/run` has it, that is a failure.
    """
    lack = missing()
    if lack:
        (pytest.fail if os.environ.get("CLIENTS") == "required" else pytest.skip)(lack)


@pytest.fixture(scope="session")
def run(mock: Mock, trusting: dict[str, str]) -> Callable[[str], Seen]:
    """A runner of scripts, each once."""
    kept: dict[str, Seen] = {}

    def once(script: str) -> Seen:
        if script not in kept:
            ended = ended_script(script, trusting, mock.info)
            assert (0, "") == (ended.returncode, ended.stderr), ended.stderr
            kept[script] = dict(json.loads(ended.stdout))
        return kept[script]

    return once


def ended_script(
    script: str, environment: Mapping[str, str], info: Mapping[str, object]
) -> subprocess.CompletedProcess[str]:
    """Run a script against a mock until it ends."""
    return subprocess.run(
        ["node", script],  # noqa: S607  Whichever is on the path.
        cwd=FOLDER,
        env={**environment, "MOCK": json.dumps(info)},
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )


@pytest.mark.parametrize(("script", "deviation", "told"), INSISTENCE)
def test_what_clients_insist_on(
    trusting: dict[str, str], script: str, deviation: str, told: str
) -> None:
    """Against a mock that is wrong in one way, the client itself fails: it does look."""
    with MockServer([deviation], tls=True) as server:
        authority = {"NODE_EXTRA_CA_CERTS": str(server.info["ca_file"])}
        ended = ended_script(script, {**trusting, **authority}, server.info)
    assert 0 != ended.returncode
    assert told in ended.stderr


class TestAuthJs:
    """@auth0/auth0-auth-js: all of its MfaClient."""

    @pytest.fixture
    def seen(self, run: Callable[[str], Seen]) -> Seen:
        """What the client saw."""
        return run("auth-js.mjs")

    def test_otp(self, mock: Mock, seen: Seen) -> None:
        """It enrolls, confirms, lists, is challenged, logs in, renews and recovers."""
        otp = seen["otp"]
        subject = {"subject": otp["user"], "issuer": mock.issuer}
        tokens = {**subject, "audience": mock.info["client_id"], "refreshable": True}
        assert {
            "user": otp["user"],
            "wrong": {"name": "MfaVerifyError", "error": "invalid_grant"},
            "confirmed": {**tokens, "recoveryCode": False},
            "kinds": ["otp", "recovery-code"],
            "challenge": "otp",
            "verified": {**tokens, "recoveryCode": False},
            "refreshed": True,
            "userInfo": otp["user"],
            "recovered": {**tokens, "recoveryCode": True},
        } == otp

    @pytest.mark.parametrize("channel", CHANNELS)
    def test_delivered_code(self, mock: Mock, seen: Seen, channel: str) -> None:
        """It enrolls and logs in by a code that was sent."""
        saw = seen[channel]
        assert (channel, "prompt") == (saw["channel"], saw["binding"])
        for step in ("confirmed", "verified"):
            assert (saw["user"], mock.issuer) == (saw[step]["subject"], saw[step]["issuer"])

    @pytest.mark.parametrize("channel", ["sms", "voice"])
    def test_deletion(self, seen: Seen, channel: str) -> None:
        """It deletes with an access token, and reads why the token of a login is refused."""
        refused = {"name": "MfaDeleteAuthenticatorError", "error": "insufficient_scope"}
        assert {"byLogin": refused, "left": 0} == seen[channel]["deleted"]

    def test_push(self, seen: Seen) -> None:
        """It shows the barcode, and waits while nobody has decided."""
        push = seen["push"]
        assert "auth0" == push["channel"]
        assert push["barcode"].startswith("otpauth://totp/")
        assert {"name": "MfaVerifyError", "error": "authorization_pending"} == push["pending"]

    def test_client_credentials(self, seen: Seen) -> None:
        """It gets a signed token in the application's own name."""
        assert {"token": 3} == seen["machine"]


class TestSpaJs:
    """@auth0/auth0-spa-js: a public client, which checks the claims of every id_token."""

    @pytest.fixture
    def seen(self, run: Callable[[str], Seen]) -> Seen:
        """What the client saw."""
        return run("spa-js.mjs")

    def test_otp(self, mock: Mock, seen: Seen) -> None:
        """It is told what may be enrolled and of which kind each is; logs in, renews, recovers."""
        otp = seen["otp"]
        audience = mock.info["public_client_id"]
        session = {"subject": otp["user"], "issuer": mock.issuer, "audience": audience}
        assert {
            "user": otp["user"],
            "factors": ["otp", "phone", "push-notification"],
            "confirmed": session,
            "kinds": ["otp", "recovery-code"],
            "challenge": "otp",
            "verified": session,
            "refreshed": 3,
            "replaced": True,
        } == otp

    @pytest.mark.parametrize("channel", CHANNELS)
    def test_delivered_code(self, mock: Mock, seen: Seen, channel: str) -> None:
        """It enrolls and logs in by a code that was sent."""
        saw = seen[channel]
        verified = saw["verified"]
        assert (channel, saw["user"], mock.issuer) == (
            saw["channel"],
            verified["subject"],
            verified["issuer"],
        )

    def test_push(self, seen: Seen) -> None:
        """It waits while nobody has decided."""
        pending = {"name": "Error", "error": "authorization_pending"}
        assert {"channel": "auth0", "pending": pending} == seen["push"]


class TestOpenidClient:
    """openid-client: any grant by its name, every signature checked against the tenant's keys."""

    @pytest.fixture
    def seen(self, run: Callable[[str], Seen]) -> Seen:
        """What the client saw."""
        return run("openid-client.mjs")

    def test_otp(self, mock: Mock, seen: Seen) -> None:
        """It enrolls by HTTP Basic, is challenged, logs in, renews and recovers."""
        otp = seen["otp"]
        audience = mock.info["client_id"]
        tokens = {"subject": otp["user"], "issuer": mock.issuer, "audience": audience}
        assert {
            "user": otp["user"],
            "confirmed": tokens,
            "challenge": "otp",
            "verified": tokens,
            "refreshed": "bearer",
            "userInfo": otp["user"],
            "recovered": tokens,
            "replaced": True,
        } == otp

    @pytest.mark.parametrize("channel", CHANNELS)
    def test_delivered_code(self, mock: Mock, seen: Seen, channel: str) -> None:
        """It enrolls and logs in by a code that was sent."""
        saw = seen[channel]
        for step in ("confirmed", "verified"):
            assert (saw["user"], mock.issuer) == (saw[step]["subject"], saw[step]["issuer"])

    @pytest.mark.parametrize("channel", ["sms", "voice"])
    def test_deletion(self, seen: Seen, channel: str) -> None:
        """It deletes with an access token for the MFA audience."""
        assert 204 == seen[channel]["deleted"]

    def test_push_and_client_credentials(self, seen: Seen) -> None:
        """It reads the error while nobody has decided, and gets a token in its own name."""
        pending = {"name": "ResponseBodyError", "error": "authorization_pending"}
        assert ({"pending": pending}, {"type": "bearer"}) == (seen["push"], seen["machine"])
