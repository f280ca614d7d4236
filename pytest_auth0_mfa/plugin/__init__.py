"""The pytest plugin: options, markers, fixtures; and when the rest of it wakes up.

Every pytest run on a machine where this is installed imports this module, so it imports pytest,
the standard library and three modules that need no more. The hooks that do the work (`hooks`) are
registered only in runs that use something of ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.plugin import fixtures, hookspecs, options

if TYPE_CHECKING:
    import pytest

_MARKERS: Final = (
    "requirement(id): the test judges this requirement of the conformance catalogue",
    "mfa_factor(name): the factor that enrolled_authenticator and inbox use: otp, sms ...",
)

_LISTED: Final = ("auth0_deviation", "auth0_variation")
"""The options whose value `list` prints the names that they take."""

_HOOKS: Final = "auth0_mfa_hooks"
"""The name under which the hooks of an active run are registered."""

_FIXTURE_PREFIXES: Final = ("auth0_", "mfa_", "enrolled_authenticator", "inbox")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    options.register(parser)


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Add the hooks that a user may implement."""
    pluginmanager.add_hookspecs(hookspecs)


def pytest_load_initial_conftests(early_config: pytest.Config, args: list[str]) -> None:
    """Append the bundled suites to the arguments; in every process, so that workers agree."""
    if options.asks_for_suites(early_config):
        from pytest_auth0_mfa.plugin.selection import paths_beside, suites_root  # noqa: PLC0415 - lazily

        args += [*paths_beside(early_config), str(suites_root())]


def pytest_cmdline_main(config: pytest.Config) -> int | None:
    """Sweep, examine or print names, where that was asked for; or run for each tenant."""
    if options.asks_for("auth0_sweep", config):
        from pytest_auth0_mfa.plugin.sweeping import run_sweep  # noqa: PLC0415 - lazily

        return run_sweep(config)
    if options.asks_for("auth0_doctor", config):
        from pytest_auth0_mfa.plugin.doctoring import run_doctor  # noqa: PLC0415 - lazily

        return run_doctor(config)
    asked = [name for name in _LISTED if "list" in (config.getoption(name) or ())]
    if asked:
        from pytest_auth0_mfa.plugin.embedding import list_names  # noqa: PLC0415 - lazily

        print("\n".join(line for name in asked for line in list_names(name)))  # noqa: T201 - what was asked for
        return 0
    if config.getoption("auth0_tenant") is None or config.option.collectonly:
        return None
    from pytest_auth0_mfa.plugin.refusal import refusing_run  # noqa: PLC0415 - lazily
    from pytest_auth0_mfa.plugin.several import run_each, several  # noqa: PLC0415 - lazily

    line = several(config)
    if line is None:
        return None
    with refusing_run():
        return run_each(config, line)


def pytest_configure(config: pytest.Config) -> None:
    """Register markers and fixtures; wake up where the command line or the ini file asks."""
    for marker in _MARKERS:
        config.addinivalue_line("markers", marker)
    config.pluginmanager.register(fixtures, "auth0_mfa_fixtures")
    if options.given(config) or _names_suites(config):
        from pytest_auth0_mfa.plugin.refusal import refusing_run  # noqa: PLC0415 - lazily

        with refusing_run():
            _activate(config)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test of a requirement once for each of its factors."""
    if metafunc.definition.get_closest_marker("requirement"):
        from pytest_auth0_mfa.plugin.selection import parametrize  # noqa: PLC0415 - lazily

        parametrize(metafunc)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Wake up for a test that judges a requirement or requests a fixture of ours."""
    judges = item.get_closest_marker("requirement") is not None
    names = getattr(item, "fixturenames", ())
    if not judges and not any(name.startswith(_FIXTURE_PREFIXES) for name in names):
        return
    from pytest_auth0_mfa.plugin.refusal import refusing_test  # noqa: PLC0415 - lazily

    with refusing_test(item):
        _activate(item.config)
        if judges:
            from pytest_auth0_mfa.plugin.selection import requirement_of  # noqa: PLC0415 - lazily

            requirement_of(item)


def _names_suites(config: pytest.Config) -> bool:
    """Whether the arguments name the bundled suites; cheap where none of them can."""
    if not any("suites" in word for word in config.args):
        return False
    from pytest_auth0_mfa.plugin.selection import names_suites  # noqa: PLC0415 - lazily

    return names_suites(config)


def _activate(config: pytest.Config) -> None:
    """Register the hooks that do the work, once; raises `SettingsError` for a wrong setting."""
    if config.pluginmanager.hasplugin(_HOOKS):
        return
    from pytest_auth0_mfa.plugin.hooks import Hooks  # noqa: PLC0415 - lazily

    config.pluginmanager.register(Hooks(config), _HOOKS)
