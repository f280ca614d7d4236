"""The two cores of a measurement: one serves, the other one loads it.

Owns pinning, how busy they are, and how fast the first one signs, which is the yardstick for
every answer that holds a signature. Needs Linux. Must not start servers.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

SERVER: Final = 0
"""The core on which servers run, and nothing else if the machine is quiet."""

LOAD: Final = 1
"""The core on which load is made."""

_TICKS_PER_S: Final = os.sysconf("SC_CLK_TCK")
# Fields of a line of /proc/stat: user, nice, system and steal.
_TAKEN: Final = (1, 2, 3, 8)
_SIGNING_S: Final = 0.5
# The size of the header and claims of an access token.
_PAYLOAD: Final = b"x" * 400


def pinned(command: Sequence[str], core: int) -> list[str]:
    """Return the command that runs `command` on one core only."""
    return ["taskset", "--cpu-list", str(core), *command]


@contextmanager
def staying_on(core: int) -> Generator[None, None, None]:
    """Keep this thread, and those it starts, on one core for a while."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def busy_s() -> float:
    """Return for how many seconds both cores together were taken since the machine started.

    Time that the host of a virtual machine took counts. Interrupts do not: those of the loopback
    network belong to the measurement.
    """
    lines = Path("/proc/stat").read_text(encoding="ascii").splitlines()
    cores = [line.split() for line in lines if line.startswith((f"cpu{SERVER} ", f"cpu{LOAD} "))]
    return sum(int(core[field]) for core in cores for field in _TAKEN) / _TICKS_PER_S


def used_s(pid: int) -> float:
    """Return for how many seconds a process and all its threads have worked."""
    after_name = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2]
    user, system = after_name.split()[11:13]
    return (int(user) + int(system)) / _TICKS_PER_S


def resident_mb(pid: int) -> float:
    """Return the memory that a process holds, in units of 1,000,000 bytes."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    kib = next(line.split()[1] for line in lines if line.startswith("VmRSS:"))
    return int(kib) * 1024 / 1e6


class Signer:
    """Signs with RSA-2048 and SHA-256, as tokens are signed, to see how fast a core can."""

    def __init__(self) -> None:
        """Make a key."""
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def signs_per_s(self) -> float:
        """Return how many signatures the serving core makes in a second, and nothing else."""
        with staying_on(SERVER):
            start, count = time.perf_counter(), 0
            while time.perf_counter() - start < _SIGNING_S:
                self._key.sign(_PAYLOAD, padding.PKCS1v15(), hashes.SHA256())
                count += 1
            return count / (time.perf_counter() - start)
