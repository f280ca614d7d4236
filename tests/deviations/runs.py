"""Runs the suites against mocks that are wrong, several ways at once, two runs at a time.

A run of all suites takes seconds, so several deviations are put together into one mock. Where
such a run finds exactly the requirements of its deviations, each was caught by its own. Where it
finds anything else its deviations are run again in two halves, and so on until each is alone.
`POWER=alone` in the environment runs each alone from the start.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import pytest

from pytest_auth0_mfa.mock.deviations import DEVIATIONS, Deviation
from tests.deviations.expected import counted, expected_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future

    from tests.deviations.expected import Found

SUITES = Path(__file__).parents[2] / "suites"
AT_ONCE = 2
TOGETHER = 1 if os.environ.get("POWER") == "alone" else 16
TIMEOUT_S = 300
INDEPENDENT = {
    *("MFA-AUDIENCE", "MFA-CHALLENGE", "MFA-CLIENT", "MFA-DEVICE", "MFA-ENROLL", "MFA-ERROR"),
    *("MFA-LIST", "MFA-LOGIN", "MFA-PROTOCOL", "MFA-SAMPLE", "MFA-TOKEN", "MFA-VERIFY"),
}
"""Areas in which one fault hides no other."""

_PUSH_ALONE = (
    *(
        "MFA-PUSH",
        "MFA-DEVICE",
        "MFA-CONFIRM-PENDING",
        "MFA-CONFIRM-SCAN",
        "MFA-CONCURRENT-PROMPTS",
    ),
    *("MFA-LIST-DEVICE", "MFA-LIST-COMPANION", "MFA-DELETE-COMPANION", "MFA-VERIFY-COMPANION"),
    *("MFA-LIMIT-PUSHES", "MFA-LIFETIME-BARCODE", "MFA-ENROLL-TICKET"),
)
_WITHOUT_DEVICE = [
    name
    for name in DEVIATIONS
    if name.startswith(("device-enrolled-without-", "device-enrolled-with-"))
    and name != "device-enrolled-with-202"
]
"""No device enrolls where the answer to it is wrong."""

HIDES: dict[str, tuple[str, ...]] = {
    "already-enrolled-as-invalid-grant": ("MFA-ENROLL",),
    "assertion-ignored-by-login": ("MFA-CLIENT-JWT",),
    "associate-email-with-an-error": ("MFA",),
    "associate-otp-without-secret": ("MFA",),
    "associate-push-with-an-empty-barcode-uri": ("MFA",),
    "associate-push-without-barcode-uri": ("MFA",),
    "association-by-email-unknown": ("MFA",),
    "association-demands-client": ("MFA",),
    "association-refuses-credentials": ("MFA-ENROLL-CLIENT",),
    "association-refuses-mfa-token": ("MFA",),
    "association-wants-authentication-types": ("MFA",),
    "associations-with-oob-code-as-a-number": ("MFA",),
    "associations-without-oob-code": ("MFA",),
    "challenge-at-another-path": ("MFA",),
    "challenge-by-id-refused": ("MFA",),
    "challenge-demands-oob-channel": ("MFA",),
    "challenge-type-ignored": ("MFA-CHALLENGE", "MFA-VERIFY"),
    "challenge-type-required": ("MFA-SEVERAL",),
    "challenges-with-oob-code-as-a-number": ("MFA",),
    "challenges-without-oob-code": ("MFA",),
    "code-accepted-twice-at-once": ("MFA-RECOVERY",),
    "companion-refused": ("MFA-DELETE-COMPANION", "MFA-LIST-COMPANION"),
    "completed-mfa-audience-token-useless": ("MFA-AUDIENCE",),
    "confirmation-at-oath-token": ("MFA",),
    "confirmation-changes-id": ("MFA-DELETE", "MFA-LIST"),
    "confirmation-demands-bearer": ("MFA",),
    "confirmation-without-access-token": ("MFA-TOKEN", "MFA-DELETE", "MFA-LIST"),
    "discovery-with-a-bare-jwks-uri": ("MFA-TOKEN", "MFA-JWKS", "MFA-CLIENT-CREDENTIALS"),
    "discovery-with-an-issuer-without-scheme": ("MFA-TOKEN",),
    "discovery-without-issuer": ("MFA-TOKEN",),
    "discovery-without-jwks-uri": ("MFA-TOKEN", "MFA-JWKS", "MFA-CLIENT-CREDENTIALS"),
    "empty-list-as-object": ("MFA-DELETE",),
    "error-as-html": ("MFA-DELETE",),
    "json-verification-refused": ("MFA-PROTOCOL",),
    "list-oob-by-an-unknown-channel": ("MFA",),
    "list-refuses-access-token": ("MFA-LIST", "MFA-SEVERAL"),
    "list-sms-without-oob-channel": ("MFA",),
    "mfa-audience-always-challenged": ("MFA-AUDIENCE", "MFA-DELETE", "MFA-LIST", "MFA-LOGIN"),
    "mfa-audience-step-up-refused": ("MFA",),
    "mfa-audience-with-access-token-as-a-number": ("MFA",),
    "mfa-audience-without-access-token": ("MFA",),
    "mfa-required-as-access-denied": ("MFA",),
    "mfa-required-with-401": ("MFA",),
    "mfa-required-with-mfa-token-as-a-number": ("MFA",),
    "mfa-required-without-mfa-token": ("MFA",),
    "mfa-token-lives-five-minutes": ("MFA-AUDIENCE", "MFA-LIFETIME", "MFA-LIMIT"),
    "mfa-token-with-padding": ("MFA-LIFETIME",),
    "otp-secret-repeated": ("MFA-ENROLL-SECRET",),
    "pending-blocks-association": ("MFA-ENROLL",),
    "pending-listed-as-active": ("MFA-CONFIRM",),
    "public-client-refused": ("MFA-CLIENT-PUBLIC-SECRET",),
    "recovery-code-issued-again": ("MFA-TOKEN",),
    "three-wrong-codes": ("MFA-LIMIT",),
    "tokens-with-access-token-as-a-number": ("MFA",),
    "tokens-with-id-token-as-an-object": ("MFA-TOKEN",),
    "tokens-without-access-token": ("MFA",),
    "verified-email-counts-as-factor": ("MFA-DELETE-VERIFIED-EMAIL",),
    "verified-email-not-listed": ("MFA-DELETE-VERIFIED-EMAIL",),
    "wrong-password-accepted": ("MFA-BRUTE",),
    "wrong-password-as-access-denied": ("MFA-LOGIN-UNKNOWN-USER", "MFA-BRUTE"),
    **dict.fromkeys(_WITHOUT_DEVICE, _PUSH_ALONE),
}
"""Deviation -> beginnings of the requirements that it leaves unjudged, or turns red with another.

Found by running groups; what is missing here costs time and nothing else.
"""

_starting = Lock()
"""Two threads that start processes at the same instant were seen to disturb each other (EFAULT)."""


class Runs:
    """What the suites found of each deviation; `red` gathers requirement and factor of all."""

    def __init__(self, names: Sequence[str], folder: Path) -> None:
        """Begin all runs that these deviations need; reports go to `folder`."""
        self.red: set[tuple[str, str]] = set()
        self.is_complete = set(names) == set(DEVIATIONS)
        self._folder = folder
        self._pool = ThreadPoolExecutor(AT_ONCE)
        self._runs: dict[str, Future[dict[str, Found]]] = {}
        for group in _grouped(names):
            self._runs.update(dict.fromkeys(group, self._pool.submit(self._group, group)))

    def found(self, name: str) -> Found:
        """Verdict -> ids of requirements, for one deviation."""
        return self._runs[name].result()[name]

    def alone(self, names: Sequence[str]) -> None:
        """Run each of some deviations alone, for what others may have hidden."""
        for _ in self._pool.map(lambda name: self._one(f"{name}-alone", [name]), names):
            pass

    def close(self) -> None:
        """Begin no further run."""
        self._pool.shutdown(cancel_futures=True)

    def _group(self, group: Sequence[str]) -> dict[str, Found]:
        together = counted(self._one(f"{group[0]}-{len(group)}", group), group)
        if len(group) == 1:
            return {group[0]: together}
        wanted = [expected_of(name) for name in group]
        union = {verdict: set().union(*(one[verdict] for one in wanted)) for verdict in together}
        if together == union:
            return dict(zip(group, wanted, strict=True))
        half = len(group) // 2
        return {**self._group(group[:half]), **self._group(group[half:])}

    def _one(self, title: str, deviations: Sequence[str]) -> Found:
        found: Found = {"violates": set(), "deviates": set()}
        for entry in _report(self._folder / f"{title}.json", deviations)["requirements"]:
            if entry["verdict"] in found:
                found[entry["verdict"]].add(entry["id"])
                self.red.add((entry["id"], entry["factor"]))
        return found


def _report(path: Path, deviations: Sequence[str]) -> dict[str, Any]:
    """The report of one run."""
    command = [
        *(sys.executable, "-m", "pytest", str(SUITES), "-q"),
        *(
            "--assert=plain",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:unraisableexception",
            f"--auth0-report={path}",
        ),
        *(f"--auth0-deviation={deviation}" for deviation in deviations),
    ]
    with _starting:
        run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    output, _ = run.communicate(timeout=TIMEOUT_S)
    if not path.exists():
        pytest.fail(f"{', '.join(deviations)}: no report; {output[-4000:]}")
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def _grouped(names: Sequence[str]) -> list[list[str]]:
    """Deviations put together so that none hides what another does."""
    groups: list[list[str]] = []
    for name in names:
        fitting = (
            group
            for group in groups
            if len(group) < TOGETHER and not any(_clash(name, other) for other in group)
        )
        group = next(fitting, None)
        if group is None:
            groups.append([name])
        else:
            group.append(name)
    return groups


def _clash(one: str, other: str) -> bool:
    """Whether one of two deviations is apt to hide what the other does."""
    first, second = DEVIATIONS[one], DEVIATIONS[other]
    if second.requirement.startswith(HIDES.get(one, ())):
        return True
    if first.requirement.startswith(HIDES.get(other, ())):
        return True
    if first.requirement in second.also or second.requirement in first.also:
        return True
    if first.rules.keys() & second.rules.keys() or first.requirement == second.requirement:
        return True
    if first.change and second.change and first.change.to == second.change.to:
        return True
    return _area(first) == _area(second) and _area(first) not in INDEPENDENT


def _area(deviation: Deviation) -> str:
    """`MFA-LIMIT` of `MFA-LIMIT-SENDS`."""
    return "-".join(deviation.requirement.split("-")[:2])
