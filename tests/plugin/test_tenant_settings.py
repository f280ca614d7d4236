"""What docs/tenant/settings.sh does to a tenant, and that a run is content with it afterwards."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, Reply, passed_on

if TYPE_CHECKING:
    from tests.conftest import Received
    from tests.plugin.administered import Administered
    from tests.plugin.hidden import Serve

SCRIPT = ROOT / "docs" / "tenant" / "settings.sh"
SCOPES = " ".join(re.findall(r"[a-z]+:[a-z_]+", SCRIPT.read_text("utf-8").partition("set -euo")[0]))
FACTORS = ("otp", "sms", "email", "push-notification", "recovery-code")
JUDGED = (
    "(grant_is_interrupted or right_code_completes or used_code_is or wrong_code_is"
    " or refresh_token or access_token_names) and not test_client_authentication"
)
TIMEOUT_S = 120
# As https://github.com/auth0/auth0-cli (internal/cli/api.go) does it: whatever is answered is a
# success but for a missing scope, and of other answers with status 403 nothing is shown.
CLI = """#!{python} -ISs
import argparse, http.client, json, os, sys

reader = argparse.ArgumentParser()
for name in ("command", "method", "path"):
    reader.add_argument(name)
for name in ("--query", "--data", "--tenant"):
    reader.add_argument(name, name[1:3], default="")
for name in ("--no-input", "--no-color"):
    reader.add_argument(name, action="store_true", required=True)
told = reader.parse_args()
if told.command != "api" or told.tenant != {domain!r}:
    sys.exit("error: not logged in to " + told.tenant)
headers = {{"authorization": "Bearer " + os.environ["TOKEN"], "content-type": "application/json"}}
data = json.dumps(json.loads(told.data)) if told.data else None
tenant = http.client.HTTPConnection(told.tenant)
tenant.request(told.method.upper(), f"/api/v2/{{told.path}}?{{told.query}}", data, headers)
answer = tenant.getresponse()
body = answer.read()
if b'"insufficient_scope"' in body:
    sys.exit("error: request failed because access token lacks scope")
if body and answer.status != 403:
    print(json.dumps(json.loads(body), indent=2))
"""
NO_VOICE = {"statusCode": 403, "error": "Forbidden", "errorCode": "voice_mfa_not_allowed"}
BASH = shutil.which("bash") or ""

pytestmark = pytest.mark.skipif(not BASH, reason="there is no bash here")


@pytest.fixture
def unset(administered: Administered) -> Administered:
    """A tenant without control plane, on which all that is needed is off or unset."""
    ask = administered.administrator.ask
    for factor in FACTORS:
        ask("PUT", f"/guardian/factors/{factor}", {"enabled": False})
    ask("PUT", "/guardian/factors/phone/message-types", {"message_types": []})
    ask("PUT", "/guardian/policies", [])
    ask(
        "PATCH",
        "/tenants/settings",
        {"default_directory": "", "customize_mfa_in_postlogin_action": True},
    )
    [connection] = ask("GET", "/connections")
    ask("PATCH", f"/connections/{connection['id']}", {"enabled_clients": []})
    return administered


def set_up(administered: Administered, url: str = "", **more: str) -> tuple[str, str]:
    """Run the commands, by the scopes that they name; returns what they print and complain of."""
    folder = administered.project.pytester.path
    domain = (url or administered.url).partition("://")[2]
    command = folder / "bin" / "auth0"
    command.parent.mkdir()
    command.write_text(CLI.format(python=sys.executable, domain=domain))
    command.chmod(0o755)
    token = administered.administrator.token(scope=more.pop("scope", SCOPES))
    path = os.pathsep.join([str(command.parent), os.environ["PATH"]])
    ended = subprocess.run(
        [BASH, str(SCRIPT), more.pop("domain", domain)],
        env={**os.environ, "PATH": path, "TOKEN": token, **more},
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    assert (ended.returncode == 0) == bool(ended.stdout), ended.stderr
    return ended.stdout, ended.stderr


def test_run_is_content(unset: Administered) -> None:
    """All is as the page wants it; by what is printed a run judges, and leaves nothing behind."""
    printed, _ = set_up(unset)
    ask = unset.administrator.ask
    enabled = {each["name"] for each in ask("GET", "/guardian/factors") if each["enabled"]}
    types = ask("GET", "/guardian/factors/phone/message-types")["message_types"]
    assert (set(FACTORS), ["sms", "voice"]) == (enabled, types)
    (unset.project.pytester.path / ".env").write_text(printed, "utf-8")
    chosen = ("--auth0-conformance", "--auth0-factors=otp,recovery-code", "-k", JUDGED, "-rs")
    ended = unset.run(*chosen)
    assert {"passed"} == set(ended.outcomes) - {"deselected"}, ended.text
    assert ended.outcomes["passed"] >= 12, ended.text
    assert "creates and deletes users through the Management API" in ended.text
    assert "POST /api/v2/users" in unset.requests_to("/api/v2")
    assert [] == unset.administrator.emails()


def test_what_is_there_stays(unset: Administered, serve: Serve) -> None:
    """An API that is there is kept, and where no voice can be had that is said."""

    def answer(received: Received) -> Reply:
        """Refuse as where the plan has no calls."""
        if received.path.startswith("/api/v2/guardian/factors/phone/message-types"):
            return Reply(403, NO_VOICE)
        return passed_on(str(unset.administrator.info["url"]), received)

    api = {"identifier": "https://mfa-conformance.example"}
    unset.administrator.ask("POST", "/resource-servers", api)
    printed, told = set_up(unset, serve(answer))
    assert "AUTH0_MANAGEMENT_CLIENT_SECRET=" in printed
    assert "put guardian/factors/phone/message-types: refused by the tenant" in told
    assert "post resource-servers: is there already, and stays as it is" in told


@pytest.mark.parametrize(
    ("missing", "told"),
    [
        ({"scope": "update:guardian_factors"}, "put guardian/policies: refused by the tenant"),
        ({"CONNECTION": "none"}, "there is no connection none: name yours in CONNECTION"),
        ({"domain": "other.us.auth0.com"}, "not logged in to other.us.auth0.com"),
    ],
)
def test_what_is_missing(unset: Administered, missing: dict[str, str], told: str) -> None:
    """It ends with what was refused, before it has created anything, and without a traceback."""
    before = len(unset.administrator.ask("GET", "/clients"))
    printed, complaint = set_up(unset, **missing)
    assert (True, False, "") == (told in complaint, "Traceback" in complaint, printed), complaint
    assert before == len(unset.administrator.ask("GET", "/clients"))
