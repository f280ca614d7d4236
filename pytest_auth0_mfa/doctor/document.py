"""An examination as a JSON document; its shape is `schemas/doctor.schema.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa._version import __version__
from pytest_auth0_mfa.doctor.check import Level
from pytest_auth0_mfa.doctor.finding import State

if TYPE_CHECKING:
    from pytest_auth0_mfa.doctor.examination import Examination
    from pytest_auth0_mfa.doctor.finding import Finding

SCHEMA_VERSION: Final = 1


def document(made: Examination) -> dict[str, object]:
    """The whole examination; members that are not there yet may be added later."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "pytest-auth0-mfa", "version": __version__},
        "tenant": made.tenant,
        "authenticated": made.authenticated,
        "login": {"ended": made.attempt.ended, "told": made.attempt.told},
        "summary": {
            **{level.value: len(made.found(level)) for level in Level},
            **{
                state.value.replace(" ", "_"): len(made.ended(state))
                for state in State
                if state is not State.FOUND
            },
        },
        "checks": [_told(each) for each in made.findings],
        "disagreements": [
            {
                "id": each.id,
                "configuration": each.configuration,
                "behaviour": each.behaviour,
                "likely": each.likely,
                "works": each.works,
            }
            for each in made.disagreements
        ],
    }


def _told(finding: Finding) -> dict[str, object]:
    check = finding.check
    return {
        "id": finding.id,
        "state": finding.state.value,
        "level": finding.weight.value,
        "depth": finding.depth.value,
        "title": check.title,
        "told": finding.told,
        "symptom": check.symptom,
        "clicks": check.clicks,
        "command": check.command,
        "source": check.source,
    }
