"""Variations of secrets, barcodes and lists, and of what an association does to others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_auth0_mfa.mock.composition import Change
from pytest_auth0_mfa.mock.deviations import edits
from pytest_auth0_mfa.mock.operations import Operation
from pytest_auth0_mfa.mock.variations import sources
from pytest_auth0_mfa.mock.variations.edits import each_item, in_small_hex, query_of
from pytest_auth0_mfa.mock.variations.model import Variation

if TYPE_CHECKING:
    from pytest_auth0_mfa.mock.messages import Json

_URI = "barcode_uri"
_DEFAULTS = {"algorithm": "SHA1", "digits": "6", "period": "30"}
_GUARDIAN = "https://acme-dev.guardian.eu.auth0.com"
_SHOWN = 4
_Pairs = list[tuple[str, str]]


def _with_more(pairs: _Pairs) -> _Pairs:
    return [("image", "https://cdn.example/logo.png?size=128&x=1"), *pairs, ("color", "ff0000")]


def _without_defaults(pairs: _Pairs) -> _Pairs:
    return [(name, text) for name, text in pairs if _DEFAULTS.get(name) != text]


def _in_small_letters(pairs: _Pairs) -> _Pairs:
    return [(name, text.lower() if name == "algorithm" else text) for name, text in pairs]


def _from_guardian(pairs: _Pairs) -> _Pairs:
    return [(name, _GUARDIAN if name == "base_url" else text) for name, text in pairs]


def _label_encoded(uri: str) -> str:
    """Encode the colon between issuer and account."""
    scheme, separator, rest = uri.partition("://totp/")
    return f"{scheme}{separator}{rest.replace(':', '%3A%20', 1)}"


def _with_older_mask(item: dict[str, Json]) -> dict[str, Json]:
    if item.get("oob_channel") not in {"sms", "voice"}:
        return item
    return {**item, "name": f"+X XXXX{str(item.get('name'))[-_SHOWN:]}"}


def _both_barcodes(edit: edits.Edit) -> tuple[Change, ...]:
    return Change("associate.otp", edit), Change("associate.push", edit)


BARCODES = (
    Variation(
        "barcode-parameters-reversed",
        "Parameters of a barcode come in the reverse order",
        "They are told by their names",
        sources.KEY_URI,
        changes=_both_barcodes(query_of(_URI, lambda pairs: pairs[::-1])),
    ),
    Variation(
        "barcode-with-more-parameters",
        "A barcode has parameters for the look of an app",
        "Apps leave alone what they do not know",
        sources.KEY_URI,
        changes=_both_barcodes(query_of(_URI, _with_more)),
    ),
    Variation(
        "barcode-in-small-hex",
        "Encoded characters of a barcode are written in small letters",
        "The digits of percent-encoding are the same in either case",
        f"{sources.URI}#section-2.1",
        changes=_both_barcodes(edits.rewritten(_URI, in_small_hex)),
    ),
    Variation(
        "barcode-label-encoded",
        "The colon in the label of a barcode is encoded, with a blank after it",
        "The format has it literal or encoded, blanks allowed",
        sources.KEY_URI,
        changes=_both_barcodes(edits.rewritten(_URI, _label_encoded)),
    ),
    Variation(
        "barcode-without-defaults",
        "A barcode leaves out algorithm, digits and period",
        "Their defaults are the same",
        sources.KEY_URI,
        changes=(Change("associate.otp", query_of(_URI, _without_defaults)),),
    ),
    Variation(
        "barcode-algorithm-in-small-letters",
        "A barcode names its algorithm in small letters",
        "Apps take both, as the device API has small letters itself",
        f"{sources.KEY_URI}; {sources.GUARDIAN_SWIFT}",
        changes=(Change("associate.otp", query_of(_URI, _in_small_letters)),),
    ),
    Variation(
        "barcode-from-guardian",
        "The barcode for a device names a host of Guardian's",
        "Recorded so; devices do not go by it",
        f"{sources.RECORDINGS}; {sources.GUARDIAN_SWIFT}",
        changes=(Change("associate.push", query_of(_URI, _from_guardian)),),
    ),
    Variation(
        "tenant-with-a-long-name",
        "The tenant's name has blanks, signs and letters of other scripts",
        "Administrators choose the name",
        sources.KEY_URI,
        rules={"friendly_name": "Société « Été & Cie » / 株式会社 50% +"},
    ),
    Variation(
        "otp-secret-of-256-bits",
        "A secret has 52 characters",
        "128 bits are the least, and there is no most",
        f"{sources.HOTP}#section-4",
        rules={"otp_secret_bytes": 32},
    ),
    Variation(
        "otp-secret-of-128-bits",
        "A secret has 26 characters",
        "128 bits are enough; recorded ones have 160",
        f"{sources.HOTP}#section-4",
        rules={"otp_secret_bytes": 16},
    ),
)

LISTING = (
    Variation(
        "phones-masked-as-in-old-guides",
        "A list shows a phone as +X XXXX and four digits",
        "Guides have had other masks than the recorded one: told as a difference",
        f"{sources.MANAGE_GUIDE}; {sources.RECORDINGS}",
        changes=(Change("authenticators", each_item(_with_older_mask)),),
        noted=("MFA-LIST-NAME",),
    ),
)

ASSOCIATION = (
    Variation(
        "pending-replaced",
        "A second association of an address replaces one that is not confirmed",
        "Whether it does is not on record",
        f"{sources.LOOKED_FOR}; {sources.SMS_GUIDE}",
        rules={"pending_replaced": True},
    ),
    Variation(
        "association-ignores-client-secret",
        "A wrong client secret sent along with an association makes no difference",
        "Guides send none, and no source tells what a wrong one does: told as a difference",
        f"{sources.ASSOCIATE_PAGE}; {sources.GUIDE}",
        rules={"wrong_secret_ignored_by": frozenset({Operation.ASSOCIATE})},
        noted=("MFA-ENROLL-CLIENT-SECRET",),
    ),
)

DELETION = (
    Variation(
        "recovery-code-deletable",
        "A recovery code can be deleted like any other authenticator",
        "Whether it can be is not on record",
        f"{sources.LOOKED_FOR}; {sources.MANAGE_GUIDE}",
        rules={"recovery_code_removable": True},
    ),
    Variation(
        "deletion-takes-mfa-token",
        "An mfa_token is enough to delete",
        "Pages want an access token, one of Auth0's SDKs sends the mfa_token: told as a difference",
        f"{sources.MANAGE_GUIDE}; {sources.AUTH_JS}",
        rules={"removal_takes_mfa_token": True},
        noted=("MFA-DELETE-MFA-TOKEN",),
    ),
)

VERIFICATION = (
    Variation(
        "next-otp-accepted",
        "The one-time password of the next step is accepted too",
        "The step before is documented, the next one is not; an RFC allows either way",
        f"{sources.TOTP_ARTICLE}; {sources.TOTP}#section-5.2",
        rules={"totp_next_steps": 1},
    ),
    Variation(
        "challenge-ends-earlier",
        "A second challenge in one login puts the first out of use",
        "Whether it does is not on record",
        f"{sources.LOOKED_FOR}; {sources.EXPIRY_THREAD}",
        rules={"challenge_ends_earlier": True},
    ),
    Variation(
        "audience-needs-slash",
        "The MFA audience is known with the slash at its end only",
        "Pages write it with the slash, applications are served without: told as a difference",
        f"{sources.MANAGE_GUIDE}; {sources.ACCESS_THREAD}",
        rules={"mfa_audience_needs_slash": True},
        noted=("MFA-AUDIENCE-SPELLING",),
    ),
)
