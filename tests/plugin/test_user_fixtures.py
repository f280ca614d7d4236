"""The fixtures in a user's own tests of their own back end."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.plugin.conftest import Project


def passes(project: Project, text: str, *arguments: str) -> None:
    """Run a test module in which every test passes."""
    project.write(test_own=text)
    ended = project.run(*arguments)
    assert (0, {"passed"}) == (ended.status, set(ended.outcomes)), ended.text


class TestToken:
    """`mfa_token`."""

    def test_is_a_string_for_any_library(self, project: Project) -> None:
        """The token goes into a request of the user's own HTTP library as it is."""
        passes(
            project,
            """
            import requests

            def test_list(mfa_token, auth0_tenant):
                assert isinstance(mfa_token, str)
                answer = requests.get(
                    f"{auth0_tenant.url}/mfa/authenticators",
                    headers={"Authorization": f"Bearer {mfa_token}"},
                    timeout=10,
                )
                assert (200, []) == (answer.status_code, answer.json())
            """,
        )

    def test_is_masked(self, project: Project) -> None:
        """What pytest prints of it is its kind."""
        passes(project, "def test_repr(mfa_token):\n    assert '<mfa_token>' == repr(mfa_token)")

    def test_belongs_to_the_login_and_the_user(self, project: Project) -> None:
        """Token, login and user of one test belong together; a second test has others."""
        passes(
            project,
            """
            seen = set()

            def check(mfa_token, mfa_login, auth0_user):
                assert mfa_token == mfa_login.mfa_token
                seen.add((str(mfa_token), auth0_user.email))

            def test_first(mfa_token, mfa_login, auth0_user):
                check(mfa_token, mfa_login, auth0_user)

            def test_second(mfa_token, mfa_login, auth0_user):
                check(mfa_token, mfa_login, auth0_user)
                assert 2 == len({token for token, _ in seen}) == len({user for _, user in seen})
            """,
        )


class TestEnrolledAuthenticator:
    """`enrolled_authenticator`."""

    def test_logs_in(self, project: Project) -> None:
        """Password, code, tokens: a login from start to end."""
        passes(
            project,
            """
            def test_login(enrolled_authenticator):
                login = enrolled_authenticator.login()
                answer = enrolled_authenticator.verify(login, enrolled_authenticator.code())
                assert 200 == answer.status
                assert isinstance(answer.get("access_token"), str)
            """,
        )

    def test_code_is_good_for_the_back_end(self, project: Project) -> None:
        """The code is a string of six digits that the user's own code may redeem."""
        passes(
            project,
            """
            import requests

            def test_redeem(enrolled_authenticator, auth0_tenant):
                application = auth0_tenant.application
                answer = requests.post(
                    f"{auth0_tenant.url}/oauth/token",
                    data={
                        "grant_type": "http://auth0.com/oauth/grant-type/mfa-otp",
                        "client_id": application.client_id,
                        "client_secret": application.client_secret,
                        "mfa_token": enrolled_authenticator.login().mfa_token,
                        "otp": enrolled_authenticator.code(),
                    },
                    timeout=10,
                )
                assert 200 == answer.status_code
            """,
        )

    def test_codes_are_never_repeated(self, project: Project) -> None:
        """A tenant refuses a used code, so each one is new; nothing waits for that."""
        passes(
            project,
            """
            def test_codes(enrolled_authenticator):
                for _ in range(5):
                    login = enrolled_authenticator.login()
                    code = enrolled_authenticator.code()
                    assert enrolled_authenticator.verify(login, code).accepted
            """,
        )

    def test_factor_by_marker(self, project: Project) -> None:
        """The marker `mfa_factor` chooses the recovery code, which is replaced when used."""
        passes(
            project,
            """
            import pytest

            @pytest.mark.mfa_factor("recovery-code")
            def test_recovery(enrolled_authenticator):
                first = enrolled_authenticator.code()
                assert 24 == len(first)
                login = enrolled_authenticator.login()
                assert enrolled_authenticator.verify(login, first).accepted
                assert first != enrolled_authenticator.code()
            """,
        )

    def test_factor_by_parameter(self, project: Project) -> None:
        """A test may run for several factors."""
        project.write(
            test_own="""
            import pytest

            @pytest.mark.parametrize(
                "mfa_factor", ["otp", "sms", "voice", "email", "recovery-code"], indirect=True
            )
            def test_each(enrolled_authenticator, mfa_factor):
                assert mfa_factor == enrolled_authenticator.factor
                login = enrolled_authenticator.login()
                code = enrolled_authenticator.code(login)
                assert enrolled_authenticator.verify(login, code).accepted
            """
        )
        assert {"passed": 5} == project.run().outcomes

    def test_has_an_id(self, project: Project) -> None:
        """The id is the one under which the tenant lists it."""
        passes(
            project,
            """
            def test_id(enrolled_authenticator):
                assert enrolled_authenticator.id.startswith("totp|dev_")
            """,
        )

    def test_unknown_factor(self, project: Project) -> None:
        """A factor that does not exist is told with the one that was meant; no traceback."""
        project.write(
            test_own="""
            import pytest

            @pytest.mark.mfa_factor("recovery-cod")
            def test_it(enrolled_authenticator):
                pass
            """
        )
        ended = project.run()
        assert (4, {}) == (ended.status, ended.outcomes)
        told = "mfa_factor: unknown factor 'recovery-cod'; did you mean 'recovery-code'"
        assert told in ended.text
        assert "Traceback" not in ended.text


class TestInbox:
    """`inbox`."""

    def test_nothing_is_delivered(self, project: Project) -> None:
        """Asking the inbox of one-time passwords for a message skips the test with the reason."""
        project.write(test_own="def test_mail(inbox):\n    inbox.wait_for_code(timeout=30)")
        ended = project.run("-rs")
        assert {"skipped": 1} == ended.outcomes
        assert "nothing is delivered for the factor 'otp'" in ended.text
        assert "enrolled_authenticator.code()" in ended.text
        assert "Traceback" not in ended.text

    def test_code_arrives(self, project: Project) -> None:
        """What the user's own back end makes the tenant send is read in the inbox of the test."""
        passes(
            project,
            """
            import pytest
            import requests

            @pytest.mark.parametrize("mfa_factor", ["sms", "voice", "email"], indirect=True)
            def test_screens(inbox, enrolled_authenticator, auth0_tenant):
                application = auth0_tenant.application
                client = {
                    "client_id": application.client_id,
                    "client_secret": application.client_secret,
                    "mfa_token": enrolled_authenticator.login().mfa_token,
                }
                challenge = requests.post(
                    f"{auth0_tenant.url}/mfa/challenge",
                    json={**client, "authenticator_id": enrolled_authenticator.id},
                    timeout=10,
                ).json()
                answer = requests.post(
                    f"{auth0_tenant.url}/oauth/token",
                    data={
                        **client,
                        "grant_type": "http://auth0.com/oauth/grant-type/mfa-oob",
                        "oob_code": challenge["oob_code"],
                        "binding_code": inbox.wait_for_code(timeout=5),
                    },
                    timeout=10,
                )
                assert 200 == answer.status_code
            """,
        )

    def test_each_test_has_its_own(self, project: Project) -> None:
        """Addresses differ from test to test, also with a second inbox in one test."""
        passes(
            project,
            """
            import pytest

            seen = set()

            @pytest.mark.parametrize("number", range(3))
            @pytest.mark.mfa_factor("email")
            def test_address(inbox, auth0_tenant, number):
                seen.update({inbox.address, auth0_tenant.open_inbox("email").address})
                assert 2 * number + 2 == len(seen)
            """,
        )

    def test_nothing_arrives(self, project: Project) -> None:
        """A message that never comes is an error that tells what was waited for, and how long."""
        project.write(
            test_own="""
            import pytest

            @pytest.mark.mfa_factor("email")
            def test_mail(inbox):
                inbox.wait_for_code(timeout=0.05)
            """
        )
        ended = project.run()
        assert {"errors": 1} == ended.outcomes
        assert "Traceback" not in ended.text

    def test_asks_no_tenant(self, project: Project) -> None:
        """The fixture itself costs nothing: no tenant is needed for it."""
        passes(project, "def test_mail(inbox):\n    assert inbox", "--auth0-tenant=no.auth0.com")


def test_user_may_replace_a_fixture(project: Project) -> None:
    """A fixture in the user's conftest takes the place of ours."""
    project.pytester.makeconftest(
        """
        import pytest

        @pytest.fixture
        def mfa_token():
            return "my own"
        """
    )
    passes(project, "def test_own(mfa_token):\n    assert 'my own' == mfa_token")


def test_error_of_a_fixture_is_an_error(project: Project) -> None:
    """A tenant that does not ask for the second factor is told with the remedy, as an error."""
    project.write(
        test_own="""
        def test_own(auth0_tenant, auth0_user):
            auth0_tenant.login(auth0_user, password="wrong")
        """
    )
    ended = project.run()
    assert {"errors": 1} == ended.outcomes
    assert "the login did not ask for a second factor" in ended.text
    assert "that the user's password is right" in ended.text
    assert "Traceback" not in ended.text
