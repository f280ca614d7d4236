"""The part of the conversation in which devices enroll and answer, rightly and wrongly."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import jwt

from tests.mock.conftest import BASE_URL, Reply
from tests.mock.guardian.conftest import MOUNT, Key, Owner, ec_key, rsa_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.mock.conftest import Harness

LIST = "/mfa/authenticators"
RESOLVE = f"{MOUNT}/resolve-transaction"


@cache
def keys() -> tuple[Key, Key, Key]:
    """Two RSA keys and one on P-256, the same for every conversation."""
    return rsa_key(), rsa_key(), ec_key()


def pushes(tenant: Harness) -> Iterator[Reply]:
    """Touch every requirement on push once; nothing said depends on what was answered wrongly."""
    yield from enrollments(tenant)
    yield from prompts(tenant)
    yield from polls(tenant)
    yield from answers(tenant)
    yield from accounts(tenant)
    yield from deletions(tenant)
    yield from limits(tenant)


def owner_of(tenant: Harness, key: Key | None = None, name: str = "vendor-uuid-1") -> Owner:
    """A user with a device that has yet to enroll."""
    return Owner(tenant.person(), key or keys()[0], name)


def enrolled(tenant: Harness, key: Key | None = None, name: str = "vendor-uuid-1") -> Owner:
    """A user whose device has enrolled, in a new login."""
    owner = owner_of(tenant, key, name)
    owner.associate()
    owner.said = owner.scan().body
    owner.poll()
    owner.login()
    return owner


def prompted(tenant: Harness, key: Key | None = None, name: str = "vendor-uuid-1") -> Owner:
    """A user who has just been prompted."""
    owner = enrolled(tenant, key, name)
    owner.challenge()
    return owner


def enrollments(tenant: Harness) -> Iterator[Reply]:
    """Associate, scan in time and too late, with a used and an invented ticket."""
    owner = owner_of(tenant)
    yield owner.associate()
    yield owner.associate(bearer=owner.mfa_token)
    yield owner.poll()
    yield owner.scan(authorization='Ticket id="invented"')
    owner.said = owner.scan().body
    yield Reply(0, owner.said, "", {})
    yield owner.scan()
    yield owner.poll()
    yield tenant.get(LIST, bearer=owner.mfa_token)
    yield owner_of(tenant).associate()
    elliptic = owner_of(tenant, keys()[2])
    elliptic.associate()
    yield elliptic.scan()
    for waited_s in (290, 310):
        late = owner_of(tenant)
        late.associate()
        tenant.clock.now += waited_s
        yield late.scan()


def prompts(tenant: Harness) -> Iterator[Reply]:
    """Challenge, read the prompts, allow, reject, and change one's mind."""
    owner = enrolled(tenant)
    for _ in range(2):
        yield owner.challenge()
    yield Reply(0, owner.payloads(), "", {})
    yield owner.poll()
    yield owner.resolve()
    yield owner.resolve()
    yield owner.poll()
    yield from beside(tenant)
    rejected = prompted(tenant)
    yield rejected.reject()
    yield rejected.poll()
    yield rejected.resolve()
    late = prompted(tenant)
    tenant.clock.now += 601
    yield late.resolve()


def beside(tenant: Harness) -> Iterator[Reply]:
    """Allow one of two logins that wait."""
    owner = prompted(tenant)
    first = (owner.mfa_token, owner.oob_code)
    owner.login()
    owner.challenge()
    yield owner.resolve()
    owner.mfa_token, owner.oob_code = first
    yield owner.poll()


def polls(tenant: Harness) -> Iterator[Reply]:
    """Ask too often, and again after a while; use the device's one-time password instead."""
    owner = prompted(tenant)
    for _ in range(14):
        yield owner.poll()
    tenant.clock.now += 6
    yield owner.poll()
    owner.person.secret = str(owner.said["totp"]["secret"])
    yield owner.person.verify()


def answers(tenant: Harness) -> Iterator[Reply]:
    """Answer prompts with responses that are wrong in one thing each."""
    stranger = enrolled(tenant, keys()[1], "vendor-uuid-2")
    owner = prompted(tenant)
    claims = owner.claims()
    yield owner.resolve(keys()[1].sign(claims))
    yield owner.resolve(jwt.encode(claims, "", "none"))
    changed = ({"aud": "https://x.example"}, {"iss": "x"}, {"sub": "x"}, {"iat": 1, "exp": 31})
    for changes in changed:
        yield prompted(tenant).resolve(**changes)
    yield owner.resolve(stranger.key.sign({**claims, "iss": stranger.identifier}))
    path, body = f"{BASE_URL}{RESOLVE}", {"challenge_response": owner.key.sign(claims)}
    yield owner.send("POST", path.removeprefix(BASE_URL), body, "Bearer invented")


def accounts(tenant: Harness) -> Iterator[Reply]:
    """Change and delete accounts, one's own and another's."""
    owner = enrolled(tenant)
    path, bearer = f"{MOUNT}/device-accounts/{owner.device_id}", f"Bearer {owner.said['token']}"
    yield owner.send("PATCH", path, {"name": "renamed"}, bearer)
    yield owner.send("PATCH", path, {"name": "stolen"}, "Bearer invented")
    yield owner.send("DELETE", path, None, bearer)
    yield tenant.get(LIST, bearer=owner.mfa_token)


def deletions(tenant: Harness) -> Iterator[Reply]:
    """Delete one entry of a device by the MFA API."""
    owner = enrolled(tenant)
    token = owner.access_token()
    yield tenant.delete(f"{LIST}/push|{owner.device_id}", bearer=token)
    yield tenant.get(LIST, bearer=token)


def limits(tenant: Harness) -> Iterator[Reply]:
    """Use up the prompts and wait for another."""
    owner = enrolled(tenant)
    for _ in range(6):
        yield owner.challenge()
    tenant.clock.now += 13
    yield owner.challenge()
