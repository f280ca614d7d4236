r"""The profile: what a tenant, or a vendor's product, claims to offer and is known to get wrong.

A TOML file named by `--auth0-profile`. Everything in it is optional:

    factors = ["otp", "recovery-code"]     # what is offered; the rest is inapplicable
    public_client_id = "..."               # an application without a secret
    private_key_client_id = "..."          # an application that signs assertions (private_key_jwt)
    private_key_file = "key.pem"           # its private key, seen from the profile's folder
    private_key_algorithm = "RS256"        # what its public key was registered for
    canonical_domain = "acme.us.auth0.com" # what audiences keep, where tests use a custom domain
    code_pattern = 'code is (\d{6})'       # finds the code in messages of one's own wording
    use_up_tries = true                    # also send wrong codes and messages up to the limits

    test_tenant = true                     # users may be created and deleted here
    users = "management"                   # where users come from, "management" or "given"
    user_domain = "example.com"            # of the addresses of created users; gets no mail
    management_per_second = 2              # calls that the plan allows; 2 is a free tenant's

    [[user]]                               # users without authenticators, each used once
    username = "mfa-1@example.com"
    password_variable = "MFA_1_PASSWORD"   # the variable that holds the password

    [push]                                 # notifications through FCM, see docs/push.md
    project_id = "acme-mfa-tests"
    app_id = "1:123456789012:web:0a1b2c3d4e5f"
    sender_id = "123456789012"
    api_key_variable = "FIREBASE_API_KEY"  # the variable that holds the API key
    registration_file = "fcm.json"         # a secret, made by the first run in this folder

    [[expected-failure]]                   # see expected_failures
    requirement = "MFA-VERIFY-REPLAY"
    factor = "otp"                         # or factors = ["otp", "sms"]; without: every factor
    reason = "known, ticket 42"
    owner = "identity team"
    expires = 2026-12-31                   # the last day on which it is expected
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, cast

from pytest_auth0_mfa.api.assertion import ALGORITHMS
from pytest_auth0_mfa.errors import SettingsError
from pytest_auth0_mfa.spelling import hint
from pytest_auth0_mfa.tenant.expected_failures import read_expected_failures
from pytest_auth0_mfa.tenant.management.pace import PER_SECOND
from pytest_auth0_mfa.tenant.target import is_domain

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pytest_auth0_mfa.tenant.expected_failures import ExpectedFailure

FACTORS: Final = ("otp", "sms", "voice", "email", "push", "recovery-code")

_KEY_FILE_KEYS: Final = ("private_key_client_id", "private_key_file", "private_key_algorithm")
_KEYS: Final = (
    "factors",
    "public_client_id",
    *_KEY_FILE_KEYS,
    "canonical_domain",
    "code_pattern",
    "use_up_tries",
    "test_tenant",
    "users",
    "user_domain",
    "management_per_second",
    "push",
    "user",
    "expected-failure",
)
_SOURCES: Final = ("management", "given")
_USER_KEYS: Final = ("username", "password_variable")
_PUSH_KEYS: Final = (
    "project_id",
    "app_id",
    "sender_id",
    "api_key_variable",
    "registration_file",
)


@dataclass(frozen=True, slots=True)
class PushApp:
    """The Firebase app of the tenant's own, and where this machine keeps its registration."""

    project_id: str
    app_id: str
    sender_id: str
    api_key_variable: str
    registration_file: str


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The application that signs assertions, where its private key lies, and how it signs."""

    client_id: str
    path: Path
    algorithm: str


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile as read; `users` are pairs of user name and variable of the password.

    `users_from` is where users are to come from, None where that goes by what there is.
    `canonical_domain` is the tenant's own, which its audiences and the Management API keep.
    """

    factors: tuple[str, ...] = FACTORS
    public_client_id: str | None = None
    code_pattern: str | None = None
    use_up_tries: bool = False
    push: PushApp | None = None
    users: tuple[tuple[str, str], ...] = ()
    expected_failures: tuple[ExpectedFailure, ...] = ()
    key_file: KeyFile | None = None
    canonical_domain: str | None = None
    test_tenant: bool = False
    users_from: Literal["management", "given"] | None = None
    user_domain: str = "example.com"
    management_per_second: int = PER_SECOND

    def expected_failure(self, requirement: str, factor: str) -> ExpectedFailure | None:
        """The entry that covers this requirement and factor, None where there is none."""
        for entry in self.expected_failures:
            if entry.covers(requirement, factor):
                return entry
        return None


def read_profile(path: Path) -> Profile:
    """Read a profile; raises `SettingsError` that names the file, the place and the fix."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"profile {path}: cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"profile {path}: not valid TOML: {error}") from None
    return _Reader(path).profile(document)


class _Reader:
    """Turns a TOML document into a `Profile`, naming the file in every complaint."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def profile(self, document: Mapping[str, object]) -> Profile:
        self._known_keys(document, _KEYS, "")
        return Profile(
            self._factors(document.get("factors", list(FACTORS))),
            self._text(document, "public_client_id", "")
            if "public_client_id" in document
            else None,
            self._pattern(document) if "code_pattern" in document else None,
            self._yes_or_no(document, "use_up_tries"),
            self._push(document["push"]) if "push" in document else None,
            tuple(self._user(table) for table in self._tables(document, "user")),
            read_expected_failures(
                self._tables(document, "expected-failure"), f"profile {self._path}", FACTORS
            ),
            self._key_file(document),
            self._domain(document, "canonical_domain"),
            self._yes_or_no(document, "test_tenant"),
            self._source(document["users"]) if "users" in document else None,
            self._domain(document, "user_domain") or "example.com",
            self._rate(document.get("management_per_second", PER_SECOND)),
        )

    def _rate(self, value: object) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        raise self._wrong(f"management_per_second: expected a number from 1, got {value!r}")

    def _source(self, value: object) -> Literal["management", "given"]:
        if value == "management" or value == "given":  # noqa: PLR1714 - narrows the type
            return value
        raise self._wrong(f"users: expected one of {', '.join(_SOURCES)}, got {value!r}")

    def _push(self, table: object) -> PushApp:
        if not isinstance(table, dict):
            raise self._wrong("write push as a table, [push]")
        self._known_keys(table, _PUSH_KEYS, "[push]: ")
        texts = {key: self._text(table, key, "[push]: ") for key in _PUSH_KEYS}
        texts["registration_file"] = str(self._path.parent / texts["registration_file"])
        return PushApp(**texts)

    def _key_file(self, document: Mapping[str, object]) -> KeyFile | None:
        given = [key for key in _KEY_FILE_KEYS if key in document]
        if not given:
            return None
        client_id, file = (self._text(document, key, "") for key in _KEY_FILE_KEYS[:2])
        algorithm = document.get(_KEY_FILE_KEYS[2], ALGORITHMS[0])
        if algorithm not in ALGORITHMS:
            known = ", ".join(ALGORITHMS)
            raise self._wrong(f"{_KEY_FILE_KEYS[2]}: expected one of {known}, got {algorithm!r}")
        return KeyFile(client_id, self._path.parent / file, str(algorithm))

    def _user(self, table: Mapping[str, object]) -> tuple[str, str]:
        self._known_keys(table, _USER_KEYS, "[[user]]: ")
        username, variable = (self._text(table, key, "[[user]]: ") for key in _USER_KEYS)
        return username, variable

    def _factors(self, value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not value:
            raise self._wrong(f"factors: expected a list of {', '.join(FACTORS)}")
        return tuple(check_factor(factor, f"profile {self._path}: factors") for factor in value)

    def _pattern(self, document: Mapping[str, object]) -> str:
        text = self._text(document, "code_pattern", "")
        try:
            groups = re.compile(text).groups
        except re.error as error:
            raise self._wrong(f"code_pattern: no regular expression: {error}") from None
        if groups > 1:
            raise self._wrong("code_pattern: expected one group at most, the code")
        return text

    def _domain(self, document: Mapping[str, object], key: str) -> str | None:
        if key not in document:
            return None
        text = self._text(document, key, "")
        if not is_domain(text):
            raise self._wrong(
                f"{key}: expected a domain such as acme.us.auth0.com, without https:// and port, "
                f"got {text!r}"
            )
        return text.lower()

    def _yes_or_no(self, document: Mapping[str, object], key: str) -> bool:
        value = document.get(key, False)
        if not isinstance(value, bool):
            raise self._wrong(f"{key}: expected true or false, got {type(value).__name__}")
        return value

    def _tables(self, document: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
        value = document.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise self._wrong(f"write each {key} as a table of its own, [[{key}]]")
        return cast("list[Mapping[str, object]]", value)

    def _text(self, table: Mapping[str, object], key: str, where: str) -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value:
            raise self._wrong(f"{where}{key}: expected a text, got {type(value).__name__}")
        return value

    def _known_keys(self, table: Mapping[str, object], known: tuple[str, ...], where: str) -> None:
        for key in table:
            if key not in known:
                raise self._wrong(f"{where}unknown key {key!r}; {_near(key, known)}")

    def _wrong(self, message: str) -> SettingsError:
        return SettingsError(f"profile {self._path}: {message}")


def check_factor(value: object, where: str) -> str:
    """Return `value` if it is the name of a factor; raises `SettingsError` otherwise."""
    if isinstance(value, str) and value in FACTORS:
        return value
    raise SettingsError(f"{where}: unknown factor {value!r}; {_near(str(value), FACTORS)}")


def _near(word: str, known: tuple[str, ...]) -> str:
    return hint(word, known, f"known: {', '.join(known)}")
