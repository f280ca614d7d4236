"""The part of the long conversation about several factors and logins, and about configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.mock.conftest import Harness, Person, Recipient, Reply

LIST, CHALLENGE = "/mfa/authenticators", "/mfa/challenge"


def further(tenant: Harness) -> Iterator[Reply]:
    """Touch what the first part leaves out; nothing said depends on what was answered wrongly."""
    yield from several(tenant)
    yield from concurrent(tenant)
    yield from switched_off(tenant)
    yield from customized(tenant)
    yield from limited(tenant)
    yield from blocked(tenant)
    yield from guesses(tenant)


def both(tenant: Harness, channel: str) -> Recipient:
    """Enroll an app and an address for one user, and start a login."""
    user = tenant.recipient(channel)
    token = user.person.access_token()
    user.person.enroll()
    add(user, token)
    return user


def add(user: Recipient, access_token: str) -> None:
    """Enroll one more address with an access token, as far as the tenant lets us."""
    user.associate(bearer=access_token)
    if user.tenant.messages(to=user.address):
        user.verify()
    user.tenant.clock.now += 1
    user.login()


def identifier(user: Recipient, channel: str) -> str:
    """Look up the id of the entry for a channel."""
    entries = user.person.authenticators()
    found = [str(each["id"]) for each in entries if each.get("oob_channel") == channel]
    return found[0] if found else f"{channel}|dev_0123456789abcdef"


def several(tenant: Harness) -> Iterator[Reply]:
    """Challenge by id, by type, by default; complete, leave unconfirmed, delete."""
    user = both(tenant, "email")
    listed = tenant.get(LIST, bearer=user.mfa_token)
    yield listed
    ids = {str(each["authenticator_type"]): str(each["id"]) for each in listed.body}
    for wish in (
        {"authenticator_id": ids.get("oob", "email|dev_0"), "challenge_type": "OOB otp"},
        {"challenge_type": "oob"},
        {"challenge_type": "otp oob"},
        {"challenge_type": "OTP"},
        {},
    ):
        yield user.challenge(**wish)
    user.challenge(challenge_type="oob")
    yield user.verify() if tenant.messages(to=user.address) else listed
    yield from by_address(tenant)
    pending = tenant.recipient("sms", user.person)
    pending.associate(bearer=user.person.access_token())
    yield user.challenge(authenticator_id=identifier(user, "sms"))
    tenant.delete(f"{LIST}/{ids.get('otp')}", bearer=user.person.access_token())
    yield tenant.get(LIST, bearer=user.login())
    yield user.challenge(challenge_type="oob")


def by_address(tenant: Harness) -> Iterator[Reply]:
    """Name the second of two addresses."""
    first = tenant.recipient("sms")
    token = first.person.access_token()
    first.enroll()
    second = tenant.recipient("email", first.person)
    add(second, token)
    named = identifier(second, "email")
    yield second.challenge(authenticator_id=named, challenge_type="oob")
    yield tenant.request("GET", "/__mock__/messages", query=f"to={second.address}")


def concurrent(tenant: Harness) -> Iterator[Reply]:
    """Complete two logins of one user, with wrong codes and with each other's."""
    user = tenant.recipient("sms").enroll()
    earlier, later = user.login(), user.login()
    logins = []
    for user.mfa_token in (earlier, later):
        user.challenge(challenge_type="oob")
        logins.append({"oob_code": user.oob_code, "binding_code": user.code()})
    tenant.clock.now += 1
    foreign = {**logins[1], "binding_code": logins[0]["binding_code"]}
    yield user.verify(mfa_token=later, **foreign)
    yield user.verify(mfa_token=earlier, **logins[0])
    yield user.verify(mfa_token=later, **logins[1])


def switched_off(tenant: Harness) -> Iterator[Reply]:
    """Enroll, challenge and recover by what is off for the user."""
    user = tenant.person()
    switch(user, "otp")
    switch(user, "recovery-code")
    yield tenant.post("/mfa/associate", {"authenticator_types": ["otp"]}, bearer=user.mfa_token())
    yield tenant.recipient("sms", user).associate()
    switch(phone := tenant.person(), "voice")
    tenant.recipient("sms", phone).associate()
    yield tenant.get(LIST, bearer=phone.mfa_token())
    holder = tenant.person().enroll()
    token = holder.mfa_token()
    for factor in ("otp", "recovery-code"):
        switch(holder, factor)
    yield tenant.post(CHALLENGE, {"mfa_token": token, **tenant.client})
    yield holder.recover()
    verified = tenant.person(email_verified=True)
    yield verified.login(audience="https://tenant.example/mfa/", scope="enroll")
    yield verified.associate()


def switch(user: Person, factor: str) -> None:
    """Switch a factor off for a user."""
    off = {"enabled": False, "user_id": user.user_id}
    assert user.tenant.post(f"/__mock__/factors/{factor}", off).status == 200


def customized(tenant: Harness) -> Iterator[Reply]:
    """Log in and list where MFA is customized."""
    for user in (tenant.person(), both(tenant, "sms").person):
        body = {"enabled": True, "user_id": user.user_id}
        yield tenant.post("/__mock__/features/customize-mfa", body)
        yield user.login()
        yield tenant.get(LIST, bearer=user.mfa_token())


def limited(tenant: Harness) -> Iterator[Reply]:
    """Log in until it is too often."""
    user = tenant.person()
    body = {"enabled": True, "user_id": user.user_id}
    yield tenant.post("/__mock__/features/login-limit", body)
    yield from (user.login() for _ in range(21))


def blocked(tenant: Harness) -> Iterator[Reply]:
    """Block a user before the code and before the password."""
    user = tenant.person().enroll()
    token = user.mfa_token()
    yield tenant.post("/__mock__/blocks", {"user_id": user.user_id, "blocked": True})
    yield user.verify(token)
    yield user.login()


def guesses(tenant: Harness) -> Iterator[Reply]:
    """Guess passwords of one user, then log in there, elsewhere, and as somebody else."""
    user, other = tenant.person(), tenant.person()
    for password in ["wrong"] * 10 + [user.password]:
        yield login_from(user, "192.0.2.1", password)
    yield login_from(user, "192.0.2.2", user.password)
    yield login_from(other, "192.0.2.1", other.password)


def login_from(user: Person, address: str, password: str) -> Reply:
    """Log in from an address."""
    form = {"grant_type": "password", "username": user.email, "password": password}
    told = {"auth0-forwarded-for": address}
    return user.tenant.form("/oauth/token", {**form, **user.tenant.client}, **told)
