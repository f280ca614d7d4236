"""The options of the plugin, each declared once: flag, ini key, variable, meaning.

Imported by every pytest run, so it needs pytest and the standard library only. It registers
and describes; reading the values is the business of `settings`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pytest

GROUP: Final = "auth0-mfa"
FROM_VARIABLE: Final = "<AUTH0_DOMAIN>"
"""What a bare `--auth0-tenant` stands for."""

TRUE: Final = frozenset({"1", "true", "yes", "on"})
"""The words that mean yes in an ini file or a variable."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option.

    `name` is the ini key and, with dashes, the flag; `variable` the environment variable that
    sets it, None where only the command line and the ini file make sense.
    """

    name: str
    help: str
    default: str = ""
    variable: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def flag(self) -> str:
        """`--auth0-...`."""
        return "--" + self.name.replace("_", "-")

    @property
    def dest(self) -> str:
        """The attribute of pytest's options that holds the value given on the command line."""
        return self.name


_FLAG: Final = {"action": "store_true", "default": None}

OPTIONS: Final = (
    Option(
        "auth0_tenant",
        "tenant to test: 'mock' (an embedded one, the default), a domain, or a URL (http:// for "
        "loopback only); bare: the tenant in AUTH0_DOMAIN; repeatable, to judge several. Write the "
        "equals sign",
        default="mock",
        variable="AUTH0_MFA_TENANT",
        extra={"nargs": "?", "const": FROM_VARIABLE, "metavar": "TENANT"},
    ),
    Option("auth0_conformance", "also run the bundled conformance suites", extra=_FLAG),
    Option(
        "auth0_factors",
        "only these factors: otp,sms,voice,email,push,recovery-code",
        variable="AUTH0_MFA_FACTORS",
        extra={"metavar": "LIST"},
    ),
    Option(
        "auth0_profile",
        "TOML file that says what the tenant claims to support, its users, its expected failures",
        variable="AUTH0_MFA_PROFILE",
        extra={"metavar": "FILE"},
    ),
    Option(
        "auth0_budget",
        "what the run may spend, such as sms=5,email=20; planned before the first request",
        variable="AUTH0_MFA_BUDGET",
        extra={"metavar": "LIST"},
    ),
    Option(
        "auth0_baseline",
        "compare with what an earlier run has saved in this file, and fail on a regression",
        variable="AUTH0_MFA_BASELINE",
        extra={"metavar": "FILE.json"},
    ),
    Option(
        "auth0_save_baseline",
        "save what the tenant does and is set to, to compare later runs with",
        extra={"metavar": "FILE.json"},
    ),
    Option(
        "auth0_doctor",
        "look at the tenant and its configuration, say what would break and how to mend it, and "
        "run no test; exits 0 only when nothing blocks",
        extra=_FLAG,
    ),
    Option(
        "auth0_sweep",
        "remove the users that earlier runs left on the tenant, and run no test",
        extra=_FLAG,
    ),
    Option(
        "auth0_older_than",
        "how old a user must be for --auth0-sweep: 90m, 2h, 3d",
        default="2h",
        variable="AUTH0_MFA_OLDER_THAN",
        extra={"metavar": "AGE"},
    ),
    Option(
        "auth0_allow_production",
        "create and delete users on a tenant that the profile does not call a test tenant",
        extra=_FLAG,
    ),
    Option(
        "auth0_report",
        "write a report; repeatable; the suffix tells the format: .json, .html, .md, .sarif, .har, "
        ".badge.json (docs/reports.md)",
        variable="AUTH0_MFA_REPORT",
        extra={"action": "append", "metavar": "PATH"},
    ),
    Option(
        "auth0_deviation",
        "make the embedded mock wrong in this named way; repeatable; 'list' prints the names",
        extra={"action": "append", "metavar": "NAME"},
    ),
    Option(
        "auth0_variation",
        "let the embedded mock differ in this named way that is allowed; repeatable; 'list' prints "
        "the names",
        extra={"action": "append", "metavar": "NAME"},
    ),
    Option(
        "auth0_hostile",
        "reach the embedded mock on a bad day, deterministic from this seed (docs/hostile.md); "
        "after a colon only these: throttle,late,doubled,reordered,skew,slow,dropped",
        extra={"metavar": "SEED[:LIST]"},
    ),
    Option(
        "auth0_explore",
        "also explore the tenant by this many calls in sequences that nobody wrote down; with "
        "':SEED' the same sequences again. Needs the extra 'explore'",
        extra={"metavar": "STEPS[:SEED]"},
    ),
    Option(
        "auth0_interactive",
        "a person at this terminal scans barcodes and answers push notifications with a phone",
        extra=_FLAG,
    ),
    Option(
        "auth0_strict",
        "fail also where a SHOULD is broken or an answer deviates from the documentation",
        variable="AUTH0_MFA_STRICT",
        extra=_FLAG,
    ),
)


def register(parser: pytest.Parser) -> None:
    """Add the options and their ini keys to pytest's parser."""
    group = parser.getgroup(GROUP, "Auth0 MFA conformance")
    for option in OPTIONS:
        origin = f" (ini: {option.name}"
        origin += f"; environment: {option.variable})" if option.variable else ")"
        group.addoption(
            option.flag, dest=option.dest, default=None, help=option.help + origin,
            **{key: value for key, value in option.extra.items() if key != "default"},
        )  # fmt: skip
        parser.addini(option.name, f"{option.flag}: {option.help}", default=None)


def given(config: pytest.Config) -> bool:
    """Whether any option is on the command line or in the ini file."""
    return any(
        config.getoption(option.dest, None) is not None or config.getini(option.name)
        for option in OPTIONS
    )


def asks_for(name: str, config: pytest.Config) -> bool:
    """Whether a flag is given, by option or ini key: one that takes the place of the tests."""
    asked = config.getoption(name, None)
    return bool(asked) or str(config.getini(name)).lower() in TRUE


def asks_for_suites(config: pytest.Config) -> bool:
    """Whether the bundled suites are to run, by option or ini key; asked before conftests load."""
    given = getattr(config.known_args_namespace, "auth0_conformance", None)
    return bool(given) or str(config.getini("auth0_conformance")).lower() in TRUE
