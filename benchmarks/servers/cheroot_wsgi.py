"""cheroot, the WSGI server of CherryPy: a pool of threads."""

from __future__ import annotations

from typing import TYPE_CHECKING

# mypy: disable-error-code="import-not-found"
# Installed for the measurement only: benchmarks/requirements.txt.
from cheroot import wsgi

from benchmarks.servers import ANSWER, announce

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment


def _application(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    headers = [("content-type", "application/json"), ("content-length", str(len(ANSWER)))]
    start_response("200 OK", headers)
    return [ANSWER]


def main() -> None:
    """Serve until the process is ended."""
    server = wsgi.Server(("127.0.0.1", 0), _application, numthreads=16)
    server.prepare()
    announce(server.bind_addr[1])
    server.serve()


if __name__ == "__main__":
    main()
