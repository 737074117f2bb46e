"""Every screen as people see it: no barrier that axe knows, nothing to scroll sideways, three languages, light, dark, contrast.

The pictures are kept in `build/desk/`, to be looked at: a rule cannot tell whether a screen is clear.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from tests.e2e.command import Desk, Process, served, token, wait_until
from tests.support.axe import barriers
from tests.support.browser import Chromium

PICTURES = Path(__file__).parents[3] / "build/desk"
POINT = "'t Recupke"
PIN = "4711"
FILLED_SECONDS = 120

SIGNED_IN = """(() => {
  if (!location.protocol.startsWith("http")) return;
  for (const [store, values] of Object.entries(%s))
    for (const [name, value] of Object.entries(values)) window[store].setItem(name, JSON.stringify(value));
})()"""

SCREENS = {
    "nieuw-bezoek": "/",
    "vandaag": "/vandaag",
    "telblad": "/telblad",
    "toestellen": "/toestellen",
    "terug": "/toestellen/terug/{loan}",
    "meegeven": "/toestellen/meegeven",
    "langer": "/toestellen/langer/{loan}",
    "etiketten": "/toestellen/etiketten",
    "stock": "/toestellen/stock",
    "sessies": "/sessies",
    "sessie": "/sessies/{session}",
    "inschrijven": "/sessies/{session}/inschrijven",
    "aanwezig": "/sessies/{session}/aanwezig",
    "sessie-plannen": "/sessies/nieuw",
    "bellen": "/bellen",
    "zeg-het": "/zeg-het",
    "brieven": "/brieven",
    "niet-bereikt": "/niet-bereikt",
    "laptops": "/laptops",
    "helpers": "/helpers",
    "meer": "/meer",
    "toestand": "/toestand",
    "toegankelijk": "/toegankelijk",
}


@dataclass
class Place:
    """A filled demo, a coordinator's API, and what the addresses of screens name."""

    process: Process
    stores: dict[str, dict[str, Any]]
    """What a paired laptop at which a coordinator signed in keeps, by the store of the browser."""
    ids: dict[str, str]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The demo, filled."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    with served(folder, command="demo") as process:
        desk = Desk(process.address, token("coordinator", "--data", folder))
        wait_until(
            lambda: desk.http.get("/desk/v1/about").json()["filled"] == 1,
            "the demo to be filled",
            FILLED_SECONDS,
        )
        points = desk.http.get("/visits/v1/digipunts").json()["items"]
        point = next(each["id"] for each in points if each["name"] == POINT)

        def first(path: str) -> str:
            [item, *_] = desk.http.get(f"{path}&digipunt={point}").json()["items"]
            return str(item["id"])

        ids = {
            "session": first("/visits/v1/sessions?state=planned"),
            "loan": first("/loans/v1/loans?state=handedOver"),
        }
        yield Place(process, signed_in(desk, point), ids)


def signed_in(desk: Desk, point: str) -> dict[str, dict[str, Any]]:
    """Pair a laptop with the digipunt and sign its coordinator in; what the browser keeps of it."""
    code = desk.http.post("/desk/v1/pairings", json={"digipunt": point}).json()["code"]
    laptop = desk.http.post("/desk/v1/laptops", json={"code": code, "name": "laptop 1"}).json()
    fresh = {name: laptop.pop(name) for name in ("token", "expiresAt")}
    laptop.pop("check")
    until = (datetime.now(UTC) + timedelta(hours=12)).isoformat()
    session = {"token": desk.token, "expiresAt": until, "role": "coordinator", "name": ""}
    return {
        "localStorage": {"digipunt.laptop": laptop, "digipunt.laptopToken": fresh},
        "sessionStorage": {"digipunt.session": session},
    }


@pytest.fixture(scope="module")
def pages(place: Place, chromium: Chromium) -> Iterator[Callable[..., Page]]:
    """`pages(**how)`: a paired desk where a coordinator signed in; one for each way of looking."""
    opened: dict[str, tuple[Any, Page]] = {}

    def page(**how: Any) -> Page:
        name = repr(sorted(how.items()))
        if name not in opened:
            context = chromium.context(place.process.address, reduced_motion="reduce", **how)
            made, _ = context.__enter__()
            made.add_init_script(SIGNED_IN % json.dumps(place.stores))
            opened[name] = context, made.new_page()
        return opened[name][1]

    yield page
    for context, _ in opened.values():
        context.__exit__(None, None, None)


def show(page: Page, address: str) -> None:
    """Open a screen, and wait until it has all its answers."""
    page.goto(address)
    page.locator("#main h1").wait_for()
    page.wait_for_load_state("networkidle")


def picture(page: Page, name: str) -> None:
    """Keep how the screen looks now."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{quote(name)}.png", full_page=True)


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize(
    ("look", "how"),
    [
        ("1280", {}),
        ("768", {"viewport": {"width": 768, "height": 1024}}),
        ("320", {"viewport": {"width": 320, "height": 640}}),
        ("donker", {"color_scheme": "dark"}),
        ("contrast", {"forced_colors": "active"}),
        ("fr", {"locale": "fr-BE", "viewport": {"width": 320, "height": 640}}),
        ("en", {"locale": "en-GB", "viewport": {"width": 320, "height": 640}}),
        # A window of 1280 × 800 at 200 % zoom.
        ("zoom", {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_no_barriers(place, pages, name, look, how):
    """axe finds nothing, nothing has to be scrolled sideways, and the heading is in the language that was chosen."""
    page = pages(**how)
    show(page, SCREENS[name].format(**place.ids))
    picture(page, f"{name}-{look}")
    assert (
        page.evaluate("document.documentElement.scrollWidth") <= how.get("viewport", {"width": 1280})["width"]
    )
    assert page.evaluate("document.documentElement.lang") == (look if look in ("fr", "en") else "nl")
    assert barriers(page) == []
