"""The command `auth0-mfa mock`, as a process."""

from __future__ import annotations

import json
import os
import signal
import socket
import ssl
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
import requests

from pytest_auth0_mfa import cli

if TYPE_CHECKING:
    from collections.abc import Iterator

TIMEOUT_S = 30
MODULE = [sys.executable, "-m", "pytest_auth0_mfa.cli"]
CONTRACT = {
    "url",
    "ca_file",
    "client_id",
    "client_secret",
    "audience",
    "connection",
    "public_client_id",
    "management",
    "mailslurp",
    "control",
}


@contextmanager
def running(*options: str) -> Iterator[subprocess.Popen[str]]:
    """Run the command, and end it whatever happens."""
    process = subprocess.Popen(
        [*MODULE, "mock", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=TIMEOUT_S)


def first_line(process: subprocess.Popen[str]) -> str:
    """Wait for the line that tells that the tenant is ready."""
    assert process.stdout is not None
    return process.stdout.readline()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_one_line_then_a_quiet_end(number: signal.Signals) -> None:
    """One line of JSON when ready; a signal, even sent twice, ends it with status 0."""
    with running() as process:
        told = json.loads(first_line(process))
        assert requests.get(told["control"], timeout=TIMEOUT_S).status_code == 200
        process.send_signal(number)
        process.send_signal(number)
        rest = process.communicate(timeout=TIMEOUT_S)
        assert (0, ("", "")) == (process.returncode, rest)
    assert set(told) == CONTRACT


def test_names_of_the_certificate() -> None:
    """Names and addresses that are asked for are covered, and the canonical domain is."""
    names = ["--tls-name", "mock", "--tls-name", "10.1.2.3"]
    with running("--tls", *names, "--canonical-domain", "Acme.us.auth0.com") as process:
        told = json.loads(first_line(process))
        port = int(told["url"].rpartition(":")[2])
        context = ssl.create_default_context(cafile=told["ca_file"])
        for name in ("mock", "10.1.2.3", "acme.us.auth0.com", "localhost", "127.0.0.1"):
            with socket.create_connection(("127.0.0.1", port), TIMEOUT_S) as plain:
                context.wrap_socket(plain, server_hostname=name).close()
    assert "acme.us.auth0.com" == told["canonical_domain"]
    assert {*CONTRACT, "canonical_domain"} == set(told)


def test_variation_and_deviation() -> None:
    """A served tenant differs, and is wrong, as it was asked to."""
    options = ("--variation", "answers-in-chunks", "--deviation", "list-without-bearer-as-400")
    with running(*options) as process:
        url = json.loads(first_line(process))["url"]
        answer = requests.get(f"{url}/mfa/authenticators", timeout=TIMEOUT_S)
    assert 400 == answer.status_code
    assert "chunked" == answer.headers["transfer-encoding"]


def test_port_in_use() -> None:
    """One line on standard error names the address and the remedy; status 2."""
    with running() as process:
        port = json.loads(first_line(process))["url"].rpartition(":")[2]
        second = subprocess.run(
            [*MODULE, "mock", "--port", port],
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
            check=False,
        )
    assert (2, "") == (second.returncode, second.stdout)
    assert second.stderr.count("\n") == 1
    assert f"127.0.0.1:{port}" in second.stderr
    assert "choose another --host or --port" in second.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["mock", "--port", "http"], "expected a port from 0 to 65535, got 'http'"),
        (["mock", "--port", "65536"], "expected a port from 0 to 65535"),
        (["mock", "--latency-ms", "-1"], "expected milliseconds, 0 or more, got '-1'"),
        (["mock", "--latency-ms", "nan"], "expected milliseconds"),
        (["mock", "--rate-limits", "some"], "invalid choice: 'some'"),
        (["mock", "--deviation", "reused"], "did you mean reused-otp-accepted?"),
        (["mock", "--deviation", "reusd-otp-acepted"], "did you mean reused-otp-accepted"),
        (["mock", "--deviation", "xyzzy"], "no deviation is called 'xyzzy' (see"),
        (["mock", "--tls", "--tls-name", "https://a.test"], "expected a host name or address, "),
        (
            ["mock", "--tls", "--tls-name", "a.test:443"],
            "without https:// and port, got 'a.test:443'",
        ),
        (["mock", "--tls-name", "a.test"], "--tls-name is for the certificate of --tls: give both"),
        (
            ["mock", "--canonical-domain", "localhost"],
            "expected a domain such as acme.us.auth0.com",
        ),
        (["mock", "--variation", "chunks"], "did you mean answers-in-chunks?"),
        (["mock", "--variation", "xyzzy"], "no variation is called 'xyzzy' (see"),
        (["mock", "--nonsense"], "unrecognized arguments: --nonsense"),
        (["knock"], "invalid choice: 'knock'"),
        ([], "required: COMMAND"),
    ],
)
def test_usage_error(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    """One line says what was expected; status 2."""
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    printed = capsys.readouterr()
    assert (2, "") == (ended.value.code, printed.out)
    assert message in printed.err
    assert printed.err.count("\n") == 1


def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    """A tenant that has signed nothing has loaded neither JWT nor cryptography nor TOTP."""
    program = (
        "import sys, pytest_auth0_mfa.mock.server;"
        "print([name for name in ('jwt', 'cryptography', 'pyotp', 'trustme', 'requests')"
        " if name in sys.modules])"
    )
    printed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert printed.stdout.strip() == "[]"
