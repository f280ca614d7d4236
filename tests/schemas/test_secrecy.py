"""Findings can be printed anywhere: they give no secret away."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pytest_auth0_mfa import schemas

BODIES = json.loads(Path(__file__).with_name("examples.json").read_text("utf-8"))

PUBLIC = {"error", "error_description", "scope", "token_type", "expires_in", "challenge_type"}
PUBLIC |= {"authenticator_type", "active", "oob_channel", "binding_method", "alg", "kty", "use"}
PUBLIC |= {"issuer"}

# A marker that neither a schema nor an example contains, so that finding it is a leak.
secrets = st.text(min_size=1, max_size=60).map(lambda text: f"\u2603s3cret{text}\u2603")
planted = st.one_of(
    secrets,
    secrets.map(lambda text: [text]),
    secrets.map(lambda text: {text: text}),
    secrets.map(lambda text: {"id": text, "secret": {"nested": [text]}}),
)


def plant(value: Any, secret: object) -> Any:  # noqa: ANN401 -- a JSON value in, one out
    """Put a secret in the place of every value that is not public vocabulary."""
    if isinstance(value, dict):
        return {
            name: member if name in PUBLIC else plant(member, secret)
            for name, member in value.items()
        }
    if isinstance(value, list):
        return [plant(item, secret) for item in value]
    return copy.deepcopy(secret)


@given(
    example=st.sampled_from(BODIES),
    response_id=st.sampled_from(schemas.response_ids()),
    leak=planted,
)
def test_no_planted_value_is_quoted(
    example: dict[str, Any], response_id: str, leak: object
) -> None:
    """Whatever stands in a secret's place, and whichever schema it meets, stays unsaid."""
    body = plant(example["body"], leak)
    assert not any("s3cret" in str(found) for found in schemas.check(response_id, body))


@given(response_id=st.sampled_from(schemas.response_ids()), name=secrets, value=planted)
def test_no_unknown_name_is_quoted(response_id: str, name: str, value: object) -> None:
    """A secret used as the name of a member, or as the whole body, stays unsaid as well."""
    bodies = [{name: value}, [{name: value}], {"keys": [{name: value}]}, value, name]
    texts = [str(found) for body in bodies for found in schemas.check(response_id, body)]
    assert texts
    assert not any("s3cret" in text for text in texts)


@given(name=st.sampled_from(sorted(PUBLIC)), value=planted)
def test_only_plain_values_are_quoted(name: str, value: object) -> None:
    """Under a public name, too, arrays and objects are described by their size."""
    body = {name: [value]}
    texts = [str(found) for id_ in schemas.response_ids() for found in schemas.check(id_, body)]
    assert not any("s3cret" in text for text in texts)


def test_secret_is_described_by_kind_and_size() -> None:
    """A reader learns what kind of value stood there, and how long it was."""
    body = {"error": "mfa_required", "error_description": "x", "access_token": "hunter2hunter"}
    findings = schemas.check("error.invalid-otp", body)
    described = {found.where: found.actual for found in findings if found.level == "MUST"}
    assert {"/access_token": "a string of 13 characters", "/error": '"mfa_required"'} == described


def test_public_text_is_cut() -> None:
    """A text that a tenant may choose freely is quoted up to a bound."""
    body = {"error": "x" * 5000, "error_description": "y"}
    [finding] = [f for f in schemas.check("error.invalid-otp", body) if f.level == "MUST"]
    assert len(finding.actual) < 140
    assert finding.actual.endswith("...")
