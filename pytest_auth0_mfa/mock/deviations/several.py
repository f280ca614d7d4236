"""Deviations about several authenticators of one user, and several logins at a time."""

from __future__ import annotations

from pytest_auth0_mfa.mock.deviations.model import Deviation

SEVERAL = (
    Deviation(
        "further-factor-replaces-first",
        "MFA-SEVERAL-KEPT",
        "Confirming another factor removes those that there were",
        {"confirmation_drops_others": True},
    ),
    Deviation(
        "first-factor-only",
        "MFA-SEVERAL-LOGIN",
        "Only the factor that was enrolled first completes a login",
        {"further_factors_accepted": False},
    ),
    Deviation(
        "named-authenticator-ignored",
        "MFA-SEVERAL-BY-ID",
        "A challenge that names an authenticator goes to the user's first one of the type",
        {"name_decides": False},
    ),
    Deviation(
        "challenge-type-ignored",
        "MFA-SEVERAL-BY-TYPE",
        "A challenge goes to the user's first authenticator, whatever the type",
        {"type_decides": False},
    ),
    Deviation(
        "no-choice-among-several",
        "MFA-SEVERAL-DEFAULT",
        "A challenge without type and id is refused where there are several authenticators",
        {"default_among_several": False},
    ),
    Deviation(
        "unconfirmed-one-challenged-beside-others",
        "MFA-SEVERAL-UNCONFIRMED",
        "An unconfirmed authenticator can be challenged once another one is confirmed",
        {"pending_challengeable_beside": True},
    ),
    Deviation(
        "deletion-takes-all-factors",
        "MFA-SEVERAL-DELETE",
        "Deleting one factor deletes the others too",
        {"removal_takes_others": True},
    ),
)

CHALLENGE = (
    Deviation(
        "challenge-type-list-unread",
        "MFA-CHALLENGE-TYPE-LIST",
        "Several challenge types are taken for a single one that nobody has",
        {"type_lists_read": False},
    ),
    Deviation(
        "challenge-type-in-capitals-unread",
        "MFA-CHALLENGE-TYPE-CASE",
        "A challenge type in capitals is taken for another one",
        {"type_case_ignored": False},
    ),
)

CONCURRENT = (
    Deviation(
        "completed-login-ends-others",
        "MFA-CONCURRENT-LOGINS",
        "Completing a login ends the user's other ones",
        {"completion_ends_other_logins": True},
    ),
    Deviation(
        "code-of-another-login-accepted",
        "MFA-CONCURRENT-CODES",
        "Any code that was sent to the address completes a login",
        {"other_logins_codes_accepted": True},
    ),
    Deviation(
        "wrong-code-ends-other-logins",
        "MFA-CONCURRENT-WRONG-CODE",
        "A wrong code ends the user's other logins",
        {"wrong_code_ends_other_logins": True},
    ),
)
