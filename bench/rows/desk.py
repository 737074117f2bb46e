"""Row 12: the desk in a browser, beside what is promised of it: its weight, its start without network, *Bewaar* to *Bewaard*.

Times are taken inside the page, so that what drives the browser is no part of them.
"""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from playwright.sync_api import Page

from bench.measure import Line
from bench.stage import Stage
from services.desk.web_app import FOLDER
from tests.e2e.command import Desk, digipunt, served, token
from tests.support.browser import Chromium, Laptop

FIRST_LOAD_KB = 60
START_MS = 2000
SAVE_MS = 100
WAITING = 500
APART_MS = 1100
"""The form takes no second tap within a second."""

START = "[data-name=start]"
SAVE = "[data-name=save]"
SAVED = "[data-name=saved]"
TILES = "#themes .tile"
DATABASE = "digipunt"
STORE = "outbox"

INSTALLED = """async () => {
  const { active } = await navigator.serviceWorker.ready;
  while (active.state !== "activated") {
    await new Promise((done) => active.addEventListener("statechange", done, { once: true }));
  }
}"""

SEEN = f"""() => {{
  const look = () => document.querySelector({SAVE!r}) && (window.usable ??= performance.now());
  new MutationObserver(look).observe(document, {{ subtree: true, childList: true }});
}}"""

FILL = """async ([name, store, count]) => {
  const open = indexedDB.open(name);
  const database = await new Promise((done, failed) => { open.onsuccess = () => done(open.result); open.onerror = failed; });
  const items = database.transaction(store, "readwrite").objectStore(store);
  const all = await new Promise((done) => { items.getAll().onsuccess = (event) => done(event.target.result); });
  const { seq, ...first } = all[0];
  for (let n = all.length; n < count; n += 1) {
    const id = crypto.randomUUID();
    items.add({ ...first, id, key: crypto.randomUUID(), path: first.path.replace(first.id, id) });
  }
  await new Promise((done) => { items.transaction.oncomplete = done; });
  database.close();
}"""

TAP = """async ([save, saved, tiles, n]) => {
  const chosen = [0, 1, 2, 3, 4, 5, 6, 7].filter((place) => ((n + 1) >> place) & 1);
  for (const place of chosen) {
    document.querySelectorAll(tiles)[place].click();
    await new Promise((done) => setTimeout(done, 20));
  }
  const before = document.querySelector(save);
  const begin = performance.now();
  before.click();
  return new Promise((tell) => {
    const look = () => {
      const done = document.querySelector(save) !== before && document.querySelector(saved)?.textContent;
      // An empty form and the word: the next visit can be taken.
      if (done) tell(performance.now() - begin);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}"""


def measure(stage: Stage) -> list[Line]:
    """What a browser fetches, and how long a helper waits."""
    folder = stage.folder / "desk"
    browser = Chromium()
    try:
        with served(folder) as process:
            Desk(process.address, token("coordinator", "--data", folder)).digipunt()
            laptop = browser.laptop(process.address, stage.folder / "laptop")
            try:
                return _lines(stage, laptop, digipunt("link", "--data", folder).stdout.strip())
            finally:
                laptop.close()
    finally:
        browser.remove()


def _lines(stage: Stage, laptop: Laptop, link: str) -> list[Line]:
    page = _paired(laptop, link)
    now, later = weight()
    requests, origins = laptop.watch.requests, len(laptop.watch.origins)
    laptop.offline()
    page.add_init_script(f"({SEEN})()")
    starts = [_start(page) for _ in range(stage.runs)]
    page.evaluate(TAP, [SAVE, SAVED, TILES, 0])
    page.evaluate(FILL, [DATABASE, STORE, WAITING])
    _start(page)
    saves = sorted(_save(page, n) for n in range(1, stage.size(100, 10)))
    p99 = saves[int(len(saves) * 0.99)]
    return [
        _line(f"first load, gzip; {later:.0f} KB more later", "KB", [now], FIRST_LOAD_KB),
        _line(f"origins asked; {requests} requests until it is paired", "", [origins], 1),
        _line("start without network until a visit can be taken", "ms", starts, START_MS),
        _line(f"Bewaar to Bewaard, no network, {WAITING} waiting, p99", "ms", [p99], SAVE_MS),
    ]


def _line(what: str, unit: str, ours: list[float], limit: float) -> Line:
    return Line(12, what, "limit", unit, ours, [limit] * len(ours), 1.0, at_most=True)


def weight() -> tuple[float, float]:
    """KB after gzip: of what the page needs at once, and of the rest."""
    page = (FOLDER / "index.html").read_text(encoding="utf-8")
    named = set(re.findall(r'(?:href|src)="/(assets/[^"]+)"', page)) | {"index.html"}
    named |= {each.relative_to(FOLDER).as_posix() for each in (FOLDER / "assets").glob("sprite-*")}
    # The desk's own words; screens that are loaded later have theirs, and fewer.
    words = max((FOLDER / "assets").glob("nl-*"), key=lambda each: each.stat().st_size)
    named.add(words.relative_to(FOLDER).as_posix())
    files = [each for each in FOLDER.rglob("*") if each.is_file() and not each.name.startswith(".")]
    sizes = {each.relative_to(FOLDER).as_posix(): _packed(each) for each in files}
    first = sum(size for name, size in sizes.items() if name in named)
    return first, sum(sizes.values()) - first


def _packed(file: Path) -> float:
    return len(gzip.compress(file.read_bytes(), 9)) / 1024


def _paired(laptop: Laptop, link: str) -> Page:
    """The browser is the desk of the digipunt, and has the whole app."""
    page = laptop.page
    page.goto(link)
    page.get_by_role("button", name="BOM").click()
    page.locator(START).click()
    page.locator(SAVE).wait_for()
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    return page


def _start(page: Page) -> float:
    """Milliseconds from the navigation until the form is there."""
    page.goto("/")
    page.locator(SAVE).wait_for()
    return float(page.evaluate("window.usable"))


def _save(page: Page, n: int) -> float:
    page.wait_for_timeout(APART_MS)
    return float(page.evaluate(TAP, [SAVE, SAVED, TILES, n]))
