"""The profile of docs/push.md, used with a stand-in for Google."""

from __future__ import annotations

import os
import re
import threading
from typing import TYPE_CHECKING

import pytest
import requests

pytest.importorskip("firebase_messaging", reason="needs the extra `push`")

from pytest_auth0_mfa.mock.server import MockServer
from tests.conftest import ROOT
from tests.guardian.fcm import stand_in
from tests.plugin.conftest import Project
from tests.plugin.hidden import hide

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.guardian.fcm.stand_in import Google
    from tests.plugin.hidden import Serve

VALUES = {"project_id": "PROJECT", "app_id": "APP_ID", "sender_id": "SENDER"}


class Carrier:
    """A plugin of the inner run: carries what the mock tenant sends to the stand-in."""

    def __init__(self, google: Google, control: str) -> None:
        """Carry from the mock of this control plane to `google`."""
        self._google = google
        self._url = f"{control}/pushes"
        self._ended = threading.Event()

    @pytest.fixture(autouse=True)
    def carry(self) -> Iterator[None]:
        """Look for a new notification until there is one, in a thread."""
        known = len(requests.get(self._url, timeout=10).json())
        thread = threading.Thread(target=self._carry, args=(known,))
        thread.start()
        yield
        self._ended.set()
        thread.join()

    def _carry(self, known: int) -> None:
        while not self._ended.wait(0.01):
            for payload in requests.get(self._url, timeout=10).json()[known:]:
                self._google.send({"data": payload})
                return


def test_profile_and_example(
    pytester: pytest.Pytester, google: Google, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test that is shown passes twice with the profile that is shown, by one registration."""
    document = (ROOT / "docs" / "push.md").read_text("utf-8")
    (profile,) = re.findall(r"^```toml\n(.*?)^```", document, re.DOTALL | re.MULTILINE)
    example, _ = re.findall(r"^```python\n(.*?)^```", document, re.DOTALL | re.MULTILINE)
    for key, name in VALUES.items():
        profile = re.sub(rf'{key} = ".*?"', f'{key} = "{getattr(stand_in, name)}"', profile)
    for name in [each for each in os.environ if each.startswith(("AUTH0_", "PYTEST_ADD"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("FIREBASE_API_KEY", stand_in.API_KEY)
    with MockServer(seed=4) as server:
        tenant = hide(Project(pytester), server.info, serve)
        with (pytester.path / "p.toml").open("a", encoding="utf-8") as file:
            file.write(profile)
        pytester.makepyfile(test_example=example)
        arguments = (f"--auth0-tenant={tenant.url}", "--auth0-profile=p.toml")
        for _ in range(2):
            carrier = Carrier(google, str(server.info["control"]))
            # The first user has a device after the first run.
            text = (pytester.path / "p.toml").read_text("utf-8")
            ended = pytester.inline_run(*arguments, "-p", "no:cacheprovider", plugins=[carrier])
            ended.assertoutcome(passed=1)
            (pytester.path / "p.toml").write_text(text[text.index("[[user]]", 1) :], "utf-8")
    assert 1 == google.requests.count(stand_in.REGISTER)
    assert (pytester.path / "fcm-0.json").exists()
