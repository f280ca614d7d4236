"""How refusals look that several requests share: their statuses and error codes."""

from __future__ import annotations

from typing import Final

FORBIDDEN: Final = frozenset({401, 403})
WRONG: Final = frozenset({400, 401, 403})
SPENT: Final = frozenset({400, 403, 429})
"""Of a refusal because an allowance is used up; none was ever recorded."""

INVALID: Final = frozenset({"invalid_grant"})
EXPIRED: Final = frozenset({"expired_token", "invalid_grant"})
