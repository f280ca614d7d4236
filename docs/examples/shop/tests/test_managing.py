"""Looking after one's authenticators, which takes a token of its own."""

from __future__ import annotations


def test_delete(customer, enrolled_authenticator):
    """Password and second factor once more, and the authenticator is gone."""
    enrolled = enrolled_authenticator
    customer.log_in(enrolled.user.email, enrolled.user.password)
    customer.send("/challenge", id=enrolled.id)
    customer.send("/code", code=enrolled.code())
    assert "Confirm that it is you" in customer.visit("/authenticators")
    customer.send("/authenticators/unlock", password=enrolled.user.password)
    customer.send("/challenge", id=enrolled.id)
    customer.send("/code", code=enrolled.code())
    assert "Your second factors" in customer.page
    assert enrolled.id in customer.page
    assert enrolled.id not in customer.send("/authenticators/delete", id=enrolled.id)
