"""The last barrier: takes known secrets out of a finished test report, wherever they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import warnings

    import pytest

    from pytest_auth0_mfa.api.redaction import Redactor

OURS: Final = "auth0."
"""How the names of this plugin's own properties begin, which hold words of the catalogue."""

_DEEPEST: Final = 12
"""Representations of tracebacks nest; none nests deeper than this."""


def scrub_report(report: pytest.TestReport, redactor: Redactor) -> None:
    """Scrub what failed, captured output, properties and the reason of an xfail, in place."""
    report.longrepr = _scrubbed(report.longrepr, redactor, 0)  # type: ignore[assignment]
    _scrub_sections(report, redactor)
    report.user_properties = [
        (name, value)
        if name.startswith(OURS)
        else (redactor.scrub(name), _property(value, redactor))
        for name, value in report.user_properties
    ]
    if hasattr(report, "wasxfail"):
        report.wasxfail = redactor.scrub(report.wasxfail)


def scrub_collected(report: pytest.CollectReport, redactor: Redactor) -> None:
    """Scrub what failed while a file was read, and what was captured meanwhile, in place."""
    report.longrepr = _scrubbed(report.longrepr, redactor, 0)  # type: ignore[assignment]
    _scrub_sections(report, redactor)


def scrub_representation(shown: object, redactor: Redactor) -> None:
    """Scrub the representation of a traceback in place."""
    _scrubbed(shown, redactor, 0)


def scrub_exception(error: BaseException, redactor: Redactor) -> None:
    """Scrub the texts that an exception was made of."""
    error.args = tuple(_scrubbed(error.args, redactor, 0))  # type: ignore[arg-type]
    if isinstance(getattr(error, "msg", None), str):
        error.msg = redactor.scrub(error.msg)  # type: ignore[attr-defined]


def scrub_warning(warning: warnings.WarningMessage, redactor: Redactor) -> None:
    """Scrub the text of a warning; its category stays, by which people filter."""
    text = str(warning.message)
    scrubbed = redactor.scrub(text)
    if scrubbed != text:
        warning.message = UserWarning(scrubbed)


def _scrub_sections(report: pytest.TestReport | pytest.CollectReport, redactor: Redactor) -> None:
    report.sections = [(name, redactor.scrub(text)) for name, text in report.sections]


def _property(value: object, redactor: Redactor) -> object:
    """A property without secrets; what is no JSON becomes text where its text holds one."""
    if isinstance(value, str):
        return redactor.scrub(value)
    if isinstance(value, (list, tuple)):
        return type(value)([_property(each, redactor) for each in value])
    if isinstance(value, dict):
        pairs = value.items()
        return {_property(key, redactor): _property(each, redactor) for key, each in pairs}
    text = str(value)
    scrubbed = redactor.scrub(text)
    return value if scrubbed == text else scrubbed


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
