"""The fixtures. Imported by every pytest run: everything heavy is imported when first used.

The first line of each docstring is what `pytest --fixtures` shows; it ends with the cost on a
real tenant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.login import Login
    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.delivery.inbox import Inbox, NoDelivery
    from pytest_auth0_mfa.factors.enrolled import EnrolledAuthenticator
    from pytest_auth0_mfa.factors.enrollment import Enrollment
    from pytest_auth0_mfa.judge.judgement import Judgement
    from pytest_auth0_mfa.tenant.tenant import Tenant
    from pytest_auth0_mfa.tenant.users import User

DEFAULT_FACTOR = "otp"


@pytest.fixture(scope="session")
def auth0_tenant(pytestconfig: pytest.Config) -> Tenant:
    """The tenant under test: its URL, applications and users. Costs nothing by itself.

    The embedded mock starts when this is first requested and no other tenant was named.
    """
    from pytest_auth0_mfa.plugin.session import session_of  # noqa: PLC0415 - lazily

    return session_of(pytestconfig).tenant


@pytest.fixture
def auth0_user(auth0_tenant: Tenant) -> User:
    """A user of the test's own, without authenticators. Costs 1 user."""
    return auth0_tenant.new_user()


@pytest.fixture
def mfa_login(auth0_tenant: Tenant, auth0_user: User) -> Login:
    """A login that has passed the password and awaits MFA. Costs 1 user, 1 request."""
    return auth0_tenant.login(auth0_user)


@pytest.fixture
def mfa_token(mfa_login: Login) -> Secret:
    """A fresh mfa_token of a user without authenticators. Costs 1 user, 1 request.

    A `str` that masks its `repr`; hand it to the back end under test as it is.
    """
    return mfa_login.mfa_token


@pytest.fixture
def mfa_factor(request: pytest.FixtureRequest) -> str:
    """The factor of the test: its parameter, or its marker `mfa_factor`, or otp. Costs nothing."""
    marker = request.node.get_closest_marker("mfa_factor")
    chosen = getattr(request, "param", None) or (marker.args[0] if marker else DEFAULT_FACTOR)
    if chosen == "any":
        return DEFAULT_FACTOR
    from pytest_auth0_mfa.tenant.profile import check_factor  # noqa: PLC0415 - lazily

    return check_factor(chosen, f"{request.node.nodeid}: mfa_factor")


@pytest.fixture
def inbox(request: pytest.FixtureRequest, mfa_factor: str) -> Inbox | NoDelivery:
    """An address or number of the test's own, and what arrives there. Costs nothing by itself.

    `address` is for enrolling, `wait_for_code(timeout)` gives the code of the newest message. For
    a factor that delivers nothing, asking for a code skips the test with the reason.
    """
    from pytest_auth0_mfa.delivery.inbox import NoDelivery  # noqa: PLC0415 - lazily
    from pytest_auth0_mfa.factors.kinds import DELIVERED  # noqa: PLC0415 - lazily

    if mfa_factor not in DELIVERED:
        return NoDelivery(mfa_factor)
    tenant: Tenant = request.getfixturevalue("auth0_tenant")
    return tenant.open_inbox(mfa_factor)


@pytest.fixture
def mfa_enrollment(auth0_tenant: Tenant, mfa_factor: str, inbox: Inbox | NoDelivery) -> Enrollment:
    """A pending authenticator of a user of its own. Costs 1 user, 2 requests, 1 message if sent.

    `verify(code)` sends a code, `confirm()` the right one; `answer` is that of the association.
    """
    return auth0_tenant.associate(mfa_factor, inbox=inbox)  # type: ignore[arg-type]


@pytest.fixture
def enrolled_authenticator(mfa_enrollment: Enrollment) -> EnrolledAuthenticator:
    """A confirmed authenticator of a user of its own. Costs 1 user, 3 requests, 1 message if sent.

    `login()` starts a login of its user, `code(login)` proves possession, `verify(login, code)`
    completes it. Delivered codes arrive in the test's `inbox`.
    """
    return mfa_enrollment.confirm()


@pytest.fixture
def mfa_judge(request: pytest.FixtureRequest) -> Judgement:
    """The judge of the test's requirement (marker `requirement`). Costs nothing."""
    from pytest_auth0_mfa.plugin.outcomes import CASE  # noqa: PLC0415 - lazily

    case = request.node.stash.get(CASE, None)
    if case is None:
        pytest.fail("mfa_judge is for tests with @pytest.mark.requirement(ID)", pytrace=False)
    judgement: Judgement = case.judgement
    return judgement
