"""The papers of the desk: their pictures are of screens that are there, and the sheet to hang up is one page.

The pictures are made anew in `build/desk/papier/` each time; `scripts/pictures` puts them in `docs/desk/pictures/`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.e2e.desk.looks import PICTURES, SETTLED
from tests.e2e.desk.place import Demo, Point
from tests.e2e.desk.window import pair
from tests.support.browser import Chromium

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs/desk"
MADE = PICTURES / "papier"
MOST_BYTES = 150_000
HELPER = "Annie"


def new_visit(page: Page) -> None:
    """A visit about taxes is being recorded."""
    page.locator("#themes [data-name=tax]").click()
    page.locator("[data-name=first]").click()
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")


def code(page: Page) -> None:
    """The coordinator has a code for a new laptop before her."""
    page.locator("[data-name=new]").click()
    page.locator(".tile", has_text="'t Recupke").click()
    page.locator("[data-name=code]").wait_for()


def names(page: Page) -> None:
    """Nobody chose a name yet."""
    page.locator("[data-name=helper]").first.wait_for()


def all_figures(page: Page) -> None:
    """The numbers and the first drawing are there."""
    page.locator("[data-name=course] svg").last.wait_for()


WIDE: ViewportSize = {"width": 1000, "height": 720}
Kept = Callable[[Point], dict[str, Any]]
PAPERS: dict[str, tuple[str, ViewportSize, Kept, Callable[[Page], None]]] = {
    "nieuw-bezoek": ("/", WIDE, lambda point: point.seated(HELPER), new_visit),
    "nieuw-bezoek-smal": ("/", {"width": 600, "height": 740}, lambda point: point.seated(HELPER), new_visit),
    "namen": ("/", {"width": 800, "height": 480}, lambda _: {}, names),
    "cijfers": ("/cijfers", {"width": 1000, "height": 1240}, lambda at: at.place.signed_in(), all_figures),
    "laptop-koppelen": ("/laptops", {"width": 800, "height": 560}, lambda at: at.place.signed_in(), code),
}
"""Where each picture is taken: the address, how large the window is, who sits there, and what was done."""


@pytest.fixture(scope="module")
def recupke(demo: Demo) -> Point:
    """The digipunt of the pictures."""
    return demo.named("'t Recupke")


@pytest.fixture(scope="module")
def laptop(recupke: Point) -> dict[str, Any]:
    """A laptop of it."""
    return recupke.paired("balie links")


@pytest.mark.parametrize("name", PAPERS)
def test_pictures(recupke: Point, laptop: dict[str, Any], chromium: Chromium, name: str):
    """What a picture shows is still there."""
    address, size, kept, do = PAPERS[name]
    with chromium.context(recupke.place.address, viewport=size, reduced_motion="reduce") as (context, _):
        pair(context, laptop, kept(recupke))
        page = context.new_page()
        page.goto(address)
        page.locator("#main h1").wait_for()
        page.wait_for_load_state("networkidle")
        do(page)
        page.wait_for_function(SETTLED)
        MADE.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=MADE / f"{name}.png")


def test_papers_show_pictures_that_are_made():
    """Each picture in a paper is one of these, is there, and is small; none lies there for nothing."""
    papers = [*DOCS.glob("*.md"), *DOCS.glob("*.html"), ROOT / "README.md"]
    shown = {
        each for paper in papers for each in re.findall(r"pictures/([\w-]+)\.png", paper.read_text("utf-8"))
    }
    assert shown == set(PAPERS) == {each.stem for each in (DOCS / "pictures").glob("*.png")}
    assert all(each.stat().st_size < MOST_BYTES for each in (DOCS / "pictures").glob("*.png"))


def test_sheet_is_one_page(chromium: Chromium):
    """*Aan de slag* is one A4, in print, and leaves no half page empty."""
    with chromium.context("file://", viewport={"width": 1000, "height": 1400}) as (context, watch):
        watch.allow("another origin")
        page = context.new_page()
        page.goto((DOCS / "aan-de-slag.html").as_uri())
        pdf = page.pdf(prefer_css_page_size=True, path=MADE.parent / "aan-de-slag.pdf")
        page.emulate_media(media="print")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    assert b"/MediaBox [0 0 594.95" in pdf or b"/MediaBox [0 0 595" in pdf
