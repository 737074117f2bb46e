"""Every screen as people see it: no barrier that axe knows, nothing to scroll sideways, in all languages and colours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.desk.looks import LOOKS, WHOLE, look_at, picture, sideways
from tests.e2e.desk.place import Demo, Point
from tests.e2e.desk.window import pair
from tests.support.browser import Chromium

# The first test waits until the demo is filled.
pytestmark = pytest.mark.timeout(300)

POINT = "'t Recupke"

SCREENS = {
    "nieuw-bezoek": "/",
    "vandaag": "/vandaag",
    "telblad": "/telblad",
    "toestellen": "/toestellen",
    "te-laat": "/toestellen?lijst=late",
    "terug": "/toestellen/terug/{loan}",
    "nakijken": "/toestellen/nakijken/{unchecked}",
    "toestel": "/toestellen/toestel/{device}",
    "meegeven": "/toestellen/meegeven",
    "aanvraag": "/toestellen/aanvraag/{request}",
    "klaar": "/toestellen/klaar/{ready}",
    "lener": "/toestellen/lener",
    "nieuw-toestel": "/toestellen/nieuw",
    "langer": "/toestellen/langer/{loan}",
    "etiketten": "/toestellen/etiketten",
    "stock": "/toestellen/stock",
    "sessies": "/sessies",
    "sessie": "/sessies/{session}",
    "inschrijven": "/sessies/{session}/inschrijven",
    "aanwezig": "/sessies/{held}/aanwezig",
    "sessie-plannen": "/sessies/nieuw",
    "bellen": "/bellen",
    "zeg-het": "/zeg-het",
    "brieven": "/brieven",
    "niet-bereikt": "/niet-bereikt",
    "laptops": "/laptops",
    "helpers": "/helpers",
    "gegevens": "/gegevens",
    "cijfers": "/cijfers",
    "cijfers-knelpunten": "/cijfers/knelpunten",
    "cijfers-subsidie": "/cijfers/subsidie",
    "cijfers-verslag": "/cijfers/verslag",
    "weergave": "/weergave",
    "meer": "/meer",
    "toestand": "/toestand",
    "toegankelijk": "/toegankelijk",
    "bestaat-niet": "/bestaat-niet",
}


@pytest.fixture(scope="module")
def desk_of_demo(demo: Demo) -> Point:
    """The digipunt of the demo at which these tests sit."""
    return demo.named(POINT)


@pytest.fixture(scope="module")
def ids(desk_of_demo: Point) -> dict[str, str]:
    """What the addresses of screens name."""
    first = desk_of_demo.first
    return {
        "session": first("/visits/v1/sessions?state=planned"),
        "held": first("/visits/v1/sessions?state=planned"),
        "loan": first("/loans/v1/loans?state=handedOver"),
        "ready": first("/loans/v1/loans?state=ready"),
        "request": first("/loans/v1/requests?state=requested"),
        "device": first("/loans/v1/devices?state=available"),
        "unchecked": first("/loans/v1/devices?state=returnedUnchecked"),
    }


@pytest.fixture(scope="module")
def pages(demo: Demo, desk_of_demo: Point, chromium: Chromium) -> Iterator[Callable[[str], Page]]:
    """`pages(locale)`: the desk of the digipunt where its coordinator signed in; one tab for each language."""
    opened: dict[str, Page] = {}
    with ExitStack() as stack:

        def page(locale: str) -> Page:
            if locale not in opened:
                context, _ = stack.enter_context(chromium.context(demo.address, locale=locale))
                pair(context, desk_of_demo.paired(), demo.signed_in())
                opened[locale] = context.new_page()
            return opened[locale]

        yield page


def show(page: Page, address: str) -> None:
    """Open a screen, and wait until it has all its answers."""
    page.goto(address)
    page.locator("#main h1").wait_for()
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("name", SCREENS)
def test_no_barriers(pages: Callable[[str], Page], ids: dict[str, Any], name: str):
    """axe finds nothing, and nothing has to be scrolled sideways."""
    page = pages("nl-BE")
    show(page, SCREENS[name].format(**ids))
    assert page.evaluate("document.documentElement.lang") == "nl"
    look_at(page, name)


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("locale", ["fr-BE", "en-GB"])
def test_languages(pages: Callable[[str], Page], ids: dict[str, Any], name: str, locale: str):
    """The page is in the language of the browser and says so, and its words fit the narrowest window."""
    page = pages(locale)
    page.set_viewport_size(LOOKS["320"].viewport)
    show(page, SCREENS[name].format(**ids))
    language = locale[:2]
    assert page.evaluate("document.documentElement.lang") == language
    page.evaluate(WHOLE)
    picture(page, f"{name}-{language}")
    assert sideways(page, 320) == []
