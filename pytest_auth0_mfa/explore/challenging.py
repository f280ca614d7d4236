"""Asking for challenges: of one authenticator, of a type, of whichever the tenant chooses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pytest_auth0_mfa.explore.arriving import arrived, compare_codes, prompt_of
from pytest_auth0_mfa.explore.expectation import Expectation, Reason
from pytest_auth0_mfa.explore.finding import disagree
from pytest_auth0_mfa.explore.lifetimes import too_old
from pytest_auth0_mfa.explore.messages import may_be_spent, message_reasons, message_rules
from pytest_auth0_mfa.explore.refusals import EXPIRED, FORBIDDEN, INVALID
from pytest_auth0_mfa.explore.state import Oob

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.explore.state import Enrollment, Person, Token
    from pytest_auth0_mfa.explore.world import World


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


def challenge(world: World, token: Token, wish: Wish) -> Oob | None:
    """Ask for a challenge with a token, and keep what it gives; None where that is no `oob_code`.

    So it is, too, where nobody can tell what was challenged, and where it may go to a channel by
    which nothing may be sent.
    """
    person, began = token.owner, world.now(token.owner)
    channels = _sending(world, person, wish)
    if world.door.purse.forbids(channels):
        return None
    expectation = expected_challenge(world, token, wish)
    _expect_messages(person)
    answer = world.door.challenge(channels, mfa_token=token.value, **wish.params())
    done = expectation.judge(answer)
    is_sent = done and answer.get("oob_code") is not None
    _count(person, wish, began, done=is_sent)
    oob = _taken(world, token, wish, answer, began) if done else None
    world.door.sent(channels, {oob.channel} if oob else channels if is_sent else ())
    return oob


def _expect_messages(person: Person) -> None:
    """Take what has come to a person as out of date."""
    for each in person.challengeable:
        if each.inbox:
            each.inbox.expect()
        if each.approver is not None:
            each.approver.expect()


def _sending(world: World, person: Person, wish: Wish) -> set[str]:
    """The channels by which a message may be sent, to an address that nobody told us, too."""
    channels = _channels(person, wish) - {"otp"}
    to_address = not wish.enrollment and wish.types != "otp" and person.is_address_unknown
    return channels | ({"email"} if to_address and "email" in world.door.tenant.factors else set())


def _count(person: Person, wish: Wish, now: float, *, done: bool) -> None:
    """Count a message that was sent, or may have been where the request was refused."""
    channels = _channels(person, wish)
    surely = done and len(channels) == 1
    for bucket in {id(person.messages(c)): person.messages(c) for c in channels - {"otp"}}.values():
        bucket.spend(now, surely=surely)


def _channels(person: Person, wish: Wish) -> set[str]:
    """The factors that a challenge may go to: of one entry its own."""
    if wish.enrollment:
        return {wish.channel}
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
    for channel in _channels(person, wish) - {"", "otp"}:
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
        why = "which is no mfa_token"
        return [Reason("MFA-CHALLENGE-ACCESS-TOKEN", why, FORBIDDEN, INVALID)]
    if world.is_expired(token):
        return [too_old("MFA-CHALLENGE-EXPIRED-TOKEN", EXPIRED)]
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


def _taken(world: World, token: Token, wish: Wish, answer: Answer, began: float) -> Oob | None:
    """Keep the challenge, which must be one of what was wished."""
    person, kind = token.owner, answer.get("challenge_type")
    types = _wished_types(person, wish)
    if kind not in types:
        named = ["MFA-CHALLENGE-BY-ID"] if wish.enrollment else ["MFA-SEVERAL-BY-TYPE"]
        told, factor = " or ".join(sorted(types)), _factor(person, wish)
        disagree([*named, "MFA-CHALLENGE-RESPONSE"], factor, f"challenge_type {told}", str(kind))
    if kind != "oob":
        return None
    value = answer.secret("oob_code")
    world.fresh("oob_code", value, "MFA-CHALLENGE-OOB-FRESH", _factor(person, wish))
    enrollment, code = arrived(world, person, wish.enrollment, binding=answer.get("binding_method"))
    if enrollment is None:
        return None
    channel = wish.channel or enrollment.factor
    oob = Oob(value, token, enrollment, channel, began, is_enrolling=False, code=code)
    oob.suspects = enrollment.suspects
    person.oobs.append(oob)
    if code is None:
        oob.prompt = prompt_of(enrollment)
    else:
        compare_codes(person, channel, code)
    return oob


def _wished_types(person: Person, wish: Wish) -> set[str]:
    if wish.enrollment:
        return {"otp" if wish.kind == "totp" else "oob"}
    wanted = {each.lower() for each in wish.types.split()}
    possible = {kind for each in person.challengeable for kind in _types(each)}
    return (possible & wanted) if wanted else (possible or {"otp", "oob"})
