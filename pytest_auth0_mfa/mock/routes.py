"""Which endpoint answers which path and method.

Owns the table of routes. Paths are compared after percent-decoding, as SDKs encode the `|` of
authenticator ids. Must not answer anything itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock import control, outbox_view
from pytest_auth0_mfa.mock.endpoints import (
    associate,
    authenticators,
    challenge,
    devices,
    service,
    token,
)
from pytest_auth0_mfa.mock.guardian import MOUNTS, pushes_view
from pytest_auth0_mfa.mock.management import switches
from pytest_auth0_mfa.mock.operations import Operation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.messages import Answer


@dataclass(frozen=True, slots=True)
class Route:
    """What a path and method stand for; one that `reads_body` is handed no parameters."""

    operation: Operation
    answer: Callable[[Call], Answer]
    reads_body: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """The methods that a path takes, and the id at its end if it names one."""

    methods: Mapping[str, Route]
    subject: str = ""


class Routes:
    """The table of routes of a tenant and its control plane."""

    def __init__(self, plane: control.ControlPlane) -> None:
        """Lay out the table."""
        self._fixed = {**_service_routes(), **_device_routes(), **_control_routes(plane)}
        delete = Route(Operation.DELETE, authenticators.delete)
        self._prefixed: Mapping[str, Mapping[str, Route]] = {
            "/mfa/authenticators/": {"DELETE": delete},
            "/__mock__/factors/": {"POST": Route(Operation.CONTROL, control.switch_factor)},
            "/__mock__/features/": {"POST": Route(Operation.CONTROL, control.switch_feature)},
            **_account_routes(),
        }

    def match(self, path: str) -> Match | None:
        """Return what a decoded path stands for, None when it stands for nothing."""
        methods = self._fixed.get(path)
        if methods is not None:
            return Match(methods)
        for prefix, methods in self._prefixed.items():
            if path.startswith(prefix) and len(path) > len(prefix):
                return Match(methods, path[len(prefix) :])
        return None


def _service_routes() -> dict[str, Mapping[str, Route]]:
    userinfo = Route(Operation.USERINFO, service.userinfo)
    return {
        "/oauth/token": {"POST": Route(Operation.TOKEN, token.answer)},
        "/mfa/associate": {"POST": Route(Operation.ASSOCIATE, associate.answer)},
        "/mfa/challenge": {"POST": Route(Operation.CHALLENGE, challenge.answer)},
        "/mfa/authenticators": {"GET": Route(Operation.LIST, authenticators.list_all)},
        "/userinfo": {"GET": userinfo, "POST": userinfo},
        "/.well-known/openid-configuration": {"GET": Route(Operation.DISCOVERY, service.discovery)},
        "/.well-known/jwks.json": {"GET": Route(Operation.JWKS, service.jwks)},
    }


def _device_routes() -> dict[str, Mapping[str, Route]]:
    enrolls = Route(Operation.DEVICE_ENROLLMENT, devices.enroll, reads_body=True)
    resolves = Route(Operation.DEVICE_RESOLUTION, devices.resolve, reads_body=True)
    return {
        f"{mount}/{name}": {"POST": route}
        for mount in MOUNTS
        for name, route in (("enroll", enrolls), ("resolve-transaction", resolves))
    }


def _account_routes() -> dict[str, Mapping[str, Route]]:
    methods = {
        "PATCH": Route(Operation.DEVICE_ACCOUNT, devices.change, reads_body=True),
        "DELETE": Route(Operation.DEVICE_ACCOUNT, devices.delete),
    }
    return {f"{mount}/device-accounts/": methods for mount in MOUNTS}


def _control_routes(plane: control.ControlPlane) -> dict[str, Mapping[str, Route]]:
    def route(answer: Callable[[Call], Answer]) -> Route:
        return Route(Operation.CONTROL, answer)

    return {
        "/__mock__": {"GET": route(plane.introduction)},
        "/__mock__/users": {"POST": route(control.create_user)},
        "/__mock__/clients": {"POST": route(control.register_client)},
        "/__mock__/blocks": {"POST": route(control.block_user)},
        "/__mock__/clock": {"POST": route(control.advance_clock)},
        "/__mock__/management": {"POST": route(switches.answer)},
        "/__mock__/messages": {"GET": route(outbox_view.show)},
        "/__mock__/pushes": {"GET": route(pushes_view.show)},
        "/__mock__/reset": {"POST": route(control.reset)},
    }
