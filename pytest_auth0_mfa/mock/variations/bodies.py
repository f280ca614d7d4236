"""Variations of what answers hold beside what clients need, and of its order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.composition import Change
from pytest_auth0_mfa.mock.deviations import edits
from pytest_auth0_mfa.mock.operations import Operation
from pytest_auth0_mfa.mock.variations import sources
from pytest_auth0_mfa.mock.variations.edits import each_item, listed, objects
from pytest_auth0_mfa.mock.variations.model import Variation

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.calls import Call
    from pytest_auth0_mfa.mock.messages import Json

_EMPTY_ANSWERS = frozenset({Operation.DEVICE_RESOLUTION})


def _reversed(members: dict[str, Json]) -> dict[str, Json]:
    return dict(reversed(members.items()))


def _with_more(members: dict[str, Json]) -> dict[str, Json]:
    """Add what nobody knows: a text, a number, null, a list and an object."""
    return {
        "x_first": "déjà vu",
        **members,
        "x_count": 7,
        "x_nothing": None,
        "x_list": [{"type": "unknown"}],
        "x_object": {"id": "unknown", "active": False},
    }


def _with_dates(item: dict[str, Json]) -> dict[str, Json]:
    return {
        **item,
        "created_at": "2026-01-02T03:04:05.678Z",
        "last_auth": "2026-01-02T03:04:05.678Z",
    }


def _is_no_empty_answer(call: Call) -> bool:
    return call.operation not in _EMPTY_ANSWERS


BODIES = (
    Variation(
        "members-reversed",
        "The members of every object come in the reverse order",
        "Objects have no order, and recordings differ in it",
        f"{sources.JSON}#section-4; {sources.RECORDINGS}",
        changes=(Change("", objects(_reversed)),),
    ),
    Variation(
        "members-nobody-knows",
        "Every object, inner ones too, has members that nobody knows",
        "Clients must ignore what they do not recognize",
        f"{sources.OAUTH}#section-5.1",
        changes=(Change("", objects(_with_more), when=_is_no_empty_answer),),
    ),
    Variation(
        "errors-with-uri",
        "Errors name a page about them",
        "error_uri is optional",
        f"{sources.OAUTH}#section-5.2; {sources.GRANTS_GUIDE}",
        changes=(
            Change("error.", edits.member("error_uri", "https://auth0.com/docs/errors/unknown")),
        ),
    ),
    Variation(
        "list-reversed",
        "The list of authenticators has the newest first",
        "Recordings and guides differ in the order, and no page names one",
        f"{sources.RECORDINGS}; {sources.MANAGE_GUIDE}",
        changes=(Change("authenticators", listed(lambda items: items[::-1])),),
    ),
    Variation(
        "list-with-dates",
        "Listed authenticators tell when they were made and last used",
        "Types of SDKs have both, recordings neither",
        f"{sources.NEXTJS}; {sources.RECORDINGS}",
        changes=(Change("authenticators", each_item(_with_dates)),),
    ),
    Variation(
        "mfa-customized",
        "Logins tell which factors are at hand, and the list names their kinds",
        "Early Access tenants have the feature",
        sources.GUIDE,
        rules={"mfa_customized": True},
    ),
    Variation(
        "challenge-tells-its-time",
        "A challenge out of band tells how long it is good and how often to ask",
        "The draft has both as optional members",
        sources.DRAFT,
        changes=tuple(
            Change(f"challenge.{channel}", edit)
            for channel in ("sms", "voice", "email", "push")
            for edit in (edits.member("expires_in", 300), edits.member("interval", 5))
        ),
    ),
    Variation(
        "association-with-id",
        "The answer to an association has an id",
        "Types of an SDK have it, recordings do not: told as a difference",
        f"{sources.NEXTJS}; {sources.RECORDINGS}",
        changes=(Change("associate.", edits.member("id", "dev_0123456789abcdef")),),
        noted=("MFA-ENROLL-RESPONSE",),
    ),
)
