"""A MailSlurp account, spoken to through MailSlurp's own client.

Owns the calls, their time limits, and what a failed one says: never the API key, never what an
exception of the client shows, for that prints headers and bodies. Answers are taken as plain
JSON, for the client's models refuse an answer that lacks a field nobody here needs.
Source: https://docs.mailslurp.com/api/
"""

from __future__ import annotations

import json
import logging
import time
from typing import TYPE_CHECKING, Any, Final, cast

from pytest_auth0_mfa.api.transport import way_to
from pytest_auth0_mfa.errors import Undelivered

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_CONNECT_S: Final = 10.0
_ANSWER_S: Final = 20.0
_LONGEST_WAIT_S: Final = 30.0
"""What a proxy lets pass; a longer wait is made of several."""
_PAGE: Final = 100
_NOTHING_ARRIVED: Final = 408
_MILLISECONDS: Final = 1000

_PASSING: Final = {429, 502, 503, 504}
_PAUSES_S: Final = (0.1, 0.4, 1.6)
_CREATE: Final = "create an inbox"

_REMEDIES: Final = {
    0: "the certificate was not trusted: name the authority's file in AUTH0_CA_FILE",
    401: "the key was refused: set MAILSLURP_API_KEY to the key of this account",
    402: "the account's plan does not cover it: see its usage at MailSlurp",
    403: "the account may not do that: see the permissions of the key in MAILSLURP_API_KEY",
    404: "it is not there: it has expired, or MAILSLURP_URL names another server",
    426: "the account's plan does not cover it: see its usage at MailSlurp",
    429: "the account's quota or rate is used up: wait, or use fewer workers",
}


class Account:
    """What a run asks of MailSlurp. Raises `Undelivered` for whatever goes wrong."""

    def __init__(
        self,
        url: str | None,
        api_key: str,
        ca_file: str | None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Connect to nothing yet; `url` None stands for MailSlurp's own."""
        self._sleep = sleep
        self._url = url
        self._api_key = api_key
        self._ca_file = ca_file
        self._opened: Any = None  # The client states no types.

    def create_inbox(self, name: str, lifetime_s: int) -> Mapping[str, object]:
        """Create an inbox that goes by itself after `lifetime_s` seconds."""
        body = {"name": name, "expiresIn": lifetime_s * _MILLISECONDS}
        api = self._api("InboxControllerApi")
        return _record(self._ask(_CREATE, api.create_inbox_with_options, body))

    def delete_inbox(self, inbox_id: str) -> None:
        """Delete an inbox and what is in it."""
        self._ask("delete an inbox", self._api("InboxControllerApi").delete_inbox, inbox_id)

    def emails(
        self, inbox_id: str, since: str | None, *, unread_only: bool = True
    ) -> list[Mapping[str, object]]:
        """The e-mails of an inbox, without what they say; at most 100, the latest first."""
        api = self._api("InboxControllerApi")
        filters = {"limit": _PAGE, "sort": "DESC", "unread_only": unread_only, "since": since}
        return _records(self._ask("list e-mails", api.get_emails, inbox_id, **_given(filters)))

    def email(self, email_id: str) -> Mapping[str, object]:
        """One e-mail in full, which marks it as read."""
        return _record(
            self._ask("read an e-mail", self._api("EmailControllerApi").get_email, email_id)
        )

    def next_email(
        self, inbox_id: str, to: str, since: str | None, timeout_s: float
    ) -> Mapping[str, object] | None:
        """The latest unread e-mail to an address in full, waiting for one; None without one.

        Source: https://docs.mailslurp.com/plus-addresses
        """
        wait = self._api("WaitForControllerApi").wait_for_matching_first_email
        to_address = {"matches": [{"field": "TO", "should": "CONTAIN", "value": to}]}
        named = {"unread_only": True, "since": since, "sort": "DESC"}
        wanted = {**named, "timeout": _milliseconds(timeout_s)}
        return self._wait(wait, timeout_s, inbox_id, to_address, **_given(wanted))

    def phone_numbers(self) -> list[Mapping[str, object]]:
        """All phone numbers of the account."""
        list_page = self._api("PhoneControllerApi").get_phone_numbers
        found: list[Mapping[str, object]] = []
        for page in range(_PAGE):
            answer = _record(self._ask("list phone numbers", list_page, page=page, size=_PAGE))
            content = _records(answer.get("content"))
            found += content
            if not content or answer.get("last") is True or len(content) < _PAGE:
                break
        return found

    def texts(self, phone_id: str, since: str | None) -> list[Mapping[str, object]]:
        """The text messages to a phone number; at most 100, the latest first."""
        list_page = self._api("PhoneControllerApi").get_sms_by_phone_number
        filters = {"page": 0, "size": _PAGE, "sort": "DESC", "since": since}
        answer = self._ask("list text messages", list_page, phone_id, **_given(filters))
        return _records(_record(answer).get("content"))

    def next_text(
        self, phone_id: str, since: str | None, timeout_s: float
    ) -> Mapping[str, object] | None:
        """The latest unread text message, waiting for one; None when none arrives in time."""
        wanted = {"phoneNumberId": phone_id, "unreadOnly": True, "since": since}
        wanted["timeout"] = _milliseconds(timeout_s)
        api = self._api("WaitForControllerApi")
        return self._wait(api.wait_for_latest_sms, timeout_s, _given(wanted))

    def close(self) -> None:
        """Close the connections."""
        if self._opened is not None:
            self._opened.rest_client.pool_manager.clear()
            self._opened.close()
            self._opened = None

    def _wait(
        self, call: Callable[..., object], timeout_s: float, *given: object, **named: object
    ) -> Mapping[str, object] | None:
        try:
            limits = (_CONNECT_S, min(timeout_s, _LONGEST_WAIT_S) + _ANSWER_S)
            return _record(self._ask("wait", call, *given, _request_timeout=limits, **named))
        except _NothingArrivedError:
            return None

    def _ask(
        self, purpose: str, call: Callable[..., Any], *given: object, **named: object
    ) -> object:
        """Call the client, again where a failure may pass; waits are for their callers to repeat.

        Its exceptions end here, for what they print is not fit to be seen.
        """
        named.setdefault("_request_timeout", (_CONNECT_S, _ANSWER_S))
        for pause_s in (*_PAUSES_S, 0.0):
            try:
                answer = call(*given, _preload_content=False, **named)
                return json.loads(answer.data) if answer.data else None
            except Exception as error:  # noqa: BLE001 - the client lets through what urllib3 raises
                failure = self._failure(purpose, error)
            if purpose == "wait" or not pause_s or not isinstance(failure, Missed):
                break
            self._sleep(pause_s)
        raise failure

    def _failure(self, purpose: str, error: Exception) -> Undelivered:
        status = _status(error)
        if status == _NOTHING_ARRIVED and purpose == "wait":
            return _NothingArrivedError("nothing arrived in time")
        is_lost = status is None and not isinstance(error, ValueError)
        # Nobody knows whether an inbox was created, and an account may create only so many.
        may_pass = status in _PASSING or (is_lost and purpose != _CREATE)
        return (Missed if may_pass else Undelivered)(
            f"MailSlurp at {self._host} failed to {purpose}: {_reason(status, error)}"
        )

    @property
    def _host(self) -> str:
        return self._url or "its own address"

    def _api(self, name: str) -> Any:  # noqa: ANN401 - the client states no types
        import mailslurp_client  # type: ignore[import-untyped] # noqa: PLC0415 - takes 0.3 s

        if self._opened is None:
            self._opened = mailslurp_client.ApiClient(self._configuration(mailslurp_client))
        return getattr(mailslurp_client, name)(self._opened)

    def _configuration(self, client: Any) -> Any:  # noqa: ANN401 - the client states no types
        urllib3_log = logging.getLogger("urllib3")
        level = urllib3_log.level
        configuration = client.Configuration()
        urllib3_log.setLevel(level)  # The client silences it for the whole process.
        configuration.host = (self._url or configuration.host).rstrip("/")
        configuration.api_key["x-api-key"] = str(self._api_key)
        # The client itself looks at no variable of the environment.
        way = way_to(configuration.host)
        if way.proxy and not way.proxy.startswith(("http://", "https://")):
            raise Undelivered(
                "MailSlurp's client speaks to http:// and https:// proxies alone; see HTTPS_PROXY, "
                "ALL_PROXY and NO_PROXY in the environment"
            )
        configuration.ssl_ca_cert = self._ca_file or way.ca_file
        configuration.proxy = way.proxy
        configuration.proxy_headers = dict(way.proxy_headers) or None
        # A repeated wait would take a multiple of the time that it was given.
        configuration.retries = False
        return configuration


class Missed(Undelivered):
    """No answer, or one that says to try again; what was asked may have been done."""


class _NothingArrivedError(Undelivered):
    """A wait has ended without a message; never leaves this module."""


def _status(error: BaseException) -> int | None:
    """The status of a refusal, 0 for an untrusted certificate, None where there was no answer.

    The client stumbles over a refusal without a body, or with one that is no text; then the
    refusal stands behind its error.
    """
    for each in (error, error.__context__):
        status = getattr(each, "status", None)
        if isinstance(status, int):
            return status
    return None


def _reason(status: int | None, error: Exception) -> str:
    if status is not None:
        remedy = _REMEDIES.get(status, "try again later, or see https://status.mailslurp.com")
        return f"it answered {status}; {remedy}" if status else remedy
    if isinstance(error, ValueError):
        return "its answer is no JSON; see whether MAILSLURP_URL names a MailSlurp server"
    return f"no answer ({type(error).__name__}); see the network, proxies and MAILSLURP_URL"


def _milliseconds(timeout_s: float) -> int:
    return max(1, round(min(timeout_s, _LONGEST_WAIT_S) * _MILLISECONDS))


def _given(named: Mapping[str, object]) -> dict[str, object]:
    """The arguments that were given: the client sends None as a value."""
    return {name: value for name, value in named.items() if value is not None}


def _record(answer: object) -> Mapping[str, object]:
    if isinstance(answer, dict):
        return cast("Mapping[str, object]", answer)
    raise Undelivered(
        f"MailSlurp answered with {type(answer).__name__} where a JSON object was expected; see "
        "whether MAILSLURP_URL names a MailSlurp server"
    )


def _records(answer: object) -> list[Mapping[str, object]]:
    return [_record(each) for each in answer] if isinstance(answer, list) else []
