"""The MailSlurp account of the tenant's tester: where delivered messages can be read.

Speaks as much of https://docs.mailslurp.com as `mailslurp-client` needs to create inboxes and to
wait for e-mails and text messages; calls show as text messages of their number, for MailSlurp has
none. It is a service of its own beside the tenant: it reads the outbox and must not know users,
authenticators or codes, and nothing of it counts against the tenant's rate limits.
"""

from __future__ import annotations

from typing import Final

PREFIX: Final = "/__mailslurp__"
"""The path under which the account is served; MailSlurp's own `/mfa` would meet the tenant's."""
