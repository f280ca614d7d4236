"""The last barrier: takes known secrets out of a finished test report, wherever they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import warnings

    import pytest

    from pytest_auth0_mfa.api.redaction import Redactor

_DEEPEST: Final = 12
"""Representations of tracebacks nest; none nests deeper than this."""


def scrub_report(report: pytest.TestReport, redactor: Redactor) -> None:
    """Scrub what failed, captured output, properties and the reason of an xfail, in place."""
    report.longrepr = _scrubbed(report.longrepr, redactor, 0)  # type: ignore[assignment]
    report.sections = [(name, redactor.scrub(text)) for name, text in report.sections]
    report.user_properties = [
        (name, _scrubbed(value, redactor, 0)) for name, value in report.user_properties
    ]
    if hasattr(report, "wasxfail"):
        report.wasxfail = redactor.scrub(report.wasxfail)


def scrub_warning(warning: warnings.WarningMessage, redactor: Redactor) -> None:
    """Scrub the text of a warning; its category stays, by which people filter."""
    text = str(warning.message)
    scrubbed = redactor.scrub(text)
    if scrubbed != text:
        warning.message = UserWarning(scrubbed)


def _scrubbed(value: object, redactor: Redactor, depth: int) -> object:
    """`value` without secrets; objects are changed in place, plain values returned anew."""
    if isinstance(value, str):
        return redactor.scrub(value)
    if isinstance(value, (list, tuple)):
        return type(value)([_scrubbed(item, redactor, depth + 1) for item in value])
    if depth < _DEEPEST and hasattr(value, "__dict__"):
        for name, attribute in vars(value).items():
            setattr(value, name, _scrubbed(attribute, redactor, depth + 1))
    return value
