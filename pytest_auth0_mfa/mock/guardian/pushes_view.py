"""`GET /__mock__/pushes`: the push notifications that the tenant has sent, for tests to read.

Owns the form in which they are shown: as the device receives them. Must not deliver or forget any.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from pytest_auth0_mfa.mock.messages import Answer

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call


def show(call: Call) -> Answer:
    """List the payloads, oldest first: all, or those to the one `device`, by its id."""
    device_id = dict(parse_qsl(call.request.query)).get("device")
    return Answer(200, [json.loads(each.body) for each in call.tenant.pushes.find(device_id)])
