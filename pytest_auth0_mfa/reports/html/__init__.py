"""`.html`: one page for people, which needs neither a network nor a server.

Whatever a report holds is text here: templates escape it, and scripts put it in as text. The page
forbids itself, by its Content-Security-Policy, whatever is not its own style and script.
"""

from __future__ import annotations

import base64
import json
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from pytest_auth0_mfa.reports.html.view import view_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    Document = Mapping[str, Any]

_STYLE: Final = "report.css"
_SCRIPT: Final = "report.js"
_KEPT: Final = ("id", "method", "path", "status", "started_at", "elapsed_ms", "test")


def render(document: Document) -> str:
    """The report as one page of HTML."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - lazily
    from markupsafe import Markup  # noqa: PLC0415 - comes with Jinja

    environment = Environment(
        loader=PackageLoader(__name__),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    style, script = _asset(_STYLE), _asset(_SCRIPT)
    page: str = environment.get_template("report.html.j2").render(
        view=view_of(document),
        document=document,
        policy=_policy(style, script),
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        data=Markup(_data(document)),  # noqa: S704 - escaped below
    )
    return page


def _asset(name: str) -> str:
    return resources.files(__name__).joinpath(name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    """What the page may do: be styled and run by these two, and nothing else."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}"


def _data(document: Document) -> str:
    """What the script opens on demand, as JSON in which nothing ends the element it stands in."""
    exchanges = [
        {**{name: each.get(name) for name in _KEPT}, **_halves(each)}
        for each in document["exchanges"]
    ]
    data = {"requirements": document["requirements"], "exchanges": exchanges}
    text = json.dumps(data, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _halves(exchange: Mapping[str, Any]) -> dict[str, Any]:
    """Request and response; one that never came is None."""
    return {"request": exchange.get("request"), "response": exchange.get("response")}
