"""What can stop a step, one class for each thing that a reader must tell apart.

    Auth0MfaError
    ├── SettingsError     a value the user gave is wrong               usage error, exit 4
    ├── TenantError       the server there cannot be tested            usage error, exit 4
    ├── CatalogueError    the suites' own catalogue is inconsistent    usage error, exit 4
    ├── Untestable        cannot be exercised here                     skipped, `untested`
    ├── Inapplicable      the tenant does not have the feature         skipped, `inapplicable`
    ├── Disturbance       throttling, attack protection, TLS           error, `inconclusive`
    │   ├── Interruption  a connection broke, or a gateway answered    as above, once repeated
    │   ├── Prerequisite  a step before the judged one failed          error, `inconclusive`
    │   │   └── Malformed what the tenant sent cannot be read          as above, unless judged
    │   └── Undelivered   a code did not arrive or could not be read   error, `inconclusive`
    └── Violation         the requirement does not hold                failed, `violates`

The plugin turns each into the pytest outcome named beside it; nothing else does.
"""

from __future__ import annotations


class Auth0MfaError(Exception):
    """Base of all errors of this package; never raised itself."""


class SettingsError(Auth0MfaError):
    """A value the user gave is wrong; the message names the value and the fix."""


class TenantError(Auth0MfaError):
    """What answers at the tenant's address cannot be tested; the message says why."""


class CatalogueError(Auth0MfaError):
    """The catalogue of requirements contradicts itself or the tests."""


class Untestable(Auth0MfaError):  # noqa: N818 - a state of affairs, not a fault
    """The requirement cannot be exercised here; the message says what is missing."""


class Inapplicable(Auth0MfaError):  # noqa: N818 - a state of affairs, not a fault
    """The requirement is about a feature that the tenant does not have."""


class Disturbance(Auth0MfaError):  # noqa: N818 - a state of affairs, not a fault
    """Something other than the tenant's conformance got in the way."""


class Interruption(Disturbance):
    """The tenant was not heard, and may be the next time; what was asked may have been done."""


class Prerequisite(Disturbance):
    """A step that must work before the requirement can be judged did not work."""


class Malformed(Prerequisite):
    """What the tenant sent has another form than its protocol gives it; no value is quoted."""


class Undelivered(Disturbance):
    """A code or a prompt did not arrive, or cannot be told from what arrived.

    No secret is in the message.
    """


class Violation(Auth0MfaError):  # noqa: N818 - the term of the field
    """The tenant broke the requirement that the running test judges."""
