"""Asking for challenges: of one authenticator, of a type, of whichever the tenant chooses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.errors import Undelivered, Untestable
from pytest_auth0_mfa.explore.door import AT_ONCE_S, code_from
from pytest_auth0_mfa.explore.enrolling import may_be_spent, message_reasons, message_rules
from pytest_auth0_mfa.explore.expectation import Expectation, Reason
from pytest_auth0_mfa.explore.finding import disagree
from pytest_auth0_mfa.explore.logins import FORBIDDEN
from pytest_auth0_mfa.explore.state import Oob

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.api.secret import Secret
    from pytest_auth0_mfa.explore.state import Enrollment, Person, Token
    from pytest_auth0_mfa.explore.world import World
    from pytest_auth0_mfa.guardian.notification import Notification

MALFORMED: Final = frozenset({"invalid_grant"})
_EXPIRED: Final = frozenset({"expired_token", "invalid_grant"})
_COMPARED: Final = 3


@dataclass(frozen=True, slots=True)
class Wish:
    """What a challenge asks for: an entry of an enrollment, types, both or neither."""

    enrollment: Enrollment | None = None
    kind: str = ""
    types: str = ""

    def params(self) -> dict[str, object]:
        """The parameters that say so."""
        named = {"authenticator_id": self.enrollment.ids[self.kind]} if self.enrollment else {}
        return {**named, **({"challenge_type": self.types} if self.types else {})}

    @property
    def channel(self) -> str:
        """The factor of the entry that is named, empty where none is."""
        return {"totp": "otp"}.get(self.kind, self.kind)

    def __str__(self) -> str:
        """What is wished in words."""
        named = f"the entry {self.kind} of {self.enrollment}" if self.enrollment else "whichever"
        return f"{named}{f', type {self.types}' if self.types else ''}"


def challenge(world: World, token: Token, wish: Wish) -> None:
    """Ask for a challenge with a token, and keep what it gives."""
    person, began = token.owner, world.now(token.owner)
    expectation = expected_challenge(world, token, wish)
    for each in person.challengeable:
        if each.inbox:
            each.inbox.expect()
        if each.approver is not None:
            each.approver.expect()
    answer = world.door.challenge(mfa_token=token.value, **wish.params())
    done = expectation.judge(answer)
    _count(world, person, wish, began, done=done and answer.get("oob_code") is not None)
    if done:
        _take(world, token, wish, answer, began)


def _count(world: World, person: Person, wish: Wish, now: float, *, done: bool) -> None:
    """Count a message that was sent, or may have been where the request was refused."""
    channels = {wish.channel} if wish.enrollment else _channels(person, wish)
    surely = done and len(channels) == 1
    for bucket in {id(person.messages(c)): person.messages(c) for c in channels - {"otp"}}.values():
        bucket.spend(now, surely=surely)
    del world


def _channels(person: Person, wish: Wish) -> set[str]:
    """The factors that a challenge without a name may go to."""
    return {
        {"totp": "otp"}.get(kind, kind)
        for each in person.challengeable
        for kind in each.kinds
        if not wish.types or ("otp" if kind == "totp" else "oob") in wish.types.split()
    }


def expected_challenge(world: World, token: Token, wish: Wish) -> Expectation:
    """What must come of a challenge."""
    person = token.owner
    factor = _factor(person, wish)
    reasons = [*_token_reasons(world, token), *_choice_reasons(person, wish)]
    is_open = token.is_spent or not world.is_alive(token) or person.is_blocked
    is_open = is_open or (person.is_address_unknown and not person.active)
    keeps, limits = [*token.suspects], []
    for channel in {wish.channel} if wish.enrollment else _channels(person, wish):
        if channel in {"", "otp"}:
            continue
        if wish.enrollment and not reasons:
            reasons += message_reasons(world, person, channel)
        is_open = is_open or may_be_spent(world, person, channel)
        limits += message_rules(person, channel)
    keeps += [*_challenge_rules(person, wish), *limits]
    what = f"a challenge of {wish} with {token}"
    return Expectation(what, factor, tuple(keeps), tuple(reasons), is_open or len(reasons) > 1)


def _factor(person: Person, wish: Wish) -> str:
    if wish.enrollment:
        return wish.enrollment.factor
    return person.active[0].factor if person.active else "otp"


def _token_reasons(world: World, token: Token) -> list[Reason]:
    if token.is_access:
        return [
            Reason(
                "MFA-CHALLENGE-ACCESS-TOKEN", "which is no mfa_token", FORBIDDEN, MALFORMED
            )
        ]  # fmt: skip
    if world.is_expired(token):
        why = "that is older than ten minutes"
        return [Reason("MFA-CHALLENGE-EXPIRED-TOKEN", why, FORBIDDEN, _EXPIRED)]
    return []


def _choice_reasons(person: Person, wish: Wish) -> list[Reason]:
    """Why what is wished cannot be challenged."""
    named, available = wish.enrollment, person.challengeable
    if named is not None and named.owner is not person:
        why = f"which is not {person}'s"
        statuses = frozenset[int]() if not available or named.is_removed else frozenset({400, 404})
        return [Reason("MFA-CHALLENGE-FOREIGN-AUTHENTICATOR", why, statuses)]
    if named is not None and named.is_removed:
        return [Reason("MFA-DELETE-GONE", "which was deleted")]
    if not available and not person.is_address_unknown:
        why, errors = "who has confirmed nothing", frozenset({"association_required"})
        return [Reason("MFA-CHALLENGE-UNCONFIRMED", why, frozenset({400, 401, 403}), errors)]
    if named is not None and not named.is_active:
        return [Reason("MFA-SEVERAL-UNCONFIRMED", "which is not confirmed")]
    wanted = {each.lower() for each in wish.types.split()}
    possible = {kind for each in available for kind in _types(each)}
    if named is None and wanted and available and not wanted & possible:
        statuses, errors = frozenset({400, 401}), frozenset({"unsupported_challenge_type"})
        why = f"by a user of {' and '.join(sorted(possible))}"
        return [Reason("MFA-CHALLENGE-UNSUPPORTED", why, statuses, errors)]
    return []


def _types(enrollment: Enrollment) -> set[str]:
    return {"otp" if kind == "totp" else "oob" for kind in enrollment.kinds}


def _challenge_rules(person: Person, wish: Wish) -> list[str]:
    """The requirements by which a challenge is carried out, the most special first."""
    named = wish.enrollment
    if named is None:
        several = len(person.challengeable) > 1
        rule = "MFA-SEVERAL-BY-TYPE" if wish.types else "MFA-SEVERAL-DEFAULT"
        lists = ["MFA-CHALLENGE-TYPE-LIST"] if " " in wish.types else []
        return [*lists, *([rule] if several else []), "MFA-CHALLENGE-ANY-TYPE"]
    rules = [*([] if named.was_seen_active else ["MFA-CONFIRM-ACTIVE"]), *named.suspects]
    if named.is_automatic:
        rules.insert(0, "MFA-CHALLENGE-VERIFIED-EMAIL")
    if wish.kind != named.kinds[0] and named.factor != "push":
        rules.insert(0, "MFA-CHALLENGE-TWIN")
    return [*rules, "MFA-CHALLENGE-BY-ID", "MFA-CHALLENGE-RESPONSE"]


def _take(world: World, token: Token, wish: Wish, answer: Answer, began: float) -> None:
    """Keep the challenge, which must be one of what was wished."""
    person, kind = token.owner, answer.get("challenge_type")
    types = _wished_types(person, wish)
    if kind not in types:
        named = ["MFA-CHALLENGE-BY-ID"] if wish.enrollment else ["MFA-SEVERAL-BY-TYPE"]
        told, factor = " or ".join(sorted(types)), _factor(person, wish)
        disagree([*named, "MFA-CHALLENGE-RESPONSE"], factor, f"challenge_type {told}", str(kind))
    if kind != "oob":
        return
    value = answer.secret("oob_code")
    world.fresh("oob_code", value, "MFA-CHALLENGE-OOB-FRESH", _factor(person, wish))
    enrollment, code = _arrived(world, person, wish, binding=answer.get("binding_method"))
    if enrollment is None:
        return
    channel = wish.channel or enrollment.factor
    oob = Oob(value, token, enrollment, channel, began, is_enrolling=False, code=code)
    oob.suspects = enrollment.suspects
    person.oobs.append(oob)
    if code is None:
        oob.prompt = _prompt(enrollment)
    else:
        _compare_codes(person, channel, code)


def _wished_types(person: Person, wish: Wish) -> set[str]:
    if wish.enrollment:
        return {"otp" if wish.kind == "totp" else "oob"}
    wanted = {each.lower() for each in wish.types.split()}
    possible = {kind for each in person.challengeable for kind in _types(each)}
    return (possible & wanted) if wanted else (possible or {"otp", "oob"})


def _arrived(
    world: World, person: Person, wish: Wish, *, binding: object
) -> tuple[Enrollment | None, Secret | None]:
    """What was challenged, and the code that came; no code for a prompt, nothing if unknown."""
    named = wish.enrollment
    if named is not None and named.inbox is None:
        return named, None
    if named is not None:
        _check_others(world, person, named)
        return named, code_from(named.inbox)
    devices = [each for each in person.active if each.factor == "push"]
    if binding is None and devices:
        return devices[0] if len(devices) == 1 else None, None
    return _found(world, [each for each in person.challengeable if each.inbox])


def _check_others(world: World, person: Person, named: Enrollment) -> None:
    """Expect that nothing was sent elsewhere, where looking costs nothing."""
    if not world.door.offers.configures:
        return
    for each in person.challengeable:
        if each is not named and each.inbox and not each.inbox.is_quiet():
            told, seen = f"a message to {named} alone", f"a message to {each}"
            disagree(["MFA-SEVERAL-BY-ID"], named.factor, told, seen)


def _found(world: World, candidates: list[Enrollment]) -> tuple[Enrollment | None, Secret | None]:
    """Which of several addresses got a code."""
    if len(candidates) == 1:
        return candidates[0], code_from(candidates[0].inbox)
    for each in candidates if world.door.offers.configures else ():
        code = _code_at_once(each)
        if code is not None:
            return each, code
    return None, None


def _code_at_once(enrollment: Enrollment) -> Secret | None:
    """The code that has come to an address, None where none has."""
    try:
        return code_from(enrollment.inbox, AT_ONCE_S)
    except Undelivered:
        return None


def _prompt(enrollment: Enrollment) -> Notification | None:
    """The prompt that came to a device, None where the device hears of none."""
    try:
        return enrollment.approver.prompt() if enrollment.approver else None
    except Untestable:
        return None


def _compare_codes(person: Person, channel: str, code: str) -> None:
    """Expect that codes change from challenge to challenge."""
    person.delivered.append(str(code))
    latest = person.delivered[-_COMPARED:]
    if len(latest) == _COMPARED and len(set(latest)) == 1:
        told = f"{_COMPARED} times the same code"
        disagree(["MFA-DELIVERY-FRESH"], channel, "a code of its own for each challenge", told)
