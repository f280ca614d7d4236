"""The example of docs/push.md, executed with a stand-in for Google and a mock tenant."""

from __future__ import annotations

import os
import re
import threading
from typing import TYPE_CHECKING

import pytest
import requests

pytest.importorskip("firebase_messaging", reason="needs the extra `push`")

from tests.conftest import ROOT
from tests.guardian.fcm import stand_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_auth0_mfa.tenant.tenant import Tenant
    from tests.guardian.fcm.stand_in import Google


class Carrier:
    """A plugin of the inner run: carries what the mock tenant sends to the stand-in."""

    def __init__(self, google: Google) -> None:
        """Carry to `google`."""
        self._google = google
        self._ended = threading.Event()

    @pytest.fixture(autouse=True)
    def carry(self, auth0_tenant: Tenant) -> Iterator[None]:
        """Look for a notification until there is one, in a thread."""
        url = f"{auth0_tenant.client.transport.base_url}/__mock__/pushes"
        thread = threading.Thread(target=self._carry, args=(url,))
        thread.start()
        yield
        self._ended.set()
        thread.join()

    def _carry(self, url: str) -> None:
        while not self._ended.wait(0.01):
            payloads = requests.get(url, timeout=10).json()
            if payloads:
                self._google.send({"data": payloads[0]})
                return


def test_example_passes(
    pytester: pytest.Pytester, google: Google, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test that is shown passes twice, with one registration."""
    document = (ROOT / "docs" / "push.md").read_text("utf-8")
    blocks = re.findall(r"^```python\n# (\S+)\n(.*?)^```", document, re.DOTALL | re.MULTILINE)
    for name, content in blocks:
        pytester.path.joinpath(name).write_text(content, "utf-8")
    for name in [each for each in os.environ if each.startswith(("AUTH0_", "PYTEST_ADD"))]:
        monkeypatch.delenv(name)
    for name in ("PROJECT", "APP_ID", "API_KEY", "SENDER"):
        variable = f"{name}_ID" if name in {"PROJECT", "SENDER"} else name
        monkeypatch.setenv(f"FIREBASE_{variable}", getattr(stand_in, name))
    monkeypatch.setenv("FCM_REGISTRATION_FILE", str(pytester.path / "registration.json"))
    for _ in range(2):
        arguments = ("-p", "no:cacheprovider", "-W", "error")
        pytester.inline_run(*arguments, plugins=[Carrier(google)]).assertoutcome(passed=1)
    assert 1 == google.requests.count(stand_in.REGISTER)
