"""Holds a run against a baseline and saves one, once all tests are done.

Owns the order: compare first, and save only what is no regression where both are the same file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from pytest_auth0_mfa.baseline import document, told
from pytest_auth0_mfa.baseline.configuration import configuration_of
from pytest_auth0_mfa.baseline.difference import Kind, differences
from pytest_auth0_mfa.doctor.reading import Reading
from pytest_auth0_mfa.doctor.site import Site
from pytest_auth0_mfa.errors import Auth0MfaError, SettingsError
from pytest_auth0_mfa.judge.catalogue import load_catalogue
from pytest_auth0_mfa.judge.report import report_document
from pytest_auth0_mfa.plugin.doctoring import needs_of
from pytest_auth0_mfa.tenant.management.token import scopes_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_auth0_mfa.plugin.session import Session

_NOT_READ: Final = "the configuration was not read"


class Drifting:
    """What a run with a baseline does at its end; `lines` are for the summary."""

    def __init__(self, session: Session) -> None:
        """Work for this run."""
        self._session = session
        self._settings = session.settings
        self.lines: list[str] = []

    def finish(self) -> pytest.ExitCode | None:
        """Compare and save; returns how the run ends for that, None where it ends as it would."""
        made = self._made()
        regressed = False
        if self._settings.baseline is not None:
            regressed = self._compare(self._settings.baseline, made)
        if self._settings.save_baseline is not None and not self._save(
            self._settings.save_baseline, made, regressed=regressed
        ):
            return pytest.ExitCode.INTERNAL_ERROR
        return pytest.ExitCode.TESTS_FAILED if regressed else None

    def _made(self) -> dict[str, Any]:
        session = self._session
        report = report_document(session.record, session.facts(), load_catalogue())
        return document.document(report, self._configuration(), self._known())

    def _known(self) -> dict[str, Any] | None:
        """The baseline that this run would replace, where there is one."""
        path = self._settings.save_baseline
        if path is None or not path.exists():
            return None
        try:
            return document.load(path)
        except SettingsError:
            return None

    def _configuration(self) -> dict[str, Any] | None:
        """What the Management API tells; None where it cannot be read."""
        client = self._session.reader()
        if client is None:
            return None
        try:
            granted = scopes_of(client.token.current())
        except Auth0MfaError as error:
            self.lines.append(f"{_NOT_READ}: {error}")
            return None
        return configuration_of(Site(Reading(client.read, granted), needs_of(self._session)))

    def _compare(self, path: Path, made: dict[str, Any]) -> bool:
        """Tell what differs; returns whether anything regressed."""
        titles = {each.id: each.title for each in load_catalogue()}
        found = differences(document.load(path), made, titles)
        scrub = self._session.recorder.redactor.scrub_known
        self.lines += [scrub(line) for line in told.lines(found, str(path))]
        self._session.record.baseline = told.member(found, str(path))
        return any(each.kind is Kind.REGRESSION for each in found)

    def _save(self, path: Path, made: dict[str, Any], *, regressed: bool) -> bool:
        """Save, or tell why not; returns whether what was asked for was done."""
        if regressed and path == self._settings.baseline:
            self.lines.append(f"not saved: {path} keeps what it was compared with")
            return True
        missing = self._judged_before(made)
        if missing:
            self.lines.append(
                f"not saved: {path} holds {missing} requirements and factors that this run did not "
                "judge; run all that it holds, or delete it first"
            )
            return False
        try:
            document.save(made, path)
        except SettingsError as error:
            self.lines.append(f"--auth0-save-baseline={error}")
            return False
        self.lines.append(f"baseline saved: {path}")
        return True

    def _judged_before(self, made: dict[str, Any]) -> int:
        """How much of what is saved of the same tenant this run has not chosen."""
        known = self._known()
        if known is None or known["tenant"] != made["tenant"]:
            return 0
        catalogue = {(each.id, factor) for each in load_catalogue() for factor in each.factors}
        held = document.pairs(known).keys() & catalogue
        return len(held - document.pairs(made).keys())
