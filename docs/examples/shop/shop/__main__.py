"""`python -m shop`: the back end on this machine, for the tenant that the environment names."""

from __future__ import annotations

import os

from shop import create_app
from shop.mfa import Tenant

create_app(
    Tenant(
        url=os.environ["AUTH0_URL"],
        client_id=os.environ["AUTH0_CLIENT_ID"],
        client_secret=os.environ["AUTH0_CLIENT_SECRET"],
    )
).run(port=5000)
