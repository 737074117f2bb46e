"""HTML pages from the Jinja2 templates in this package, with autoescape: what people typed cannot change the page."""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).parent / "templates"


def page(template: str, **values: Any) -> str:
    """The page that `template` renders from `values`; a name that is missing raises UndefinedError."""
    return str(_environment().get_template(template).render(values))


def load() -> None:
    """Load the library and compile the templates; the first page would do it otherwise."""
    for template in TEMPLATES.glob("*.html"):
        _environment().get_template(template.name)


@cache
def _environment() -> Any:
    # Imported here: most processes print nothing, and the library would slow down every start.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def picture(kind: str, content: bytes) -> str:
    """A picture as a `data:` URL, because a page may load nothing else; `kind` such as `image/png`."""
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
