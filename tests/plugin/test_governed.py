"""A tenant with the limits of the free plan, reached by several processes at once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.mock.server import MockServer
from tests.plugin.hidden import Hidden, hide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Received, Reply
    from tests.plugin.conftest import Project

    Serve = Callable[[Callable[[Received], Reply]], str]

BUSY = """
import pytest

@pytest.mark.parametrize("number", range(4))
def test_busy(number, auth0_tenant):
    for _ in range(20):
        assert auth0_tenant.client.jwks().accepted
    for _ in range(58):
        assert auth0_tenant.client.discovery().accepted
"""

TWO_CODES = """
import pytest

@pytest.mark.parametrize("number", range(4))
def test_login(number, auth0_tenant, enrolled_authenticator):
    login = enrolled_authenticator.login()
    code = enrolled_authenticator.code(login)
    assert enrolled_authenticator.verify(login, code).accepted
    assert auth0_tenant.recorder.spend.waited_s < 6
"""


@pytest.fixture
def statuses() -> Counter[int]:
    """How often the tenant answered with each status."""
    return Counter()


@pytest.fixture
def limited(project: Project, serve: Serve, statuses: Counter[int]) -> Iterator[Hidden]:
    """A tenant that refuses what exceeds the free plan, and is counted."""

    def counted(answer: Callable[[Received], Reply]) -> str:
        def note(received: Received) -> Reply:
            reply = answer(received)
            statuses[reply.status] += 1
            return reply

        return serve(note)

    with MockServer(seed=5, rate_limits="real") as server:
        yield hide(project, server.info, counted)


def test_nothing_is_refused(limited: Hidden, statuses: Counter[int]) -> None:
    """Two workers send more than the tenant takes at once, and it need not refuse anything.

    The keys may be asked for 20 times a second, and 300 requests may be sent before it takes five
    a second.
    """
    project = limited.project
    project.write(test_busy=BUSY)
    options = (f"--auth0-tenant={limited.url}", "--auth0-profile=p.toml")
    ended = project.run_apart("-n", "2", *options)
    assert {"passed": 4} == ended.outcomes, ended.text
    assert (312, 0) == (statuses[200], statuses[429])


def test_codes_of_two_workers(hidden: Hidden) -> None:
    """Enrollment and login of a user take two codes, for which nobody waits for the next step.

    In the last seconds of a step its code alone is offered, so that its end may be waited for.
    """
    hidden.project.write(test_codes=TWO_CODES)
    options = (f"--auth0-tenant={hidden.url}", "--auth0-profile=p.toml")
    ended = hidden.project.run_apart("-n", "2", *options)
    assert {"passed": 4} == ended.outcomes, ended.text


class TestOfRehearsals:
    """A mock that says that it keeps a real tenant's limits is sent no more messages than one."""

    CHOSEN = ("--auth0-conformance", "-k", "sms and (enrollment or recovery)")

    @pytest.fixture
    def url(self) -> Iterator[str]:
        """The address of such a mock."""
        with MockServer(seed=5, rate_limits="real") as server:
            yield str(server.info["url"])

    def test_few_messages(self, project: Project, url: str) -> None:
        """What would send more than ten is untested, with what runs all of it; nothing fails."""
        ended, report = project.report(f"--auth0-tenant={url}", *self.CHOSEN)
        assert (0, 10) == (ended.status, report["spend"]["sms"]), ended.text
        reasons = {each["reason"] for each in report["requirements"]} - {None}
        (told,) = reasons
        assert told.startswith("no budget: a run on a real tenant sends 10 text messages")
        assert " in --auth0-budget runs all" in told

    def test_as_many_as_asked_for(self, project: Project, url: str) -> None:
        """A budget that speaks of them has the last word."""
        options = (f"--auth0-tenant={url}", "--auth0-budget=sms=99")
        ended, report = project.report(*options, *self.CHOSEN)
        assert (0, 0) == (ended.status, report["summary"]["untested"]), ended.text
        assert 10 < report["spend"]["sms"]
