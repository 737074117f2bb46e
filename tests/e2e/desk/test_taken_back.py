"""Scenario in which a coordinator takes the laptop back while somebody works on it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.e2e.desk.place import Point, settled
from tests.e2e.desk.window import Window

HEARTBEAT_MS = 60_000


def test_09_refused_in_the_middle(window: Window, point: Point):
    """The laptop is taken back after five of twenty: fifteen stay, saving goes on, and paired again all of them are sent."""
    window.save_many(5)
    window.after_undo()
    window.gone_through(5)
    laptop = window.page.evaluate("JSON.parse(localStorage['digipunt.laptop']).id")
    window.offline()
    window.save_many(10)
    point.place.sent("DELETE", f"/desk/v1/laptops/{laptop}")
    window.after_undo()
    window.forward(HEARTBEAT_MS)
    # The token that it has is good for the rest of its hour: what comes with it is taken, and the next one is refused.
    window.page.context.route("**/visits/v1/visits/batch", lambda route: route.abort())
    window.offline(False)
    window.says("Deze laptop is niet meer gekoppeld. Alles wat je bewaart blijft hier staan.")
    window.page.context.unroute("**/visits/v1/visits/batch")
    window.save_many(5)
    window.pass_time(lambda: "doorsturen" in window.line())
    window.line_says("15 bezoeken nog te sturen")
    window.line_says("We kunnen even niet doorsturen. Alles blijft bewaard.")
    assert len(point.ids()) == 5
    window.page.reload()
    window.ready()
    window.line_says("15 bezoeken nog te sturen")

    window.page.get_by_role("button", name="Koppel deze laptop opnieuw").click()
    window.says("Er staan nog 15 bezoeken op deze laptop.")
    window.page.locator("[name=code]").fill(point.code())
    window.page.get_by_role("button", name="Koppel deze laptop").click()
    window.says("Deze laptop is gekoppeld")
    window.page.locator("[data-name=start]").click()
    settled(point, window)
    assert len(point.ids()) == 20
    expect(window.page.locator("body")).not_to_contain_text("niet meer gekoppeld")
