"""Why a tenant was not heard, in one line with the remedy; and whether asking again may help.

Owns the words. The libraries' own texts quote addresses of objects, so that causes are told by the
exceptions of the standard library that lie under theirs.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from pytest_auth0_mfa.api.certificates import behind, why_refused
from pytest_auth0_mfa.errors import Disturbance, Interruption

if TYPE_CHECKING:
    from pytest_auth0_mfa.api.exchange import Answer

Repeat = Literal["always", "safe", "never"]
"""`always` where the request was certainly not carried out, `safe` where that is not known."""

_GATEWAY_STATUSES: Final = {502, 503, 504}
_THROTTLED: Final = 429
_UNRESOLVED: Final = "gaierror"
_UNCONNECTED: Final = {"NewConnectionError", "NameResolutionError", "ConnectTimeoutError"}
_OF_PROXIES: Final = {"ProxyError", "InvalidProxyURL", "InvalidSchema"}
"""The last is what a SOCKS proxy ends in without the library for it."""
_CONNECT_TIMEOUT, _READ_TIMEOUT, _OF_TLS = "ConnectTimeout", "ReadTimeout", "SSLError"

_PROXY: Final = (
    "the proxy cannot be reached or lets nobody through to there; see HTTPS_PROXY, HTTP_PROXY, "
    "ALL_PROXY and NO_PROXY in the environment"
)
_RATE_LIMIT: Final = "the tenant's rate limit is used up; run fewer workers or wait a minute"
_ATTACK_PROTECTION: Final = (
    "attack protection blocks this address or user; unblock it in the dashboard under Security > "
    "Attack Protection, or allow-list this address"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What got in the way of a request.

    `is_throttling` says that the tenant was heard and asks for patience.
    """

    error: Disturbance
    repeat: Repeat
    is_throttling: bool = False


def fault_of_error(error: Exception, where: str, timeouts_s: tuple[float, float]) -> Fault:
    """What an exception of the HTTP library means; `where` is method and URL."""
    chain = list(behind(error))
    names = {type(each).__name__ for each in chain}
    if _OF_TLS in names or any(isinstance(each, ssl.SSLError) for each in chain):
        told = why_refused(error, where.partition(" ")[2])
        return Fault(Disturbance(f"{where}: {told}"), "never")
    text = _of_connection(chain, names, timeouts_s)
    never_sent = bool(names & (_UNCONNECTED | _OF_PROXIES))
    is_slow = _READ_TIMEOUT in names
    repeat: Repeat = "always" if never_sent else "never" if is_slow else "safe"
    return Fault(Interruption(f"{where}: {text}"), repeat)


def fault_of_answer(answer: Answer) -> Fault | None:
    """What an answer means that is not the tenant's own, or asks for patience; None for others."""
    if answer.status in _GATEWAY_STATUSES:
        text = f"{answer.exchange}: a gateway answered in the tenant's place; try again"
        return Fault(Interruption(text), "safe")
    if answer.status != _THROTTLED:
        return None
    if answer.error == "too_many_attempts":
        return Fault(Disturbance(f"{answer.exchange}: {_ATTACK_PROTECTION}"), "never")
    if answer.error in {"too_many_requests", None}:
        reason = _RATE_LIMIT if answer.error else f"throttled; {_RATE_LIMIT}"
        return Fault(Disturbance(f"{answer.exchange}: {reason}"), "always", is_throttling=True)
    return None


def _of_connection(
    chain: list[BaseException], names: set[str], timeouts_s: tuple[float, float]
) -> str:
    connect_s, read_s = timeouts_s
    is_refused = any(isinstance(each, ConnectionRefusedError) for each in chain)
    is_broken = any(isinstance(each, ConnectionError) for each in chain)
    causes = (
        (bool(names & _OF_PROXIES), _PROXY),
        (_UNRESOLVED in names, "the name is unknown here; see AUTH0_DOMAIN, then DNS and VPN"),
        (_READ_TIMEOUT in names, f"no answer within {read_s:g} s; try again later"),
        (
            _CONNECT_TIMEOUT in names,
            f"no connection within {connect_s:g} s; see firewall, proxy and VPN",
        ),
        (is_refused, "nothing answers there (connection refused); see whether it is running"),
        (bool(names & _UNCONNECTED), "nothing answers there; see whether this machine is online"),
        (is_broken, "the connection broke before the answer; see what stands between"),
    )
    told = (text for applies, text in causes if applies)
    return next(told, f"no answer ({type(chain[0]).__name__})")
