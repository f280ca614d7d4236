"""Who answers push notifications: a mock's devices, the user's own way, or nobody."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.api.transport import Transport
from pytest_auth0_mfa.guardian import Device, MockPushes
from tests.conftest import ROOT, Reply

if TYPE_CHECKING:
    from tests.conftest import Received
    from tests.plugin.conftest import Project
    from tests.plugin.hidden import Hidden, Serve

LOGIN = """
import pytest

@pytest.mark.mfa_factor("push")
def test_login(enrolled_authenticator):
    login = enrolled_authenticator.login()
    code = enrolled_authenticator.code(login)
    assert code is None
    assert enrolled_authenticator.verify(login, code).accepted
"""
UP_TO_THE_PROMPT = """
import pytest

@pytest.mark.mfa_factor("push")
def test_companion(enrolled_authenticator, auth0_tenant):
    login = enrolled_authenticator.login()
    assert enrolled_authenticator.challenge(login).accepted
    assert "authorization_pending" == enrolled_authenticator.ask(login).error
    assert login.verify_otp(enrolled_authenticator.totp.code()).accepted
    token = auth0_tenant.mfa_access_token(enrolled_authenticator)
    delete = auth0_tenant.client.delete_authenticator
    assert delete(token, enrolled_authenticator.id).accepted
"""
OWN_APPROVER = """
from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.api.transport import Transport
from pytest_auth0_mfa.guardian import Device, MockPushes

class OwnPhone:
    def __init__(self):
        self.transport = Transport(URL, Recorder())

    def scan(self, barcode_uri):
        self.device = Device.enroll(barcode_uri, self.transport)
        self.pushes = MockPushes(self.transport, self.device.id)

    def expect(self):
        self.pushes.notifications()

    def allow(self):
        self.device.allow(self.pushes.notifications()[-1])

    def reject(self):
        self.device.reject(self.pushes.notifications()[-1])

    def close(self):
        self.transport.close()

def pytest_auth0_push_approver(config, name):
    return OwnPhone()
"""


class TestOnAMock:
    """A mock's devices answer by themselves."""

    def test_login(self, project: Project) -> None:
        """A login by push is completed, and the prompt counted."""
        project.write(test_login=LOGIN)
        assert {"passed": 1} == project.run().outcomes

    def test_rejection(self, project: Project) -> None:
        """A test of one's own rejects a login and sees what its screens would."""
        project.write(
            test_login="""
            import pytest

            @pytest.mark.mfa_factor("push")
            def test_rejected(enrolled_authenticator):
                login = enrolled_authenticator.login()
                enrolled_authenticator.challenge(login)
                enrolled_authenticator.reject()
                assert "access_denied" == enrolled_authenticator.verify(login, None).error
            """
        )
        assert {"passed": 1} == project.run().outcomes

    def test_whose_back_end_asks(self, project: Project) -> None:
        """The prompt of a challenge that somebody else asked for is answered too."""
        project.write(
            test_login="""
            import pytest

            @pytest.mark.mfa_factor("push")
            def test_own_screens(enrolled_authenticator):
                login = enrolled_authenticator.login()
                code = login.challenge(challenge_type="oob").secret("oob_code")
                enrolled_authenticator.allow()
                assert login.verify_oob(code, None).accepted
            """
        )
        assert {"passed": 1} == project.run().outcomes

    def test_the_hook_is_not_asked(self, project: Project) -> None:
        """Whatever it says."""
        project.pytester.makeconftest("def pytest_auth0_push_approver(name):\n    raise ValueError")
        project.write(test_login=LOGIN)
        assert {"passed": 1} == project.run().outcomes

    def test_another_factor_has_no_device(self, project: Project) -> None:
        """Asking a one-time password for a device is told."""
        project.write(
            test_login="def test_it(enrolled_authenticator):\n    enrolled_authenticator.allow()"
        )
        ended = project.run()
        assert {"errors": 1} == ended.outcomes
        assert "only the factor push has a device" in ended.text


class TestNobody:
    """A tenant on which nobody answers."""

    def test_up_to_the_prompt(self, hidden: Hidden) -> None:
        """Enrollment, challenge, the one-time passwords and deletion need no notification."""
        ended = hidden.log_in("otp", more=UP_TO_THE_PROMPT)
        assert {"passed": 2} == ended.outcomes, ended.text

    def test_the_prompt_is_untested(self, hidden: Hidden) -> None:
        """What needs an answer is skipped, and the reason names every way to one."""
        ended = hidden.log_in("push")
        assert {"skipped": 1} == ended.outcomes
        for way in ("[push]", "pytest_auth0_push_approver", "--auth0-interactive"):
            assert way in ended.text


class Robot:
    """Taps on a phone, as the example of docs/push.md has it: a device behind two requests."""

    def __init__(self, url: str) -> None:
        """Hold a phone that reaches the tenant at `url`."""
        self._transport = Transport(url, Recorder())
        self.tasks: list[str] = []

    def answer(self, received: Received) -> Reply:
        """Do what the path says."""
        task = received.path.strip("/")
        self.tasks.append(task)
        if task == "scan":
            uri = json.loads(received.body)["barcode_uri"]
            self._device = Device.enroll(uri, self._transport)
            self._pushes = MockPushes(self._transport, self._device.id)
        else:
            prompts = self._pushes.notifications()
            if task == "allow":
                self._device.allow(prompts[-1])
        return Reply(body={})


class TestHook:
    """The user's conftest has somebody who answers."""

    def test_documented_approver(self, hidden: Hidden, serve: Serve) -> None:
        """The example of the document, and the test that it shows, with a robot."""
        document = (ROOT / "docs" / "push.md").read_text("utf-8")
        blocks = re.findall(r"^```python\n(.*?)^```", document, re.DOTALL | re.MULTILINE)
        example, conftest = blocks
        robot = Robot(str(hidden.info["url"]))
        url = re.sub(r'ROBOT = ".*?"', f'ROBOT = "{serve(robot.answer)}"', conftest)
        hidden.project.pytester.makeconftest(url)
        ended = hidden.log_in("otp", more=example)
        assert {"passed": 2} == ended.outcomes, ended.text
        assert ["scan", "dismiss", "allow"] == robot.tasks

    def test_own_approver(self, hidden: Hidden) -> None:
        """Barcodes and prompts go to the approver that the hook gives."""
        hidden.project.pytester.makeconftest(f'URL = "{hidden.info["url"]}"\n{OWN_APPROVER}')
        assert {"passed": 1} == hidden.log_in("push").outcomes

    def test_device_of_somebody_else(self, hidden: Hidden) -> None:
        """What needs a device that tests can command is skipped with the reason."""
        hidden.project.pytester.makeconftest(f'URL = "{hidden.info["url"]}"\n{OWN_APPROVER}')
        more = """
@pytest.mark.mfa_factor("push")
def test_device(enrolled_authenticator):
    enrolled_authenticator.device
"""
        ended = hidden.log_in("push", more=more)
        assert {"passed": 1, "skipped": 1} == ended.outcomes, ended.text
        assert "needs a headless device" in ended.text

    def test_what_is_no_approver_is_told(self, hidden: Hidden) -> None:
        """An object without the methods ends the run with what is missing."""
        hidden.project.pytester.makeconftest(
            "def pytest_auth0_push_approver(name):\n    return 'me'"
        )
        ended = hidden.log_in("push")
        assert "gave a str without scan, expect, allow, reject" in ended.text
        assert "Traceback" not in ended.text
