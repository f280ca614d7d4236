"""What a tenant makes of requests that are unusual, and of those that are wrong in their form.

Each refusal stands beside the same request without its fault, which must be accepted.

Source: https://www.rfc-editor.org/rfc/rfc6749#section-3.2
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from pytest_auth0_mfa import OMIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pytest_auth0_mfa import Answer, EnrolledAuthenticator, Judgement, Login, Tenant, User

requirement = pytest.mark.requirement

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
TOKEN, CHALLENGE, ASSOCIATE = "/oauth/token", "/mfa/challenge", "/mfa/associate"
INTERRUPTED = "mfa_required"
UNDERSTOOD = {TOKEN: INTERRUPTED, CHALLENGE: "association_required"}
"""Path -> the error that shows that a faultless request of a new user was understood."""
BLAMED = "a 4xx error about the request"
UNKNOWN = {"nobody_knows": "this"}
LENGTH = 10_000
MALFORMED = "not-an-mfa-token"
FOREIGN_SCRIPT = "\u4e00\u05d0\U0001f511\u202e\u0301\u00e9"
XML = '<?xml version="1.0"?><request/>'


def _blames(answer: Answer, path: str = "") -> bool:
    """Whether an answer blames the client for the form of its request."""
    blamed = 400 <= answer.status < 500
    return blamed and (answer.error is None or answer.error != UNDERSTOOD.get(path))


def _needs_refused_tokens(judge: Judgement, enrolled: EnrolledAuthenticator, login: Login) -> None:
    """Judge what is special about a malformed mfa_token only where a plain one is refused."""
    answer = enrolled.verify(login, "000000", mfa_token=MALFORMED)
    judge.needs("malformed mfa_tokens that are the client's fault", when=_blames(answer))


def _login_form(tenant: Tenant, user: User) -> dict[str, str]:
    """The parameters of a login with the password."""
    grant = {"grant_type": "password"}
    if tenant.access.realm_needed:
        realm_grant = "http://auth0.com/oauth/grant-type/password-realm"
        grant = {"grant_type": realm_grant, "realm": tenant.connection}
    return {**grant, "username": user.email, "password": user.password, **_credentials(tenant)}


def _credentials(tenant: Tenant) -> dict[str, str]:
    application = tenant.confidential_application
    return {"client_id": application.client_id, "client_secret": str(application.client_secret)}


def _plain_bodies(tenant: Tenant, login: Login, user: User) -> Mapping[str, dict[str, object]]:
    """Path -> a body that is accepted there, or refused for the user's state alone."""
    return {
        TOKEN: {**_login_form(tenant, user)},
        ASSOCIATE: {"authenticator_types": ["otp"]},
        CHALLENGE: {"mfa_token": login.mfa_token, **_credentials(tenant)},
    }


@requirement("MFA-PROTOCOL-EXTRA-TOKEN")
def test_unknown_parameter_of_a_grant_is_ignored(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """A parameter that was defined later, or nowhere, does not disturb a login."""
    login = enrolled_authenticator.login()
    code = enrolled_authenticator.code(login)
    mfa_judge.accepts(
        enrolled_authenticator.verify(login, code, **UNKNOWN),
        "a right code beside an unknown parameter",
        # Another user, for a recovery code may be used up even where it was refused.
        unlike=lambda: auth0_tenant.enroll(enrolled_authenticator.factor).complete_login(),
    )


@requirement("MFA-PROTOCOL-EXTRA-CHALLENGE")
def test_unknown_parameter_of_a_challenge_is_ignored(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Clients built to a description with one parameter too many are challenged all the same."""
    challenge, login = enrolled_authenticator.challenge, enrolled_authenticator.login()
    mfa_judge.accepts(
        challenge(login, **UNKNOWN),
        "a challenge asked for with an unknown parameter",
        unlike=lambda: challenge(login),
    )


@requirement("MFA-PROTOCOL-REPEATED")
def test_repeated_parameter_is_refused(
    mfa_judge: Judgement, auth0_tenant: Tenant, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Two values for one name are a chance to be understood in two ways."""
    login, proof = _proof(enrolled_authenticator)
    pairs = [*{**proof, **_credentials(auth0_tenant)}.items(), ("mfa_token", login.mfa_token)]
    answer = auth0_tenant.client.send_text("POST", TOKEN, urlencode(pairs), content_type=FORM)
    mfa_judge.refuses(answer, "error.invalid-request")
    once = urlencode(dict(pairs))
    mfa_judge.control(auth0_tenant.client.send_text("POST", TOKEN, once, content_type=FORM))


@requirement("MFA-PROTOCOL-NON-STRING")
def test_value_that_is_no_string_is_refused(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """JSON can carry lists and numbers, the parameters of a grant are strings."""
    login = enrolled_authenticator.login()
    code = enrolled_authenticator.code(login)
    for odd in ([login.mfa_token], {"token": login.mfa_token}, 7):
        answer = enrolled_authenticator.verify(login, code, as_json=True, mfa_token=odd)
        mfa_judge.refuses(answer, "error.invalid-request")
    mfa_judge.control(enrolled_authenticator.verify(login, code))


@requirement("MFA-PROTOCOL-MALFORMED-JSON")
def test_malformed_json_is_refused(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User, mfa_login: Login
) -> None:
    """A body that breaks off is the client's fault, and no tenant fails over it."""
    for path, body in _plain_bodies(auth0_tenant, mfa_login, auth0_user).items():
        broken = json.dumps(body)[:-1]
        answer = _sent(auth0_tenant, mfa_login, path, broken)
        mfa_judge.refuses(answer)
        mfa_judge.holds(BLAMED, answer.summary(), when=_blames(answer, path), answer=answer)
    for answer, understood in _plain_answers(auth0_tenant, mfa_login, auth0_user):
        mfa_judge.control(answer, understood)


@requirement("MFA-PROTOCOL-JSON-OBJECT")
def test_json_that_is_no_object_is_refused(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User, mfa_login: Login
) -> None:
    """A list or a text has no parameters."""
    for path, body in _plain_bodies(auth0_tenant, mfa_login, auth0_user).items():
        for value in ([body], "text"):
            answer = _sent(auth0_tenant, mfa_login, path, json.dumps(value))
            mfa_judge.refuses(answer)
            mfa_judge.holds(BLAMED, answer.summary(), when=_blames(answer, path), answer=answer)
    for answer, understood in _plain_answers(auth0_tenant, mfa_login, auth0_user):
        mfa_judge.control(answer, understood)


@requirement("MFA-PROTOCOL-CONTENT-TYPE")
def test_other_formats_are_refused(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User, mfa_login: Login
) -> None:
    """What is neither a form nor JSON is not understood, and not answered as a failure."""
    nothing = _sent(auth0_tenant, mfa_login, ASSOCIATE, "{}")
    mfa_judge.needs("associations that need a type", when=not nothing.accepted)
    for path in (TOKEN, ASSOCIATE, CHALLENGE):
        answer = _sent(auth0_tenant, mfa_login, path, XML, sort="application/xml")
        mfa_judge.refuses(answer)
        mfa_judge.holds(BLAMED, answer.summary(), when=_blames(answer, path), answer=answer)
    for answer, understood in _plain_answers(auth0_tenant, mfa_login, auth0_user):
        mfa_judge.control(answer, understood)


@requirement("MFA-PROTOCOL-CHARSET")
def test_charset_changes_nothing(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """Client libraries name the charset beside the type."""
    params = _login_form(auth0_tenant, auth0_user)
    for text, sort in (
        (urlencode(params), f"{FORM};charset=UTF-8"),
        (json.dumps(params), f"{JSON}; charset=utf-8"),
    ):
        mfa_judge.accepts(
            auth0_tenant.client.send_text("POST", TOKEN, text, content_type=sort),
            f"a login under {sort}",
            INTERRUPTED,
            unlike=lambda sort=sort: auth0_tenant.password(  # type: ignore[misc]
                auth0_user, as_json=sort.startswith(JSON)
            ),
        )


@requirement("MFA-PROTOCOL-NULL")
def test_null_counts_as_absent(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User
) -> None:
    """A client library that knows a parameter and has no value for it sends null."""
    answer = auth0_tenant.password(auth0_user, as_json=True, audience=None, organization=None)
    mfa_judge.accepts(
        answer,
        "a login in JSON with nulls",
        INTERRUPTED,
        unlike=lambda: auth0_tenant.password(auth0_user, as_json=True),
    )


@requirement("MFA-PROTOCOL-LONG-VALUE")
def test_very_long_value_is_refused(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Ten thousand characters are no code and no mfa_token."""
    login = enrolled_authenticator.login()
    code = enrolled_authenticator.code(login)
    answer = enrolled_authenticator.verify(login, "7" * LENGTH)
    mfa_judge.needs("malformed codes that meet an error", when=answer.status >= 400)
    mfa_judge.refuses(answer)
    mfa_judge.holds(BLAMED, answer.summary(), when=_blames(answer), answer=answer)
    _needs_refused_tokens(mfa_judge, enrolled_authenticator, login)
    answer = enrolled_authenticator.verify(login, code, mfa_token="7" * LENGTH)
    mfa_judge.refuses(answer)
    mfa_judge.holds(BLAMED, answer.summary(), when=_blames(answer), answer=answer)
    mfa_judge.control(enrolled_authenticator.verify(login, code))


@requirement("MFA-PROTOCOL-UNICODE")
def test_characters_of_other_scripts_are_refused(
    mfa_judge: Judgement, enrolled_authenticator: EnrolledAuthenticator
) -> None:
    """Text that is neither Latin nor a digit is no code and no mfa_token, in either format."""
    login = enrolled_authenticator.login()
    code = enrolled_authenticator.code(login)
    for as_json in (False, True):
        answer = enrolled_authenticator.verify(login, FOREIGN_SCRIPT, as_json=as_json)
        mfa_judge.needs("malformed codes that meet an error", when=answer.status >= 400)
        mfa_judge.refuses(answer)
        mfa_judge.holds(BLAMED, answer.summary(), when=_blames(answer), answer=answer)
    _needs_refused_tokens(mfa_judge, enrolled_authenticator, login)
    answer = enrolled_authenticator.verify(login, code, mfa_token=FOREIGN_SCRIPT)
    mfa_judge.refuses(answer)
    mfa_judge.holds(BLAMED, answer.summary(), when=_blames(answer), answer=answer)
    mfa_judge.control(enrolled_authenticator.verify(login, code))


@requirement("MFA-PROTOCOL-METHOD")
def test_other_methods_are_refused(
    mfa_judge: Judgement, auth0_tenant: Tenant, auth0_user: User, mfa_login: Login
) -> None:
    """What is to be posted is not put."""
    for path, body in _plain_bodies(auth0_tenant, mfa_login, auth0_user).items():
        answer = _sent(auth0_tenant, mfa_login, path, json.dumps(body), method="PUT")
        mfa_judge.refuses(answer)
        mfa_judge.holds(BLAMED, answer.summary(), when=_blames(answer, path), answer=answer)
    for answer, understood in _plain_answers(auth0_tenant, mfa_login, auth0_user):
        mfa_judge.control(answer, understood)


def _sent(  # noqa: PLR0913 - the parts of an HTTP request
    tenant: Tenant, login: Login, path: str, text: str, *, sort: str = JSON, method: str = "POST"
) -> Answer:
    """The answer to a body as it is; association has its bearer."""
    bearer = login.mfa_token if path == ASSOCIATE else None
    return tenant.client.send_text(method, path, text, content_type=sort, bearer=bearer)


def _plain_answers(tenant: Tenant, login: Login, user: User) -> Iterator[tuple[Answer, str | None]]:
    """The answer of each endpoint to a body in its right form, and the error that shows so."""
    for path, body in _plain_bodies(tenant, login, user).items():
        answer = _sent(tenant, login, path, json.dumps(body))
        yield answer, None if answer.accepted else UNDERSTOOD.get(path)


def _proof(enrolled: EnrolledAuthenticator) -> tuple[Login, dict[str, str]]:
    """A new login and the parameters that complete it."""
    login = enrolled.login()
    oob_code = enrolled.challenge(login).secret("oob_code") if enrolled.delivered else OMIT
    names = {"otp": "otp", "recovery-code": "recovery_code"}
    grant = {"otp": "mfa-otp", "recovery-code": "mfa-recovery-code"}.get(enrolled.factor, "mfa-oob")
    params = {
        "grant_type": f"http://auth0.com/oauth/grant-type/{grant}",
        "mfa_token": login.mfa_token,
        "oob_code": oob_code,
        names.get(enrolled.factor, "binding_code"): enrolled.code(login),
    }
    return login, {name: str(value) for name, value in params.items() if value is not OMIT}
