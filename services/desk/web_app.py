"""The web app, served where it was built: `scripts/` put it in `web/`, which is not in the repository."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "web"


def is_built() -> bool:
    """Whether there is an app to serve."""
    return (FOLDER / "index.html").is_file() and find_spec("chassis.http.static") is not None


def mount(http_server: Any) -> None:
    """Serve the app at `/` and wherever no service is, if it was built."""
    if is_built():
        import_module("chassis.http.static").mount(http_server, FOLDER)
