"""The secrets that a run was given, known before it does anything with them.

Whatever the tests do with the environment, and whether or not the tenant is ever opened, they are
scrubbed like those of the tenant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_auth0_mfa.plugin.settings import Settings

_KINDS: Final = {
    "AUTH0_CLIENT_SECRET": "client_secret",
    "AUTH0_MANAGEMENT_CLIENT_SECRET": "client_secret",
    "AUTH0_PASSWORD": "password",
    "MAILSLURP_API_KEY": "api_key",
}
_PROXIES: Final = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY")


def learn_given(settings: Settings, learn: Callable[[str, str], object]) -> None:
    """Have every secret that the run was given remembered, with its kind."""
    for value, kind in (*_variables(settings), *_proxies(settings), *_keys(settings)):
        learn(value, kind)


def _variables(settings: Settings) -> Iterator[tuple[str, str]]:
    kinds = dict(_KINDS)
    kinds |= {variable: "password" for _, variable in settings.profile.users}
    if settings.profile.push:
        kinds[settings.profile.push.api_key_variable] = "api_key"
    for name, kind in kinds.items():
        if settings.variables.get(name):
            yield settings.variables[name], kind


def _proxies(settings: Settings) -> Iterator[tuple[str, str]]:
    """The passwords in addresses of proxies, as they stand there and as they are meant."""
    for name in (*_PROXIES, *map(str.lower, _PROXIES)):
        try:
            password = urlsplit(settings.variables.get(name, "")).password
        except ValueError:
            continue
        if password:
            yield from ((password, "proxy_password"), (unquote(password), "proxy_password"))


def _keys(settings: Settings) -> Iterator[tuple[str, str]]:
    """The private key of the profile; one that cannot be read is complained of elsewhere."""
    if settings.profile.key_file is None:
        return
    try:
        text = settings.profile.key_file.path.read_text("ascii")
    except (OSError, UnicodeDecodeError):
        return
    yield from ((line, "private_key") for line in text.splitlines() if not line.startswith("-----"))
