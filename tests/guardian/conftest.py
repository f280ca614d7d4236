"""Devices on a stand-in for a tenant, at a time that stands still; and a mock tenant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.api.transport import Transport
from pytest_auth0_mfa.guardian import Device, DeviceKey, Notification, read_notification
from pytest_auth0_mfa.mock.server import MockServer
from pytest_auth0_mfa.tenant.opening import Opening, open_tenant
from tests.guardian.stand_in import BARCODE_URI, NOW, PUSH, StandIn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_auth0_mfa.tenant.tenant import Tenant
    from tests.conftest import Received, Reply


@pytest.fixture(scope="session")
def rsa_key() -> DeviceKey:
    """A key of 2048 bits, made once."""
    return DeviceKey.generate()


@pytest.fixture
def stand_in() -> StandIn:
    """A tenant's device API."""
    return StandIn()


@pytest.fixture
def transport(
    stand_in: StandIn, serve: Callable[[Callable[[Received], Reply]], str]
) -> Iterator[Transport]:
    """A transport to the stand-in."""
    opened = Transport(serve(stand_in.answer), Recorder())
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def tenant() -> Iterator[Tenant]:
    """A mock tenant."""
    server = MockServer([])
    server.start()
    opened = open_tenant(Opening(str(server.info["url"]), {}), Recorder())
    yield opened
    opened.client.transport.close()
    server.stop()


@pytest.fixture
def device(transport: Transport, rsa_key: DeviceKey) -> Device:
    """An enrolled device."""
    return Device.enroll(BARCODE_URI, transport, key=rsa_key, now=lambda: NOW)


@pytest.fixture
def notification() -> Notification:
    """A prompt for the device."""
    return read_notification(PUSH)
