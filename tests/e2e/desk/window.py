"""A tab before the desk: taps what a helper taps, and looks at what this laptop has stored."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.e2e.desk.place import Point, until
from tests.support.browser import PATIENCE_MS

UNDO_MS = 8_000
DOUBLE_TAP_MS = 1_000
SERVICES = re.compile(r"://[^/]+/(visits|desk|reporting|loans|notifications)/")
ANY_VISIT = re.compile(r"/visits/v1/visits/")
THEMES = ("email", "tax", "health", "banking", "printScan")

STORED = """() =>
  /^(Bewaard|Bewaard op deze laptop)/.test(document.querySelector('[data-name=saved]')?.textContent ?? '') &&
  !document.querySelector('#themes .tile[aria-pressed=true]')"""

DATABASE = """() => new Promise((done, fail) => {
  const asked = indexedDB.open('digipunt');
  asked.onerror = () => fail(asked.error);
  asked.onsuccess = () => {
    const db = asked.result;
    const transaction = db.transaction(['outbox', 'sent']);
    const found = {};
    for (const name of ['outbox', 'sent']) {
      transaction.objectStore(name).getAll().onsuccess = (event) => (found[name] = event.target.result);
    }
    transaction.oncomplete = () => { db.close(); done(found); };
  };
})"""

KEPT = """(() => {
  if (!location.protocol.startsWith('http') || %(store)s.getItem('kept by a test')) return;
  for (const [name, value] of Object.entries(%(values)s)) %(store)s.setItem(name, JSON.stringify(value));
  %(store)s.setItem('kept by a test', 'yes');
})()"""

_themes: Iterator[str] = itertools.cycle(THEMES)


class Window:
    """A tab of a paired laptop. `kept` are the ids of the visits for which it showed “Bewaard”."""

    def __init__(self, page: Page, point: Point, *, clock: bool = True) -> None:
        self.page = page
        self.point = point
        self.kept: list[str] = []
        self._clock = clock
        self._offline = False
        self._later: timedelta | None = None

    def open(self, name: str | None = "Rita", path: str = "/") -> Window:
        """Open the desk and say who sits at it."""
        self.page.goto(path)
        if name is not None:
            self.choose(name)
            self.ready()
        return self

    def choose(self, name: str) -> None:
        """Tap a name on *Wie zit er aan de balie?*"""
        self.page.locator("[data-name=helper]", has_text=name).click()

    def switch(self, name: str) -> None:
        """*Wissel*, and another name."""
        self.page.get_by_role("button", name="Wissel").click()
        self.choose(name)
        self.page.locator("header", has_text=name).wait_for()

    def ready(self) -> None:
        """Return when a visit can be recorded."""
        self.page.locator("#themes [data-name=email]").wait_for()

    def installed(self) -> Window:
        """Return when the whole app is on the laptop, also the screens that were never opened."""
        self.page.wait_for_function("() => navigator.serviceWorker.controller !== null")
        return self

    def tap(self, *themes: str) -> None:
        """Tap themes, in the tab that is in front then."""
        self.page.bring_to_front()
        for theme in themes:
            self.page.locator(f"#themes [data-name={theme}]").click()

    def press_save(self) -> None:
        """Tap *Bewaar bezoek*."""
        self.page.locator("[data-name=save]").click()

    def save(self, *themes: str) -> str:
        """Record a visit and wait for “Bewaard”; its id."""
        self.tap(*(themes or (next(_themes),)))
        self.press_save()
        return self.saved()

    def save_many(self, count: int) -> list[str]:
        """Record so many visits, one after the other; their ids."""
        return [self.save() for _ in range(count)]

    def saved(self) -> str:
        """Wait for “Bewaard”; the id of what was recorded."""
        self.page.wait_for_function(STORED)
        found = self.stored()
        newest = max(found["outbox"] + found["sent"], key=lambda item: item["seq"])["id"]
        assert newest not in self.kept, "“Bewaard” is shown, and nothing new is stored"
        self.kept.append(newest)
        # Whoever taps twice within a second means one visit.
        self.forward(DOUBLE_TAP_MS + 1)
        return str(newest)

    def forward(self, ms: int) -> None:
        """Let time go by in all tabs."""
        if self._clock:
            self.page.clock.fast_forward(ms)

    def pass_time(self, condition: Callable[[], Any], step_ms: int = 30_000) -> None:
        """Let time go by until it is so: whatever rests after a failure, or comes each half a minute, gets its turn."""

        def is_so() -> bool:
            self.forward(step_ms)
            self.page.wait_for_timeout(50)
            return bool(condition())

        self.until(is_so, "time to bring it")

    def line(self) -> str:
        """What the line at the bottom says."""
        return self.page.locator("[data-name=line]").inner_text()

    def after_undo(self) -> None:
        """Let the time go by in which what was saved can be undone; then it may be sent."""
        self.forward(UNDO_MS + 1)

    def services_say(self, later: timedelta) -> None:
        """The services' clock is this much later than it is, as far as this laptop can tell: only their `Date` is.

        Said before what becomes of requests (`Sendings`), so that those come here last.
        """
        if self._later is None:
            self.page.context.route(SERVICES, self._with_another_date)
        self._later = later

    def _with_another_date(self, route: Route) -> None:
        # What Playwright fetches itself goes past the switch of the browser.
        if self._offline or self._later is None:
            return route.abort()
        answer = route.fetch()
        told = parsedate_to_datetime(answer.headers["date"]) + self._later
        headers = answer.headers | {"date": format_datetime(told, usegmt=True)}
        return route.fulfill(response=answer, headers=headers)

    def stored(self) -> dict[str, list[dict[str, Any]]]:
        """What is in `outbox` and in `sent`."""
        return dict(self.page.evaluate(DATABASE))

    def waiting(self) -> list[str]:
        """The ids of what waits to be sent, in order."""
        return [item["id"] for item in self.stored()["outbox"] if item["state"] == "waiting"]

    def parked(self) -> list[dict[str, Any]]:
        """What was refused."""
        return [item for item in self.stored()["outbox"] if item["state"] == "parked"]

    def says(self, text: str, *, within_ms: int = PATIENCE_MS) -> None:
        """The sentence is on the screen, or comes."""
        expect(self.page.locator("body")).to_contain_text(text, timeout=within_ms)

    def line_says(self, text: str) -> None:
        """The line at the bottom says so, or will."""
        expect(self.page.locator("[data-name=line]")).to_contain_text(text)

    def offline(self, away: bool = True) -> None:
        """No network for the whole laptop."""
        self._offline = away
        self.page.context.set_offline(away)

    def until(self, condition: Callable[[], Any], what: str, deadline: float = 30) -> Any:
        """Wait until it is so."""
        return until(self.page, condition, what, deadline)

    def gone_through(self, count: int) -> None:
        """Wait until so many items were accepted."""
        self.until(lambda: len(self.stored()["sent"]) >= count, f"{count} to be accepted")


class Sendings:
    """The requests that change visits, in order, and what becomes of each.

    `fate(number)` is "pass", "lost" (it reaches the service, and its reply nobody) or "cut" (it does not get there).
    """

    def __init__(
        self,
        context: BrowserContext,
        fate: Callable[[int], str] = lambda number: "pass",
        where: re.Pattern[str] = ANY_VISIT,
    ) -> None:
        self.fate = fate
        self.seen: list[tuple[str, str, str]] = []
        self.keys: list[str | None] = []
        context.route(where, self._handle)

    def _handle(self, route: Route) -> None:
        request = route.request
        if request.method == "GET":
            return route.fallback()
        self.seen.append((request.method, request.url, request.post_data or ""))
        self.keys.append(request.headers.get("idempotency-key"))
        fate = self.fate(len(self.seen))
        if fate == "pass":
            return route.fallback()
        if fate == "lost":
            route.fetch()
        return route.abort()


def pair(context: BrowserContext, laptop: dict[str, Any], tab: dict[str, Any] | None = None) -> None:
    """The pages of this context belong to a paired laptop, from the first one on; `tab` is who sits there, and signed in."""
    for store, values in (("localStorage", laptop), ("sessionStorage", tab or {})):
        context.add_init_script(KEPT % {"store": store, "values": json.dumps(values)})
