"""`pytest-httpserver` with the handler that projects write by hand: a token signed by PyJWT."""

from __future__ import annotations

import json
import logging
import sys
import time
from typing import TYPE_CHECKING

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

# mypy: disable-error-code="import-not-found"
# Installed for the measurement only: benchmarks/requirements.txt.
from pytest_httpserver import HTTPServer
from werkzeug import Response

if TYPE_CHECKING:
    from werkzeug import Request

_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _answer(_request: Request) -> Response:
    now = int(time.time())
    claims = {"iss": "http://127.0.0.1/", "sub": "a@clients", "iat": now, "exp": now + 86_400}
    token = jwt.encode({**claims, "aud": "https://api.mock.example/"}, _KEY, "RS256")
    body = {"access_token": token, "token_type": "Bearer", "expires_in": 86_400}
    return Response(json.dumps(body), content_type="application/json")


def main() -> None:
    """Serve until the process is ended."""
    # Under pytest its lines go to a log; here they would go to the terminal.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = HTTPServer(host="127.0.0.1", port=0)
    server.expect_request("/oauth/token", method="POST").respond_with_handler(_answer)
    server.start()
    sys.stdout.write(f"{server.url_for('')}\n")
    sys.stdout.flush()
    if server.server_thread is not None:
        server.server_thread.join()


if __name__ == "__main__":
    main()
