"""A secret is a string like any other, shown like none."""

from __future__ import annotations

import copy
import json
import pickle

import pytest

from pytest_auth0_mfa.api.secret import SECRET_FIELDS, Secret

TOKEN = Secret("planted-value", "mfa_token")


class TestUsedAsString:
    """Whatever takes a string takes a secret."""

    def test_is_a_string(self) -> None:
        """It equals its value, has its length and its hash."""
        assert "planted-value" == TOKEN
        assert (13, hash("planted-value")) == (len(TOKEN), hash(TOKEN))
        assert {"planted-value": 1}[TOKEN] == 1

    def test_is_sent_as_it_is(self) -> None:
        """In headers, forms and JSON it is its value."""
        assert "Bearer planted-value" == f"Bearer {TOKEN}"
        assert '{"t": "planted-value"}' == json.dumps({"t": TOKEN})
        assert b"planted-value" == TOKEN.encode()

    def test_str_gives_the_plain_value(self) -> None:
        """Who wants the bare string asks for it."""
        assert type(str(TOKEN)) is str


class TestShown:
    """What pytest prints of it."""

    @pytest.mark.parametrize("shown", [repr(TOKEN), f"{TOKEN!r}", repr([TOKEN]), repr({1: TOKEN})])
    def test_is_masked(self, shown: str) -> None:
        """Alone or in a collection the kind stands for the value."""
        assert "<mfa_token>" in shown
        assert "planted" not in shown


@pytest.mark.parametrize(
    "copied",
    [copy.copy(TOKEN), copy.deepcopy(TOKEN), pickle.loads(pickle.dumps(TOKEN))],  # noqa: S301 - our own
    ids=["copy", "deepcopy", "pickle"],
)
def test_copies_stay_secret(copied: Secret) -> None:
    """A copy keeps value and kind."""
    assert (TOKEN, "mfa_token", "<mfa_token>") == (copied, copied.kind, repr(copied))


@pytest.mark.parametrize(
    "field",
    [
        "access_token",
        "barcode_uri",
        "binding_code",
        "client_secret",
        "id_token",
        "mfa_token",
        "oob_code",
        "otp",
        "password",
        "recovery_code",
        "recovery_codes",
        "refresh_token",
        "secret",
    ],
)
def test_field_of_the_api_is_known(field: str) -> None:
    """Every field of the API that carries a secret is listed."""
    assert field in SECRET_FIELDS
