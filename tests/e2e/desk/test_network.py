"""Scenarios in which the network is not what the browser believes it is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.desk.place import Point, settled
from tests.e2e.desk.window import SERVICES, Window

TIMEOUT_MS = 8_000
PORTAL = "<!doctype html><title>Wifi van de bib</title><p>Aanvaard de voorwaarden.</p>"


@pytest.mark.parametrize(
    ("content_type", "body"),
    [("text/html", PORTAL), ("text/html", "{}"), ("application/json", '{"status": "ok"}')],
    ids=["page", "text", "json"],
)
@pytest.mark.parametrize("many", [False, True], ids=["one", "batch"])
def test_18_captive_portal_answers_everything(
    window: Window, point: Point, content_type: str, body: str, many: bool
):
    """A wifi that answers 200 with its own page has sent nothing: the visit waits, and the screen says there is no internet."""
    portal: list[Route] = []

    def sign_in_page(route: Route) -> None:
        portal.append(route)
        route.fulfill(status=200, content_type=content_type, body=body)

    window.page.context.route(SERVICES, sign_in_page)
    window.save_many(4 if many else 1)
    window.after_undo()
    window.until(lambda: portal, "an attempt")
    window.forward(60_000)
    assert window.waiting() == window.kept
    assert window.parked() == []
    assert point.ids() == []
    assert len(portal) < 20, "nobody is asked without end"
    window.save()
    if content_type == "text/html":
        window.line_says("Geen internet. Alles blijft bewaard op deze laptop.")
        window.says("Bewaard op deze laptop. We sturen het door zodra er internet is.")
    window.page.context.unroute(SERVICES)
    window.pass_time(lambda: window.waiting() == [])
    settled(point, window)


@pytest.mark.timed
def test_19_wifi_without_internet(window: Window, point: Point):
    """Requests get no answer at all: saving does not wait for them, and after eight seconds the screen knows."""
    hanging: list[Route] = []
    window.page.context.route(SERVICES, lambda route: hanging.append(route))
    # Not the theme of the second one: the same twice is asked about.
    window.save("email")
    window.after_undo()
    window.until(lambda: hanging, "an attempt")
    window.tap("tax")
    took = window.page.evaluate(
        """async () => {
          const begin = performance.now();
          document.querySelector('[data-name=save]').click();
          while (document.querySelector('#themes .tile[aria-pressed=true]')) await new Promise(requestAnimationFrame);
          return performance.now() - begin;
        }"""
    )
    window.saved()
    assert took < 300, f"“Bewaard” took {took:.0f} ms"
    window.forward(TIMEOUT_MS)
    window.line_says("2 bezoeken nog te sturen")
    window.line_says("Geen internet. Alles blijft bewaard op deze laptop.")
    window.page.context.unroute(SERVICES)
    window.forward(30_000)
    settled(point, window)


def test_20_services_on_this_laptop_and_wifi_off(watched, point: Point):
    """The browser says it is offline, and the services run on this very laptop: what the browser believes stops nothing."""
    window, _ = watched
    window.page.context.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'onLine', {get: () => false})"
    )
    window.open()
    assert window.page.evaluate("navigator.onLine") is False
    window.save()
    expect(window.page.locator("[data-name=saved]")).to_have_text("Bewaard.")
    window.after_undo()
    settled(point, window)
    window.line_says("Alles is verstuurd")
