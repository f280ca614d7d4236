"""The only place that sends: HTTP through `requests`, each exchange recorded as it is made.

It must not judge an answer. It only tells answers of the tenant from disturbances: a network
that fails, a gateway that answers in the tenant's place, throttling, attack protection.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from time import perf_counter
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import requests

from pytest_auth0_mfa._version import __version__
from pytest_auth0_mfa.api.certificates import why_refused
from pytest_auth0_mfa.api.exchange import Answer, Exchange
from pytest_auth0_mfa.errors import Disturbance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_auth0_mfa.api.recorder import Recorder

CONNECT_TIMEOUT_S: Final = 5
READ_TIMEOUT_S: Final = 30

_THIS_MACHINE: Final = {"127.0.0.1", "::1", "localhost"}

_PROXY_VARIABLES: Final = "HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY"

_GATEWAY_STATUSES: Final = {502, 503, 504}

_OF_PROXIES: Final = (
    requests.exceptions.ProxyError,
    requests.exceptions.InvalidProxyURL,
    requests.exceptions.InvalidSchema,  # a SOCKS proxy, without the library for it
)

_THROTTLED: Final = {
    "too_many_requests": "the tenant's rate limit is used up; run fewer workers or wait a minute",
    "too_many_attempts": "attack protection blocks this address or user; unblock it in the "
    "dashboard under Security > Attack Protection, or allow-list this address",
}


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

    `verify` is True for public certificate authorities or the path of a bundle.
    """

    def __init__(self, base_url: str, recorder: Recorder, *, verify: bool | str = True) -> None:
        """Speak to the tenant at `base_url` (scheme, host, port; no trailing slash)."""
        self.base_url = base_url
        self.recorder = recorder
        self._verify = verify
        self._session = _session(base_url)
        self._recording = Lock()
        self._session.headers["User-Agent"] = f"pytest-auth0-mfa/{__version__}"

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

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
    ) -> Answer:
        """Send one request and return the answer, whatever its status.

        `text` is a body that is sent as it is, in UTF-8, under the content type in `headers`.
        Raises `Disturbance` where the tenant itself was not heard. An error code that one is
        `expecting` is an answer even where any other request would be disturbed by it.
        """
        started = perf_counter()
        try:
            response = self._session.request(
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
        except requests.RequestException as error:
            raise Disturbance(_explain(error, method, self.base_url + path)) from None
        elapsed_ms = (perf_counter() - started) * 1000
        with self._recording:
            sent = self._written_down(form if json is None else json, text)
            answer = self._record(response, sent, elapsed_ms)
        if expecting is None or answer.error != expecting:
            _raise_if_disturbed(answer)
        return answer

    def _written_down(self, body: object, text: str | None) -> object:
        """What the record says of the body that was sent."""
        redactor = self.recorder.redactor
        return redactor.redact(body, guess=False) if text is None else redactor.raw(text)

    def _record(self, response: requests.Response, sent: object, elapsed_ms: float) -> Answer:
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


def _explain(error: requests.RequestException, method: str, url: str) -> str:
    """One line on what failed; the library's own text quotes addresses of objects."""
    if isinstance(error, requests.exceptions.SSLError):
        return f"{method} {url}: {why_refused(error, url)}"
    if isinstance(error, _OF_PROXIES):
        return (
            f"{method} {url}: the proxy cannot be reached or lets nobody through to there; see "
            f"{_PROXY_VARIABLES} in the environment"
        )
    if isinstance(error, requests.ConnectTimeout):
        return f"{method} {url}: no connection within {CONNECT_TIMEOUT_S} s"
    if isinstance(error, requests.Timeout):
        return f"{method} {url}: no answer within {READ_TIMEOUT_S} s"
    if isinstance(error, requests.ConnectionError):
        return f"{method} {url}: nothing answers there, or the connection broke"
    return f"{method} {url}: {type(error).__name__}"


def _raise_if_disturbed(answer: Answer) -> None:
    if answer.status in _GATEWAY_STATUSES:
        raise Disturbance(f"{answer.exchange}: a gateway answered in the tenant's place; try again")
    if answer.status == requests.codes.too_many_requests:
        reason = _THROTTLED.get(answer.error or "")
        if reason or answer.error is None:
            raise Disturbance(f"{answer.exchange}: {reason or 'throttled'}")
