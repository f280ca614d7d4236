"""A shop whose customers log in with a second factor, on screens of its own.

Auth0 keeps the users, the factors and the codes; this back end asks it through the MFA API.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from flask import Flask

from shop import screens
from shop.mfa import MfaApi
from shop.visits import Visits

if TYPE_CHECKING:
    from shop.mfa import Tenant


def create_app(tenant: Tenant) -> Flask:
    """The back end for one tenant."""
    app = Flask(__name__)
    app.secret_key = secrets.token_bytes(32)  # From your vault, so that it outlives a restart.
    app.config.update(SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Lax")
    app.extensions["mfa"] = MfaApi(tenant)
    app.extensions["visits"] = Visits()
    app.register_blueprint(screens.blueprint)
    return app
