"""Complete logins with a one-time password: the password grant, then the grant `mfa-otp`.

Each login needs a code that was never used, so the tenant's clock moves on between rounds. The
client is Python on the other core; its share of that core shows that it is not the limit.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks import cores, tenant
from benchmarks.load import undisturbed
from benchmarks.tenant import Enrolled, Visitor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.processes import Serving

_STEP_S: Final = 30


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """What one round found out; `client_share` is how much of its core the client used."""

    per_s: float
    client_share: float


def enroll(server: Serving, count: int) -> list[Enrolled]:
    """Create users with a confirmed authenticator each."""
    emails = [f"user{number}@example.com" for number in range(count)]
    return tenant.in_parallel(server, emails, Visitor.enroll)


def measure(server: Serving, users: Sequence[Enrolled], *, for_api: bool) -> LoggedIn:
    """Log every user in once; for an API there is a second signature, of the access token."""
    return undisturbed(server, lambda: _round(server, users, for_api=for_api))[0]


def _round(server: Serving, users: Sequence[Enrolled], *, for_api: bool) -> LoggedIn:
    now = Visitor(server).advance(_STEP_S)
    codes = [(user.email, user.device.at(int(now))) for user in users]

    def log_in(visitor: Visitor, login: tuple[str, str]) -> None:
        email, code = login
        visitor.verify(visitor.log_in(email, for_api=for_api), code)

    with cores.staying_on(cores.LOAD):
        start, used = time.perf_counter(), time.process_time()
        tenant.in_parallel(server, codes, log_in)
        elapsed = time.perf_counter() - start
    return LoggedIn(len(users) / elapsed, (time.process_time() - used) / elapsed)
