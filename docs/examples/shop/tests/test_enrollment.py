"""The first login of a customer, who chooses a second factor."""

from __future__ import annotations

import pyotp
import pytest
from shop.mfa import MfaApi, RefusedError, Tenant


def test_app(customer, auth0_user):
    """The secret goes into an app, whose code confirms; a recovery code is shown once."""
    assert "Protect your account" in customer.log_in(auth0_user.email, auth0_user.password)
    customer.send("/enroll/otp")
    assert customer.read("barcode").startswith("otpauth://totp/")
    assert 24 == len(customer.read("recovery"))
    code = pyotp.TOTP(customer.read("secret")).at(auth0_user.clock.now())
    assert "Logged in as" in customer.send("/code", code=code)


@pytest.mark.parametrize(
    "factor",
    [
        pytest.param(name, marks=pytest.mark.mfa_factor(name), id=name)
        for name in ("sms", "voice", "email")
    ],
)
def test_message(customer, auth0_user, inbox, factor):
    """A code is sent to the number or address that the customer gives."""
    customer.log_in(auth0_user.email, auth0_user.password)
    customer.send(f"/enroll/{factor}", address=inbox.address)
    assert "Logged in as" in customer.send("/code", code=inbox.wait_for_code(timeout=30))


def test_push(customer, auth0_user):
    """A barcode is shown to be scanned, and the shop waits for the device."""
    customer.log_in(auth0_user.email, auth0_user.password)
    customer.send("/enroll/push")
    assert "enrollment_tx_id" in customer.read("barcode")
    assert "Waiting for your device" in customer.send("/code")


def test_odd_number(customer, auth0_user):
    """A number that is none is told, and another one can be given."""
    customer.log_in(auth0_user.email, auth0_user.password)
    assert "That did not work" in customer.send("/enroll/sms", address="12")


def test_api_without_screens(mfa_token, auth0_tenant):
    """With an mfa_token in hand the client of the API can be tested by itself."""
    application = auth0_tenant.application
    api = MfaApi(Tenant(auth0_tenant.url, application.client_id, application.client_secret))
    assert [] == api.authenticators(mfa_token)
    assert 32 == len(api.enroll(mfa_token, "otp", "")["secret"])
    with pytest.raises(RefusedError, match="not right"):
        api.verify(mfa_token, "000000", None)
