"""Who hears each month that the bottleneck sheet is there: the list under *Cijfers*, *Knelpunten*, kept by a coordinator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.command import TIENEN
from tests.e2e.desk.figures import open_figures, settled
from tests.e2e.desk.looks import look_at
from tests.e2e.desk.place import Demo
from tests.support.browser import Chromium

# The first test waits until the demo is filled.
pytestmark = pytest.mark.timeout(300)

ADDRESS = f"/cijfers/knelpunten?gemeente={TIENEN}"
NARROW_AND_WIDE = ("1280", "320", "donker")
READERS = re.compile(r"/notifications/v1/readers")


@pytest.fixture
def page(demo: Demo, chromium: Chromium) -> Iterator[Page]:
    """A tab of the demo's coordinator, at the bottlenecks of Tienen; the list is empty before and after."""
    with chromium.context(demo.address) as (context, _):
        page = open_figures(context, demo)
        page.goto(ADDRESS)
        settled(page)
        yield page
        context.unroute_all(behavior="ignoreErrors")
    for each in of_tienen(demo):
        demo.sent("DELETE", f"/notifications/v1/readers/{each['id']}")


def of_tienen(demo: Demo) -> list[dict[str, Any]]:
    """The readers, as the service lists them."""
    found: list[dict[str, Any]] = demo.sent("GET", f"/notifications/v1/readers?municipality={TIENEN}")[
        "items"
    ]
    return found


def the_list(page: Page) -> Locator:
    """The part of the screen that is about readers."""
    return page.locator("[data-name=readers]")


def test_somebody_is_put_on_the_list_and_taken_off(demo: Demo, page: Page):
    """What is missing is said, nothing is lost by a refusal, and who goes is gone after one question."""
    expect(the_list(page)).to_contain_text("Er staat nog niemand op de lijst.")
    page.locator("[data-name=new-reader]").click()
    dialog = page.locator("dialog[open]")
    dialog.locator("[data-name=save]").click()
    expect(dialog.locator(".error")).to_have_count(2)
    look_at(page, "cijfers-nieuwe-lezer", *NARROW_AND_WIDE)
    dialog.locator("[name=reader-name]").fill("An Peeters")
    dialog.locator("[name=reader-email]").fill("an@nergens")
    dialog.locator("[name=reader-language]").select_option("fr")
    assert dialog.locator("[name=reader-municipality]").input_value() == TIENEN
    dialog.locator("[data-name=save]").click()
    expect(dialog.locator(".notice-err")).to_be_visible()
    dialog.locator("[name=reader-email]").fill("an.peeters@tienen.example.be")
    dialog.locator("[data-name=save]").click()
    row = the_list(page).locator("li", has_text="An Peeters")
    expect(row).to_contain_text("an.peeters@tienen.example.be, Frans")
    expect(the_list(page).locator("[role=status]")).to_have_text("An Peeters staat op de lijst.")
    look_at(page, "cijfers-lezers", *NARROW_AND_WIDE)
    [found] = of_tienen(demo)
    assert (found["name"], found["language"], found["municipality"]) == ("An Peeters", "fr", TIENEN)
    row.locator("[data-name=remove-reader]").click()
    expect(page.locator("dialog[open]")).to_contain_text("De naam en het adres gaan weg.")
    page.locator("[data-name=sure]").click()
    expect(row).to_have_count(0)
    expect(the_list(page).locator("h2")).to_be_focused()
    assert of_tienen(demo) == []


def test_names_and_addresses_are_not_kept_in_the_tab(demo: Demo, page: Page):
    """Figures are, for when there is no internet; people are not."""
    page.locator("[data-name=new-reader]").click()
    dialog = page.locator("dialog[open]")
    dialog.locator("[name=reader-name]").fill("An Peeters")
    dialog.locator("[name=reader-email]").fill("an@example.be")
    dialog.locator("[data-name=save]").click()
    expect(the_list(page).locator("li")).to_have_count(1)
    kept = page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")
    assert "knelpunt" in kept or "bottlenecks" in kept
    assert "Peeters" not in kept
    assert "an@example.be" not in kept


def test_the_list_does_not_come(page: Page):
    """The figures stay, and a sentence says that the list is not there now."""
    page.context.route(READERS, lambda route: route.abort())
    page.reload()
    settled(page)
    expect(the_list(page).locator(".notice-warn")).to_be_visible()
    look_at(page, "cijfers-lezers-weg", *NARROW_AND_WIDE)
    page.context.unroute_all(behavior="ignoreErrors")


def test_a_policy_officer_has_no_list(demo: Demo, chromium: Chromium):
    """Who is on it is for the coordinator."""
    with chromium.context(demo.address) as (context, _):
        page = context.new_page()
        page.goto(demo.link("policy"))
        settled(page)
        expect(the_list(page)).to_have_count(0)
