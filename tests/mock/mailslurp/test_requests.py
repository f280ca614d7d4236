"""Whatever is asked: an answer that can be understood, and nothing of it touches the tenant."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_auth0_mfa.mock.mailslurp.parameters import Parameters
from pytest_auth0_mfa.mock.messages import Request
from pytest_auth0_mfa.mock.model import Factor
from pytest_auth0_mfa.mock.problems import RefusalError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.mock.mailslurp.conftest import Owner


class TestBadParameters:
    """What cannot be understood is refused, and what was expected is told."""

    @pytest.mark.parametrize(
        ("path", "query", "expected"),
        [
            ("/waitForLatestEmail", {}, "inboxId: expected a text"),
            ("/phone/numbers", {"size": "many"}, "size: expected a whole number"),
            ("/phone/numbers", {"page": "-1"}, "page: expected a whole number"),
            ("/phone/numbers", {"size": "\u0663"}, "size: expected a whole number"),
            ("/phone/numbers", {"sort": "UP"}, "sort: expected one of ASC, DESC"),
            ("/phone/numbers", {"search": ["a", "b"]}, "search: expected one text"),
        ],
    )
    def test_query(
        self, owner: Owner, path: str, query: Mapping[str, object], expected: str
    ) -> None:
        """Status 400, with the parameter's name."""
        answer = owner.get(path, **query)
        assert (400, 400) == (answer.status, answer.body["statusCode"])
        assert expected in answer.body["message"]

    @pytest.mark.parametrize(
        ("wishes", "expected"),
        [
            ({"favourite": "yes"}, "favourite: expected true or false"),
            ({"emailAddress": "ada"}, "emailAddress: expected local@domain"),
            ({"expiresAt": "soon"}, "expiresAt: expected a date"),
            ({"expiresAt": "9999-12-31T23:59:59-12:00"}, "expiresAt: expected a date"),
            ({"tags": [1]}, "tags: expected a list of texts"),
            ({"name": 1}, "name: expected one text"),
            ({"expiresIn": True}, "expiresIn: expected a whole number"),
            ([], "not a JSON object"),
        ],
    )
    def test_body(self, owner: Owner, wishes: object, expected: str) -> None:
        """So it is in a body, where values have types."""
        answer = owner.ask("POST", "/inboxes/withOptions", wishes)
        assert (400, 400) == (answer.status, answer.body["statusCode"])
        assert expected in answer.body["message"]

    @pytest.mark.parametrize(
        "match",
        [
            {"field": "HEADERS", "should": "EQUAL", "value": "x"},
            {"field": "SUBJECT", "should": "MATCH", "value": "x"},
            {"field": "SUBJECT", "should": "EQUAL"},
            "SUBJECT",
        ],
    )
    def test_match(self, owner: Owner, match: object) -> None:
        """Fields and comparisons that this mock does not know are refused, not passed over."""
        inbox = owner.inbox()
        wish = {"matches": [match]}
        answer = owner.ask("POST", "/waitForMatchingFirstEmail", wish, inboxId=inbox["id"])
        assert 400 == answer.status

    def test_too_many_parameters(self) -> None:
        """A query with hundreds of parameters is not read."""
        with pytest.raises(RefusalError):
            Parameters.of_query("&".join(f"p{n}=1" for n in range(200)))

    def test_large_body(self, owner: Owner) -> None:
        """A body above the limit keeps its own status."""
        answer = owner.ask("POST", "/inboxes/withOptions", {"name": "x" * 70_000})
        assert (413, 413) == (answer.status, answer.body["statusCode"])


class TestApart:
    """The account is no part of the tenant under test."""

    def test_no_rate_limit(self, make_owner: Callable[..., Owner]) -> None:
        """It neither counts against the limits of the tenant nor is held to them."""
        owner, other = make_owner(enforce_limits=True), make_owner(enforce_limits=True)
        answers = [owner.get("/phone/numbers", size=1) for _ in range(400)]
        assert {200} == {each.status for each in answers}
        assert not [name for name in answers[0].headers if name.startswith("x-ratelimit")]
        asked = Request("GET", "/.well-known/openid-configuration", "https://tenant.example")
        told = [each.engine.handle(asked).headers for each in (owner, other)]
        assert told[0]["x-ratelimit-remaining"] == told[1]["x-ratelimit-remaining"]

    def test_untouched_by_randomness_of_requests(self, owner: Owner) -> None:
        """An answer of the account has no request id; reading draws no randomness."""
        before = owner.engine.tenant.entropy.getstate()
        answer = owner.get("/phone/numbers")
        assert "x-auth0-requestid" not in answer.headers
        assert before == owner.engine.tenant.entropy.getstate()


NAMES = [
    *("inboxId", "phoneNumberId", "emailAddress", "prefix", "tags", "name", "expiresIn"),
    *("expiresAt", "timeout", "since", "before", "sort", "size", "page", "count", "matches"),
    *("index", "limit", "minCount", "unreadOnly"),
]
PATHS = [
    *("/inboxes", "/inboxes/withOptions", "/inboxes/paginated", "/inboxes/<inbox>"),
    *("/inboxes/<inbox>/emails", "/emails/m0", "/sms/m1", "/phone/numbers"),
    *("/phone/numbers/<number>/sms", "/waitForLatestEmail", "/waitForNthEmail"),
    *("/waitForMatchingFirstEmail", "/waitForLatestSms", "/waitForSms"),
]

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
values = scalars | st.lists(scalars | st.just({"field": "SUBJECT"}), max_size=2)
names = st.sampled_from(NAMES)
texts = st.sampled_from(
    ["<inbox>", "<number>", "2027-01-15T08:00:25Z", "9999-12-31T23:59:59-12:00"]
)
paths = st.sampled_from(PATHS)
calls = st.tuples(
    st.sampled_from(["GET", "POST", "DELETE", "HEAD", "OPTIONS"]),
    paths | st.text(max_size=12),
    st.dictionaries(names, texts | st.text(max_size=8), max_size=4),
    st.none() | st.dictionaries(names, values | texts, max_size=4),
)


@settings(max_examples=150)
@given(sequence=st.lists(calls, max_size=4))
def test_every_answer_is_well_formed(
    make_owner: Callable[..., Owner],
    sequence: list[tuple[str, str, dict[str, str], dict[str, object] | None]],
) -> None:
    """Any sequence of calls gets answers below 500; a refusal says why."""
    owner = make_owner()
    inbox, number = owner.inbox(), owner.number()
    owner.deliver(inbox["emailAddress"])
    owner.deliver(number["phoneNumber"], Factor.SMS)

    def filled(text: object) -> object:
        things = {"<inbox>": inbox["id"], "<number>": number["id"]}
        return things.get(text, text) if isinstance(text, str) else text

    for method, path, query, body in sequence:
        known = path.replace("<inbox>", inbox["id"]).replace("<number>", number["id"])
        sent = None if body is None else {name: filled(value) for name, value in body.items()}
        asked = {name: filled(text) for name, text in query.items()}
        answer = owner.ask(method, known, sent, **asked)
        assert 200 <= answer.status < 500
        json.dumps(answer.body).encode("ascii")
        if answer.status >= 400:
            assert {"statusCode", "message"} == set(answer.body)
