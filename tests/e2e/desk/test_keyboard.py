"""The work of a day at the desk, by keyboard alone, on the demo: a visit, a loan, a session, a call."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desk.keyboard import Keyboard
from tests.e2e.desk.place import DEMO_PIN, Demo, Point, until
from tests.e2e.desk.window import pair
from tests.support.browser import Chromium

HELPER = "Fatma"


@pytest.fixture(scope="module")
def recupke(demo: Demo) -> Point:
    """The digipunt at which these tests work."""
    return demo.named("'t Recupke")


@pytest.fixture
def page(recupke: Point, chromium: Chromium) -> Iterator[Page]:
    """A tab of a paired laptop, at which nobody sits yet."""
    with chromium.context(recupke.place.address) as (context, _):
        pair(context, recupke.paired())
        yield context.new_page()


@pytest.fixture
def coordinators(recupke: Point, chromium: Chromium) -> Iterator[Page]:
    """A tab of a paired laptop, at which the coordinator signed in."""
    with chromium.context(recupke.place.address) as (context, _):
        pair(context, recupke.paired(), recupke.place.signed_in())
        yield context.new_page()


@pytest.fixture
def keys(page: Page) -> Keyboard:
    """Its keyboard."""
    return Keyboard(page)


def sit_down(page: Page, keys: Keyboard, path: str = "/") -> None:
    """Open the desk and choose a name."""
    page.goto(path)
    page.locator("[data-name=helper]").first.wait_for()
    for _ in range(len(page.locator("[data-name=helper]").all()) + 1):
        if page.evaluate("document.activeElement.textContent").endswith(HELPER):
            break
        keys.press("Tab")
    keys.press("Enter")
    page.locator("#main h1").wait_for()


def sign_in(page: Page, keys: Keyboard) -> None:
    """Type the PIN where it is asked."""
    keys.fill("[name=pin]", DEMO_PIN)
    keys.press("Enter")
    page.locator("[name=pin]").wait_for(state="detached")


def state_of(point: Point, device: str) -> str:
    """Where a device stands."""
    return str(point.place.sent("GET", f"/loans/v1/devices/{device}")["state"])


def loan_of(point: Point, loan: str) -> dict[str, Any]:
    """A loan as the service has it."""
    return dict(point.place.sent("GET", f"/loans/v1/loans/{loan}"))


def session_of(point: Point, session: str) -> dict[str, Any]:
    """A session as the service has it."""
    return dict(point.place.sent("GET", f"/visits/v1/sessions/{session}"))


def test_visit(page: Page, keys: Keyboard, recupke: Point):
    """A visit with a theme, whether it was the first, how it went, how long it took; the same again, and that undone."""
    before = set(recupke.ids())
    sit_down(page, keys)
    keys.choose("[data-name=tax]")
    keys.choose("[data-name=repeat]")
    keys.choose("[data-name=solvedTogether]")
    keys.enter(".fold-button:has-text('Meer over dit bezoek')")
    keys.choose("[data-name='20']")
    keys.enter("[data-name=save]")
    expect(page.locator("[data-name=saved]")).to_have_text("Bewaard.")
    until(page, lambda: set(recupke.ids()) - before, "the visit to be sent")
    [id] = set(recupke.ids()) - before
    visit = recupke.visit(id)
    assert (visit["themes"], visit["contact"], visit["outcome"], visit["durationMinutes"]) == (
        ["tax"],
        "repeat",
        "solvedTogether",
        20,
    )
    keys.choose("[data-name=tax]")
    keys.press("Control+Enter")
    keys.enter("button:has-text('Ongedaan maken')")
    expect(page.locator("[data-name=saved]")).to_have_text("Dit bezoek is weg.")
    page.wait_for_timeout(9_000)
    assert set(recupke.ids()) - before == {id}


def test_loan(page: Page, keys: Keyboard, recupke: Point):
    """Somebody of the waiting list gets a laptop, signs, brings it back; it is looked at, wiped, and can go again."""
    sit_down(page, keys, "/toestellen")
    keys.enter("[data-name=waiting]")
    keys.enter("[data-name=rows] a[href^='/toestellen/aanvraag/']")
    sign_in(page, keys)
    request = page.url.rpartition("/")[2]
    tile = page.locator("fieldset .tile").first
    tile.wait_for()
    device = str(tile.get_attribute("data-name"))
    label = tile.locator(".tile-label").inner_text()
    keys.choose(f"[data-name='{device}']")
    keys.enter("[data-name=approve]")
    keys.enter("a:has-text('Geef het nu mee')")
    page.locator("[data-name=hand-over]").wait_for()
    loan = page.url.rpartition("/")[2]
    keys.enter("[data-name=hand-over]")
    expect(page.locator("[data-name=done]")).to_contain_text(label)
    assert loan_of(recupke, loan)["state"] == "handedOver"
    assert recupke.place.sent("GET", f"/loans/v1/requests/{request}")["loan"] == loan

    keys.fill("[name=find]", label)
    keys.press("Enter")
    page.locator("#main h1:has-text('Is terug')").wait_for()
    keys.enter("[data-name=save]")
    expect(page.locator("[data-name=done]")).to_contain_text("is terug")
    keys.enter("a:has-text('Kijk het nu na')")
    keys.choose("#condition [data-name=good]")
    keys.walk_to("[data-name=wiped]")
    keys.press("Space")
    keys.enter("[data-name=save]")
    expect(page.locator("[data-name=done]")).to_contain_text("kan weer mee")
    until(page, lambda: state_of(recupke, device) == "available", "the device to be ready again")
    assert loan_of(recupke, loan)["state"] == "closed"


def test_session(coordinators: Page, recupke: Point):
    """A session is planned for today, somebody is registered, who came is counted."""
    page, keys = coordinators, Keyboard(coordinators)
    now = datetime.now(ZoneInfo("Europe/Brussels"))
    page.goto("/sessies")
    keys.enter("a:has-text('Plan een sessie')")
    keys.fill("[name=title]", "Foto's bewaren")
    keys.walk_to("[name=day]")
    keys.type(f"{now:%m%d%Y}")
    # As this browser asks for a date and a time, whatever the language of the page.
    keys.fill("[name=from]", "1200A")
    keys.fill("[name=to]", "1159P")
    keys.enter("[data-name=save]")
    page.wait_for_url(re.compile(r"/sessies/[0-9a-f-]{36}$"))
    session = page.url.rpartition("/")[2]
    keys.enter("[data-name=register]")
    keys.choose("[data-name='2']")
    keys.enter("[data-name=save]")
    until(page, lambda: session_of(recupke, session)["taken"] == 2, "the seats to be taken")
    keys.enter(f"a[href='/sessies/{session}']")
    keys.enter("[data-name=attendance]")
    keys.walk_to("[data-name=place]")
    keys.press("Space")
    keys.enter("button[aria-label='Een meer: Zonder inschrijving']")
    keys.enter("[data-name=save]")
    until(page, lambda: session_of(recupke, session)["state"] == "held", "the count to be sent")
    assert session_of(recupke, session)["attendance"]["present"] == 3


def test_call(page: Page, keys: Keyboard, recupke: Point):
    """Somebody is called, and what came of it is noted."""
    sit_down(page, keys, "/bellen")
    sign_in(page, keys)
    name = page.locator("#person").inner_text()
    keys.enter("[data-name=take]")
    page.locator("[data-name=number]").wait_for()
    keys.enter("[data-name=told]")
    expect(page.locator("#person")).not_to_have_text(name)
