"""How soon a code that the mock sends is in the hands of whoever waits for it.

`python -m benchmarks.inbox_wait [REPETITIONS]`. Measured from just before the request that makes
the tenant send, to the return of the wait: by the client that MailSlurp publishes, and by a bare
request with `requests`. The yardstick is the sending request's own round trip.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import mailslurp_client  # type: ignore[import-untyped]
import requests

from benchmarks import cores, tables, tenant
from benchmarks.processes import output_of, served
from benchmarks.samples import Samples
from benchmarks.tenant import Visitor

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.processes import Serving

_BOUND_MS: Final = 20.0
_WAIT_MS: Final = 10_000
_IMPORTS: Final = 5
# Long enough for a request that waits to have arrived.
_SETTLING_S: Final = 0.01
_ALONE: Final = (
    "import time; start = time.perf_counter(); import {}; print(time.perf_counter() - start)"
)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to wait: what is waited for, and how long it and the sending took, in ms."""

    name: str
    channel: str
    address: str
    wait: Callable[[], object]
    waited_ms: list[float] = field(default_factory=list)
    sending_ms: list[float] = field(default_factory=list)

    def row(self) -> list[str]:
        """Describe what was measured."""
        late = sum(each > _BOUND_MS for each in self.waited_ms)
        return [
            self.name,
            *_middle_and_tail(self.waited_ms),
            f"{late} of {len(self.waited_ms)}",
            *_middle_and_tail(self.sending_ms),
            f"{_BOUND_MS:.0f} ms: {Samples.of(self.waited_ms).at_most(_BOUND_MS)}",
        ]


def main() -> None:
    """Measure and print the tables."""
    repetitions = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    tables.introduce(
        "benchmarks.inbox_wait", ["mailslurp-client", "urllib3", "requests", "uvicorn"]
    )
    _waits(repetitions)
    _imports()


def _waits(repetitions: int) -> None:
    """Let the ways take turns, so that a machine that drifts cancels out."""
    with served(tenant.COMMAND) as server, ThreadPoolExecutor(1) as pool:
        ways, visitor = _ways(server), Visitor(server)
        emails = [f"user{number}@example.com" for number in range(repetitions * len(ways))]
        for email in emails:
            visitor.create_user(email)
        with cores.staying_on(cores.LOAD):
            for number, email in enumerate(emails):
                _round(pool, visitor, ways[number % len(ways)], visitor.log_in(email))
    columns = ("from sending to the return of", "p50 ms", "p99 ms", f"over {_BOUND_MS:.0f} ms")
    sending = ("sending alone, p50 ms", "p99 ms", "bound of the median")
    tables.table((*columns, *sending), [way.row() for way in ways])


def _round(pool: ThreadPoolExecutor, visitor: Visitor, way: Way, mfa_token: str) -> None:
    def wait() -> float:
        way.wait()
        return time.perf_counter()

    waiting = pool.submit(wait)
    time.sleep(_SETTLING_S)
    start = time.perf_counter()
    visitor.send_code(mfa_token, way.channel, way.address)
    way.sending_ms.append((time.perf_counter() - start) * 1000)
    way.waited_ms.append((waiting.result() - start) * 1000)


def _ways(server: Serving) -> list[Way]:
    told: dict[str, Any] = json.loads(server.introduction)["mailslurp"]
    configuration = mailslurp_client.Configuration(host=told["url"])
    configuration.api_key["x-api-key"] = told["api_key"]
    client = mailslurp_client.ApiClient(configuration)
    waits = mailslurp_client.WaitForControllerApi(client)
    inbox = mailslurp_client.InboxControllerApi(client).create_inbox()
    number = mailslurp_client.PhoneControllerApi(client).get_phone_numbers().content[0]
    by_inbox = {"inboxId": inbox.id, "timeout": _WAIT_MS, "unreadOnly": "true"}
    by_number = {"phoneNumberId": number.id, "timeout": _WAIT_MS, "unreadOnly": True}
    single = mailslurp_client.WaitForSingleSmsOptions(
        phone_number_id=number.id, timeout=_WAIT_MS, unread_only=True
    )
    session, url = requests.Session(), told["url"]
    session.headers["x-api-key"] = told["api_key"]

    def client_email() -> object:
        return waits.wait_for_latest_email(inbox_id=inbox.id, timeout=_WAIT_MS, unread_only=True)

    def bare_email() -> object:
        return _ok(session.get(f"{url}/waitForLatestEmail", params=by_inbox, timeout=_WAIT_MS))

    def bare_sms() -> object:
        return _ok(session.post(f"{url}/waitForLatestSms", json=by_number, timeout=_WAIT_MS))

    return [
        Way("`wait_for_latest_email`", "email", inbox.email_address, client_email),
        Way("the same by `requests`", "email", inbox.email_address, bare_email),
        Way(
            "`wait_for_latest_sms`",
            "sms",
            number.phone_number,
            lambda: waits.wait_for_latest_sms(single),
        ),
        Way("the same by `requests`", "sms", number.phone_number, bare_sms),
    ]


def _ok(answer: requests.Response) -> object:
    answer.raise_for_status()
    return answer.json()


def _imports() -> None:
    """Measure each import in fresh interpreters, in turn."""
    modules = ("requests", "mailslurp_client")
    seconds: dict[str, list[float]] = {module: [] for module in modules}
    for _ in range(_IMPORTS):
        for module in modules:
            seconds[module].append(float(output_of([sys.executable, "-c", _ALONE.format(module)])))
    measured = {module: Samples.of(s * 1000 for s in each) for module, each in seconds.items()}
    yardstick = measured["requests"]
    rows = [
        [module, each.text(1), each.over(yardstick).text(2)] for module, each in measured.items()
    ]
    tables.table(("import in a fresh interpreter", "ms", "over requests"), rows)


def _middle_and_tail(milliseconds: list[float]) -> list[str]:
    tail = statistics.quantiles(milliseconds, n=100)[98]
    return [f"{statistics.median(milliseconds):.2f}", f"{tail:.2f}"]


if __name__ == "__main__":
    main()
