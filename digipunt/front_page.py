"""The page at `/` where the desk does not run or was not built: the state of the services, and the way to their APIs."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from chassis.http import Request, Response
from chassis.run import Runner
from contracts.message_context import LANGUAGES
from services.desk import web_app

DEMO = "demo"
"""The deployment whose data is made up."""

FOLDER = Path(__file__).parent / "page"

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)


class FrontPage:
    """The page, mounted on the runner's HTTP server. It shows a note when the data is made up."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._synthetic = runner.settings.deployment == DEMO
        self._texts: dict[str, dict[str, Any]] = json.loads(_file("texts.json"))
        runner.http.add_route("GET", "/", self._page)
        runner.http.add_route(
            "GET", "/page.js", lambda _: _asset("page.js", "text/javascript; charset=utf-8")
        )
        runner.http.add_route("GET", "/page.css", lambda _: _asset("page.css", "text/css; charset=utf-8"))

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


def mount(runner: Runner) -> None:
    """Answer at `/` with this page, unless the desk serves its web app there."""
    if not (web_app.is_built() and any(service.name == "desk" for service in runner.services)):
        FrontPage(runner)


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
