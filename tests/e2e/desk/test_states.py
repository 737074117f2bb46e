"""Screens in what befalls them: no name chosen, no network, a PIN typed wrong, a service that is away, lists that are empty."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.command import served
from tests.e2e.desk.looks import look_at
from tests.e2e.desk.place import PIN, Place, Point
from tests.e2e.desk.window import Window, pair
from tests.support.browser import Chromium

# The first test that has the demo waits until it is filled.
pytestmark = pytest.mark.timeout(300)

NARROW_AND_WIDE = ("1280", "320", "donker")
HEARTBEAT_MS = 60_000


@pytest.fixture
def tab(chromium: Chromium) -> Iterator[Callable[..., Page]]:
    """`tab(point, kept, **options)`: a tab of a laptop that was paired with the digipunt just now."""
    with ExitStack() as stack:

        def opened(point: Point, kept: dict[str, Any] | None = None, **options: Any) -> Page:
            context, _ = stack.enter_context(chromium.context(point.place.address, **options))
            pair(context, point.paired(), kept)
            return context.new_page()

        yield opened


@contextmanager
def offline(page: Page) -> Iterator[None]:
    """Without network, for a while."""
    page.context.set_offline(True)
    yield
    page.context.set_offline(False)


def test_before_pairing(place: Place, chromium: Chromium):
    """The first page of a laptop; a code that is none; then the code of a coordinator, and what the laptop says of itself."""
    point = place.point()
    with chromium.context(place.address) as (context, _):
        page = context.new_page()
        page.goto("/")
        page.locator("[name=code]").fill("000000")
        look_at(page, "koppelen", *NARROW_AND_WIDE)
        page.keyboard.press("Enter")
        expect(page.locator(".error")).to_be_visible()
        look_at(page, "koppelen-geen-code", *NARROW_AND_WIDE)
        page.locator("[name=code]").fill(point.code())
        page.locator("[name=name]").fill("balie links")
        page.keyboard.press("Enter")
        expect(page.locator("[data-name=check]")).to_have_text(re.compile(r"^\d\d$"))
        expect(page.locator(".notice")).to_have_count(3)
        look_at(page, "gekoppeld", *NARROW_AND_WIDE)
        page.locator("[data-name=start]").click()
        page.locator("[data-name=helper]").first.wait_for()
        look_at(page, "namen")


def test_where_this_computer_stands(place: Place, chromium: Chromium):
    """Who came with the link of the machine chooses the digipunt."""
    place.point()
    with chromium.context(place.address) as (context, _):
        pair(context, {}, {"digipunt.session": place.signed_in()["digipunt.session"]})
        page = context.new_page()
        page.goto("/")
        page.locator(".tile").first.wait_for()
        look_at(page, "welk-digipunt", *NARROW_AND_WIDE)


def test_pin(point: Point, tab: Callable[..., Page]):
    """Who are you, the PIN, a wrong one, and one that was wrong too often."""
    for name in point.helpers:
        point.give_pin(name)
    page = tab(point, {"digipunt.helper": {"helper": None}})
    page.goto("/bellen")
    page.locator("#main .tile").first.wait_for()
    look_at(page, "pincode-wie", *NARROW_AND_WIDE)
    page.get_by_role("button", name="Rita").click()
    page.locator("[name=pin]").wait_for()
    look_at(page, "pincode", *NARROW_AND_WIDE)
    with offline(page):
        page.locator("[name=pin]").fill(PIN)
        page.keyboard.press("Enter")
        expect(page.locator(".error")).to_contain_text("Er is nu geen internet")
        look_at(page, "pincode-zonder-internet", *NARROW_AND_WIDE)
    for tries in range(5):
        page.locator("[name=pin]").fill("0000")
        page.keyboard.press("Enter")
        expect(page.locator("[name=pin]")).to_have_value("")
        expect(page.locator(".error")).to_contain_text("Te vaak" if tries == 4 else f"nog {4 - tries} keer")
        if tries == 0:
            look_at(page, "pincode-verkeerd", *NARROW_AND_WIDE)
    look_at(page, "pincode-op-slot", *NARROW_AND_WIDE)


def test_visit(window: Window):
    """The form open all the way, without a theme, saved, saved twice, and begun before."""
    page = window.page
    window.press_save()
    expect(page.locator("#themes .error")).to_be_visible()
    look_at(page, "bezoek-geen-thema", *NARROW_AND_WIDE)
    page.get_by_role("button", name="Meer thema's").click()
    for fold in page.locator(".fold-button").all():
        fold.click()
    look_at(page, "bezoek-open")
    window.tap("tax", "email")
    look_at(page, "bezoek-gekozen")
    page.reload()
    page.get_by_role("button", name="Ja, ga verder").wait_for()
    look_at(page, "bezoek-was-bezig", *NARROW_AND_WIDE)
    page.get_by_role("button", name="Nee, begin opnieuw").click()
    window.save("tax")
    look_at(page, "bezoek-bewaard")
    window.tap("tax")
    window.press_save()
    page.locator("dialog[open]").wait_for()
    look_at(page, "bezoek-twee-keer")


def test_offline(window: Window):
    """Without internet: what was saved, the line at the bottom, *Vandaag*, *Toestellen*, *Toestand*, a screen with people."""
    page = window.page
    page.wait_for_function("() => navigator.serviceWorker.ready.then((r) => Boolean(r.active))")
    page.reload()
    window.ready()
    with offline(page):
        window.save("tax")
        window.after_undo()
        window.line_says("Geen internet")
        look_at(page, "zonder-internet-bezoek")
        for name in ("vandaag", "toestellen", "toestand", "sessies", "bellen"):
            page.goto(f"/{name}")
            page.locator("#main h1").wait_for()
            window.line_says("1 bezoek")
            look_at(page, f"zonder-internet-{name}", *NARROW_AND_WIDE)


def test_looked_at_by_a_person(window: Window):
    """A visit that the service refused waits for a person, with its reason."""
    problem = {
        "type": "urn:problem-type:belgif:badRequest",
        "status": 400,
        "code": "invalidInput",
        "detail": "De invoer klopt niet.",
        "issues": [{"code": "unknownCode", "detail": "Deze code bestaat niet meer."}],
    }

    def refuse(route: Route) -> None:
        if route.request.method == "GET":
            return route.continue_()
        return route.fulfill(status=400, content_type="application/problem+json", json=problem)

    window.page.context.route("**/visits/v1/visits/**", refuse)
    window.save("printScan")
    window.after_undo()
    window.line_says("kijk je beter na")
    window.page.goto("/vandaag")
    window.page.get_by_role("button", name="Weg ermee").wait_for()
    look_at(window.page, "kijk-na")
    window.page.get_by_role("button", name="Weg ermee").click()
    window.page.locator("dialog[open]").wait_for()
    look_at(window.page, "kijk-na-weg-ermee", *NARROW_AND_WIDE)


def test_screen_about_to_close(point: Point, tab: Callable[..., Page]):
    """Nobody touched it for almost ten minutes, then for ten: it says so, and closes."""
    point.give_pin("Rita")
    laptop = point.paired()
    page = tab(point, point.signed_in("Rita", PIN, laptop))
    page.clock.install()
    page.goto("/bellen")
    page.locator("#main h1").wait_for()
    page.wait_for_load_state("networkidle")
    page.clock.fast_forward(585_000)
    page.get_by_role("button", name="Ik ben er nog").wait_for()
    look_at(page, "gaat-dicht", *NARROW_AND_WIDE)


def test_taken_back(window: Window, point: Point):
    """The coordinator took the laptop back: it says so, goes on recording, and asks for a code where one wants to go on."""
    page = window.page
    laptop = page.evaluate("JSON.parse(localStorage['digipunt.laptop']).id")
    point.place.sent("DELETE", f"/desk/v1/laptops/{laptop}")
    window.offline()
    window.save("tax")
    window.after_undo()
    window.forward(HEARTBEAT_MS)
    window.offline(False)
    window.says("Deze laptop is niet meer gekoppeld.")
    look_at(page, "niet-meer-gekoppeld", *NARROW_AND_WIDE)
    page.get_by_role("button", name="Koppel deze laptop opnieuw").click()
    page.locator("[name=code]").wait_for()
    look_at(page, "opnieuw-koppelen", *NARROW_AND_WIDE)


def test_nothing_there_yet(point: Point, tab: Callable[..., Page]):
    """Lists that are empty say so, to a coordinator and to a helper."""
    page = tab(point, point.place.signed_in())
    for name in (
        "vandaag",
        "toestellen",
        "sessies",
        "bellen",
        "zeg-het",
        "brieven",
        "niet-bereikt",
        "laptops",
    ):
        page.goto(f"/{name}")
        page.locator("#main h1").wait_for()
        page.wait_for_load_state("networkidle")
        look_at(page, f"leeg-{name}", *NARROW_AND_WIDE)


def test_helper_is_no_coordinator(point: Point, tab: Callable[..., Page]):
    """What a helper sees of *Meer*, and of what is the coordinator's."""
    point.give_pin("Rita")
    page = tab(point, point.signed_in("Rita", PIN, point.paired()))
    for name in ("meer", "brieven", "toestellen", "sessies"):
        page.goto(f"/{name}")
        page.locator("#main h1").wait_for()
        page.wait_for_load_state("networkidle")
        look_at(page, f"helper-{name}", *NARROW_AND_WIDE)


def test_service_away(chromium: Chromium, tmp_path_factory: pytest.TempPathFactory):
    """Where no devices are lent and no messages are sent, those screens say so, and the others are as they were."""
    folder = tmp_path_factory.mktemp("less") / "data"
    only = ("--only", "visits,desk")
    with served(folder, options=only) as process:
        point = Place(process.address, folder).point()
        with chromium.context(process.address) as (context, _):
            pair(context, point.paired(), point.place.signed_in())
            page = context.new_page()
            for name in ("toestellen", "bellen", "meer", "toestand"):
                page.goto(f"/{name}")
                page.locator("#main h1").wait_for()
                page.wait_for_load_state("networkidle")
                look_at(page, f"dienst-weg-{name}", *NARROW_AND_WIDE)
