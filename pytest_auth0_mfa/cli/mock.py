"""`auth0-mfa mock`: a mock tenant in a process of its own.

Owns signals and the line that tells that the tenant is ready. Must not import the mock before it is
asked for.
"""

from __future__ import annotations

import argparse
import json
import re
import signal
import sys
from functools import partial
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.cli.parser import USAGE_ERROR

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from pytest_auth0_mfa.cli.parser import Commands
    from pytest_auth0_mfa.mock.server import MockServer

_HIGHEST_PORT: Final = 65_535
_HOST_NAME: Final = re.compile(
    r"(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.(?!$)|$))+"
)


def register(commands: Commands) -> None:
    """Add the command to the parser."""
    mock = commands.add_parser(
        "mock",
        help="Serve a mock tenant",
        description="Serve a mock tenant until interrupted. Its address and credentials are"
        " printed as one line of JSON when it is ready.",
    )
    mock.add_argument("--host", default="127.0.0.1", help="Address to listen on")
    mock.add_argument("--port", type=_port, default=0, help="Port to listen on, 0 for a free one")
    mock.add_argument("--tls", action="store_true", help="Serve HTTPS, by a CA made for this run")
    mock.add_argument(
        "--tls-name",
        action="append",
        default=[],
        type=_host,
        metavar="HOST",
        help="A further host name or address for the certificate of --tls; repeatable",
    )
    mock.add_argument(
        "--canonical-domain",
        type=_domain,
        metavar="DOMAIN",
        help="The domain that audiences keep, which makes every other host name a custom domain",
    )
    mock.add_argument(
        "--deviation",
        action="append",
        default=[],
        type=_deviation,
        metavar="NAME",
        help="Be wrong in one named way; repeatable",
    )
    mock.add_argument(
        "--variation",
        action="append",
        default=[],
        type=_variation,
        metavar="NAME",
        help="Differ in one named way that is allowed; repeatable",
    )
    mock.add_argument(
        "--latency-ms",
        type=_latency,
        default=0.0,
        metavar="N",
        help="Milliseconds that every answer waits",
    )
    mock.add_argument(
        "--rate-limits",
        choices=("real", "off"),
        default="off",
        help="Whether to enforce the limits of Auth0's free plan",
    )
    mock.add_argument(
        "--hostile",
        type=_hostility,
        metavar="SEED[:LIST]",
        help="Be reached over bad connections: "
        "throttle,late,doubled,reordered,skew,slow,dropped, or those listed",
    )
    mock.set_defaults(run=partial(_run, mock))


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > _HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"expected a port from 0 to 65535, got {text!r}")
    return int(text)


def _host(text: str) -> str:
    from ipaddress import ip_address  # noqa: PLC0415  Needed for this option only.

    try:
        return str(ip_address(text))
    except ValueError:
        if not _HOST_NAME.fullmatch(text):
            raise argparse.ArgumentTypeError(
                f"expected a host name or address, without https:// and port, got {text!r}"
            ) from None
        return text.lower()


def _domain(text: str) -> str:
    from pytest_auth0_mfa.tenant.target import is_domain  # noqa: PLC0415  For these options only.

    if not is_domain(text):
        raise argparse.ArgumentTypeError(
            f"expected a domain such as acme.us.auth0.com, without https:// and port, got {text!r}"
        )
    return text.lower()


def _latency(text: str) -> float:
    try:
        latency_ms = float(text)
    except ValueError:
        latency_ms = -1.0
    if not 0 <= latency_ms < float("inf"):
        raise argparse.ArgumentTypeError(f"expected milliseconds, 0 or more, got {text!r}")
    return latency_ms


def _deviation(name: str) -> str:
    from pytest_auth0_mfa.mock.deviations import DEVIATIONS  # noqa: PLC0415  For this option only.

    return _known(name, DEVIATIONS, "deviation")


def _variation(name: str) -> str:
    from pytest_auth0_mfa.mock.variations import VARIATIONS  # noqa: PLC0415  For this option only.

    return _known(name, VARIATIONS, "variation")


def _known(name: str, known: Collection[str], kind: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  Needed for these options only.

    if name not in known:
        near = [each for each in known if name in each] or get_close_matches(name, known)
        hint = f"; did you mean {' or '.join(near[:3])}?" if near else ""
        raise argparse.ArgumentTypeError(f"no {kind} is called {name!r}{hint}")
    return name


def _hostility(text: str) -> str:
    from pytest_auth0_mfa.mock.hostile.ingredients import Hostility  # noqa: PLC0415  As above.

    try:
        return str(Hostility.parse(text))
    except ValueError as fault:
        raise argparse.ArgumentTypeError(str(fault)) from None


def _run(mock: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    if options.tls_name and not options.tls:
        mock.error("--tls-name is for the certificate of --tls: give both")
    return _serve(options)


def _serve(options: argparse.Namespace) -> int:
    _on_signals(lambda: sys.exit(0))
    from pytest_auth0_mfa.mock.server import MockServer  # noqa: PLC0415  See the module docstring.

    try:
        server = MockServer(
            options.deviation,
            variations=options.variation,
            host=options.host,
            port=options.port,
            tls=options.tls,
            latency_ms=options.latency_ms,
            rate_limits=options.rate_limits,
            tls_names=options.tls_name,
            canonical_domain=options.canonical_domain or "",
            hostile=options.hostile,
        )
    except OSError as fault:
        where, why = f"{options.host}:{options.port}", fault.strerror or fault
        sys.stderr.write(
            f"auth0-mfa mock: cannot listen on {where}: {why}; choose another --host or --port\n"
        )
        return USAGE_ERROR
    _on_signals(server.request_stop)
    server.run(lambda: _announce(server))
    return 0


def _on_signals(stop: Callable[[], None]) -> None:
    """Let SIGINT and SIGTERM, however often they come, end the command quietly."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop())


def _announce(server: MockServer) -> None:
    sys.stdout.write(json.dumps(server.info) + "\n")
    sys.stdout.flush()
