"""Where the extra is not installed; needs no library, nor a stand-in."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from pytest_auth0_mfa.errors import SettingsError
from pytest_auth0_mfa.guardian import FcmApp, FcmReceiver


@pytest.mark.parametrize("missing", ["firebase_messaging", "aiohttp"])
def test_remedy(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    """What is missing is named with the command that installs it; no thread is left."""
    for name in [each for each in sys.modules if each.partition(".")[0] == "firebase_messaging"]:
        monkeypatch.delitem(sys.modules, name)
    for name in ("fcm.listener", "fcm.client"):
        monkeypatch.delitem(sys.modules, f"pytest_auth0_mfa.guardian.{name}", raising=False)
    monkeypatch.setitem(sys.modules, missing, None)
    receiver = FcmReceiver(FcmApp("acme", "1:2:web:3", "key", "2"))
    with pytest.raises(SettingsError, match=r"firebase_messaging|aiohttp") as raised:
        receiver.push_credentials()
    assert str(raised.value).endswith("pip install 'pytest-auth0-mfa[push]'")
    assert "fcm-receiver" not in {thread.name for thread in threading.enumerate()}


def test_loaded_late() -> None:
    """Making a receiver loads neither the library nor what it brings along."""
    program = (
        "import sys; from pytest_auth0_mfa.guardian import FcmApp, FcmReceiver;"
        "FcmReceiver(FcmApp('acme', '1:2:web:3', 'key', '2'));"
        "print([n for n in ('firebase_messaging', 'aiohttp', 'google.protobuf') "
        "if n in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert "[]" == told.stdout.decode().strip()
