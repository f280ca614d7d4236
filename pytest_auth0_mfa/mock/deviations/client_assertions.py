"""Deviations of client authentication by assertion (`private_key_jwt`)."""

from __future__ import annotations

from pytest_auth0_mfa.mock.deviations.model import Deviation
from pytest_auth0_mfa.mock.operations import Operation

_LOGINS = frozenset({Operation.PASSWORD, Operation.PASSWORD_REALM})
_CODES = frozenset({Operation.MFA_OTP, Operation.MFA_OOB, Operation.MFA_RECOVERY_CODE})


def _needless(claim: str) -> Deviation:
    return Deviation(
        f"assertion-without-{claim}-accepted",
        "MFA-CLIENT-JWT-CLAIMS",
        f"An assertion needs no {claim}",
        {"unneeded_assertion_claims": frozenset({claim})},
    )


CLIENTS = (
    Deviation(
        "assertion-ignored-by-login",
        "MFA-CLIENT-JWT",
        "A login does not read client assertions",
        {"assertions_ignored_by": _LOGINS},
    ),
    Deviation(
        "assertion-ignored-by-challenge",
        "MFA-CLIENT-JWT-CHALLENGE",
        "A challenge does not read client assertions",
        {"assertions_ignored_by": frozenset({Operation.CHALLENGE})},
    ),
    Deviation(
        "assertion-ignored-by-codes",
        "MFA-CLIENT-JWT-CODE",
        "The MFA grants do not read client assertions",
        {"assertions_ignored_by": _CODES},
    ),
    Deviation(
        "assertion-needs-client-id",
        "MFA-CLIENT-JWT-ALONE",
        "An assertion is refused unless client_id is sent along",
        {"assertion_names_client": False},
    ),
    Deviation(
        "assertion-not-needed",
        "MFA-CLIENT-JWT-MISSING",
        "A client that signs its assertions logs in without one",
        {"assertion_needed": False},
    ),
    Deviation(
        "assertion-type-unchecked",
        "MFA-CLIENT-JWT-TYPE",
        "Any client_assertion_type will do",
        {"assertion_type_checked": False},
    ),
    *(_needless(claim) for claim in ("iss", "sub", "aud", "exp", "jti")),
    Deviation(
        "expired-assertion-accepted",
        "MFA-CLIENT-JWT-EXPIRED",
        "An assertion does not expire",
        {"assertion_expiry_checked": False},
    ),
    Deviation(
        "assertion-of-an-hour-accepted",
        "MFA-CLIENT-JWT-LIFETIME",
        "An assertion may live for an hour",
        {"assertion_lifetime_s": 3600.0},
    ),
    Deviation(
        "assertion-for-another-tenant-accepted",
        "MFA-CLIENT-JWT-AUDIENCE",
        "An assertion for another tenant will do",
        {"assertion_audience_checked": False},
    ),
    Deviation(
        "assertion-signature-unchecked",
        "MFA-CLIENT-JWT-SIGNATURE",
        "An assertion may be signed with any key",
        {"assertion_signature_checked": False},
    ),
    Deviation(
        "assertion-algorithm-unchecked",
        "MFA-CLIENT-JWT-ALGORITHM",
        "An assertion may be signed by another algorithm than the one registered",
        {"assertion_algorithm_checked": False},
    ),
    Deviation(
        "assertion-of-another-client-accepted",
        "MFA-CLIENT-JWT-FOREIGN",
        "An assertion that names another client will do",
        {"assertion_subject_checked": False},
    ),
    Deviation(
        "assertion-used-again",
        "MFA-CLIENT-JWT-REPLAY",
        "An assertion may be used more than once",
        {"assertion_used_once": False},
    ),
)
