"""Logging in with a second factor that the customer has enrolled before."""

from __future__ import annotations

import pytest


def challenged(customer, enrolled):
    """Give the password, and choose the authenticator."""
    customer.log_in(enrolled.user.email, enrolled.user.password)
    assert "One more step" in customer.page
    return customer.send("/challenge", id=enrolled.id)


def test_app(customer, enrolled_authenticator):
    """The code of the app opens the shop."""
    assert "Type the code" in challenged(customer, enrolled_authenticator)
    customer.send("/code", code=enrolled_authenticator.code())
    assert f"Logged in as {enrolled_authenticator.user.email}" in customer.page


@pytest.mark.parametrize(
    "factor",
    [
        pytest.param(name, marks=pytest.mark.mfa_factor(name), id=name)
        for name in ("sms", "voice", "email")
    ],
)
def test_message(customer, enrolled_authenticator, inbox, factor):
    """A code by text message, call or e-mail does."""
    challenged(customer, enrolled_authenticator)
    customer.send("/code", code=inbox.wait_for_code(timeout=30))
    assert "Logged in as" in customer.page


@pytest.mark.mfa_factor("push")
def test_prompt_is_allowed(customer, enrolled_authenticator):
    """The shop waits until the device has answered."""
    assert "Answer on your device" in challenged(customer, enrolled_authenticator)
    assert "Waiting for your device" in customer.send("/code")
    enrolled_authenticator.allow()
    assert "Logged in as" in customer.send("/code")


@pytest.mark.mfa_factor("push")
def test_prompt_is_rejected(customer, enrolled_authenticator):
    """Whoever is not the customer stays outside."""
    challenged(customer, enrolled_authenticator)
    enrolled_authenticator.reject()
    assert "rejected on your device" in customer.send("/code")
    assert "Logged in" not in customer.visit("/")


def test_wrong_code(customer, enrolled_authenticator):
    """A wrong code is told, and the right one can follow."""
    challenged(customer, enrolled_authenticator)
    assert "That is not right" in customer.send("/code", code=enrolled_authenticator.wrong_code())
    assert "Logged in as" in customer.send("/code", code=enrolled_authenticator.code())


def test_too_late(customer, enrolled_authenticator):
    """Who takes more than ten minutes begins anew; nobody has to wait for that here."""
    challenged(customer, enrolled_authenticator)
    enrolled_authenticator.user.clock.travel(601, "the login to expire")
    customer.send("/code", code=enrolled_authenticator.code())
    assert "That took too long. Please log in again." in customer.page
    assert "<h1>Log in</h1>" in customer.page


def test_recovery_code(customer, enrolled_authenticator):
    """A recovery code opens the shop once, and the next one is shown."""
    customer.log_in(enrolled_authenticator.user.email, enrolled_authenticator.user.password)
    customer.send("/recover", code=enrolled_authenticator.recovery_code)
    assert enrolled_authenticator.recovery_code != customer.read("recovery")
    assert "Logged in as" in customer.visit("/")


def test_wrong_password(customer, auth0_user):
    """A wrong password leads nowhere."""
    assert "That is not right" in customer.log_in(auth0_user.email, "wrong")
    assert "<h1>Log in</h1>" in customer.visit("/")


def test_forged_form(customer, enrolled_authenticator):
    """A form that another site made is refused."""
    customer.page = 'name="csrf" value="forged"'
    assert "Forbidden" in customer.send("/login", email="a@example.com", password="x")


def test_nothing_secret_in_the_browser(customer, enrolled_authenticator):
    """Neither the cookie nor a page holds what opens the account."""
    challenged(customer, enrolled_authenticator)
    cookie = customer.browser.get_cookie("session").value
    login = enrolled_authenticator.login()
    for held in (cookie, customer.page):
        assert login.mfa_token[:10] not in held
        assert "Fe26" not in held
