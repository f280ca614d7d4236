"""`--auth0-doctor` as a command of its own: examines the tenant, tells what it found, runs no test.

Owns the exit status: 0 where nothing blocks, 1 where something does (with `--auth0-strict` also
where something warns), 4 where a setting is wrong or no tenant answers, 5 where the doctor was not
let in and nothing else was found.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import pytest

from pytest_auth0_mfa.doctor import markdown, text
from pytest_auth0_mfa.doctor.check import Level
from pytest_auth0_mfa.doctor.document import document
from pytest_auth0_mfa.doctor.site import Needs
from pytest_auth0_mfa.doctor.visit import examine
from pytest_auth0_mfa.errors import SettingsError, TenantError
from pytest_auth0_mfa.plugin.cleaning import clean_up
from pytest_auth0_mfa.plugin.session import session_of
from pytest_auth0_mfa.plugin.several import several
from pytest_auth0_mfa.tenant.target import is_loopback

if TYPE_CHECKING:
    from pytest_auth0_mfa.doctor.examination import Examination
    from pytest_auth0_mfa.plugin.session import Session

_WRITERS: Final = {
    ".json": lambda made: json.dumps(document(made), indent=2) + "\n",
    ".md": markdown.page,
}
_LOOPBACK: Final = "127.0.0.1"


def run_doctor(config: pytest.Config) -> pytest.ExitCode:
    """Examine the tenant and write what was asked for."""
    try:
        session = _opened(config)
        made = _examined(session)
    except (SettingsError, TenantError) as error:
        raise pytest.UsageError(f"auth0-mfa: {error}") from None
    scrub = session.recorder.redactor.scrub_known
    for line in text.lines(made):
        _tell(scrub(line))
    for path in [*session.settings.reports, *_step_summary()]:
        _write(path, scrub(_WRITERS.get(path.suffix, markdown.page)(made)))
    return _status(made, strict=session.settings.strict)


def _opened(config: pytest.Config) -> Session:
    """The run; raises `SettingsError` for what the doctor cannot do, before the first request."""
    if several(config):
        raise SettingsError("--auth0-doctor looks at one tenant at a time: name one")
    session = session_of(config)
    for path in session.settings.reports:
        if path.suffix not in _WRITERS:
            known = " and ".join(_WRITERS)
            raise SettingsError(f"--auth0-report={path}: the doctor writes {known}")
    return session


def _examined(session: Session) -> Examination:
    try:
        name = str(session.settings.target)
        return examine(name, session.tenant, session.reader(), needs_of(session))
    finally:
        told = clean_up(session)
        if told:
            _tell(f"of the doctor's own user: {told}")


def needs_of(session: Session) -> Needs:
    """What a run with these settings needs of the tenant."""
    tenant, settings = session.tenant, session.settings
    profile = settings.profile
    return Needs(
        client_id=tenant.application.client_id,
        method=tenant.application.method,
        factors=frozenset(settings.factors) & frozenset(profile.factors),
        connection=tenant.access.connection if tenant.access.realm_needed else None,
        url=tenant.url,
        canonical_host=tenant.access.canonical_domain,
        users=() if tenant.users.renewable else _given_users(session),
        address=_LOOPBACK if is_loopback(urlsplit(tenant.url).hostname or "") else None,
        has_device=profile.push is not None,
    )


def _given_users(session: Session) -> tuple[str, ...]:
    single = session.settings.variables.get("AUTH0_USERNAME")
    listed = [name for name, _ in session.settings.profile.users]
    return tuple(dict.fromkeys([*([single] if single else []), *listed]))


def _step_summary() -> list[Path]:
    """The summary of a step on GitHub, to which Markdown is appended."""
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    return [Path(file)] if file else []


def _write(path: Path, content: str) -> None:
    is_appended = path in _step_summary()
    with path.open("a" if is_appended else "w", encoding="utf-8") as file:
        file.write(content)


def _status(made: Examination, *, strict: bool) -> pytest.ExitCode:
    levels = (Level.BLOCKS, Level.WARNS) if strict else (Level.BLOCKS,)
    if made.found(*levels):
        return pytest.ExitCode.TESTS_FAILED
    return pytest.ExitCode.OK if made.authenticated else pytest.ExitCode.NO_TESTS_COLLECTED


def _tell(told: str) -> None:
    print(told)  # noqa: T201 - what was asked for
