"""The shop against the tenant under test, and a customer in front of its screens."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from shop import create_app
from shop.mfa import Tenant

if TYPE_CHECKING:
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse


@dataclass
class Customer:
    """Somebody with a browser; `page` is what is shown now."""

    browser: FlaskClient
    page: str = ""

    def visit(self, path: str) -> str:
        """Follow a link."""
        return self._shown(self.browser.get(path, follow_redirects=True))

    def send(self, path: str, **form: str) -> str:
        """Fill in the form that is shown and send it."""
        (csrf, *_) = re.findall(r'name="csrf" value="([^"]+)"', self.page)
        sent = {"csrf": csrf, **form}
        return self._shown(self.browser.post(path, data=sent, follow_redirects=True))

    def log_in(self, email: str, password: str) -> str:
        """Give address and password."""
        self.visit("/login")
        return self.send("/login", email=email, password=password)

    def read(self, name: str) -> str:
        """What stands in an element with this id."""
        (found,) = re.findall(rf'id="{name}">([^<]*)<', self.page)
        return html.unescape(found)

    def _shown(self, answer: TestResponse) -> str:
        self.page = answer.get_data(as_text=True)
        return self.page


@pytest.fixture
def customer(auth0_tenant) -> Customer:
    """A customer of the shop, which is an application of the tenant."""
    application = auth0_tenant.application
    tenant = Tenant(auth0_tenant.url, application.client_id, application.client_secret)
    return Customer(create_app(tenant).test_client())
