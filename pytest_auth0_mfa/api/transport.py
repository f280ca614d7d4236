"""The only place that sends: HTTP through `requests`, each exchange recorded as it is made.

It must not judge an answer. It only tells answers of the tenant from disturbances: a network
that fails, a gateway that answers in the tenant's place, throttling, attack protection (`causes`).
What can be sent again without harm is, within bounds (`patience`).
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime, timezone
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import requests

from pytest_auth0_mfa._version import __version__
from pytest_auth0_mfa.api.causes import Fault, fault_of_answer, fault_of_error
from pytest_auth0_mfa.api.circuit import Circuit
from pytest_auth0_mfa.api.exchange import Answer, Exchange
from pytest_auth0_mfa.api.patience import DEADLINE_S, Patience, Trial, asked_wait_s
from pytest_auth0_mfa.api.tenant_time import TenantTime
from pytest_auth0_mfa.api.turns import Turns
from pytest_auth0_mfa.api.waits import Cause
from pytest_auth0_mfa.errors import Interruption

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_auth0_mfa.api.governor import Governor, Turn
    from pytest_auth0_mfa.api.recorder import Recorder

CONNECT_TIMEOUT_S: Final = 5
READ_TIMEOUT_S: Final = 30

_THIS_MACHINE: Final = {"127.0.0.1", "::1", "localhost"}

_CHANGE_NOTHING: Final = {"GET", "HEAD", "OPTIONS"}
"""Methods that may be carried out twice (https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1)."""


@dataclass(frozen=True, slots=True)
class Way:
    """How the environment has a URL reached, for libraries that do not look there themselves.

    `proxy` and `ca_file` are None where none is named; `proxy_headers` may hold a password.
    """

    proxy: str | None
    proxy_headers: Mapping[str, str] = field(repr=False)
    ca_file: str | None


def way_to(url: str) -> Way:
    """Read the variables that `Transport` goes by: proxies, NO_PROXY, REQUESTS_CA_BUNDLE."""
    with _session(url) as session:
        found = session.merge_environment_settings(url, {}, None, None, None)
        proxy = requests.utils.select_proxy(url, found["proxies"])
        if proxy and "://" not in proxy:
            proxy = f"http://{proxy}"
        headers = requests.adapters.HTTPAdapter().proxy_headers(proxy) if proxy else {}
    verify = found["verify"]
    return Way(proxy, headers, verify if isinstance(verify, str) else None)


class Transport:
    """Sends requests to one tenant and records them.

    `verify` is True for public certificate authorities or the path of a bundle; `tenant_time`
    learns how far the tenant's clock is from ours, `circuit` how often the tenant is not heard. A
    `governor` says when each request may be sent; without one nothing is waited for.
    """

    def __init__(  # noqa: PLR0913 - what is shared with others, by name
        self,
        base_url: str,
        recorder: Recorder,
        *,
        verify: bool | str = True,
        tenant_time: TenantTime | None = None,
        circuit: Circuit | None = None,
        patience: Patience | None = None,
        governor: Governor | None = None,
    ) -> None:
        """Speak to the tenant at `base_url` (scheme, host, port; no trailing slash)."""
        self.base_url = base_url
        self.recorder = recorder
        self.tenant_time = tenant_time or TenantTime()
        self.circuit = circuit or Circuit()
        self._patience = patience or Patience()
        limit = partial(self._pause, Cause.LIMIT)
        self._turns = Turns(governor, self._patience.now, limit) if governor else None
        self._verify = verify
        self._session = _session(base_url)
        self._recording = Lock()
        self._session.headers["User-Agent"] = f"pytest-auth0-mfa/{__version__}"

    def close(self) -> None:
        """Close the connections."""
        self._session.close()
        if self._turns:
            self._turns.governor.store.close()

    def send(  # noqa: PLR0913 - the parts of an HTTP request
        self,
        method: str,
        path: str,
        *,
        form: Mapping[str, object] | None = None,
        json: object = None,
        text: str | None = None,
        headers: Mapping[str, str] | None = None,
        basic: tuple[str, str] | None = None,
        expecting: str | None = None,
        repeatable: bool = False,
    ) -> Answer:
        """Send one request and return the answer, whatever its status.

        `text` is a body that is sent as it is, in UTF-8, under the content type in `headers`.
        Raises `Disturbance` where the tenant itself was not heard. An error code that one is
        `expecting` is an answer even where any other request would be disturbed by it. One that is
        `repeatable` does no harm when it is carried out twice.
        """
        request = partial(
            self._session.request,
            method,
            self.base_url + path,
            data=form if text is None else text.encode(),
            json=json,
            headers=headers,
            auth=basic,
            # Here and not on the session, where REQUESTS_CA_BUNDLE would take precedence:
            # https://github.com/psf/requests/issues/3829
            verify=self._verify,
            timeout=(CONNECT_TIMEOUT_S, READ_TIMEOUT_S),
            allow_redirects=False,
        )
        with self._recording:
            sent = self._written_down(form if json is None else json, text)
        is_safe = repeatable or method in _CHANGE_NOTHING
        where = f"{method} {self.base_url}{path}"
        # Whoever expects to be refused must not be kept from it.
        counted = None if expecting else form or json
        in_turn = partial(self._turns.wait, where, counted) if self._turns else _at_once
        return self._pursue(
            partial(self._attempt, request, sent, where), in_turn, expecting, is_safe
        )

    def _pursue(
        self,
        attempt: Callable[[], Answer | Fault],
        in_turn: Callable[[float], Turn | None],
        expecting: str | None,
        is_safe: bool,  # noqa: FBT001 - of `send`
    ) -> Answer:
        """Attempt a request until the tenant was heard or there is no use in it."""
        trial = Trial(is_safe, self._patience.now() + DEADLINE_S)
        while True:
            if self.circuit.reason:
                raise Interruption(self.circuit.reason)
            turn = in_turn(trial.ends_at)
            answer = attempt()
            fault = answer if isinstance(answer, Fault) else fault_of_answer(answer)
            heard = None if isinstance(answer, Fault) else answer
            self._note(fault)
            is_answer = heard and (fault is None or (expecting and heard.error == expecting))
            if self._turns and turn and heard:
                in_the_way = None if is_answer else fault
                self._turns.answered(turn, heard, in_the_way, self.tenant_time.now())
            if heard and is_answer:
                return heard
            assert fault is not None  # noqa: S101 - for the type checker
            asked_s = asked_wait_s(heard.headers, self.tenant_time.now()) if heard else None
            pause_s = trial.pause_s(fault, asked_s, self._patience.now())
            if pause_s is None:
                raise fault.error from None
            self.recorder.spend.retried += 1
            self._pause(Cause.LIMIT if fault.is_throttling else Cause.RETRY, pause_s)

    def _attempt(
        self, request: Callable[[], requests.Response], sent: object, where: str
    ) -> Answer | Fault:
        """Send a request once."""
        sent_at, started = time.time(), time.perf_counter()
        try:
            response = request()
        except requests.RequestException as error:
            return fault_of_error(error, where, (CONNECT_TIMEOUT_S, READ_TIMEOUT_S))
        elapsed_s = time.perf_counter() - started
        self.tenant_time.note(response.headers.get("date"), sent_at, sent_at + elapsed_s)
        with self._recording:
            return self._record(response, sent, sent_at, elapsed_s * 1000)

    def _note(self, fault: Fault | None) -> None:
        if fault is None or fault.is_throttling:
            self.circuit.answered()
        elif fault.repeat != "never" or isinstance(fault.error, Interruption):
            self.circuit.failed(str(fault.error))

    def _pause(self, cause: Cause, seconds: float) -> None:
        self.recorder.will_wait(cause, seconds)
        self._patience.sleep(seconds)

    def _written_down(self, body: object, text: str | None) -> object:
        """What the record says of the body that was sent."""
        redactor = self.recorder.redactor
        return redactor.redact(body, guess=False) if text is None else redactor.raw(text)

    def _record(
        self, response: requests.Response, sent: object, sent_at: float, elapsed_ms: float
    ) -> Answer:
        redactor = self.recorder.redactor
        body = redactor.wrap(_parse(response))
        headers = {name.lower(): value for name, value in response.headers.items()}
        request = response.request
        url = str(redactor.redact(request.url or "", guess=False))
        exchange = Exchange(
            id=self.recorder.next_number(),
            method=request.method or "",
            path=urlsplit(url).path,
            status=response.status_code,
            request={
                "url": url,
                "headers": redactor.headers(_texts(request.headers)),
                "body": sent,
            },
            response={"headers": redactor.headers(headers), "body": redactor.redact(body)},
            elapsed_ms=round(elapsed_ms, 3),
            started_at=_moment(sent_at),
        )
        self.recorder.record(exchange)
        return Answer(response.status_code, headers, body, exchange)


def _session(url: str) -> requests.Session:
    session = requests.Session()
    # Proxies of the environment are for other machines: they reach no server on this one.
    session.trust_env = urlsplit(url).hostname not in _THIS_MACHINE
    # With any `auth`, requests leaves .netrc alone, whose entry would replace a bearer token:
    # https://github.com/psf/requests/issues/3929
    session.auth = _as_it_is
    return session


def _moment(seconds: float) -> str:
    """A time since the epoch as the report has it."""
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="milliseconds")


def _at_once(ends_at: float) -> None:
    """Wait for nobody."""
    del ends_at


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _texts(headers: Mapping[str, str | bytes]) -> dict[str, str]:
    """Headers as text; `requests` holds those of HTTP Basic as bytes on some versions."""
    return {
        name: value if isinstance(value, str) else value.decode("latin-1")
        for name, value in headers.items()
    }


def _parse(response: requests.Response) -> object:
    if not response.content:
        return None
    try:
        return response.json()
    except requests.JSONDecodeError:
        return response.text
