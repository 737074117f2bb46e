"""Scenarios in which the laptop is the trouble: it is closed, loses its power, is full, or throws away what it stored."""

from __future__ import annotations

from playwright.sync_api import CDPSession, expect

from tests.e2e.desk.conftest import Table
from tests.e2e.desk.place import Point, settled
from tests.e2e.desk.window import DOUBLE_TAP_MS, Window

NO_STORE = "Deze laptop kan nu niets bewaren. Je kan wel verder: elk bezoek gaat meteen weg."


def test_02_browser_closed_with_a_full_queue(table: Table, point: Point):
    """Five wait when the browser is closed. When it is opened again they go, before anybody touches anything."""
    before = table.start().open()
    before.offline()
    before.save_many(5)
    table.laptop.close()
    after = table.start()
    after.kept = before.kept
    after.page.goto("/")
    settled(point, after)


def test_03_power_cut_right_after_bewaard(table: Table, point: Point):
    """The power fails the moment “Bewaard” is on the screen: what was saved is there when the laptop starts again."""
    before = table.start().open()
    before.installed()
    before.offline()
    before.save_many(2)
    before.tap("tax", "health")
    before.press_save()
    expect(before.page.locator("[data-name=line]")).to_contain_text("3 bezoeken nog te sturen")
    table.laptop.kill()
    after = table.start()
    after.page.goto("/")
    after.kept = [item["id"] for item in after.stored()["outbox"] + after.stored()["sent"]]
    assert len(after.kept) == 3
    assert set(before.kept) < set(after.kept)
    settled(point, after)


def test_25_disk_full_while_saving(table: Table, point: Point):
    """The disk is full: with network the visit goes at once; without, nobody reads “Bewaard”, but what to write on paper."""
    before = table.start().open()
    before.save("email")
    before.after_undo()
    settled(point, before)
    table.laptop.close()
    window = table.start()
    # Chromium asks for the quota once, and then only half a minute later.
    quota = {"origin": point.place.address, "quotaSize": 1}
    devtools(window).send("Storage.overrideQuotaForOrigin", quota)
    window.open()
    window.tap("tax")
    window.press_save()
    window.page.wait_for_function("() => !document.querySelector('#themes .tile[aria-pressed=true]')")
    assert sorted(each["themes"] for each in point.visits()) == [["email"], ["tax"]], "it went at once"
    assert window.stored()["outbox"] == [], "for there was no place for it"
    window.forward(DOUBLE_TAP_MS + 1)
    window.offline()
    window.tap("health", "email")
    window.press_save()
    window.says("Dit bezoek is niet bewaard: deze laptop is vol. Schrijf het op papier:")
    notice = window.page.locator(".notice-err")
    expect(notice).to_contain_text("gezondheid en e-mail")
    expect(notice).to_contain_text("uur")
    assert window.page.locator("#themes .tile[aria-pressed=true]").count() == 2, "the form stays as it was"
    window.offline(False)


def devtools(window: Window) -> CDPSession:
    """What Chromium's own tools can do to a tab."""
    return window.page.context.new_cdp_session(window.page)


def test_26_database_does_not_open(watched, point: Point):
    """Corrupt or full, the database does not open: the screen says so in red, and each visit goes to the service by itself."""
    window, _ = watched
    window.page.context.add_init_script(
        "IDBFactory.prototype.open = () => { throw new DOMException('Internal error', 'UnknownError'); }"
    )
    window.open()
    window.says(NO_STORE)
    window.tap("tax")
    window.press_save()
    expect(window.page.locator("[data-name=saved]")).to_have_text("Bewaard.")
    assert [each["themes"] for each in point.visits()] == [["tax"]]
    window.forward(DOUBLE_TAP_MS + 1)
    window.offline()
    window.tap("email")
    window.press_save()
    window.says("Dit bezoek is niet bewaard: deze laptop is vol. Schrijf het op papier:")
    assert len(point.ids()) == 1
    window.offline(False)


def test_27_browser_threw_the_database_away(window: Window, point: Point):
    """Three wait when the browser clears the database, not the small notes: the screen says how many, and of when."""
    window.offline()
    window.save_many(3)
    window.offline(False)
    window.page.goto("about:blank")
    what = {"origin": point.place.address, "storageTypes": "indexeddb"}
    devtools(window).send("Storage.clearDataForOrigin", what)
    window.page.goto("/")
    window.says("Deze laptop verloor 3 bezoeken van ")
    window.page.reload()
    window.says("Deze laptop verloor 3 bezoeken van ")
    window.page.get_by_role("button", name="Ik heb het gelezen").click()
    expect(window.page.locator("body")).not_to_contain_text("verloor")
    window.kept.clear()
    window.ready()
    window.save()
    window.after_undo()
    settled(point, window)


def test_27_no_false_alarm_when_the_notes_are_older_than_the_database(window: Window, point: Point):
    """A power cut may keep the database and lose the last of the small notes: what was sent meanwhile is not called lost."""
    window.offline()
    window.save_many(3)
    noted = window.page.evaluate("localStorage.getItem('digipunt.canary')")
    window.after_undo()
    window.offline(False)
    settled(point, window)
    window.page.goto("about:blank")
    window.page.context.add_init_script(f"localStorage.setItem('digipunt.canary', {noted!r})")
    window.page.goto("/")
    window.ready()
    window.line_says("Er wacht niets.")
    expect(window.page.locator("body")).not_to_contain_text("verloor")


def test_28_database_closed_under_us(watched, point: Point):
    """The browser closes the database behind the app's back: the next save opens it again."""
    window, _ = watched
    window.page.context.add_init_script(
        """const open = IDBFactory.prototype.open;
        globalThis.databases = [];
        IDBFactory.prototype.open = function (...given) {
          const asked = open.apply(this, given);
          asked.addEventListener('success', () => databases.push(asked.result));
          return asked;
        };"""
    )
    window.open()
    window.save()
    assert window.page.evaluate("databases.map((each) => each.close()).length") >= 1
    window.save()
    window.after_undo()
    settled(point, window)
    assert len(point.ids()) == 2


def test_29_private_window(chromium, point: Point):
    """A window that promises to keep nothing is known when the laptop is paired, and says what to do."""
    for keeps, sentence in (
        (False, "De browser mag dingen wegdoen. Gebruik een gewoon venster,"),
        (True, "Wat je bewaart, blijft bewaard"),
    ):
        with chromium.context(point.place.address) as (context, _):
            page = context.new_page()
            if keeps:
                page.add_init_script("StorageManager.prototype.persist = async () => true")
            page.goto("/")
            page.locator("[name=code]").fill(point.code())
            page.get_by_role("button", name="Koppel deze laptop").click()
            expect(page.locator("body")).to_contain_text(sentence)
            expect(page.locator("body")).to_contain_text("Bewaren lukt.")
            page.locator("[data-name=start]").click()
            page.locator("[data-name=helper]").first.wait_for()
