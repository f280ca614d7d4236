"""The configuration for one user: changed on a mock, left alone on a real tenant."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from pytest_auth0_mfa.api.recorder import Recorder
from pytest_auth0_mfa.errors import Inapplicable, Untestable
from pytest_auth0_mfa.tenant.configuration import UserConfiguration
from pytest_auth0_mfa.tenant.opening import Opening, open_tenant
from pytest_auth0_mfa.tenant.profile import Profile
from tests.conftest import Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_auth0_mfa.tenant.tenant import Tenant
    from tests.conftest import Received

DESCRIBED = {
    "client_id": "x",
    "client_secret": "planted",
    "public_client_id": "y",
    "audience": "a",
    "connection": "c",
}
INTERRUPTED = {"error": "mfa_required", "mfa_token": "planted"}
TOLD = {"challenge": [{"type": "otp"}]}


@dataclass(slots=True)
class Answering:
    """A tenant that interrupts every login, with this body; what it was asked, path and body."""

    serve: Callable[[Callable[[Received], Reply]], str]
    login: dict[str, object] = field(default_factory=lambda: dict(INTERRUPTED))
    asked: list[tuple[str, Any]] = field(default_factory=list)

    def answer(self, received: Received) -> Reply:
        """Describe itself, create users, note what is changed, interrupt logins."""
        if received.path == "/oauth/token":
            return Reply(403, self.login)
        if received.method == "GET":
            return Reply(200, DESCRIBED)
        self.asked.append((received.path, json.loads(received.body)))
        return Reply(201, {"user_id": "auth0|1"})

    def opened(self, *, mock: bool, factors: tuple[str, ...] = ("otp", "sms")) -> Tenant:
        """Open it, as a mock or as a real tenant of one user."""
        variables = {"AUTH0_CLIENT_ID": "x", "AUTH0_USERNAME": "u", "AUTH0_PASSWORD": "planted"}
        profile = Profile(factors=factors)
        url = self.serve(self.answer)
        opening = Opening(url, variables, may_be_mock=mock, profile=profile)
        return open_tenant(opening, Recorder())


@pytest.fixture
def answering(serve: Callable[[Callable[[Received], Reply]], str]) -> Answering:
    """Such a tenant."""
    return Answering(serve)


class TestMock:
    """A tenant with a control plane."""

    def test_changes(self, answering: Answering) -> None:
        """Each change is asked for at its path, for that user alone."""
        tenant = answering.opened(mock=True)
        user = tenant.new_user()
        tenant.switch(user, "otp", enabled=False)
        user.configuration.customize_mfa()
        user.configuration.limit_logins()
        user.configuration.block(blocked=True)
        own = {"user_id": "auth0|1"}
        assert [
            ("/__mock__/factors/otp", {**own, "enabled": False}),
            ("/__mock__/features/customize-mfa", {**own, "enabled": True}),
            ("/__mock__/features/login-limit", {**own, "enabled": True}),
            ("/__mock__/blocks", {**own, "blocked": True}),
        ] == answering.asked[1:]

    def test_switches_what_the_profile_leaves_out(self, answering: Answering) -> None:
        """A mock has every factor, whatever the profile says."""
        tenant = answering.opened(mock=True)
        tenant.switch(tenant.new_user(), "recovery-code", enabled=False)
        assert "/__mock__/factors/recovery-code" == answering.asked[-1][0]

    def test_requirements(self, answering: Answering) -> None:
        """The feature is switched on first; a mock without it is judged, not passed over."""
        tenant = answering.opened(mock=True)
        answering.login["mfa_requirements"] = TOLD
        answer, told = tenant.mfa_requirements(tenant.new_user())
        assert ("mfa_required", TOLD) == (answer.error, told)
        assert "/__mock__/features/customize-mfa" == answering.asked[-1][0]
        del answering.login["mfa_requirements"]
        assert {} == tenant.mfa_requirements(tenant.new_user())[1]

    def test_addresses_are_believed(self, answering: Answering) -> None:
        """A mock believes where a login says that its user is."""
        answering.opened(mock=True).needs_forwarded_addresses()


class TestReal:
    """A tenant without control plane."""

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            (lambda c: c.switch("otp", enabled=False), "needs otp switched off for one user"),
            (lambda c: c.switch("otp", enabled=True), "needs otp switched on for one user"),
            (lambda c: c.customize_mfa(), "needs customized MFA for one user"),
            (lambda c: c.block(blocked=True), "needs a block for one user"),
        ],
    )
    def test_untestable(self, change: Callable[[UserConfiguration], None], told: str) -> None:
        """Nothing is changed; the reason says what is needed and where there is that."""
        with pytest.raises(Untestable, match=f"{told}.*run against the mock"):
            change(UserConfiguration())

    def test_limit_of_logins(self) -> None:
        """A real tenant limits logins anyway, so nothing is needed of it."""
        UserConfiguration().limit_logins()

    def test_what_is_off_already(self, answering: Answering) -> None:
        """What the profile leaves out needs no switching off; the rest cannot be."""
        tenant = answering.opened(mock=False)
        user = tenant.new_user()
        tenant.switch(user, "recovery-code", enabled=False)
        for factor, enabled in (("otp", False), ("recovery-code", True)):
            with pytest.raises(Untestable):
                tenant.switch(user, factor, enabled=enabled)

    def test_feature_that_is_there(self, answering: Answering) -> None:
        """What a login tells is judged."""
        tenant = answering.opened(mock=False)
        answering.login["mfa_requirements"] = TOLD
        assert TOLD == tenant.mfa_requirements(tenant.new_user())[1]

    def test_feature_that_is_not(self, answering: Answering) -> None:
        """A tenant that tells nothing does not have the feature."""
        tenant = answering.opened(mock=False)
        with pytest.raises(Inapplicable, match="does not have the feature 'Customize MFA'"):
            tenant.mfa_requirements(tenant.new_user())

    def test_addresses_are_not_believed(self, answering: Answering) -> None:
        """Whether a real tenant believes an application cannot be seen."""
        with pytest.raises(Untestable, match="auth0-forwarded-for"):
            answering.opened(mock=False).needs_forwarded_addresses()
