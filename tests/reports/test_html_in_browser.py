"""The page in a browser: what a reader does with it, by mouse, keyboard and address."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from pytest_auth0_mfa.reports import render
from pytest_auth0_mfa.reports.entries import curl_of
from tests.reports.conftest import document, entry, exchange

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
IS_REQUIRED = os.environ.get("BROWSER_TESTS") == "required"
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
TEST = "suites/test_login.py::test_one[otp]"


def calls() -> list[dict[str, Any]]:
    """A login with a code by SMS, and what a device says, with bodies of every kind."""
    form, text = "application/x-www-form-urlencoded", "application/json"
    sent = {"oob_code": "oob_code#1", "oob_channel": "sms", "binding_method": "prompt"}
    came = {"headers": {}, "body": sent}
    presented = {"grant_type": "http://auth0.com/oauth/grant-type/mfa-oob", "binding_code": "x"}
    associated = {"path": "/mfa/associate", "status": 200, "response": came}
    return [
        exchange(1, {"grant_type": "password", "username": "it's me"}, form),
        exchange(2, {"oob_channels": ["sms"]}, text, **associated),
        exchange(3, presented, form),
        exchange(4, "otp=<b>1</b>&otp=2", form),
        exchange(5, [1, {"ü": None}], text, path="/appliance-mfa/api/enroll"),
        exchange(6, None, "", status=None, response=None),
    ]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One headless browser for all, the one that the system has."""
    if not IS_REQUIRED:
        pytest.importorskip("playwright")
        if CHROMIUM is None:
            pytest.skip(f"no browser is installed: {', '.join(NAMES)}")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - where it is there

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


class Shown:
    """The page of a report as it is shown; `faults` are what the console complained of."""

    def __init__(self, browser: Browser, path: Path, **report: Any) -> None:  # noqa: ANN401 - JSON
        """Open it from a file, as somebody does who was sent it."""
        path.write_text(render(report, ".html"), "utf-8")
        self.url = path.as_uri()
        self.page: Page = browser.new_context(viewport={"width": 1200, "height": 900}).new_page()
        self.page.set_default_timeout(5_000)
        self.faults: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self._note(message.type, message.text))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.go()

    def _note(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.faults.append(text)

    def go(self, fragment: str = "") -> None:
        """Follow an address with this fragment."""
        self.page.goto(f"{self.url}{fragment}")

    def listed(self) -> list[str]:
        """The requirements that are shown, by id and factor."""
        rows = self.page.locator(".requirements > li:visible > details > summary")
        told = rows.evaluate_all(
            "all => all.map(one => ['.id', '.factor'].map(n => one.querySelector(n).textContent))"
        )
        return [".".join(each) for each in told]


@pytest.fixture(scope="module")
def shown(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """A report of a few requirements, two of them with exchanges."""
    report = document(
        entry("violates", id="MFA-ONE", tests=[TEST], exchange=3),
        entry("conforms", id="MFA-TWO", tests=[TEST]),
        entry("conforms", id="MFA-TWO", factor="sms"),
        entry("untested", id="MFA-THREE", group="listing", title="Nothing is listed twice"),
    )
    report["exchanges"] = calls()
    made = Shown(browser, tmp_path_factory.mktemp("page") / "r.html", **report)
    yield made
    assert [] == made.faults
    assert {made.url} == {each.partition("#")[0] for each in made.requests}


@pytest.fixture(autouse=True)
def _afresh(shown: Shown) -> None:
    shown.go()
    shown.page.reload()


ALL = ["MFA-ONE.otp", "MFA-TWO.otp", "MFA-TWO.sms", "MFA-THREE.otp"]


def test_opens(shown: Shown) -> None:
    """The verdict is there at once, everything is listed, and the filters have come."""
    assert "acme.us.auth0.com violates the MFA API" in shown.page.inner_text("h1")
    assert ALL == shown.listed()
    assert shown.page.locator(".filters").is_visible()


def test_cell_filters_and_the_address_keeps_it(shown: Shown) -> None:
    """A cell of the map shows what it stands for, and whoever gets the address sees the same."""
    shown.page.click(".cell >> text=/✓ 1/")
    assert ["MFA-TWO.sms"] == shown.listed()
    assert shown.page.url.endswith("#f=sms&g=login") or shown.page.url.endswith("#g=login&f=sms")
    shown.page.reload()
    assert ["MFA-TWO.sms"] == shown.listed()
    assert "1 of 4" == shown.page.inner_text("#shown")


def test_search_and_selects(shown: Shown) -> None:
    """Words are looked for in all that is told, together with the other filters."""
    shown.page.fill("input[name=q]", "listed TWICE")
    assert ["MFA-THREE.otp"] == shown.listed()
    shown.page.fill("input[name=q]", "")
    shown.page.select_option("select[name=v]", "conforms")
    shown.page.select_option("select[name=f]", "otp")
    assert ["MFA-TWO.otp"] == shown.listed()
    shown.page.click("button[type=reset]")
    assert ALL == shown.listed()
    assert "#" not in shown.page.url.rstrip("#")


def test_requirement_opens_to_its_timeline(shown: Shown) -> None:
    """A diagram of who said what, messages included, and each exchange to be opened."""
    shown.go("#open=MFA-ONE.otp")
    shown.page.reload()
    told = shown.page.locator("svg.diagram").first.get_attribute("aria-label") or ""
    assert [
        "client to tenant: POST /oauth/token password",
        "tenant to client: 403 mfa_required",
        "client to tenant: POST /mfa/associate",
        "tenant to client: 200",
        "tenant to inbox: code by sms",
        "inbox to client: code is read",
        "client to tenant: POST /oauth/token mfa-oob",
        "tenant to client: 403 mfa_required",
        "client to tenant: POST /oauth/token",
        "tenant to client: 403 mfa_required",
        "device to tenant: POST /appliance-mfa/api/enroll",
        "tenant to device: 403 mfa_required",
        "client to tenant: POST /oauth/token",
        "tenant to client: no answer",
    ] == told.split("; ")
    assert "MFA-ONE" in (shown.page.evaluate("document.activeElement.textContent") or "")
    decisive = shown.page.locator(".exchange.shown")
    assert 1 == decisive.count()
    decisive.locator("summary").click()
    halves = decisive.locator(".halves pre").all_inner_texts()
    assert ['"binding_code": "x"' in halves[0], '"mfa_token": "mfa_token#2"' in halves[1]] == [
        True
    ] * 2


@pytest.mark.parametrize("place", range(6))
def test_commands_are_those_of_the_terminal(shown: Shown, place: int) -> None:
    """Each exchange can be repeated by the command that the terminal would show."""
    shown.go("#open=MFA-TWO.otp")
    shown.page.reload()
    one = shown.page.locator("li:not([hidden]) .exchange >> visible=true").nth(place)
    one.locator("summary").click()
    expected = curl_of(calls()[place])
    assert expected == one.locator("pre.curl").inner_text()


def test_keyboard(shown: Shown) -> None:
    """Search, map, list and help are reached and left without a mouse."""
    keys = shown.page.keyboard
    keys.press("/")
    keys.type("three")
    assert ["MFA-THREE.otp"] == shown.listed()
    keys.press("Escape")
    assert ALL == shown.listed()
    shown.page.locator(".cell").first.focus()
    keys.press("ArrowRight")
    assert "login, sms" in (shown.page.evaluate("document.activeElement.ariaLabel") or "")
    keys.press("ArrowLeft")
    keys.press("ArrowDown")
    keys.press("Enter")
    assert ["MFA-THREE.otp"] == shown.listed()
    shown.page.locator(".requirements li:not([hidden]) summary").first.focus()
    keys.press("Enter")
    assert shown.page.locator("details[open]").count()
    keys.press("Escape")
    assert not shown.page.locator("details[open]").count()
    keys.press("?")
    assert shown.page.locator("#help").is_visible()
    keys.press("Escape")
    assert not shown.page.locator("#help").is_visible()


def test_narrow(shown: Shown) -> None:
    """On a telephone nothing is wider than the screen."""
    shown.page.set_viewport_size({"width": 390, "height": 800})
    shown.go("#open=MFA-ONE.otp")
    shown.page.reload()
    assert 390 >= shown.page.evaluate("document.documentElement.scrollWidth")
    shown.page.set_viewport_size({"width": 1200, "height": 900})


def test_large(browser: Browser, tmp_path: Path) -> None:
    """A thousand requirements and five thousand exchanges: opened, filtered, and one looked at."""
    entries = [
        entry("conforms", id=f"MFA-{n}", tests=[f"t{n}"], group=f"g{n % 20}") for n in range(1000)
    ]
    report = document(*entries)
    report["exchanges"] = [
        exchange(n + 1, {"otp": "otp#1"}, "application/json", test=f"t{n // 5}")
        for n in range(5000)
    ]
    shown = Shown(browser, tmp_path / "large.html", **report)
    shown.page.fill("input[name=q]", "mfa-777")
    assert ["MFA-777.otp"] == shown.listed()
    shown.page.click(".requirements > li:visible summary")
    assert 5 == shown.page.locator(".exchange:visible").count()
    assert [] == shown.faults
