"""The process that runs the suites: it imports and collects them once, and forks for each run.

In a fork pytest goes on as in any run, with the look at the tenant before the first test. Where
the system has no `fork`, the process serves one run and ends. It reads a job a line, and answers
each by a line:

    {"deviations": [NAME], "pairs": [[REQUIREMENT, FACTOR]] or null for all, "until_red": false}
    {"verdicts": [[REQUIREMENT, FACTOR, VERDICT]], "is_last": false where more can be asked}

Arguments name modules whose `DEVIATIONS` are known beside those of the mock.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

import pytest_auth0_mfa
from pytest_auth0_mfa import schemas
from pytest_auth0_mfa.mock import deviations
from pytest_auth0_mfa.plugin.recording import record_of
from pytest_auth0_mfa.plugin.selection import factor_of, requirement_of
from pytest_auth0_mfa.plugin.session import session_of
from tests.deviations.expected import RED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from typing import TextIO

SUITES = Path(__file__).parents[2] / "suites"
OPTIONS = (
    *("--auth0-tenant=mock", "--assert=plain", "--capture=no"),
    *("-p", "no:cacheprovider", "-p", "no:terminal", "-p", "no:unraisableexception"),
)
EXPONENT, KEY_BITS, KEYS = 65_537, 2048, 8
LAZY = ("jwt.algorithms", "mailslurp_client", "uvicorn.protocols.http.httptools_impl")
"""What a run imports when it is first needed, beside this package."""


class Server:
    """A plugin that serves jobs where pytest would run its tests."""

    def __init__(self, jobs: Iterable[str], replies: TextIO) -> None:
        """Read jobs from one, write verdicts to the other."""
        self._jobs = jobs
        self._replies = replies
        self._until_red = False
        self._is_fork = False

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Be asked for the loop first: of those who want to be, that is the last one registered."""
        session.config.pluginmanager.register(_Loop(self), "serving")

    def serve(self, session: pytest.Session) -> bool | None:
        """Fork for each job. True ends the session; None, in a fork, lets it run its tests."""
        if not hasattr(os, "fork"):
            self._take(session, next(iter(self._jobs)))
            return None
        _warm_up()
        for job in self._jobs:
            reading, writing = os.pipe()
            child = os.fork()
            if child == 0:
                os.close(reading)
                self._is_fork, self._replies = True, os.fdopen(writing, "w")
                self._take(session, job)
                return None
            os.close(writing)
            with os.fdopen(reading) as reply:
                self._replies.write(reply.read() or "\n")
            self._replies.flush()
            os.waitpid(child, 0)
        return True

    def _take(self, session: pytest.Session, line: str) -> None:
        """Make this the run that a job asks for."""
        job: dict[str, Any] = json.loads(line)
        self._until_red = job["until_red"]
        ours = session_of(session.config)
        ours.settings = replace(ours.settings, deviations=tuple(job["deviations"]))
        if job["pairs"] is not None:
            session.items = _judging(session.items, {(name, each) for name, each in job["pairs"]})
            session.testscollected = len(session.items)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Stop at the first red where that is enough."""
        record = record_of(report)
        if record and self._until_red and record["verdict"] in RED:
            self._session.shouldstop = "a requirement is red"

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Know what to stop."""
        self._session = session

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Answer; a fork has nothing more to do, and takes its mock with it."""
        entries = session_of(session.config).record.entries.values()
        if not entries:
            return  # Either nothing was asked, or pytest is about to print what went wrong.
        verdicts = [(each.requirement, each.factor, each.verdict.value) for each in entries]
        reply = {"verdicts": verdicts, "is_last": not self._is_fork}
        self._replies.write(json.dumps(reply) + "\n")
        self._replies.flush()
        if self._is_fork:
            os._exit(0)


class _Loop:
    """Takes the place of pytest's loop over tests."""

    def __init__(self, server: Server) -> None:
        self._server = server

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Serve."""
        return self._server.serve(session)


def _judging(items: Iterable[pytest.Item], pairs: Collection[tuple[str, str]]) -> list[pytest.Item]:
    """The tests that judge these requirements for these factors."""
    judging = ((item, requirement_of(item)) for item in items)
    return [item for item, one in judging if one and (one.id, factor_of(item)) in pairs]


def _warm_up() -> None:
    """Have ready what forks would else import and make, each anew."""
    for module in walk_packages(pytest_auth0_mfa.__path__, f"{pytest_auth0_mfa.__name__}."):
        if not {"fcm", "suites"} & set(module.name.split(".")):
            import_module(module.name)
    for name in LAZY:
        import_module(name)
    for response in schemas.response_ids():
        schemas.check(response, {})
    _make_keys()
    gc.collect()
    gc.freeze()  # What is here stays, and need not be looked through in each fork.


def _make_keys() -> None:
    """Make RSA keys ahead, a tenth of a second each; every fork uses up the same ones."""
    make = rsa.generate_private_key
    ready = [make(EXPONENT, KEY_BITS) for _ in range(KEYS)]

    def made(public_exponent: int, key_size: int) -> rsa.RSAPrivateKey:
        if ready and (public_exponent, key_size) == (EXPONENT, KEY_BITS):
            return ready.pop()
        return make(public_exponent, key_size)

    rsa.generate_private_key = made  # type: ignore[assignment]


def main(modules: Iterable[str]) -> None:
    """Serve jobs from standard input until it ends; whatever pytest prints goes to the errors."""
    made_up = {each.name: each for name in modules for each in import_module(name).DEVIATIONS}
    deviations.DEVIATIONS = {**deviations.DEVIATIONS, **made_up}
    jobs, replies = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    pytest.main([str(SUITES), *OPTIONS], plugins=[Server(jobs, replies)])


if __name__ == "__main__":
    main(sys.argv[1:])
