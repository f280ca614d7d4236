"""What several rooms of the tests share: loopback servers, a bare environment, runs of the suites.

Each server listens on a port of its own choice and lives until the end of the run.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import threading
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ROOT = Path(__file__).parent.parent
SUITES = ROOT / "suites"
TIMEOUT_S = 400
ENTRY_POINT = "[pytest11]\nauth0_mfa = pytest_auth0_mfa.plugin\n"
HOP_BY_HOP = {"connection", "content-length", "transfer-encoding", "keep-alive"}
"""Headers that belong to one connection (RFC 9110, section 7.6.1), or that are made anew."""
METADATA = "Metadata-Version: 2.1\nName: pytest-auth0-mfa\nVersion: 0\n"

# A slow machine is no fault: no example of a property has to be judged within a time.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@dataclass(frozen=True, slots=True)
class Received:
    """A request as a loopback server received it."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """What a loopback server answers; a body that is no text is sent as JSON."""

    status: int = 200
    body: object = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def octets(self) -> bytes:
        """The body as it is sent."""
        if isinstance(self.body, bytes):
            return self.body
        text = self.body if isinstance(self.body, str) else json.dumps(self.body)
        return text.encode()

    @property
    def content_type(self) -> str:
        """The media type that goes with the body."""
        return "text/html" if isinstance(self.body, str) else "application/json"


RESET = Reply(0)
"""In the place of a reply: no answer, and the connection breaks."""


@dataclass(frozen=True, slots=True)
class SuitesRun:
    """What one run of the suites left behind: exit status, output, reports."""

    status: int
    text: str
    report: Mapping[str, Any]
    junit: str

    def verdicts(self) -> dict[tuple[str, str], str]:
        """The verdict of each requirement and factor."""
        entries = self.report["requirements"]
        return {(entry["id"], entry["factor"]): entry["verdict"] for entry in entries}


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Callable[[Received], Reply]], str]]:
    """A starter of loopback servers: takes what answers, returns the URL."""
    with ExitStack() as running:

        def start(answer: Callable[[Received], Reply]) -> str:
            server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(answer))
            server.daemon_threads = True
            # Without an interval nobody looks again and again whether to stop: hundreds of servers
            # that do take more time than the tests.
            thread = threading.Thread(target=server.serve_forever, args=(None,), daemon=True)
            thread.start()
            running.callback(server.server_close)
            running.callback(_stop, server)
            return f"http://127.0.0.1:{server.server_address[1]}"

        yield start


def _stop(server: ThreadingHTTPServer) -> None:
    """Have a server stop that waits for a connection, by one."""
    stopping = threading.Thread(target=server.shutdown)
    stopping.start()
    while stopping.is_alive():
        with (
            suppress(OSError),
            socket.create_connection(("127.0.0.1", server.server_port), timeout=1),
        ):
            stopping.join(0.05)


@pytest.fixture
def silent_url() -> Iterator[str]:
    """The URL of a port at which nothing listens, kept from others while the test runs."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"


def passed_on(url: str, received: Received) -> Reply:
    """What the server at `url` answers to a request, whose `Host` header it gets as it is."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    headers = {name: v for name, v in received.headers.items() if name not in HOP_BY_HOP}
    connection.request(received.method, received.path, received.body, headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    kept = {name: v for name, v in answer.getheaders() if name.lower() not in HOP_BY_HOP}
    return Reply(answer.status, body, {name.lower(): v for name, v in kept.items()})


def _handler(answer: Callable[[Received], Reply]) -> type[BaseHTTPRequestHandler]:
    """A request handler that leaves every answer to `answer`."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1
        disable_nagle_algorithm = True

        def handle_one_request(self) -> None:
            self.raw_requestline = self.rfile.readline(65_537)
            if not self.raw_requestline or not self.parse_request():
                self.close_connection = True
                return
            length = int(self.headers.get("content-length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            received = Received(self.command, self.path, headers, self.rfile.read(length))
            reply = answer(received)
            if reply is RESET:
                self._reset()
            else:
                self._send(reply)

        def _reset(self) -> None:
            """Break the connection: with nothing to linger for, the system sends a reset."""
            option = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, option)
            self.close_connection = True

        def _send(self, reply: Reply) -> None:
            self.send_response_only(reply.status)
            if "content-type" not in reply.headers:
                self.send_header("content-type", reply.content_type)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if reply.status != 204:
                self.send_header("content-length", str(len(reply.octets)))
            self.end_headers()
            self.wfile.write(reply.octets)
            self.wfile.flush()

    return Handler


@pytest.fixture(scope="session")
def bare_environment() -> dict[str, str]:
    """The environment without anything that speaks to pytest or to this plugin."""
    spoken = ("AUTH0_", "PYTEST_", "MAILSLURP_", "PYTHONIOENCODING", "COV_")
    return {name: value for name, value in os.environ.items() if not name.startswith(spoken)}


@pytest.fixture(scope="session")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for PYTHONPATH with the package as a wheel lays it out, made without build tools.

    tests/packaging compares a real wheel with the folders that this copies.
    """
    site = tmp_path_factory.mktemp("site")
    package = site / "pytest_auth0_mfa"
    skipped = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "pytest_auth0_mfa", package, ignore=skipped)
    for name in ("schemas", "suites"):
        shutil.copytree(ROOT / name, package / name, ignore=skipped)
    told = site / "pytest_auth0_mfa-0.dist-info"
    told.mkdir()
    told.joinpath("entry_points.txt").write_text(ENTRY_POINT, "utf-8")
    told.joinpath("METADATA").write_text(METADATA, "utf-8")
    return site


@pytest.fixture(scope="session")
def run_suites(
    tmp_path_factory: pytest.TempPathFactory, bare_environment: dict[str, str]
) -> Callable[..., SuitesRun]:
    """A runner of the suites in a process of its own; the same arguments run once only.

    Named arguments are variables of its environment.
    """
    kept: dict[tuple[object, ...], SuitesRun] = {}

    def run(*arguments: str, **variables: str) -> SuitesRun:
        key = (arguments, *variables.items())
        if key not in kept:
            environment = {**bare_environment, **variables}
            kept[key] = _run(tmp_path_factory.mktemp("run"), arguments, environment)
        return kept[key]

    return run


def _run(folder: Path, arguments: tuple[str, ...], environment: dict[str, str]) -> SuitesRun:
    report, junit = folder / "r.json", folder / "r.xml"
    written = (f"--auth0-report={report}", f"--junitxml={junit}", "-p", "no:cacheprovider")
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", str(SUITES), *written, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    document = json.loads(report.read_text("utf-8")) if report.exists() else {}
    told = junit.read_text("utf-8") if junit.exists() else ""
    return SuitesRun(ended.returncode, ended.stdout + ended.stderr, document, told)
