"""The web app, served where it was built: `scripts/` put it in `web/`, which is not in the repository."""

from __future__ import annotations

from pathlib import Path

from chassis.http import static
from chassis.http.server import HttpServer
from services import NAMES

FOLDER = Path(__file__).parent / "web"


def is_built() -> bool:
    """Whether there is an app to serve."""
    return (FOLDER / "index.html").is_file()


def mount(http_server: HttpServer, issuer: str | None) -> None:
    """Serve the app wherever no service is and nobody else answers; where it was not built, a page that says how.

    The app speaks to this origin, and to that of the issuer at which people sign in.
    """
    static.mount(http_server, FOLDER, apart=NAMES, speaks_to=issuer)
