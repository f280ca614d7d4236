"""What may be written down of an exchange: everything but its secrets."""

from __future__ import annotations

import json
import string
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_auth0_mfa.api.redaction import Redactor
from pytest_auth0_mfa.api.secret import SECRET_FIELDS, Secret

if TYPE_CHECKING:
    from collections.abc import Callable

SEALED = "Fe26.2*SERVER_1726721698*0a1b2c*d-e_f*ciphertext*1726830032592*0a1b*mac"
SIGNED = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"
ANY_JSON = '{"otp": "otp#1", "x": [{"otp": ["otp#2", "otp#3"]}]}'
AWKWARD = 'pass "word" \\ & käse+more'

TOKENS = st.text(
    string.ascii_letters + string.digits + "-_.*+/=%&\"'\\ äß", min_size=9, max_size=60
)


@pytest.fixture
def redactor() -> Redactor:
    """A redactor that knows nothing yet."""
    return Redactor()


class TestRawBodies:
    """Bodies that were sent as they are, well-formed or not."""

    @pytest.mark.parametrize(
        ("text", "written"),
        [
            ("otp=123456&x=http://a/b", "otp=otp#1&x=http://a/b"),
            ("otp=planted&otp=planted&x", "otp=otp#1&otp=otp#1&x"),
            ("client%5Fsecret=planted%2Fone+two", "client%5Fsecret=client_secret#1"),
            ("otp=&mfa_token", "otp=&mfa_token"),
            ('{ "x":1,  "otp" : "123456" }', '{ "x":1,  "otp" : "otp#1" }'),
            ('{"otp": 123456, "x": [{"otp": ["1", "2"]}]}', ANY_JSON),
            ('{"otp": ["planted"]}', '{"otp": ["otp#1"]}'),
            ('{"otp": "planted", "x": 1', '{"otp": "otp#1", "x": 1'),
            ('{"OTP": "plant', '{"OTP": "otp#1'),
            ('{"otp": 123456, "x": "y"', '{"otp": otp#1, "x": "y"'),
            ('{"password": ["planted \\" one", 2', '{"password": ["password#1", 2'),
            ("<otp/>", "<otp/>"),
        ],
    )
    def test_written_down(self, redactor: Redactor, text: str, written: str) -> None:
        """Order, repetitions and faults stay; what a secret field holds does not."""
        assert written == redactor.raw(text)

    @given(value=TOKENS, broken=st.booleans())
    def test_nothing_of_a_secret_field_is_left(self, value: str, broken: bool) -> None:  # noqa: FBT001 - drawn
        """Whatever a secret is made of, neither broken JSON nor a form shows it."""
        text = json.dumps({"a": "b", "password": value})[: -1 if broken else None]
        assert value not in Redactor().raw(text)
        assert json.dumps(value)[1:-1] not in Redactor().raw(text)
        assert quote_plus(value) not in Redactor().raw(f"a=b&password={quote_plus(value)}")

    @pytest.mark.parametrize("value", ["9", "abc"])
    def test_what_is_too_short_stays(self, redactor: Redactor, value: str) -> None:
        """What tests send in the place of a secret stands in too many other places."""
        redactor.learn(value, "mfa_token")
        assert f"0.{value} waited s" == redactor.scrub(f"0.{value} waited s")

    def test_known_secrets_are_found_anywhere(self, redactor: Redactor) -> None:
        """A secret that has passed is hidden in any text."""
        redactor.learn("planted-token", "mfa_token")
        assert "<x>mfa_token</x>" == redactor.raw("<x>planted-token</x>")


class TestNames:
    """Each secret has a name by which a reader follows it."""

    def test_same_secret_same_name(self, redactor: Redactor) -> None:
        """Wherever it comes up within one test."""
        first = redactor.redact({"mfa_token": "planted-1"})
        second = redactor.redact({"again": {"mfa_token": "planted-1"}, "text": "is planted-1"})
        assert {"mfa_token": "mfa_token#1"} == first
        assert {"again": {"mfa_token": "mfa_token#1"}, "text": "is mfa_token#1"} == second

    def test_count_by_kind(self, redactor: Redactor) -> None:
        """Each kind counts for itself."""
        body = {"mfa_token": "planted-1", "otp": "123456", "list": [{"mfa_token": "planted-2"}]}
        assert {
            "mfa_token": "mfa_token#1",
            "otp": "otp#1",
            "list": [{"mfa_token": "mfa_token#2"}],
        } == redactor.redact(body)

    def test_begin_anew_with_each_test(self, redactor: Redactor) -> None:
        """Names depend neither on the tests before nor on the worker."""
        redactor.redact({"mfa_token": "planted-1"})
        redactor.start_test()
        assert {"mfa_token": "mfa_token#1"} == redactor.redact({"mfa_token": "planted-2"})

    def test_secrets_of_earlier_tests_stay_hidden(self, redactor: Redactor) -> None:
        """What passed once is scrubbed for the rest of the run, by its kind."""
        redactor.redact({"mfa_token": "planted-1"})
        redactor.start_test()
        assert "it was mfa_token" == redactor.scrub("it was planted-1")


class TestFields:
    """Secrets are known by the field in which they stand."""

    @pytest.mark.parametrize("field", SECRET_FIELDS)
    def test_every_secret_field(self, redactor: Redactor, field: str) -> None:
        """Under each name, in whatever case."""
        kind = SECRET_FIELDS[field]
        assert {field: f"{kind}#1"} == redactor.redact({field: "planted-1"})
        assert {field.upper(): f"{kind}#1"} == redactor.redact({field.upper(): "planted-1"})

    def test_lists_of_secrets(self, redactor: Redactor) -> None:
        """A list under such a name is one of secrets."""
        body = {"recovery_codes": ["planted-1", "planted-2"]}
        assert {"recovery_codes": ["recovery_code#1", "recovery_code#2"]} == redactor.redact(body)

    def test_numbers_are_codes_too(self, redactor: Redactor) -> None:
        """A code that was sent as a number is as secret."""
        assert {"otp": "otp#1"} == redactor.redact({"otp": 123456})

    @pytest.mark.parametrize("value", [None, True, False])
    def test_what_is_no_secret_stays(self, redactor: Redactor, value: object) -> None:
        """A missing value or a flag tells nothing, and tests are about them."""
        assert {"otp": value} == redactor.redact({"otp": value})

    @pytest.mark.parametrize(
        "body",
        [
            {"error": "invalid_grant", "error_description": "Invalid otp_code."},
            {"expires_in": 86400, "token_type": "Bearer", "scope": "openid profile"},
            [{"id": "totp|dev_WzMZ2sZbUw1wbC2F", "active": True, "authenticator_type": "otp"}],
        ],
    )
    def test_the_rest_stays(self, redactor: Redactor, body: object) -> None:
        """Errors, lifetimes, types and ids are what a reader needs."""
        assert body == redactor.redact(body)


class TestRenamedFields:
    """A tenant that names its fields otherwise must not make us print a token."""

    @pytest.mark.parametrize(
        "value",
        [
            SEALED,
            SIGNED,
            "otpauth://totp/Mock:me?secret=JBSWY3DPEHPK3PXP",
            "MZCRK3YX5V3AKNNYY6JEBQCL",
            "HJ6XM2DNERXDAVCUONGWKRTCMNTU6VDF",
            "PPlGNh1wLQbJznsdLCx5XFb04ZPKzPxL",
        ],
    )
    def test_are_hidden_by_their_looks(self, redactor: Redactor, value: str) -> None:
        """Whatever looks like a token, a secret or a recovery code is hidden."""
        assert {"mfaToken": "opaque#1"} == redactor.redact({"mfaToken": value})

    def test_are_hidden_inside_a_text(self, redactor: Redactor) -> None:
        """A body that is no JSON at all is hidden when a token stands in it."""
        assert "opaque#1" == redactor.redact(f"<p>{SEALED}</p>")

    def test_addresses_are_shown(self, redactor: Redactor) -> None:
        """A long address is no secret."""
        body = {"jwks_uri": "https://acme.us.auth0.com/.well-known/jwks.json"}
        assert body == redactor.redact(body)


class TestWrapping:
    """What a test receives."""

    def test_secrets_are_wrapped(self, redactor: Redactor) -> None:
        """They keep their value and are masked."""
        body = redactor.wrap({"mfa_token": "planted-1", "recovery_codes": ["planted-2"], "n": 1})
        assert {"mfa_token": "planted-1", "recovery_codes": ["planted-2"], "n": 1} == body
        assert "planted" not in repr(body)

    def test_wrapped_values_are_known(self, redactor: Redactor) -> None:
        """What was received once is scrubbed from then on."""
        redactor.wrap({"mfa_token": "planted-1"})
        assert "mfa_token" == redactor.scrub("planted-1")

    def test_learning_gives_a_secret(self, redactor: Redactor) -> None:
        """A value from elsewhere is marked by hand."""
        assert isinstance(redactor.learn("planted-1", "password"), Secret)


class TestHeaders:
    """Headers of requests and answers."""

    def test_bearer(self, redactor: Redactor) -> None:
        """The scheme stays; a known token has its name."""
        redactor.redact({"mfa_token": "planted-1"})
        assert {"authorization": "Bearer mfa_token#1"} == redactor.headers(
            {"Authorization": "Bearer planted-1"}
        )

    def test_basic(self, redactor: Redactor) -> None:
        """Encoded credentials are hidden as a whole."""
        shown = redactor.headers({"Authorization": "Basic cGxhbnRlZDpwbGFudGVk"})
        assert {"authorization": "Basic credentials#1"} == shown

    def test_cookies_are_left_out(self, redactor: Redactor) -> None:
        """Cookies are neither needed nor harmless."""
        shown = redactor.headers({"Set-Cookie": "did=planted", "Content-Type": "text/html"})
        assert {"content-type": "text/html"} == shown

    def test_keys_of_an_api(self, redactor: Redactor) -> None:
        """A key in a header of its own is hidden."""
        assert {"x-api-key": "api_key#1"} == redactor.headers({"X-API-Key": "planted"})


class TestTexts:
    """Any text that is about to be shown."""

    @pytest.mark.parametrize(
        "encode",
        [
            str,
            lambda value: quote(value, safe=""),
            quote_plus,
            lambda value: urlencode({"password": value}),
            lambda value: json.dumps({"password": value}),
            lambda value: json.dumps({"password": value}, ensure_ascii=False),
            lambda value: repr({"password": value}),
        ],
        ids=["plain", "percent", "plus", "form", "json", "json with umlauts", "repr"],
    )
    def test_encoded_forms(self, redactor: Redactor, encode: Callable[[str], str]) -> None:
        """However a value is written, it is not readable."""
        redactor.learn(AWKWARD, "password")
        text = encode(AWKWARD)
        shown = redactor.scrub(text)
        assert "password" in shown
        assert "word" not in shown.replace("password", "")

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("123456", "otp"),
            ("code 123456.", "code otp."),
            ("otp=123456&x", "otp=otp&x"),
            ('"123456"', '"otp"'),
            ("1234567", "1234567"),
            ("id0123456", "id0123456"),
            ("a123456b", "a123456b"),
        ],
    )
    def test_short_codes_are_words(self, redactor: Redactor, text: str, shown: str) -> None:
        """Six digits inside a longer number are not a code."""
        redactor.learn("123456", "otp")
        assert shown == redactor.scrub(text)

    def test_empty(self, redactor: Redactor) -> None:
        """An empty value is no secret; otherwise every text would be full of it."""
        redactor.learn("", "password")
        assert ("", "abc") == (redactor.scrub(""), redactor.scrub("abc"))

    def test_one_secret_within_another(self, redactor: Redactor) -> None:
        """The longer one is not left in pieces by the shorter one."""
        redactor.learn("planted-one", "password")
        redactor.learn("planted-one-and-more-of-it", "mfa_token")
        assert "it is mfa_token" == redactor.scrub("it is planted-one-and-more-of-it")


def strings(body: object) -> list[str]:
    """All strings of a JSON value, keys included."""
    if isinstance(body, dict):
        return [*map(str, body), *(text for each in body.values() for text in strings(each))]
    if isinstance(body, list):
        return [text for each in body for text in strings(each)]
    return [body] if isinstance(body, str) else []


@given(
    value=TOKENS,
    field=st.sampled_from(sorted(SECRET_FIELDS)),
    before=st.text(max_size=8),
    after=st.text(max_size=8),
    depth=st.integers(0, 4),
)
def test_no_planted_secret_survives(
    value: str, field: str, before: str, after: str, depth: int
) -> None:
    """However deep it stands, and in whatever text it comes up again."""
    body: object = {field: value, "list": [{field: [value]}]}
    for _ in range(depth):
        body = {"inner": [body], "text": f"{before}{value}{after}"}
    redactor = Redactor()
    redactor.wrap(body)
    shown = redactor.redact(body)
    assert not any(value in text for text in strings(shown))
    assert value not in redactor.scrub(f"{before}{value}{after}")
