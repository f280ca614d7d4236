"""The catalogue of deviations: complete in itself, and each one visible from outside."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from pytest_auth0_mfa.mock.deviations import DEVIATIONS, compose
from pytest_auth0_mfa.mock.rules import RULES, Rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.mock.conftest import Harness, Person, Reply

EXTENSION = "http://auth0.com/oauth/grant-type/"
LIST, CHALLENGE, ASSOCIATE = "/mfa/authenticators", "/mfa/challenge", "/mfa/associate"
OTP = {"authenticator_types": ["otp"]}


class TestCatalogue:
    """The table itself."""

    @pytest.mark.parametrize("name", DEVIATIONS)
    def test_entry(self, name: str) -> None:
        """An entry has its key as name, a requirement id, a summary, and one kind of fault."""
        entry = DEVIATIONS[name]
        assert name == entry.name
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", name)
        assert re.fullmatch(r"MFA(-[A-Z]+)+", entry.requirement)
        assert entry.summary
        assert bool(entry.rules) != bool(entry.change)

    @pytest.mark.parametrize("name", DEVIATIONS)
    def test_rules_exist_and_keep_their_type(self, name: str) -> None:
        """An override names a rule, has its type, and is not its default."""
        for rule, value in DEVIATIONS[name].rules.items():
            default = getattr(RULES, rule)
            assert type(value) is type(default)
            assert value != default

    def test_every_yes_or_no_is_used(self) -> None:
        """A rule that no deviation bends would be a switch for nobody."""
        bent = {rule for entry in DEVIATIONS.values() for rule in entry.rules}
        switches = {each.name for each in fields(Rules) if isinstance(each.default, bool)}
        assert switches - bent == {"last_removal_drops_recovery_code"}

    def test_exceptions_are_united(self) -> None:
        """Two deviations that bend the same set bend it together."""
        names = ["challenge-takes-expired-token", "list-takes-expired-bearer"]
        both = compose(names).rules.expiry_ignored_by
        assert {"challenge", "list"} == {each.value for each in both}

    def test_none_is_the_documented_tenant(self) -> None:
        """Without deviations the rules are the default ones."""
        assert compose([]).rules is RULES


@pytest.fixture(scope="module")
def documented() -> list[list[Reply]]:
    """Hold what the documented tenant answered, once it has been asked."""
    return []


@pytest.mark.parametrize("name", DEVIATIONS)
def test_deviation_shows(
    make_tenant: Callable[..., Harness], documented: list[list[Reply]], name: str
) -> None:
    """With the deviation, some answer of a long conversation is another, and none is missing."""
    if not documented:
        documented.append(list(conversation(make_tenant())))
    answers = list(conversation(make_tenant(name)))
    assert len(documented[0]) == len(answers)
    assert documented[0] != answers


def conversation(tenant: Harness) -> Iterator[Reply]:
    """Touch every requirement once; nothing said depends on what was answered wrongly."""
    yield from logins(tenant)
    yield from enrollments(tenant)
    yield from challenges(tenant)
    yield from verifications(tenant)
    yield from limits(tenant)
    yield from token_sets(tenant)
    yield from deletions(tenant)


def logins(tenant: Harness) -> Iterator[Reply]:
    """Log in, rightly and wrongly, as every kind of client."""
    user = tenant.person()
    public = str(tenant.info["public_client_id"])
    realm = tenant.info["connection"]
    yield from (user.login(), user.login())
    credentials = {"username": user.email, "password": user.password}
    yield tenant.token(f"{EXTENSION}password-realm", **credentials, realm=realm)
    yield tenant.post("/oauth/token", {"grant_type": "password", **credentials, **tenant.client})
    for changes in ({"password": "x"}, {"username": "x@y"}, {"audience": "urn:x"}):
        yield user.login(**changes)
    for name in ("username", "password", "client_id"):
        yield user.login(**{name: None})
    for changes in ({"client_id": "unknown"}, {"client_secret": "wrong"}):
        yield user.login(**changes)
    yield user.login(client_id=public, client_secret=None)
    yield tenant.token(None)
    yield tenant.token("nonsense")
    basic = {"authorization": "Basic eDp5"}
    yield tenant.form("/oauth/token", {"grant_type": "password", **credentials}, **basic)
    management = tenant.info["management"]
    yield user.verify(otp="123456", **management)
    yield tenant.token("client_credentials", audience=tenant.info["audience"])
    yield user.login(audience="https://tenant.example/mfa/", scope="enroll")


def enrollments(tenant: Harness) -> Iterator[Reply]:
    """Associate, list and confirm, with every fault."""
    user = tenant.person()
    token = user.mfa_token()
    yield tenant.get(LIST, bearer=token)
    yield user.verify(token, otp="123456")
    yield user.recover("A" * 24)
    for bearer in (None, "invented"):
        yield tenant.post(ASSOCIATE, OTP, bearer=bearer)
        yield tenant.get(LIST, bearer=bearer)
    for body in ({}, {"authenticator_types": ["x"]}, {**OTP, "phone_number": "+15551234567"}):
        yield tenant.post(ASSOCIATE, body, bearer=tenant.person().mfa_token())
    yield user.associate(token)
    yield tenant.post(ASSOCIATE, OTP, bearer=token)
    yield tenant.post(CHALLENGE, {"mfa_token": token, **tenant.client})
    yield user.verify(token, otp="000000")
    yield tenant.get(LIST, bearer=token)
    yield user.verify(token)
    yield tenant.get(LIST, bearer=token)
    yield tenant.post(ASSOCIATE, OTP, bearer=token)
    tenant.person().enroll()
    yield tenant.get(LIST, bearer=user.mfa_token())
    expired = user.mfa_token()
    tenant.clock.now += 600
    yield tenant.post(ASSOCIATE, OTP, bearer=expired)
    yield tenant.get(LIST, bearer=expired)
    yield tenant.get(LIST, bearer=tenant.person().access_token())


def challenges(tenant: Harness) -> Iterator[Reply]:
    """Challenge, with every fault."""
    user, public = tenant.person().enroll(), {"client_id": str(tenant.info["public_client_id"])}
    foreign = tenant.person().enroll().authenticators()[0]["id"]
    token, own = user.mfa_token(), user.authenticators()[0]["id"]
    right = {"mfa_token": token, "challenge_type": "otp", **tenant.client}
    yield tenant.form(CHALLENGE, right)
    for changes in (
        {},
        {"challenge_type": None},
        {"challenge_type": "oob"},
        {"authenticator_id": own},
        {"authenticator_id": foreign},
        {"mfa_token": None},
        {"mfa_token": "invented"},
        {"client_secret": "wrong"},
    ):
        yield tenant.post(CHALLENGE, {**right, **changes})
    yield tenant.post(CHALLENGE, {"mfa_token": token, **public})
    tenant.clock.now += 600
    yield tenant.post(CHALLENGE, right)


def verifications(tenant: Harness) -> Iterator[Reply]:
    """Send codes, with every fault."""
    user, other = tenant.person().enroll(), tenant.person().enroll()
    public = {"client_id": str(tenant.info["public_client_id"]), "client_secret": None}
    token = user.mfa_token()
    for otp in (user.code(steps_ago=3), other.code(), "letter", None):
        yield user.verify(token, otp=otp)
    yield user.verify(token, **public)
    for wrong in (None, "invented"):
        yield user.verify("x", mfa_token=wrong)
    yield user.verify(token, otp=user.code(steps_ago=1))
    yield user.verify(token)
    yield user.verify(token)
    tenant.clock.now += 60
    form = {"grant_type": f"{EXTENSION}mfa-otp", "mfa_token": token, **tenant.client}
    yield tenant.post("/oauth/token", {**form, "otp": user.code()}, bearer=token)
    tenant.clock.now += 60
    yield tenant.post("/oauth/token", {**form, "otp": user.code()})
    yield from recoveries(tenant, user)
    expired = user.mfa_token()
    tenant.clock.now += 600
    yield user.verify(expired)


def recoveries(tenant: Harness, user: Person) -> Iterator[Reply]:
    """Use a recovery code, its successor, the used one again, and what never was one."""
    used = user.recovery_code
    answer = user.recover()
    yield answer
    yield user.recover(used)
    yield user.recover(str(answer.body.get("recovery_code")))
    for wrong in ("A" * 24, "short"):
        yield user.recover(wrong)
    yield tenant.token(f"{EXTENSION}mfa-recovery-code", mfa_token=user.mfa_token())


def limits(tenant: Harness) -> Iterator[Reply]:
    """Use up the tries, with a success on the way, and wait for another."""
    user = tenant.person().enroll()
    token = user.mfa_token()
    for otp in ["12345"] * 9 + [user.code()] + ["12345"] * 2:
        yield user.verify(token, otp=otp)
    tenant.clock.now += 360
    yield user.verify()
    late = user.mfa_token()
    tenant.clock.now += 590
    yield tenant.get(LIST, bearer=late)


def token_sets(tenant: Harness) -> Iterator[Reply]:
    """Log in by code for all kinds of tokens and use them."""
    user, audience = tenant.person().enroll(), str(tenant.info["audience"])
    answers = []
    for login in ({"scope": "profile"}, {"scope": "openid offline_access"}, {"audience": audience}):
        answers.append(user.verify(user.mfa_token(**login)))
        tenant.clock.now += 60
    yield from answers
    minted = answers[1].body
    yield tenant.token("refresh_token", refresh_token=minted.get("refresh_token"))
    yield tenant.token("refresh_token", refresh_token="invented")
    yield tenant.get("/userinfo", bearer=str(minted.get("access_token")))
    yield tenant.get("/userinfo", bearer="invented")
    yield tenant.get("/.well-known/openid-configuration")
    yield tenant.get("/.well-known/jwks.json")


def deletions(tenant: Harness) -> Iterator[Reply]:
    """Delete, with every fault, and enroll again."""
    user, other = tenant.person().enroll(), tenant.person().enroll()
    own = f"{LIST}/{user.authenticators()[0]['id']}"
    foreign = f"{LIST}/{other.authenticators()[0]['id']}"
    yield user.login(audience="https://tenant.example/mfa/", scope="enroll")
    pending = tenant.person()
    pending.associate()
    path = f"{LIST}/{pending.authenticators()[0]['id']}"
    for bearer in (None, "invented", pending.mfa_token(), pending.access_token(scope="enroll")):
        yield tenant.delete(path, bearer=bearer)
    yield tenant.delete(path, bearer=pending.access_token("read:authenticators"))
    yield tenant.delete(path, bearer=pending.access_token())
    token = user.access_token()
    yield tenant.delete(f"{LIST}/totp|dev_0123456789abcdef", bearer=token)
    yield tenant.delete(foreign, bearer=token)
    yield tenant.delete(own, bearer=token)
    yield user.verify()
    yield tenant.post(ASSOCIATE, OTP, bearer=user.mfa_token())
