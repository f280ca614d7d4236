"""The files behind the ids, and what reading them costs."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pytest_auth0_mfa import schemas

FILES = sorted(
    entry.name.removesuffix(".schema.json")
    for entry in resources.files(schemas).iterdir()
    if entry.name.endswith(".json")
)
HEAVY = ("jsonschema", "referencing", "requests", "pytest", "_pytest", "urllib.request")


def document(name: str) -> dict[str, Any]:
    """Read a schema file by its name without suffix."""
    text = resources.files(schemas).joinpath(f"{name}.schema.json").read_text("utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


class TestFiles:
    """Every file is a valid schema and says whence it comes."""

    @pytest.mark.parametrize("name", FILES)
    def test_file_is_a_valid_schema(self, name: str) -> None:
        """Each file, and its advice, is a valid schema of the 2020-12 dialect."""
        Draft202012Validator.check_schema(document(name))
        Draft202012Validator.check_schema(document(name).get("x-should", {}))
        assert "https://json-schema.org/draft/2020-12/schema" == document(name)["$schema"]

    @pytest.mark.parametrize("name", FILES)
    def test_file_is_named_by_its_id(self, name: str) -> None:
        """The $id of a schema and the name of its file agree."""
        assert f"urn:pytest-auth0-mfa:{name}" == document(name)["$id"]

    def test_ids_are_the_files_that_describe_responses(self) -> None:
        """Shared definitions and what we write are no responses; all other files are."""
        ours = {"definitions", "report", "doctor", "baseline"}
        assert tuple(sorted(set(FILES) - ours)) == schemas.response_ids()

    def test_every_response_has_an_example(self) -> None:
        """No schema goes without a conforming answer to try it on."""
        entries = json.loads(Path(__file__).with_name("examples.json").read_text("utf-8"))
        assert set(schemas.response_ids()) == {entry["id"] for entry in entries}


class TestDescribe:
    """What is known of a response besides its body."""

    @pytest.mark.parametrize("response_id", schemas.response_ids())
    def test_description_is_complete(self, response_id: str) -> None:
        """Each response names its request, its statuses, its basis and public sources."""
        response = schemas.describe(response_id)
        assert response_id == response.id
        assert all(100 <= status <= 599 for status in response.status)
        assert response.status
        assert response.request
        assert response.basis in {"recorded", "documented", "sdk", "standard", "inferred"}
        assert response.source
        assert all(url.startswith("https://") for url in response.source)

    def test_first_status_is_the_usual_one(self) -> None:
        """The accepted set keeps its order: the usual status first."""
        assert (403, 400) == schemas.describe("error.invalid-otp").status

    def test_description_cannot_be_changed(self) -> None:
        """A description is shared by all who ask, so it is frozen."""
        with pytest.raises(AttributeError):
            schemas.describe("token.otp").title = "other"  # type: ignore[misc]

    @pytest.mark.parametrize("response_id", schemas.response_ids())
    def test_file_is_named(self, response_id: str) -> None:
        """The file is named as it lies in the package, for reports."""
        named = resources.files(schemas).joinpath(schemas.describe(response_id).file)
        assert named.is_file()


class TestUnknownId:
    """A mistyped id is answered with what was probably meant."""

    @pytest.mark.parametrize("ask", [schemas.describe, lambda name: schemas.check(name, {})])
    def test_near_matches_are_named(self, ask: Any) -> None:  # noqa: ANN401 -- two signatures
        """The error is a KeyError whose text names the closest ids."""
        with pytest.raises(KeyError) as caught:
            ask("asociate.otp")
        assert str(caught.value).startswith(
            "expected a documented response id, got 'asociate.otp'; did you mean associate.otp"
        )

    def test_no_near_match_points_to_the_list(self) -> None:
        """Where nothing is near, the error says where all ids are."""
        with pytest.raises(schemas.UnknownResponseError, match=r"see response_ids\(\)"):
            schemas.check("zzzzzz", {})

    @pytest.mark.parametrize("name", ["definitions", "report", "../definitions", ""])
    def test_other_files_are_no_responses(self, name: str) -> None:
        """Files that describe no response cannot be asked for, nor paths."""
        with pytest.raises(KeyError):
            schemas.check(name, {})


class TestImport:
    """Importing the package is cheap; comparing pays for the library."""

    def test_import_loads_nothing_heavy(self) -> None:
        """Neither importing nor describing loads the JSON Schema library, HTTP or pytest."""
        assert [] == _loaded_after("schemas.describe('token.otp')")

    def test_comparison_loads_the_library(self) -> None:
        """The first comparison does: the probe above looks for the right names."""
        assert {"jsonschema", "referencing"} <= set(_loaded_after("schemas.check('jwks', {})"))


def _loaded_after(statement: str) -> list[str]:
    """Run a statement in a fresh interpreter; name the heavy modules it leaves loaded."""
    script = (
        f"import sys; from pytest_auth0_mfa import schemas; {statement}; "
        f"print(*[name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True, timeout=60
    )
    return done.stdout.split()


def test_finding_reads_as_one_line() -> None:
    """The text of a finding names response, level, place, expected and actual."""
    [finding] = schemas.check("challenge.otp", {"challenge_type": "oob"})
    assert 'challenge.otp MUST /challenge_type: expected "otp", got "oob"' == str(finding)


def test_finding_about_the_whole_body_says_so() -> None:
    """A finding at the root does not leave its place blank."""
    [finding] = schemas.check("challenge.otp", "<html>")
    expected = "challenge.otp MUST body: expected an object, got plain text of 6 characters"
    assert expected == str(finding)
