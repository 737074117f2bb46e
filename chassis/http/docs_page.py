"""The API as one page to read, made from its OpenAPI description: no script, no other origin."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from chassis.http import openapi

CONTENT_TYPE = "text/html; charset=utf-8"
STYLE = """
:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
section{border-top:1px solid #8886;padding:.5rem 0}
h2{margin-top:2.5rem;text-transform:capitalize}
h3{font-size:1.05rem;margin:.6rem 0;overflow-wrap:anywhere}
h3 b{display:inline-block;min-width:4rem}
table{border-collapse:collapse;width:100%;font-size:.95rem}
td,th{text-align:left;vertical-align:top;padding:.15rem .8rem .15rem 0}
code{font-size:.95em;overflow-wrap:anywhere}
.who{opacity:.75;margin:.2rem 0}
"""
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; style-src 'sha256-"
    + base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    + "'"
)


@cache
def page(service: type) -> str:
    """The whole page."""
    # Loaded when somebody opens the page, which most processes never see.
    from jinja2 import Environment, FileSystemLoader

    templates = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    spec = openapi.document(service)
    return templates.get_template("docs_page.html").render(spec=spec, by_tag=_by_tag(spec), style=STYLE)


def _by_tag(spec: dict[str, Any]) -> dict[str, list[tuple[str, str, dict[str, Any]]]]:
    """Path, method and description of each operation. What every service has, such as its health, comes last."""
    found: dict[str, list[tuple[str, str, dict[str, Any]]]] = {}
    for path, operations in spec["paths"].items():
        for method, operation in operations.items():
            found.setdefault(operation["tags"][0], []).append((path, method, operation))
    return dict(sorted(found.items(), key=lambda tagged: tagged[0] == openapi.PLUMBING))
