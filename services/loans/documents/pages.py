"""HTML pages from templates in this package. What people typed is always escaped."""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).parent / "templates"


def page(template: str, **values: Any) -> str:
    """The page that `template` makes of `values`; a name that is missing raises UndefinedError."""
    return str(_environment().get_template(template).render(values))


@cache
def _environment() -> Any:
    # Most processes print nothing, and the library would take part in every start.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def picture(kind: str, content: bytes) -> str:
    """A picture as an address that a page may load, since it loads nothing else; `kind` such as `image/png`."""
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
