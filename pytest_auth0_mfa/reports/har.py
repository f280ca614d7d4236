"""`.har`: the exchanges of a run as HTTP Archive 1.2, for browsers and other readers of HTTP.

http://www.softwareishard.com/blog/har-12-spec/. They are as redacted as in the JSON report: a
secret stands as its name, such as `mfa_token#2`. A page is a test; what has no place in the format
begins with an underscore, as the specification asks.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlsplit

from pytest_auth0_mfa.reports.entries import curl_of, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Document = Mapping[str, Any]
    Exchange = Mapping[str, Any]

_UNKNOWN: Final = -1
"""What the specification writes for a size or a time that nobody knows."""

_HTTP: Final = "HTTP/1.1"
_KNOWN_STATUSES: Final = frozenset(HTTPStatus)


def render(document: Document) -> str:
    """The exchanges of a report as HAR."""
    tool = document["tool"]
    log = {
        "version": "1.2",
        "creator": {"name": tool["name"], "version": tool["version"]},
        "pages": list(_pages(document)),
        "entries": list(_entries(document)),
        "comment": f"tenant {document['run']['tenant']}, run {document['run']['id']}; secrets "
        "stand as their names",
    }
    return json.dumps({"log": log}) + "\n"


def _pages(document: Document) -> Iterator[dict[str, object]]:
    seen: set[str] = set()
    for exchange in document["exchanges"]:
        test = str(exchange.get("test") or "")
        if test and test not in seen:
            seen.add(test)
            yield {
                "startedDateTime": _started(document, exchange),
                "id": test,
                "title": test,
                "pageTimings": {},
            }


def _entries(document: Document) -> Iterator[dict[str, object]]:
    shows: dict[int, list[str]] = {}
    for entry in document["requirements"]:
        if entry["exchange"] is not None:
            shows.setdefault(entry["exchange"], []).append(f"{name_of(entry)} {entry['verdict']}")
    for exchange in document["exchanges"]:
        yield _entry(document, exchange, shows.get(exchange["id"], []))


def _entry(document: Document, exchange: Exchange, shows: list[str]) -> dict[str, object]:
    curl = curl_of(exchange)
    test = exchange.get("test")
    return {
        **({"pageref": test} if test else {}),
        "startedDateTime": _started(document, exchange),
        "time": exchange["elapsed_ms"],
        "request": _request(exchange),
        "response": _response(exchange),
        "cache": {},
        # What is known is the time from sending to the last byte.
        "timings": {"send": 0, "wait": exchange["elapsed_ms"], "receive": 0},
        **({"comment": curl} if curl else {}),
        "_id": exchange["id"],
        **({"_shows": shows} if shows else {}),
    }


def _request(exchange: Exchange) -> dict[str, object]:
    request = exchange["request"] or {}
    url = str(request.get("url") or exchange["path"])
    headers = _mapping(request.get("headers"))
    return {
        "method": exchange["method"],
        "url": url,
        "httpVersion": _HTTP,
        "cookies": [],
        "headers": _pairs(headers),
        "queryString": [
            {"name": name, "value": value}
            for name, value in parse_qsl(urlsplit(url).query, keep_blank_values=True)
        ],
        **_posted(request.get("body"), headers.get("content-type", "")),
        "headersSize": _UNKNOWN,
        "bodySize": _size(headers),
    }


def _posted(body: object, media_type: str) -> dict[str, object]:
    if body is None:
        return {}
    if isinstance(body, dict) and "json" not in media_type:
        return {"postData": {"mimeType": media_type, "params": _pairs(body)}}
    return {"postData": {"mimeType": media_type, "text": _text(body)}}


def _response(exchange: Exchange) -> dict[str, object]:
    response, status = exchange["response"] or {}, exchange["status"] or 0
    headers = _mapping(response.get("headers"))
    body = response.get("body")
    text = "" if body is None else _text(body)
    return {
        "status": status,
        "statusText": HTTPStatus(status).phrase if status in _KNOWN_STATUSES else "",
        "httpVersion": _HTTP,
        "cookies": [],
        "headers": _pairs(headers),
        "content": {
            "size": len(text.encode("utf-8", "replace")),
            "mimeType": headers.get("content-type", ""),
            **({"text": text} if text else {}),
        },
        "redirectURL": headers.get("location", ""),
        "headersSize": _UNKNOWN,
        "bodySize": _size(headers),
    }


def _mapping(value: object) -> dict[str, str]:
    return {str(k): str(v) for k, v in value.items()} if isinstance(value, dict) else {}


def _pairs(values: Mapping[str, object]) -> list[dict[str, str]]:
    return [
        {"name": name, "value": value if isinstance(value, str) else json.dumps(value)}
        for name, value in values.items()
    ]


def _text(body: object) -> str:
    return body if isinstance(body, str) else json.dumps(body)


def _size(headers: Mapping[str, str]) -> int:
    length = headers.get("content-length", "")
    return int(length) if length.isdecimal() else _UNKNOWN


def _started(document: Document, exchange: Exchange) -> str:
    """When a request was sent; for reports that do not tell, when the run began."""
    return str(exchange.get("started_at") or document["run"]["started_at"])
