"""What a run was asked to do: each value with its origin.

Precedence: command line, environment, `.env`, ini file, default. What `.env` says for every tenant
a file of one tenant, such as `.env.acme.us.auth0.com`, says for that one. No option takes a secret;
secrets come from the environment and from these files alone.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from pytest_auth0_mfa.errors import SettingsError
from pytest_auth0_mfa.judge.catalogue import load_catalogue
from pytest_auth0_mfa.plugin.options import FROM_VARIABLE, OPTIONS, TRUE
from pytest_auth0_mfa.reports import check_target
from pytest_auth0_mfa.spelling import hint
from pytest_auth0_mfa.tenant.access import VARIABLES
from pytest_auth0_mfa.tenant.budget import parse_budget
from pytest_auth0_mfa.tenant.profile import FACTORS, Profile, check_factor, read_profile
from pytest_auth0_mfa.tenant.sweep import parse_age
from pytest_auth0_mfa.tenant.target import Target, parse_target

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import timedelta

    import pytest

    from pytest_auth0_mfa.plugin.options import Option
    from pytest_auth0_mfa.tenant.budget import Budget
    from pytest_auth0_mfa.tenant.expected_failures import ExpectedFailure

Origin = Literal["option", "environment", ".env", "ini", "default"]

_FALSE: Final = {"", "0", "false", "no", "off"}


@dataclass(frozen=True, slots=True)
class Explore:
    """How many calls an exploration may make; `seed` None stands for one that the run draws."""

    steps: int
    seed: int | None = None

    def seed_for(self, run_id: str) -> int:
        """The seed, for want of one that which all processes of a run share."""
        return int(run_id, 16) if self.seed is None else self.seed


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a run.

    `origins` tells for each option (ini key) where its value came from; `variables` holds the
    environment completed by `.env`, `variable_origins` where each known one came from.
    """

    target: Target
    factors: tuple[str, ...]
    profile: Profile
    reports: tuple[Path, ...]
    deviations: tuple[str, ...]
    variations: tuple[str, ...]
    hostile: str | None
    interactive: bool
    strict: bool
    sweep: bool
    older_than: timedelta
    allow_production: bool
    budget: Budget
    explore: Explore | None
    baseline: Path | None
    save_baseline: Path | None
    variables: Mapping[str, str]
    origins: Mapping[str, Origin]
    variable_origins: Mapping[str, Origin]

    @property
    def ca_file(self) -> str | None:
        """The bundle of certificate authorities that the user named."""
        return self.variables.get("AUTH0_CA_FILE") or None


def read_settings(config: pytest.Config) -> Settings:
    """Read the settings of this run; raises `SettingsError` for the first value that is wrong."""
    return _Reader(config).settings()


class _Reader:
    """Looks each option up in its sources, in their order."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._env_file = _read_env_file(config.rootpath / ".env")
        self._origins: dict[str, Origin] = {}

    def settings(self) -> Settings:
        values = {option.name: self._look_up(option) for option in OPTIONS}
        profile = _profile(values["auth0_profile"])
        target = self._target(str(values["auth0_tenant"] or ""))
        if target.name:
            self._env_file |= _read_env_file(self._config.rootpath / f".env.{target.name}")
        return Settings(
            target=target,
            factors=_factors(values["auth0_factors"]),
            profile=profile,
            reports=tuple(
                check_target(name, "--auth0-report=") for name in _listed(values["auth0_report"])
            ),
            deviations=_behaviours(values["auth0_deviation"], "deviation", target),
            variations=_behaviours(values["auth0_variation"], "variation", target),
            hostile=_hostile(values["auth0_hostile"], target),
            interactive=self._interactive(values["auth0_interactive"], target),
            strict=_boolean(values["auth0_strict"], "auth0_strict"),
            sweep=_boolean(values["auth0_sweep"], "auth0_sweep"),
            older_than=parse_age(str(values["auth0_older_than"])),
            allow_production=_boolean(values["auth0_allow_production"], "auth0_allow_production"),
            budget=parse_budget(_listed(values["auth0_budget"])),
            explore=_explore(str(values["auth0_explore"])),
            baseline=_baseline(values["auth0_baseline"]),
            save_baseline=_target_of(values["auth0_save_baseline"], "--auth0-save-baseline="),
            variables={**self._env_file, **os.environ},
            origins=self._origins,
            variable_origins=dict(self._variable_origins()),
        )

    def _look_up(self, option: Option) -> object:
        for origin, value in self._sources(option):
            if value is not None and value != "":
                self._origins[option.name] = origin
                return value
        self._origins[option.name] = "default"
        return option.default

    def _sources(self, option: Option) -> Iterator[tuple[Origin, object]]:
        yield "option", self._config.getoption(option.dest, None)
        if option.variable:
            yield "environment", os.environ.get(option.variable)
            yield ".env", self._env_file.get(option.variable)
        yield "ini", self._config.getini(option.name)

    def _target(self, value: str) -> Target:
        if value != FROM_VARIABLE:
            return parse_target(value)
        domain = os.environ.get("AUTH0_DOMAIN") or self._env_file.get("AUTH0_DOMAIN")
        if not domain:
            raise SettingsError(
                "--auth0-tenant without a value means the tenant in AUTH0_DOMAIN, which is not "
                "set: write --auth0-tenant=acme.us.auth0.com, or set AUTH0_DOMAIN"
            )
        return parse_target(domain, option="AUTH0_DOMAIN")

    def _interactive(self, value: object, target: Target) -> bool:
        asked = _boolean(value, "auth0_interactive")
        if asked:
            from pytest_auth0_mfa.plugin.console import check_interactive  # noqa: PLC0415 - lazily

            check_interactive(self._config, tenant_is_embedded=target.kind == "mock")
        return asked

    def _variable_origins(self) -> Iterator[tuple[str, Origin]]:
        for name in VARIABLES:
            if os.environ.get(name):
                yield name, "environment"
            elif self._env_file.get(name):
                yield name, ".env"


def _read_env_file(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    from dotenv import dotenv_values  # noqa: PLC0415 - only where there is a file to read

    values = dotenv_values(path)
    return {name: value for name, value in values.items() if value is not None}


def _listed(value: object) -> list[str]:
    """The parts of a value that may come as a list or as text with commas or line ends."""
    texts = value if isinstance(value, list) else [str(value)]
    parts = (part.strip() for text in texts for part in text.replace("\n", ",").split(","))
    return [part for part in parts if part]


def _factors(value: object) -> tuple[str, ...]:
    names = tuple(check_factor(name, "--auth0-factors") for name in _listed(value))
    return names or FACTORS


def _profile(value: object) -> Profile:
    if not value:
        return Profile()
    profile = read_profile(Path(str(value)))
    for entry in profile.expected_failures:
        where = f"profile {value}: [[expected-failure]]"
        _check_requirement(entry.requirement, where)
        _check_factors(entry, where)
    return profile


def _check_requirement(name: str, where: str) -> None:
    """Raise `SettingsError` for an unknown id: its entry would never apply and never be stale."""
    known = [requirement.id for requirement in load_catalogue()]
    if name not in known:
        meant = hint(name, known, "")
        raise SettingsError(f"{where}: unknown requirement {name!r}{meant and '; ' + meant}")


def _check_factors(entry: ExpectedFailure, where: str) -> None:
    """The same for a factor for which the requirement is never judged."""
    judged = load_catalogue()[entry.requirement].factors
    odd = [factor for factor in entry.factors or () if factor not in judged]
    if odd:
        raise SettingsError(
            f"{where}: {entry.requirement} is not judged for {', '.join(odd)}, only for "
            f"{', '.join(judged)}"
        )


def _behaviours(value: object, kind: str, target: Target) -> tuple[str, ...]:
    """Names of deviations or variations, all of them known."""
    names = tuple(_listed(value))
    if names and target.kind != "mock":
        raise SettingsError(
            f"--auth0-{kind} is for the embedded mock: start the mock at that address with "
            f"`auth0-mfa mock --{kind} NAME` instead"
        )
    if names:
        from pytest_auth0_mfa.plugin.embedding import check_names  # noqa: PLC0415 - lazily

        check_names(names, kind)
    return names


def _hostile(value: object, target: Target) -> str | None:
    text = "".join(str(value).split())
    if not text:
        return None
    if target.kind != "mock":
        raise SettingsError(
            "--auth0-hostile is for the embedded mock: start the mock at that address with "
            "`auth0-mfa mock --hostile SEED` instead"
        )
    from pytest_auth0_mfa.plugin.embedding import check_hostility  # noqa: PLC0415 - lazily

    return check_hostility(text)


def _explore(value: str) -> Explore | None:
    """Read STEPS or STEPS:SEED; needs Hypothesis to be installed."""
    if not value:
        return None
    found = re.fullmatch(r"(?P<steps>\d{1,9})(:(?P<seed>\d{1,18}))?", value, re.ASCII)
    if found is None or not int(found["steps"]):
        raise SettingsError(
            f"--auth0-explore={value}: expected a number of calls above 0, such as 2000, or with "
            "the seed of an earlier run 2000:1234"
        )
    from pytest_auth0_mfa.explore.exploration import check_hypothesis  # noqa: PLC0415 - lazily

    check_hypothesis()
    return Explore(int(found["steps"]), int(found["seed"]) if found["seed"] else None)


def _baseline(value: object) -> Path | None:
    """The file to compare with, which must be a baseline before anything is sent."""
    if not value:
        return None
    from pytest_auth0_mfa.baseline.document import load  # noqa: PLC0415 - lazily

    path = Path(str(value))
    load(path)
    return path


def _target_of(value: object, option: str) -> Path | None:
    return check_target(str(value), option, [".json"]) if value else None


def _boolean(value: object, name: str) -> bool:
    text = str(value).lower()
    if text in TRUE or text in _FALSE:
        return text in TRUE
    raise SettingsError(f"{name}: expected true or false, got {value!r}")
