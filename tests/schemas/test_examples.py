"""Conforming answers are accepted, and answers that differ in one member are not."""

from __future__ import annotations

from typing import TypeAlias

import pytest

from pytest_auth0_mfa import schemas

JsonObject: TypeAlias = "dict[str, object]"

UNKNOWN_MEMBER = "introduced_later"


def musts(response_id: str, body: object) -> dict[str, str]:
    """Map the place of each broken MUST to what was expected there."""
    findings = schemas.check(response_id, body)
    return {found.where: found.expected for found in findings if found.level == "MUST"}


class TestConforming:
    """What real tenants were recorded answering, and what the documentation shows."""

    def test_example_conforms(self, response_id: str, good_body: object) -> None:
        """A recorded or documented body has no finding, not even at level SHOULD."""
        assert [] == schemas.check(response_id, good_body)

    def test_every_accepted_status_conforms(self, response_id: str, good_body: object) -> None:
        """A conforming body stays so under each status of the accepted set."""
        accepted = schemas.describe(response_id).status
        assert [] == [
            found
            for status in accepted
            for found in schemas.check(response_id, good_body, status=status)
        ]

    def test_unknown_members_are_allowed(self, response_id: str, good_object: JsonObject) -> None:
        """A tenant may add members of any kind; nothing is found."""
        assert [] == schemas.check(response_id, {**good_object, UNKNOWN_MEMBER: {"a": [1]}})

    def test_list_items_may_have_unknown_members(self) -> None:
        """An entry of the list of authenticators may have members added later."""
        item = {
            "id": "totp|dev_WzMZ2sZbUw1wbC2F",
            "authenticator_type": "otp",
            "active": True,
            "type": "otp",
            UNKNOWN_MEMBER: 1,
        }
        assert [] == schemas.check("authenticators", [item])


class TestMutations:
    """One member changed gives one finding, at that member."""

    def test_missing_member_is_found(
        self, response_id: str, good_object: JsonObject, required_name: str
    ) -> None:
        """A body without a required member breaks a MUST there, and nowhere else."""
        body = {name: value for name, value in good_object.items() if name != required_name}
        assert {"/" + required_name} == set(musts(response_id, body))

    def test_renamed_member_is_found(
        self, response_id: str, good_object: JsonObject, required_name: str
    ) -> None:
        """A required member under another name counts as missing."""
        body = {
            (name + "s" if name == required_name else name): value
            for name, value in good_object.items()
        }
        assert "/" + required_name in musts(response_id, body)

    def test_retyped_member_is_found(
        self, response_id: str, good_object: JsonObject, typed_name: str
    ) -> None:
        """A member of another type breaks a MUST at that member."""
        body = {**good_object, typed_name: other_type(good_object[typed_name])}
        assert "/" + typed_name in musts(response_id, body)

    def test_null_member_is_found(
        self, response_id: str, good_object: JsonObject, typed_name: str
    ) -> None:
        """A member that is null does not count as one left out."""
        body = {**good_object, typed_name: None}
        assert "/" + typed_name in musts(response_id, body)

    def test_forbidden_member_is_found(
        self, response_id: str, good_object: JsonObject, forbidden_name: str
    ) -> None:
        """A member that must not appear breaks a MUST there, whatever its value."""
        body = {**good_object, forbidden_name: "anything"}
        assert {"/" + forbidden_name} == set(musts(response_id, body))

    @pytest.mark.parametrize("body", ["<html></html>", "", 7, True, 1.5], ids=repr)
    @pytest.mark.parametrize("response_id", schemas.response_ids())
    def test_other_kind_of_body_is_found(self, response_id: str, body: object) -> None:
        """A body that is a text or a bare value conforms to no response."""
        assert "" in musts(response_id, body)

    def test_empty_body_is_found(self, response_id: str, good_body: object) -> None:
        """No body at all conforms to the deletion only."""
        expected = set() if good_body is None else {""}
        assert expected == set(musts(response_id, None))

    def test_wrapped_body_is_found(self, response_id: str, good_body: object) -> None:
        """A body inside another object, as some gateways answer, does not conform."""
        assert musts(response_id, {"data": good_body})


def other_type(value: object) -> object:
    """Give a value of another kind: arrays and objects for scalars, a number for those."""
    return 7 if isinstance(value, (dict, list)) else {"value": value}
