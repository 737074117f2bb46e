"""The page at `/` until the desk is there: the state of the services, this year's figures, and the way to the APIs.

The link that `serve` prints signs in once: its code is exchanged for a coordinator's token, which the page keeps for as long
as its tab is open.
"""

from __future__ import annotations

import json
import secrets
from functools import cache
from pathlib import Path
from typing import Any

from chassis.clock import SystemClock
from chassis.errors import InvalidInput, Unauthenticated
from chassis.http import Request, Response
from chassis.http.auth import issue
from chassis.http.validation import parsed
from chassis.run import Runner
from contracts.message_context import LANGUAGES

DEMO = "demo"
"""The deployment whose data is made up."""

FOLDER = Path(__file__).parent / "page"

CODE_SECONDS = 15 * 60
TOKEN_DAYS = 1
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)


class FrontPage:
    """The page, mounted on the runner's HTTP server. It shows a note when the data is made up."""

    def __init__(self, runner: Runner) -> None:
        self.filled = 1.0
        """How far the demo is with being filled, from 0 to 1."""
        self._runner = runner
        self._synthetic = runner.settings.deployment == DEMO
        self._clock = SystemClock()
        self._codes: dict[str, float] = {}
        self._texts: dict[str, dict[str, Any]] = json.loads(_file("texts.json"))
        runner.http.add_route("GET", "/", self._page)
        runner.http.add_route(
            "GET", "/page.js", lambda _: _asset("page.js", "text/javascript; charset=utf-8")
        )
        runner.http.add_route("GET", "/page.css", lambda _: _asset("page.css", "text/css; charset=utf-8"))
        runner.http.add_route("GET", "/filled", lambda _: Response({"part": self.filled}))
        most = runner.http.limits.public_body_bytes
        runner.http.add_route("POST", "/signIn", self._sign_in, body_bytes=most)

    def sign_in_link(self) -> str:
        """An address that signs in whoever opens it first, within 15 minutes."""
        code = secrets.token_urlsafe(24)
        self._codes[code] = self._clock.monotonic() + CODE_SECONDS
        return f"{self._runner.address}/#{code}"

    def _page(self, request: Request) -> Response:
        language = _language(request)
        page = _template().render(
            language=language,
            texts=self._texts[language],
            synthetic=self._synthetic,
            services=[service.name for service in self._runner.services],
        )
        return Response(
            page,
            200,
            {
                "Content-Type": "text/html; charset=utf-8",
                "Content-Security-Policy": POLICY,
                "Vary": "Accept-Language",
            },
        )

    def _sign_in(self, request: Request) -> Response:
        try:
            code = parsed(request.body)["code"]
            until = self._codes.pop(code)
        except (InvalidInput, TypeError, LookupError):
            until = 0.0
        if until < self._clock.monotonic():
            raise Unauthenticated("signInLinkUsed")
        settings = self._runner.settings
        body: dict[str, Any] = {
            "token": issue(
                settings, "coordinator", settings.municipalities, subject="laptop", days=TOKEN_DAYS
            )
        }
        return Response(body, 200, {"Cache-Control": "no-store"})


def _language(request: Request) -> str:
    """The language asked for in the address (`?lang=fr`) or by the browser; Dutch otherwise."""
    wanted = [part.partition("=")[2] for part in request.raw_query.split("&") if part.startswith("lang=")]
    wanted += [part.strip()[:2].lower() for part in request.headers.get("accept-language", "").split(",")]
    return next((language for language in wanted if language in LANGUAGES), "nl")


def _asset(name: str, content_type: str) -> Response:
    return Response(_file(name), 200, {"Content-Type": content_type, "Cache-Control": "max-age=300"})


def _file(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


@cache
def _template() -> Any:
    # The page is asked for seldom, and the library would take part in every start.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")
