"""Scenarios in which the desk gets a new version while people work with the old one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, expect

from tests.e2e.desk.conftest import desk_window
from tests.e2e.desk.place import Place, settled
from tests.e2e.desk.versions import Versions, entry
from tests.e2e.desk.window import UNDO_MS, Window
from tests.support.browser import Chromium

UPDATE = """() => navigator.serviceWorker.getRegistration().then((found) => found.update()).then(() => undefined)"""
WAITS = """() => navigator.serviceWorker.getRegistration().then((found) => Boolean(found.waiting))"""
OUTDATED = "Herlaad deze pagina. Er is een nieuwe versie."


@pytest.fixture(scope="module")
def versions(chromium: Chromium, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Versions]:
    """Both versions, built; nothing is served yet."""
    made = Versions(tmp_path_factory.mktemp("versions"))
    yield made
    made.stop()


@pytest.fixture
def old(versions: Versions, chromium: Chromium) -> Iterator[Window]:
    """A tab with the version of now, all of it on the laptop."""
    process = versions.serve(versions.now)
    place = Place(process.address, versions.data)
    with desk_window(chromium, place.point()) as (window, _):
        yield window.open().installed()


def upgrade(versions: Versions, window: Window) -> None:
    """The services come back with the newer version, and the browser has fetched it."""
    versions.serve(versions.newer)
    window.page.evaluate(UPDATE)
    window.until(lambda: window.page.evaluate(WAITS), "the newer version to wait")


def runs(page: Page) -> str:
    """The script with which the page began."""
    try:
        return str(page.evaluate("new URL(document.querySelector('script[type=module]').src).pathname"))
    except Error:
        # It is being loaded.
        return ""


def becomes(page: Page, pages: Path) -> None:
    """The page is loaded again, with this version.

    Chromium activates a worker that was asked to once the old one is idle, which none is that Playwright looks into: when it
    does not happen at once, the old one is stopped, as it would be half a minute later.
    """
    devtools = page.context.new_cdp_session(page)
    devtools.send("ServiceWorker.enable")
    for _ in range(15):
        until_then = time.monotonic() + 4
        while time.monotonic() < until_then:
            if runs(page) == entry(pages):
                return
            page.wait_for_timeout(50)
        devtools.send("ServiceWorker.stopAllWorkers")
    raise AssertionError(f"{runs(page)} instead of {entry(pages)}")


def dot(page: Page) -> None:
    """A quiet dot stands on *Meer*."""
    expect(page.locator("nav .dot")).to_have_count(1)


def test_30_new_version_while_a_form_is_open(versions: Versions, old: Window):
    """It waits behind a quiet dot while somebody types and while a save can be undone; then the empty form comes with it."""
    old.tap("tax")
    old.page.get_by_role("button", name="Meer over dit bezoek").click()
    note = old.page.locator("textarea")
    note.fill("kwam met een brief")
    upgrade(versions, old)
    dot(old.page)
    old.forward(60_000)
    expect(note).to_have_value("kwam met een brief")
    assert runs(old.page) == entry(versions.now)
    old.press_save()
    old.saved()
    expect(old.page.get_by_role("button", name="Ongedaan maken")).to_be_visible()
    assert runs(old.page) == entry(versions.now)
    old.forward(UNDO_MS)
    becomes(old.page, versions.newer)
    old.ready()
    settled(old.point, old)
    assert old.point.visits()[0]["note"] == "kwam met een brief"


def test_30_new_version_does_not_interrupt_another_screen(versions: Versions, old: Window):
    """Whoever reads *Vandaag* goes on reading; back at the empty form the new version comes."""
    old.page.locator("nav").get_by_role("link", name="Vandaag").click()
    old.page.locator("h1", has_text="Vandaag").wait_for()
    upgrade(versions, old)
    dot(old.page)
    assert runs(old.page) == entry(versions.now)
    old.page.locator("nav").get_by_role("link", name="Bezoek").click()
    becomes(old.page, versions.newer)


def test_31_new_version_with_two_tabs(versions: Versions, old: Window):
    """With two tabs nothing happens by itself; when one takes it, the other closes its database and says what to do."""
    second = Window(old.page.context.new_page(), old.point).open("Jos")
    kept = second.save()
    second.after_undo()
    second.gone_through(1)
    upgrade(versions, old)
    for each in (old, second):
        dot(each.page)
        assert runs(each.page) == entry(versions.now)
    old.page.goto("/toestand")
    old.page.locator("[data-name=update]").click()
    old.page.locator("dialog [data-name=yes], dialog .button-main").first.click()
    becomes(old.page, versions.newer)
    second.says(OUTDATED)
    second.page.get_by_role("button", name="Herlaad").click()
    becomes(second.page, versions.newer)
    second.ready()
    second.save()
    second.after_undo()
    settled(old.point, second)
    assert kept in old.point.ids()


def test_32_version_that_was_there_before_anybody_listened(versions: Versions, old: Window):
    """A tab that opens while a version waits has heard no event of it: it looks, and shows the dot."""
    old.tap("tax")
    upgrade(versions, old)
    late = Window(old.page.context.new_page(), old.point).open("Jos")
    assert runs(late.page) == entry(versions.now)
    dot(late.page)
    old.press_save()
    old.saved()
    old.after_undo()
    settled(old.point, old)
    assert runs(old.page) == entry(versions.now), "two tabs are open"
