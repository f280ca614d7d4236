"""The profile: what a tenant claims to offer and is known to get wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.errors import SettingsError
from pytest_auth0_mfa.tenant.expected_failures import ExpectedFailure
from pytest_auth0_mfa.tenant.profile import (
    FACTORS,
    KeyFile,
    Profile,
    PushApp,
    check_factor,
    read_profile,
)

if TYPE_CHECKING:
    from collections.abc import Callable

WHOLE = r"""
factors = ["otp", "recovery-code"]
canonical_domain = "Acme.us.auth0.com"
public_client_id = "a-public-application"
private_key_client_id = "a-signing-application"
private_key_file = "keys/acme.pem"
private_key_algorithm = "PS256"
code_pattern = 'code is (\d{6})'
use_up_tries = true
test_tenant = true
users = "given"
user_domain = "nowhere.example"
management_per_second = 15

[push]
project_id = "acme-mfa-tests"
app_id = "1:123456789012:web:0a1b2c3d4e5f"
sender_id = "123456789012"
api_key_variable = "FIREBASE_API_KEY"
registration_file = "fcm.json"

[[user]]
username = "mfa-1@example.com"
password_variable = "MFA_1_PASSWORD"

[[expected-failure]]
requirement = "MFA-VERIFY-REPLAY"
factor = "otp"
reason = "ticket 42"

[[expected-failure]]
requirement = "MFA-LIST-ID"
reason = "ticket 43"
"""


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], Profile]:
    """A reader of profiles given as text."""

    def from_text(text: str) -> Profile:
        path = tmp_path / "acme.toml"
        path.write_text(text, "utf-8")
        return read_profile(path)

    return from_text


def test_whole(read: Callable[[str], Profile], tmp_path: Path) -> None:
    """Everything that may stand in a profile is read."""
    assert Profile(
        ("otp", "recovery-code"),
        "a-public-application",
        r"code is (\d{6})",
        True,  # noqa: FBT003 - in the order of the file
        PushApp(
            "acme-mfa-tests",
            "1:123456789012:web:0a1b2c3d4e5f",
            "123456789012",
            "FIREBASE_API_KEY",
            str(tmp_path / "fcm.json"),
        ),
        (("mfa-1@example.com", "MFA_1_PASSWORD"),),
        (
            ExpectedFailure("MFA-VERIFY-REPLAY", ("otp",), "ticket 42"),
            ExpectedFailure("MFA-LIST-ID", None, "ticket 43"),
        ),
        KeyFile("a-signing-application", tmp_path / "keys" / "acme.pem", "PS256"),
        "acme.us.auth0.com",
        True,  # noqa: FBT003 - in the order of the fields
        "given",
        "nowhere.example",
        15,
    ) == read(WHOLE)


def test_key_file(read: Callable[[str], Profile], tmp_path: Path) -> None:
    """A path is seen from the profile's folder unless it is absolute; RS256 is the default."""
    for file, path in (("key.pem", tmp_path / "key.pem"), ("/keys/key.pem", Path("/keys/key.pem"))):
        profile = read(f"private_key_client_id = 'x'\nprivate_key_file = '{file}'")
        assert KeyFile("x", path, "RS256") == profile.key_file


def test_empty(read: Callable[[str], Profile]) -> None:
    """Everything is optional."""
    assert Profile() == read("")
    assert FACTORS == Profile().factors


@pytest.mark.parametrize(
    ("requirement", "factor", "reason"),
    [
        ("MFA-VERIFY-REPLAY", "otp", "ticket 42"),
        ("MFA-VERIFY-REPLAY", "recovery-code", None),
        ("MFA-LIST-ID", "otp", "ticket 43"),
        ("MFA-LIST-ID", "recovery-code", "ticket 43"),
        ("MFA-LIST-EMPTY", "any", None),
    ],
)
def test_expected_failure(
    read: Callable[[str], Profile], requirement: str, factor: str, reason: str | None
) -> None:
    """An entry covers its factor, or all of them where it names none."""
    entry = read(WHOLE).expected_failure(requirement, factor)
    assert reason == (entry.reason if entry else None)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x", "not valid TOML"),
        ("factor = []", "unknown key 'factor'; did you mean 'factors'"),
        ("factors = []", "factors: expected a list of otp"),
        ("factors = [1]", "factors: unknown factor 1; known: otp"),
        ("factors = ['OTP']", "factors: unknown factor 'OTP'"),
        ("public_client_id = ''", "public_client_id: expected a text"),
        ("private_key_client_id = 'x'", "private_key_file: expected a text, got NoneType"),
        ("private_key_file = 'x'", "private_key_client_id: expected a text, got NoneType"),
        ("private_key_algorithm = 'RS256'", "private_key_client_id: expected a text"),
        (
            "private_key_client_id = 'x'\nprivate_key_file = 'y'\nprivate_key_algorithm = 'HS256'",
            "private_key_algorithm: expected one of RS256, RS384, PS256, got 'HS256'",
        ),
        ("code_pattern = '('", "code_pattern: no regular expression: missing )"),
        ("code_pattern = '(a)(b)'", "code_pattern: expected one group at most, the code"),
        ("code_pattern = 1", "code_pattern: expected a text, got int"),
        ("use_up_tries = 1", "use_up_tries: expected true or false, got int"),
        ("test_tenant = 'yes'", "test_tenant: expected true or false, got str"),
        ("users = 'pool'", "users: expected one of management, given, got 'pool'"),
        (
            "user_domain = 'a@b'",
            "user_domain: expected a domain such as acme.us.auth0.com, without",
        ),
        ("management_per_second = 0", "management_per_second: expected a number from 1, got 0"),
        ("management_per_second = true", "expected a number from 1, got True"),
        ("push = true", "write push as a table, [push]"),
        ("[push]\nproject = 'x'", "[push]: unknown key 'project'; did you mean 'project_id'"),
        ("[push]\nproject_id = 'x'", "[push]: app_id: expected a text, got NoneType"),
        ("user = [1]", "write each user as a table of its own, [[user]]"),
        ("[user]\nusername = 'x'", "write each user as a table of its own, [[user]]"),
        ("[[user]]\npassword_variable = 'X'", "[[user]]: username: expected a text, got NoneType"),
        ("[[user]]\nuser = 'x'", "[[user]]: unknown key 'user'; did you mean 'username'"),
        ("[[expected-failure]]\nreason = 'r'", "[[expected-failure]]: requirement: expected"),
        ("[[expected-failure]]\nrequirement = 'R'\nreason = 1", "reason: expected a text, got int"),
        ("[[expected_failure]]", "unknown key 'expected_failure'; did you mean 'expected-failure'"),
        (
            "[[expected-failure]]\nrequirement = 'R'\nfactor = 'opt'\nreason = 'r'",
            "unknown factor 'opt'; did you mean 'otp'",
        ),
    ],
)
def test_mistake(read: Callable[[str], Profile], text: str, told: str) -> None:
    """Every mistake is told with the file and the place."""
    with pytest.raises(SettingsError) as raised:
        read(text)
    assert "acme.toml: " in str(raised.value)
    assert told in str(raised.value)


def test_unreadable(tmp_path: Path) -> None:
    """What cannot be read is told with the system's reason."""
    with pytest.raises(SettingsError, match=r"cannot be read \(No such file or directory\)"):
        read_profile(tmp_path / "none.toml")


@pytest.mark.parametrize("factor", FACTORS)
def test_known_factor(factor: str) -> None:
    """A factor's name is returned as it is."""
    assert factor == check_factor(factor, "here")


def test_unknown_factor() -> None:
    """Another name is refused where it stands."""
    with pytest.raises(SettingsError, match=r"^here: unknown factor 'push-notification'"):
        check_factor("push-notification", "here")
