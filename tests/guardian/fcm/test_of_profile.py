"""`[push]` of a profile: from the values of the Firebase app to a login that was allowed."""

from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING, Any

import pytest
import requests

pytest.importorskip("firebase_messaging", reason="needs the extra `push`")

from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.api.secret import Secret
from pytest_auth0_mfa.errors import SettingsError
from pytest_auth0_mfa.mock.server import MockServer
from pytest_auth0_mfa.tenant.firebase import firebase_receiver
from pytest_auth0_mfa.tenant.opening import Opening, open_tenant
from pytest_auth0_mfa.tenant.profile import Profile, PushApp
from tests.guardian.fcm import stand_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pytest_auth0_mfa.guardian import Receiver
    from tests.guardian.fcm.stand_in import Google

VARIABLES = {"FIREBASE_API_KEY": stand_in.API_KEY}


def push_app(file: Path | str) -> PushApp:
    """The tenant's app, whose registration is kept in this file."""
    app = (stand_in.PROJECT, stand_in.APP_ID, stand_in.SENDER)
    return PushApp(*app, "FIREBASE_API_KEY", str(file))


def receiver(
    file: Path | str, variables: Mapping[str, str] = VARIABLES, share: tuple[int, int] = (0, 1)
) -> Receiver:
    """The receiver that a run would make."""
    return firebase_receiver(push_app(file), variables, share, Secret)()


@pytest.fixture(scope="module")
def mock() -> Iterator[Mapping[str, Any]]:
    """A mock tenant with a user."""
    with MockServer(seed=5) as server:
        user = {"email": "a@example.test", "password": "correct horse", "email_verified": False}
        requests.post(f"{server.info['control']}/users", json=user, timeout=5).raise_for_status()
        yield server.info


def test_login(google: Google, mock: Mapping[str, Any], tmp_path: Path) -> None:
    """On a tenant without control plane the prompt comes through FCM and is allowed."""
    variables = {
        **VARIABLES,
        "AUTH0_CLIENT_ID": str(mock["client_id"]),
        "AUTH0_CLIENT_SECRET": str(mock["client_secret"]),
        "AUTH0_USERNAME": "a@example.test",
        "AUTH0_PASSWORD": "correct horse",
    }
    profile = Profile(push=push_app(tmp_path / "fcm.json"))
    opening = Opening(str(mock["url"]), variables, may_be_mock=False, profile=profile)
    tenant = open_tenant(opening, Recorder())
    enrolled = tenant.enroll("push")
    login = enrolled.login()
    enrolled.challenge(login)
    found = requests.get(f"{mock['control']}/pushes", {"device": enrolled.device.id}, timeout=5)
    for payload in found.json():
        google.send({"data": payload})
    assert enrolled.verify(login, enrolled.code(login)).accepted
    assert 1 == tenant.recorder.spend.push
    tenant.approvers.close()
    tenant.client.transport.close()


@pytest.mark.usefixtures("google")
def test_registration_is_kept_for_its_owner(tmp_path: Path) -> None:
    """The file is made by the first run and read by nobody else."""
    file = tmp_path / "fcm.json"
    first = receiver(file)
    credentials = first.push_credentials()
    assert 0o600 == stat.S_IMODE(file.stat().st_mode)
    assert {"keys", "gcm", "fcm", "config"} == set(json.loads(file.read_text("utf-8")))
    first.close()  # type: ignore[attr-defined] # of this receiver
    second = receiver(file)
    assert credentials == second.push_credentials()
    second.close()  # type: ignore[attr-defined] # as above


def test_each_worker_has_its_own(google: Google, tmp_path: Path) -> None:
    """The worker's number is put into the name."""
    made = receiver(tmp_path / "fcm-{worker}.json", share=(1, 2))
    assert [] == google.requests
    made.push_credentials()
    made.close()  # type: ignore[attr-defined] # of this receiver
    assert ["fcm-1.json"] == [each.name for each in tmp_path.glob("*.json")]


def test_one_file_for_two_workers() -> None:
    """It is refused before anything is sent."""
    with pytest.raises(SettingsError, match=r'2 workers run; write .*"fcm-\{worker\}.json"'):
        receiver("fcm.json", share=(0, 2))


def test_missing_key() -> None:
    """The variable is named."""
    with pytest.raises(SettingsError, match="variable FIREBASE_API_KEY that holds the API key is"):
        receiver("fcm.json", {})


@pytest.mark.parametrize("content", ["", "[]", "not JSON"])
def test_damaged_file(tmp_path: Path, content: str) -> None:
    """It is told what to do with it."""
    file = tmp_path / "fcm.json"
    file.write_text(content, "utf-8")
    with pytest.raises(SettingsError, match=r"fcm.json is no registration .*; delete it"):
        receiver(file)


@pytest.mark.usefixtures("google")
def test_folder_that_is_not_there(tmp_path: Path) -> None:
    """A registration that cannot be kept is an error, not lost."""
    made = receiver(tmp_path / "none" / "fcm.json")
    with pytest.raises(SettingsError, match="cannot be written"):
        made.push_credentials()
    made.close()  # type: ignore[attr-defined] # of this receiver
