"""Scenarios of devices: what came back is a fact that may wait, a device for somebody is a promise that may not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.desk.conftest import desk_window
from tests.e2e.desk.place import PIN, Lent, Place, Point, borrower, device, lent, settled
from tests.e2e.desk.versions import Restarted
from tests.e2e.desk.window import Sendings, Window
from tests.support.browser import Chromium

RETURNS = re.compile(r"/loans/v1/loans/[^/]+/return$")
WEEK = timedelta(days=8)
WITHOUT_LOANS = "visits,desk,reporting,notifications"


@pytest.fixture
def out(point: Point) -> Lent:
    """A laptop that An Peeters has."""
    return lent(point)


def is_back(window: Window, out: Lent) -> None:
    """*Toestellen*, the number of the device, *Is terug*."""
    window.page.locator("nav").get_by_role("link", name="Toestellen").click()
    window.page.locator("[name=find]").fill(out.label)
    window.page.locator("[data-name=find]").click()
    window.page.locator("h1", has_text="Is terug").wait_for()
    window.page.locator("[data-name=save]").click()
    expect(window.page.locator("[data-name=done]")).to_contain_text(f"{out.label} is terug")


def test_11_resent_under_another_helper(out: Lent, window: Window):
    """The reply to *Is terug* is lost and another helper sits down: it is sent again, under its own key, and happened once."""
    sendings = Sendings(window.page.context, lambda number: "lost" if number == 1 else "pass", RETURNS)
    is_back(window, out)
    window.after_undo()
    window.line_says("Geen internet")
    window.switch("Jos")
    window.pass_time(lambda: window.waiting() == [])
    assert len(sendings.seen) >= 2
    assert len(set(sendings.seen)) == 1
    assert len(set(sendings.keys)) == 1
    assert None not in sendings.keys
    assert window.parked() == []
    assert out.events().count("returned") == 1


@pytest.mark.parametrize("arrived", [True, False], ids=["it had arrived", "it had not"])
def test_12_return_that_waited_eight_days(out: Lent, window: Window, arrived: bool):
    """After eight days nobody counts on a key any more: the device tells whether it is back, and only then it is sent."""
    window.services_say(timedelta())
    sendings = Sendings(window.page.context, lambda _: "lost" if arrived else "cut", RETURNS)
    is_back(window, out)
    window.after_undo()
    window.line_says("Geen internet")
    window.offline()
    attempts = len(sendings.seen)
    sendings.fate = lambda _: "pass"
    window.services_say(WEEK)
    window.forward(int(WEEK.total_seconds() * 1000))
    assert len(window.stored()["outbox"]) == 1
    window.offline(False)
    window.pass_time(lambda: window.waiting() == [])
    assert len(sendings.seen) == attempts + (0 if arrived else 1)
    assert window.parked() == []
    assert out.state() != "onLoan"
    assert out.events().count("returned") == 1


@pytest.fixture
def restarted(tmp_path: Path, chromium: Chromium) -> Iterator[Restarted]:
    """Services that can be stopped one by one; `chromium` first, for without a desk there is nothing to try."""
    made = Restarted(tmp_path / "data")
    yield made
    made.stop()


def test_33_loans_stops_in_mid_day(restarted: Restarted, chromium: Chromium):
    """The service of loans is taken away: its tab says so and its items wait, while visits go on; back again, they are sent."""
    process = restarted.serve()
    place = Place(process.address, restarted.data)
    point = place.point()
    out = lent(point)
    with desk_window(chromium, point) as (window, _):
        window.open()
        is_back(window, out)
        restarted.serve("--only", WITHOUT_LOANS)
        window.after_undo()
        window.says("Hier is geen uitleendienst, of die is even weg. Wat je al bewaarde, blijft staan.")
        window.page.locator("nav").get_by_role("link", name="Bezoek").click()
        visit = window.save()
        window.after_undo()
        window.until(lambda: point.ids() == [visit], "the visit to be sent")
        assert window.waiting() == [out.loan]
        restarted.serve()
        window.pass_time(lambda: window.waiting() == [])
        assert window.parked() == []
        assert out.events().count("returned") == 1
        settled(point, window)


def test_34_device_that_another_desk_was_first_with(place: Place, point: Point, chromium: Chromium):
    """Two desks lend the same laptop: the second reads why not before it can choose again, and nothing is lent twice."""
    wanted, label = device(point)
    borrower(point, "An Peeters")
    point.give_pin("Rita")
    with desk_window(chromium, point) as (first, _), desk_window(chromium, point) as (second, _):
        for window in (first, second):
            window.open()
            up_to_lending(window, wanted)
        first.page.locator("[data-name=prepare]").click()
        first.says("Teken en geef mee")
        second.page.locator("[data-name=prepare]").click()
        expect(second.page.locator("[data-name=gone]")).to_contain_text(f"{label} ligt klaar voor iemand.")
        expect(second.page.locator(f"[data-name='{wanted}']")).to_have_count(0)
    query = {"digipunt": point.id}
    assert len(place.sent("GET", "/loans/v1/loans", params=query)["items"]) == 1


def up_to_lending(window: Window, wanted: str) -> None:
    """*Meegeven*, as far as *Zet klaar*."""
    window.page.goto("/toestellen/meegeven")
    window.page.locator("[name=pin]").fill(PIN)
    window.page.get_by_role("button", name="Open").click()
    window.page.locator("[name=who]").fill("Peeters")
    window.page.locator("[data-name=search]").click()
    window.page.locator("[data-name=pick]").click()
    window.page.locator(f"[data-name='{wanted}']").click()
    window.page.locator("[data-name=next]").click()
    window.page.locator("[data-name=prepare]").wait_for()
