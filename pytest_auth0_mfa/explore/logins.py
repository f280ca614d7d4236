"""Logging in with the password, and what a refresh token gives."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from dataclasses import replace
from json import loads
from typing import TYPE_CHECKING, Final

from pytest_auth0_mfa.api import grants
from pytest_auth0_mfa.explore.expectation import Expectation, Reason
from pytest_auth0_mfa.explore.finding import disagree
from pytest_auth0_mfa.explore.refusals import FORBIDDEN
from pytest_auth0_mfa.explore.state import Person, Token

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.exchange import Answer
    from pytest_auth0_mfa.explore.world import World

MFA_SCOPES: Final = ("enroll", "read:authenticators", "remove:authenticators")
TRIES: Final = 10
TOKENS: Final = ("access_token", "id_token", "refresh_token")


def log_in(world: World, person: Person, scope: str = "profile", *, for_mfa: bool = False) -> bool:
    """Log in with the right password; whether that was interrupted for a second factor."""
    audience = {"audience": world.door.tenant.mfa_audience} if for_mfa else {}
    began = world.now(person)
    guessed = any(each.wrong_passwords >= TRIES for each in world.people)
    expectation = expected_login(person, for_mfa=for_mfa, others_guessed=guessed)
    expecting = "too_many_attempts" if guessed else None
    answer = world.door.login(person.account, scope=scope, expecting=expecting, **audience)
    interrupted = answer.error == "mfa_required"
    if not expectation.judge(answer):
        return False
    if not interrupted:
        take_tokens(world, person, answer, scope, began=began)
        return False
    _take_mfa_token(world, person, answer, scope, began=began, for_mfa=for_mfa)
    return True


def expected_login(person: Person, *, for_mfa: bool, others_guessed: bool = False) -> Expectation:
    """What must come of the right password."""
    what = f"the password of {person}{' for the MFA audience' if for_mfa else ''}"
    if person.wrong_passwords >= TRIES:
        reason = Reason("MFA-BRUTE-FORCE-BLOCK", "after ten wrong ones", frozenset({429}))
        return Expectation(what, "any", (), (reason,))
    if person.is_blocked:
        errors = frozenset({"unauthorized", "invalid_grant"})
        reason = Reason("MFA-BLOCKED-LOGIN", "while blocked", FORBIDDEN, errors)
        return Expectation(what, "any", (), (reason,), is_open=others_guessed)
    keeps = ("MFA-BRUTE-FORCE-OTHERS",) if others_guessed else ()
    if for_mfa:
        expected = _expected_for_mfa(what, person)
        return replace(expected, keeps=(*keeps, *expected.keeps))
    return Expectation(what, "any", (*keeps, "MFA-LOGIN-MFA-REQUIRED"), means="mfa_required")


def _expected_for_mfa(what: str, person: Person) -> Expectation:
    """A second factor is asked for where there is a real one."""
    active = person.active
    if any(each.factor != "email" for each in active):
        factor = next(each.factor for each in active if each.factor != "email")
        return Expectation(what, factor, ("MFA-AUDIENCE-STEP-UP",), means="mfa_required")
    if active:
        return Expectation(what, "email", ("MFA-AUDIENCE-EMAIL",))
    if person.is_address_unknown:
        return Expectation(what, "any", (), is_open=True)
    if person.verified:
        return Expectation(what, "email", ("MFA-CONFIG-EMAIL-ALONE",))
    return Expectation(what, "any", ("MFA-AUDIENCE-UNENROLLED",))


def _take_mfa_token(  # noqa: PLR0913 - what a login was and gave
    world: World, person: Person, answer: Answer, scope: str, *, began: float, for_mfa: bool
) -> None:
    """Keep the `mfa_token` of a login."""
    given = [name for name in TOKENS if answer.get(name)]
    if given or answer.status != 403:  # noqa: PLR2004 - the documented status
        named = "MFA-LOGIN-NO-TOKENS" if given else "MFA-LOGIN-MFA-REQUIRED"
        disagree([named], "any", "status 403, mfa_required, no tokens", answer.summary())
    value = answer.secret("mfa_token")
    world.fresh("mfa_token", value, "MFA-LOGIN-FRESH-TOKEN", "any")
    scopes = frozenset(scope.split()) if for_mfa else frozenset()
    person.tokens.append(Token(person, value, began, for_mfa=for_mfa, scopes=scopes))


def take_tokens(  # noqa: PLR0913 - what a login was and gave
    world: World,
    person: Person,
    answer: Answer,
    scope: str,
    *,
    began: float,
    keeps: str = "MFA-AUDIENCE-LIFETIME",
    for_mfa: bool = True,
) -> None:
    """Keep what a completed login gave, as far as it goes on from there."""
    check_subject(world, person, answer)
    if answer.get("refresh_token") and keeps != "MFA-AUDIENCE-REFRESH":
        person.refresh_tokens.append((answer.secret("refresh_token"), for_mfa))
    if not for_mfa:
        return
    if answer.get("expires_in") != 600:  # noqa: PLR2004 - ten minutes
        said = f"expires_in {answer.get('expires_in')}"
        disagree([keeps], "any", "an access token for the MFA audience: expires_in 600", said)
    granted = frozenset(str(answer.get("scope")).split())
    asked = frozenset(scope.split()) & {*MFA_SCOPES}
    if granted & {*MFA_SCOPES} != asked:
        named = "MFA-AUDIENCE-SCOPE" if keeps == "MFA-AUDIENCE-LIFETIME" else keeps
        told = " ".join(sorted(asked)) or "none"
        got = " ".join(sorted(granted & {*MFA_SCOPES})) or "none"
        disagree([named], "any", f"of the scopes of the MFA audience those asked: {told}", got)
    value = answer.secret("access_token")
    person.tokens.append(Token(person, value, began, is_access=True, for_mfa=True, scopes=granted))


def check_subject(world: World, person: Person, answer: Answer) -> None:
    """Expect an id token to be about the person who logged in, and about nobody else."""
    token = answer.get("id_token")
    if not isinstance(token, str) or token.count(".") != 2:  # noqa: PLR2004 - a signed JWT
        return
    subject = str(_claims(token).get("sub"))
    known = person.subject or person.account.user_id or subject
    theirs = {each.subject for each in world.others(person) if each.subject}
    if subject != known or subject in theirs:
        disagree(
            ["MFA-TOKEN-ID-SUBJECT"], "otp", f"an id_token about {person}", "one about another user"
        )
    person.subject = subject


def _claims(token: str) -> dict[str, object]:
    part = token.split(".")[1]
    try:
        claims = loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except ValueError:
        return {}
    return claims if isinstance(claims, dict) else {}


def guess_password(world: World, person: Person, times: int) -> None:
    """Send wrong passwords, one after the other."""
    for _ in range(times):
        person.wrong_passwords += 1
        blocked = person.wrong_passwords > TRIES
        reason = Reason(
            "MFA-BRUTE-FORCE-BLOCK" if blocked else "MFA-LOGIN-WRONG-PASSWORD",
            "which is wrong",
            frozenset({429}) if blocked else frozenset({403}),
        )
        what = f"a password of {person}"
        answer = world.door.login(
            person.account, password="wrong", expecting="too_many_attempts"  # noqa: S106 - it is
        )  # fmt: skip
        others = ("MFA-BRUTE-FORCE-OTHERS",)
        Expectation(what, "any", others, (reason,), is_open=blocked).judge(answer)


def refresh(world: World, person: Person, token: tuple[object, bool]) -> None:
    """Exchange a refresh token; a policy may ask for a second factor again."""
    value, for_mfa = token
    began = world.now(person)
    answer = world.door.token(grant_type=grants.REFRESH_TOKEN, refresh_token=value)
    named = "MFA-AUDIENCE-REFRESH" if for_mfa else "MFA-TOKEN-REFRESH"
    is_open = person.is_blocked or answer.error == "mfa_required"
    done = Expectation(f"a refresh token of {person}", "any", (named,), is_open=is_open)
    if not done.judge(answer):
        return
    if not answer.get("access_token"):
        disagree([named], "otp", "a new access token", answer.summary())
    check_subject(world, person, answer)
    if for_mfa:
        scope = str(answer.get("scope"))
        take_tokens(world, person, answer, scope, began=began, keeps="MFA-AUDIENCE-REFRESH")
