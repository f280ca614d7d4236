"""How fast the mock tenant is, beside what its core can sign and beside its peers.

`python -m benchmarks.mock_speed [ROUNDS]`; needs `wrk`, `taskset`, `npm`, two cores, and
`benchmarks/requirements.txt`. Best on a machine that does nothing else.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks import growth, logins, tables, tenant
from benchmarks.cores import Signer
from benchmarks.load import FORM, Asked
from benchmarks.peers import oauth2_mock_server
from benchmarks.processes import served, start_up_ms
from benchmarks.samples import Samples
from benchmarks.tenant import Visitor
from benchmarks.throughput import Cell

if TYPE_CHECKING:
    from benchmarks.processes import Serving

_MOCK: Final = "this mock"
_NODE: Final = "oauth2-mock-server"
_HTTPSERVER: Final = "pytest-httpserver"
_PLAIN: Final = "uvicorn alone"

_START_BOUND_MS: Final = 200
_SIGNED_BOUND: Final = 0.70
_UNSIGNED_BOUND: Final = 10_000
_LOGIN_BOUND: Final = 1_150
_LOGIN_USERS: Final = 4_000
_EMAIL: Final = "enrolled@example.com"
_PACKAGES: Final = (
    *("uvicorn", "httptools", "uvloop", "cryptography", "pyjwt"),
    *("pytest-httpserver", "werkzeug", "node", "wrk"),
)


def main() -> None:
    """Measure everything and print the tables."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    tables.introduce("benchmarks.mock_speed", _PACKAGES)
    with tempfile.TemporaryDirectory() as folder:
        tables.tell(f"oauth2-mock-server {oauth2_mock_server.VERSION}, from npm.")
        commands = _commands(Path(folder))
        _start_up(commands)
        _throughput(commands, rounds)
    _logins(rounds)
    _memory()
    _crowding(rounds)


def _commands(folder: Path) -> dict[str, list[str]]:
    return {
        _MOCK: list(tenant.COMMAND),
        _NODE: oauth2_mock_server.install(folder),
        _HTTPSERVER: [sys.executable, "-m", "benchmarks.peers.httpserver_tokens"],
        _PLAIN: [sys.executable, "-m", "benchmarks.servers.uvicorn_asgi", "uvloop"],
    }


def _start_up(commands: dict[str, list[str]]) -> None:
    first = start_up_ms(commands[_MOCK], "/__mock__")
    signed = start_up_ms(commands[_MOCK], "/.well-known/jwks.json")
    posting = start_up_ms(commands[_HTTPSERVER], "/oauth/token", method="POST")
    peers = [(_NODE, start_up_ms(commands[_NODE], "/jwks")), (_HTTPSERVER, posting)]
    verdict = f"{_START_BOUND_MS} ms: {first.at_most(_START_BOUND_MS)}"
    rows = [
        [_MOCK, first.text(), "1.00", verdict],
        [f"{_MOCK}, with its key made", signed.text(), _ratio(signed, first), ""],
        *([name, peer.text(), _ratio(peer, first), ""] for name, peer in peers),
    ]
    columns = ("process to first answer", "ms", f"over {_MOCK}", "bound")
    tables.table(columns, rows)


def _throughput(commands: dict[str, list[str]], rounds: int) -> None:
    signer = Signer()
    with ExitStack() as running:
        servers = {
            name: running.enter_context(served(command)) for name, command in commands.items()
        }
        cells = [*_mock_cells(servers[_MOCK]), *_peer_cells(servers)]
        for _ in range(rounds):
            for cell in cells:
                cell.measure(signer)
    signs = Samples.of(figure for cell in cells for figure in cell.signs_per_s)
    tables.tell(f"RS256 signatures/s of the serving core, over the whole run: {signs.text()}.")
    columns = ("16 connections, one core", "answers/s", "for each signature", "p50 ms", "p99 ms")
    tables.table((*columns, "others took", "bound"), [cell.row() for cell in cells])


def _mock_cells(mock: Serving) -> list[Cell]:
    Visitor(mock).enroll(_EMAIL)
    unsigned = {
        "login told `mfa_required`": lambda: Visitor(mock).asks_to_log_in(_EMAIL),
        "challenge": lambda: Visitor(mock).asks_for_challenge(_EMAIL),
        "list": lambda: Visitor(mock).asks_for_list(_EMAIL),
    }
    return [
        Cell(f"{_MOCK}: signed token", mock, Visitor(mock).asks_for_token, _SIGNED_BOUND),
        *(
            Cell(f"{_MOCK}: {name}", mock, asked, _UNSIGNED_BOUND, is_absolute=True)
            for name, asked in unsigned.items()
        ),
    ]


def _peer_cells(servers: dict[str, Serving]) -> list[Cell]:
    asked = {
        _NODE: Asked("POST", "/token", "grant_type=client_credentials&scope=read", FORM),
        _HTTPSERVER: Asked("POST", "/oauth/token", "grant_type=client_credentials", FORM),
        _PLAIN: Asked("POST", "/mfa/challenge", "challenge_type=otp", FORM),
    }
    answers = {_PLAIN: "a constant"}
    return [
        Cell(f"{name}: {answers.get(name, 'signed token')}", servers[name], partial(_same, each))
        for name, each in asked.items()
    ]


def _same(asked: Asked) -> Asked:
    return asked


def _logins(rounds: int) -> None:
    signer, rows = Signer(), []
    with served(tenant.COMMAND) as server:
        users = logins.enroll(server, _LOGIN_USERS)
        for name, for_api in (("id token", False), ("id token and access token", True)):
            signs, measured = [], []
            for _ in range(rounds):
                signs.append(signer.signs_per_s())
                measured.append(logins.measure(server, users, for_api=for_api))
            rates = Samples.of(each.per_s for each in measured)
            share = rates.over(Samples.of(signs)).text(2)
            client = Samples.of(each.client_share for each in measured).text(2)
            bound = f"{_LOGIN_BOUND:,}/s: {rates.at_least(_LOGIN_BOUND)}"
            rows.append([name, rates.text(), share, client, bound])
    columns = ("complete login, signed", "logins/s", "for each signature", "client's share")
    tables.table((*columns, "bound"), rows)


def _memory() -> None:
    start, warm, used = growth.memory_mb()
    row = [f"{start:.1f}", f"{warm:.1f}", f"{used:.1f}", f"{used / warm:.3f}"]
    columns = ("memory at the start, MB", "after 10,000 requests", "after 110,000", "ratio")
    tables.table(columns, [row])


def _crowding(rounds: int) -> None:
    comparisons, kb_per_user = growth.crowding(rounds)
    columns = ("one connection", "p50 ms, 1 user", "p50 ms, 100,000", "p99 ms, 1 user")
    ratios = ("p99 ms, 100,000", "p50 ratio", "p99 ratio")
    tables.table((*columns, *ratios), [each.row() for each in comparisons])
    tables.tell(f"A user takes {kb_per_user:.2f} kB.")


def _ratio(ours: Samples, reference: Samples) -> str:
    return f"{ours.middle / reference.middle:.2f}"


if __name__ == "__main__":
    main()
