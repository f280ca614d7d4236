"""What CI systems are given: the action, the snippets of docs/ci.md, the settings of a tenant."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from pytest_auth0_mfa.plugin.options import OPTIONS
from pytest_auth0_mfa.tenant.access import VARIABLES
from pytest_auth0_mfa.tenant.provisioning import CREATING, RESTORING
from tests.conftest import ROOT
from tests.reports.conftest import document, entry

if TYPE_CHECKING:
    from pathlib import Path

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
GITHUB, GITLAB = map(yaml.safe_load, BLOCKS)
SHOWING = '#!/bin/sh\nprintf "%s\\n" "$@" > "$RUNNER_TEMP/arguments"\n'
GITHUB_FILES = ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")
"""The variables that name the files in which GitHub is told of outputs and a summary."""

TIMEOUT_S = 120
BASH = shutil.which("bash") or ""

pytestmark = pytest.mark.skipif(not BASH, reason="there is no bash here")


def judge(folder: Path, name: str = "Judge", **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run a step of the action, that which judges, with inputs given as GitHub gives them."""
    step = next(step for step in ACTION["runs"]["steps"] if step.get("name") == name)
    defaults = {name: str(each.get("default", "")) for name, each in ACTION["inputs"].items()}
    values = {**defaults, **inputs}
    variables = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: values[found[1]], text)
        for name, text in step["env"].items()
    }
    files = {each: str(folder / each) for each in GITHUB_FILES}
    return subprocess.run(
        [BASH, "-e", "-o", "pipefail", "-c", step["run"]],
        cwd=folder,
        env={"PATH": os.environ["PATH"], **files, "RUNNER_TEMP": str(folder), **variables},
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )


@pytest.fixture
def showing(tmp_path: Path) -> Path:
    """A runner's folder whose pytest writes down what it is called with."""
    command = tmp_path / "auth0-mfa" / "bin" / "pytest"
    command.parent.mkdir(parents=True)
    command.write_text(SHOWING)
    command.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({}, ["--auth0-tenant"]),
        ({"tenant": "mock"}, ["--auth0-tenant=mock"]),
        ({"factors": "otp,sms"}, ["--auth0-tenant", "--auth0-factors=otp,sms"]),
        ({"profile": "a file.toml"}, ["--auth0-tenant", "--auth0-profile=a file.toml"]),
        ({"arguments": "-x -n 2"}, ["--auth0-tenant", "-x", "-n", "2"]),
        ({"tenant": "$(touch no)"}, ["--auth0-tenant=$(touch no)"]),
    ],
)
def test_inputs_become_arguments(
    showing: Path, inputs: dict[str, str], expected: list[str]
) -> None:
    """Each input is one argument, whatever it holds, and what is empty is none."""
    assert 0 == judge(showing, **inputs).returncode
    told = (showing / "arguments").read_text().splitlines()
    assert ["--auth0-conformance", *expected] == [
        argument for argument in told if argument != "--auth0-report=mfa.report.json"
    ]
    assert not (showing / "no").exists()


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({}, ["--auth0-sweep", "--auth0-tenant"]),
        (
            {"tenant": "acme.us.auth0.com", "profile": "a file.toml"},
            ["--auth0-sweep", "--auth0-tenant=acme.us.auth0.com", "--auth0-profile=a file.toml"],
        ),
    ],
)
def test_action_sweeps(showing: Path, inputs: dict[str, str], expected: list[str]) -> None:
    """At the end the same tenant is swept, whatever became of the run, if that is asked for."""
    assert 0 == judge(showing, "Sweep", **inputs).returncode
    assert expected == (showing / "arguments").read_text().splitlines()
    [step] = [each for each in ACTION["runs"]["steps"] if each.get("name") == "Sweep"]
    assert "always() && inputs.sweep == 'true'" == step["if"]


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    """A runner's folder in which a report may lie, with this environment's commands."""
    (tmp_path / "auth0-mfa").symlink_to(sys.prefix)
    for name in GITHUB_FILES:
        (tmp_path / name).touch()
    return tmp_path


def tell(runner: Path) -> tuple[str, str]:
    """Run the step that tells of the report; returns outputs and summary."""
    ended = judge(runner, "Tell")
    assert 0 == ended.returncode, ended.stderr
    output, summary = ((runner / name).read_text("utf-8") for name in GITHUB_FILES)
    return output, summary


def test_action_tells(runner: Path) -> None:
    """A job gets a summary, and as outputs the number of each verdict that the action declares."""
    made = document(entry("violates"), entry("conforms"))
    (runner / "mfa.report.json").write_text(json.dumps(made), "utf-8")
    output, summary = tell(runner)
    counts = dict(line.split("=") for line in output.splitlines())
    assert ("1", "1", "0") == (counts["violates"], counts["conforms"], counts["known"])
    assert {"report", *counts} == set(ACTION["outputs"])
    assert all(f"outputs.{name} " in ACTION["outputs"][name]["value"] for name in counts)
    assert summary.startswith("## `acme.us.auth0.com` violates the MFA API\n")


def test_action_tells_that_there_is_no_report(runner: Path) -> None:
    """A run that could not begin leaves no report, and the job is not failed twice."""
    output, summary = tell(runner)
    assert not output
    assert summary.startswith("There is no report")


def test_action_judges(tmp_path: Path) -> None:
    """The step runs the suites and leaves the report."""
    (tmp_path / "auth0-mfa").symlink_to(sys.prefix)
    ended = judge(tmp_path, tenant="mock", factors="otp", arguments="-k test_wrong_code_is")
    assert 0 == ended.returncode, ended.stdout + ended.stderr
    assert (tmp_path / "mfa.report.json").exists()


def test_action_fails_with_the_run(tmp_path: Path) -> None:
    """A step whose run found a violation fails the job."""
    (tmp_path / "auth0-mfa").symlink_to(sys.prefix)
    wrong = "-k test_used_code_is --auth0-deviation=reused-otp-accepted"
    assert 1 == judge(tmp_path, tenant="mock", factors="otp", arguments=wrong).returncode


def test_commands_hold_no_expression() -> None:
    """What GitHub puts into a command would be executed by the shell."""
    assert [] == [step["run"] for step in ACTION["runs"]["steps"] if "${{" in step.get("run", "")]


def test_workflow_gives_what_the_action_takes() -> None:
    """The workflow that is shown uses inputs and variables that there are."""
    step = GITHUB["jobs"]["conformance"]["steps"][-1]
    assert step["with"].keys() <= ACTION["inputs"].keys()
    assert step["env"].keys() <= set(VARIABLES)
    commands = (ROOT / "docs" / "tenant" / "settings.sh").read_text("utf-8")
    assert step["env"].keys() == set(re.findall(r"^(AUTH0_\w+)=", commands, re.MULTILINE))


def test_pipeline_uses_options_that_there_are() -> None:
    """The options in the pipeline that is shown are known; both jobs sweep at their end."""
    shown = GITLAB["mfa"]["script"] + GITLAB["mfa"]["after_script"]
    assert set(re.findall(r"--auth0-[a-z-]+", " ".join(shown))) <= {o.flag for o in OPTIONS}
    assert "--auth0-sweep" in GITLAB["mfa"]["after_script"][0]
    assert GITHUB["jobs"]["conformance"]["steps"][-1]["with"]["sweep"] is True


class TestSettings:
    """The two ways to set a tenant up, which say the same, and the page, which names the scopes."""

    FOLDER = ROOT / "docs" / "tenant"
    COMMANDS = (FOLDER / "settings.sh").read_text("utf-8").partition("set -euo")[2]
    TERRAFORM = (FOLDER / "main.tf").read_text("utf-8")
    SCOPES = r"\b(?:create|read|update|delete):(?:users|authentication_methods)\b"

    def block(self, kind: str) -> str:
        """What a resource of a kind holds in Terraform."""
        return self.TERRAFORM.partition(f'resource "{kind}"')[2].partition("\n}\n")[0]

    @pytest.mark.parametrize(
        "pattern",
        [
            SCOPES,
            r"password-realm|refresh_token|client_credentials\b|mfa-(?:otp|oob|recovery-code)\b",
            r"\b(?:regular_web|non_interactive|client_secret_\w+|RS256|all-applications)\b",
            r"https://mfa-conformance\.example|\bdefault_directory\b|customize_mfa_in_postlogin_action|\bAUTH0_[A-Z_]+(?==)",
            r"MFA conformance(?:: users)?",
        ],
    )
    def test_both_ways_agree(self, pattern: str) -> None:
        """Grants, scopes, kinds of applications, names and variables are the same."""
        [commands, terraform] = (
            set(re.findall(pattern, text)) for text in (self.COMMANDS, self.TERRAFORM)
        )
        assert commands
        assert commands == {each for each in terraform if each != "AUTH0_CLIENT_ID,"}

    def test_same_factors(self) -> None:
        """What one way switches on the other does too, with the same messages."""
        block = self.block("auth0_guardian")
        told = set(re.findall(r"(\w+) +(?:= true\n|\{\n +enabled +=)", block))
        names = {"phone": "sms", "push": "push-notification", "recovery_code": "recovery-code"}
        [loop] = re.findall(r"for factor in (.*); do", self.COMMANDS)
        assert set(loop.split()) == {names.get(each, each) for each in told - {"enabled"}}
        [types] = re.findall(r'"message_types": (\[.*?\])', self.COMMANDS)
        assert f"message_types = {types}" in block

    def test_offline_access(self) -> None:
        """The API allows offline access either way."""
        assert r"\"allow_offline_access\": true" in self.COMMANDS
        assert re.search(r"allow_offline_access += true", self.block("auth0_resource_server"))

    def test_scopes_are_those_of_the_page(self) -> None:
        """The page lists what the run asks of a token, and both ways grant just that."""
        page = (ROOT / "docs" / "real-tenants.md").read_text("utf-8")
        listed = re.findall(r"^```\n((?:\w+:\w+\s)+)```", page, re.MULTILINE)
        assert [set(CREATING), set(RESTORING)] == [set(each.split()) for each in listed]
        assert {*CREATING, *RESTORING} == set(re.findall(self.SCOPES, self.COMMANDS))
