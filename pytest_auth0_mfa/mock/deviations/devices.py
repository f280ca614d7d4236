"""Deviations of the device API: what it takes from devices and should not, and what it answers."""

from __future__ import annotations

from pytest_auth0_mfa.mock.deviations import edits
from pytest_auth0_mfa.mock.deviations.model import Change, Deviation
from pytest_auth0_mfa.mock.operations import Operation

_ENROLLING = frozenset({Operation.DEVICE_ENROLLMENT})
_ANSWERING = frozenset({Operation.DEVICE_RESOLUTION})

ENROLLMENT = (
    Deviation(
        "device-enrolled-with-202",
        "MFA-DEVICE-ENROLL",
        "That a device has enrolled is said with status 202",
        change=Change("device.enrolled", edits.status(202)),
    ),
    Deviation(
        "used-ticket-accepted",
        "MFA-DEVICE-TICKET-ONCE",
        "One barcode enrolls as many devices as scan it",
        {"ticket_used_once": False},
    ),
    Deviation(
        "invented-ticket-as-server-error",
        "MFA-DEVICE-TICKET-INVENTED",
        "An invented ticket is answered with status 500",
        change=Change("device.refused", edits.status(500), _ENROLLING),
    ),
    Deviation(
        "elliptic-curve-key-refused",
        "MFA-DEVICE-KEY-EC",
        "A device with a P-256 key cannot enroll",
        {"device_ec_keys_taken": False},
    ),
)

ANSWERS = (
    Deviation(
        "device-answered-with-202",
        "MFA-DEVICE-ANSWER",
        "That an answer was taken is said with status 202",
        change=Change("device.answered", edits.status(202)),
    ),
    Deviation(
        "second-answer-accepted",
        "MFA-DEVICE-ANSWER-ONCE",
        "A prompt can be allowed as often as one likes",
        {"answered_once": False},
    ),
    Deviation(
        "late-answer-accepted",
        "MFA-DEVICE-LATE-ANSWER",
        "A prompt can be allowed a day later",
        {"prompt_lifetime_s": 86_400.0},
    ),
    Deviation(
        "invented-transaction-token-as-server-error",
        "MFA-DEVICE-INVENTED-TOKEN",
        "An invented transaction token is answered with status 500",
        change=Change("device.refused", edits.status(500), _ANSWERING),
    ),
    Deviation(
        "answer-of-any-key-accepted",
        "MFA-DEVICE-WRONG-KEY",
        "The signature of an answer is not looked at",
        {"device_key_checked": False},
    ),
    Deviation(
        "unsigned-answer-accepted",
        "MFA-DEVICE-UNSIGNED",
        "An answer with the algorithm none is taken",
        {"device_unsigned_refused": False},
    ),
    Deviation(
        "answer-for-any-audience-accepted",
        "MFA-DEVICE-AUDIENCE",
        "The audience of an answer is not looked at",
        {"device_audience_checked": False},
    ),
    Deviation(
        "answer-of-any-issuer-accepted",
        "MFA-DEVICE-ISSUER",
        "The issuer of an answer is not looked at",
        {"device_issuer_checked": False},
    ),
    Deviation(
        "answer-to-another-prompt-accepted",
        "MFA-DEVICE-REPLAYED",
        "The challenge in an answer is not looked at",
        {"device_challenge_checked": False},
    ),
    Deviation(
        "expired-answer-accepted",
        "MFA-DEVICE-STALE",
        "The times of an answer are not looked at",
        {"device_times_checked": False},
    ),
    Deviation(
        "answer-of-foreign-device-accepted",
        "MFA-DEVICE-FOREIGN",
        "Any enrolled device may allow any login",
        {"foreign_devices_refused": False},
    ),
)

ACCOUNTS = (
    Deviation(
        "changed-device-without-name",
        "MFA-DEVICE-CHANGE",
        "The answer to a change leaves out the name",
        change=Change("device.changed", edits.without("name")),
    ),
    Deviation(
        "device-leaves-in-vain",
        "MFA-DEVICE-LEAVE",
        "A device that leaves stays enrolled",
        {"device_leaving_removes": False},
    ),
    Deviation(
        "foreign-device-manages-account",
        "MFA-DEVICE-FOREIGN-BEARER",
        "Any bearer manages the account of any device",
        {"device_bearer_checked": False},
    ),
)
