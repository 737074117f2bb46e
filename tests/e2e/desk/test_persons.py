"""*Gegevens*: a coordinator gives somebody what is kept of them, or erases it everywhere, and sees who looked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.command import TIENEN
from tests.e2e.desk.looks import look_at
from tests.e2e.desk.place import Place, Point
from tests.e2e.desk.window import pair
from tests.support.browser import Chromium

pytestmark = pytest.mark.case("security P4")


@pytest.fixture
def page(place: Place, point: Point, chromium: Chromium) -> Iterator[Page]:
    """A laptop of the digipunt at which its coordinator signed in, at this screen."""
    with chromium.context(place.address, locale="nl-BE", accept_downloads=True) as (context, _):
        pair(context, point.paired(), place.signed_in())
        page = context.new_page()
        page.goto("/gegevens")
        page.locator("#main h1").wait_for()
        yield page


@pytest.fixture
def borrower(place: Place, point: Point) -> str:
    """The id of Wannes Merkteken, who borrows nothing any more."""
    id = str(uuid4())
    body = {
        "name": "Wannes Merkteken",
        "phone": "0470 99 88 77",
        "digipunt": point.id,
        "municipality": TIENEN,
    }
    place.sent("PUT", f"/loans/v1/borrowers/{id}", body)
    return id


def find(page: Page) -> None:
    page.locator("[name=who]").fill("merkteken")
    page.locator("[data-name=search]").click()
    expect(page.locator("#main")).to_contain_text("1 lener gevonden")


def test_somebody_gets_what_is_kept_and_is_then_erased_everywhere(
    page: Page, place: Place, borrower: str, tmp_path: Path
):
    """The file has everything under the number of the file; erasing asks first, and shows when each service is done."""
    find(page)
    with page.expect_download() as download:
        page.locator("[data-name=give]").click()
    file = tmp_path / "gegevens.json"
    download.value.save_as(file)
    assert download.value.suggested_filename == f"{borrower}.json"
    assert json.loads(file.read_text())["services"]["loans"][0]["data"]["name"] == "Wannes Merkteken"
    page.locator("[data-name=erase]").click()
    dialog = page.locator("dialog[open]")
    expect(dialog).to_contain_text("Dit kan je niet terugdraaien.")
    look_at(page, "gegevens-wissen", "1280", "320")
    dialog.locator("[data-name=sure]").click()
    expect(page.locator("[data-name=erased]")).to_have_text("Alles is gewist.", timeout=30_000)
    expect(page.locator("#main")).not_to_contain_text("Merkteken")
    answer = place.http.get(f"/loans/v1/borrowers/{borrower}")
    assert answer.status_code == 404
    page.reload()
    trail = page.locator("[data-name=trail]")
    expect(trail).to_contain_text("gewist, lener")
    expect(trail).to_contain_text("als bestand bewaard, lener")
    expect(page.locator("[data-name=clock]")).to_contain_text("Leners: 12 maanden na hun laatste toestel.")


def test_a_refusal_is_said_and_nothing_is_gone(page: Page, place: Place, point: Point, borrower: str):
    """Who has a device is not erased: the question stays open, with why."""
    device, loan = str(uuid4()), str(uuid4())
    label = device[:8]
    here = {"digipunt": point.id, "municipality": TIENEN}
    place.sent("PUT", f"/loans/v1/devices/{device}", {"kind": "laptop", "label": label, **here})
    lent = {"borrower": borrower, "devices": [device], "digipunt": point.id}
    place.sent("PUT", f"/loans/v1/loans/{loan}", lent)
    find(page)
    page.locator("[data-name=erase]").click()
    dialog = page.locator("dialog[open]")
    dialog.locator("[data-name=sure]").click()
    expect(dialog.locator(".notice, [role=alert]").first).to_be_visible()
    expect(dialog).to_be_visible()
    assert place.http.get(f"/loans/v1/borrowers/{borrower}").status_code == 200
    place.sent("POST", f"/loans/v1/loans/{loan}/cancel")
    place.sent("POST", f"/loans/v1/borrowers/{borrower}/erase")
