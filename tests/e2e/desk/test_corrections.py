"""Scenarios in which somebody puts right, or strikes, what was recorded: before it is sent, after it, or when nobody knows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.desk.place import Point, settled
from tests.e2e.desk.window import Sendings, Window

SPOIL = """(fields) => new Promise((done) => {
  const asked = indexedDB.open('digipunt');
  asked.onsuccess = () => {
    const store = asked.result.transaction('outbox', 'readwrite').objectStore('outbox');
    store.getAll().onsuccess = (event) => {
      for (const item of event.target.result) {
        if (!(item.id in fields)) continue;
        // What a later version of the lists no longer has.
        const body = JSON.parse(item.body);
        store.put({...item, body: JSON.stringify({...body, ...fields[item.id]})});
      }
    };
    store.transaction.oncomplete = () => { asked.result.close(); done(); };
  };
})"""
"""Items become such as the service refuses: other fields, by id."""

HOUR = timedelta(hours=1)
HOUR_MS = 3_600_000


@pytest.fixture(autouse=True)
def _installed(window: Window) -> None:
    """Every screen opens without network."""
    window.installed()


def today(window: Window) -> None:
    """Go to *Vandaag*."""
    window.page.locator("nav").get_by_role("link", name="Vandaag").click()
    window.page.locator("h1", has_text="Vandaag").wait_for()


def group(window: Window, name: str) -> Locator:
    """The rows of `waiting`, `parked` or `sent`."""
    return window.page.locator(f"[data-name={name}] [data-row]")


def correct(window: Window, row: Locator, *themes: str) -> None:
    """Tap *Verbeter*, tap themes on or off, and keep that."""
    row.locator("[data-name=correct]").click()
    window.page.locator("h1", has_text="Verbeter het bezoek").wait_for()
    window.tap(*themes)
    window.page.locator("[data-name=save]").click()
    window.page.locator("h1", has_text="Vandaag").wait_for()


def strike(window: Window, row: Locator, reason: str = "duplicate") -> None:
    """Tap *Schrap* and a reason."""
    row.locator("[data-name=strike]").click()
    window.page.locator(f"dialog [data-name={reason}]").click()
    expect(window.page.locator("[data-name=said]")).to_have_text("Dit bezoek is geschrapt.")


def test_13_edit_before_sending(window: Window, point: Point):
    """Nothing was sent yet: the text is replaced where it stands, and the service hears of one visit, with the new content."""
    sendings = Sendings(window.page.context)
    window.offline()
    window.save("tax")
    today(window)
    correct(window, group(window, "waiting"), "email")
    window.after_undo()
    window.offline(False)
    settled(point, window)
    assert (sorted(point.visits()[0]["themes"]), point.visits()[0]["version"]) == (["email", "tax"], 1)
    assert [method for method, _, _ in sendings.seen if method != "PUT"] == []


def test_08_refused_ones_are_mended_or_thrown_away_singly(window: Window, point: Point):
    """Two of three are refused: one is put right and goes again under its own id, the other is read in full and thrown away."""
    asked = Sendings(window.page.context)
    window.offline()
    mended, dropped, _ = window.save("tax"), window.save("email"), window.save("banking")
    window.page.evaluate(SPOIL, {mended: {"themes": ["tax", "fax"]}, dropped: {"themes": ["email", "fax"]}})
    window.page.reload()
    window.after_undo()
    window.offline(False)
    today(window)
    expect(group(window, "parked")).to_have_count(2)
    window.page.locator("nav").get_by_text("2", exact=True).wait_for()

    row = group(window, "parked").filter(has_text="e-mail")
    row.locator("[data-name=drop]").click()
    expect(window.page.locator("dialog")).to_contain_text("e-mail")
    window.page.locator("[data-name=drop-ask]").click()
    assert len(window.parked()) == 2, "it asks twice"
    window.page.locator("[data-name=drop-sure]").click()
    expect(group(window, "parked")).to_have_count(1)
    correct(window, group(window, "parked"), "fax", "health")
    window.kept.remove(dropped)
    window.pass_time(lambda: window.stored()["outbox"] == [])
    settled(point, window)
    assert sorted(point.visit(mended)["themes"]) == ["health", "tax"]
    assert not any(dropped in url for _, url, _ in asked.seen[-1:])


def test_08_what_was_refused_is_said_where_it_is_mended(window: Window, point: Point):
    """*Verbeter* repeats why, and the fold with the answer that was refused is open."""
    window.offline()
    refused = window.save("tax")
    window.page.evaluate(SPOIL, {refused: {"residence": "9"}})
    window.page.reload()
    window.after_undo()
    window.offline(False)
    today(window)
    reason = group(window, "parked").locator(".error").inner_text()
    group(window, "parked").locator("[data-name=correct]").click()
    expect(window.page.locator(".notice-err")).to_have_text(reason)
    fold = window.page.get_by_role("button", name="Meer over dit bezoek")
    expect(fold).to_have_attribute("aria-expanded", "true")


def test_list_of_the_service_never_replaces_what_waits(window: Window, point: Point):
    """The list is fetched again while a correction of one of its rows waits: the row shows what was corrected here."""
    Sendings(window.page.context, lambda number: "lost" if number == 1 else "cut")
    window.save("tax")
    window.after_undo()
    window.line_says("Geen internet")
    today(window)
    correct(window, group(window, "waiting"), "email")
    window.until(lambda: len(point.ids()) == 1, "the service to have it already")
    for _ in range(3):
        window.forward(61_000)
        expect(group(window, "waiting")).to_contain_text("e-mail")
        expect(window.page.locator("[data-row]")).to_have_count(1)
    assert point.visits()[0]["themes"] == ["tax"]
    window.page.context.unroute_all()
    window.pass_time(lambda: window.waiting() == [])
    settled(point, window)
    assert sorted(point.visits()[0]["themes"]) == ["email", "tax"]


def test_14_edit_after_an_attempt_of_unknown_outcome(window: Window, point: Point):
    """It may be there already: the correction goes behind it, and the service has one visit, in its second version."""
    sendings = Sendings(window.page.context, lambda number: "lost" if number == 1 else "pass")
    window.save("tax")
    window.after_undo()
    window.line_says("Geen internet")
    window.offline()
    today(window)
    correct(window, group(window, "waiting"), "email")
    assert [item["method"] for item in window.stored()["outbox"]] == ["PUT", "PATCH"]
    window.offline(False)
    settled(point, window)
    [visit] = point.visits()
    assert (sorted(visit["themes"]), visit["version"]) == (["email", "tax"], 2)
    # A slow machine may have tried once more before it was offline.
    *before, last = [method for method, _, _ in sendings.seen]
    assert (set(before), last) == ({"PUT"}, "PATCH")
    assert window.parked() == []


def test_14_reply_to_the_correction_is_lost(window: Window, point: Point):
    """The reply to the correction is lost as well: it is seen to be there, and no third version is made."""
    Sendings(window.page.context, lambda number: "lost" if number in (1, 3) else "pass")
    window.save("tax")
    window.after_undo()
    window.line_says("Geen internet")
    today(window)
    correct(window, group(window, "waiting"), "email")
    window.pass_time(lambda: window.waiting() == [])
    settled(point, window)
    [visit] = point.visits()
    assert (sorted(visit["themes"]), visit["version"]) == (["email", "tax"], 2)


def test_15_void_before_anything_was_tried(window: Window, point: Point):
    """Struck before it was tried, it is gone, and the service never hears of it."""
    sendings = Sendings(window.page.context)
    window.offline()
    struck = window.save("tax")
    window.save("email")
    window.kept.remove(struck)
    today(window)
    strike(window, group(window, "waiting").filter(has_text="belastingen"))
    expect(group(window, "waiting")).to_have_count(1)
    window.offline(False)
    window.after_undo()
    settled(point, window)
    assert not any(struck in url + body for _, url, body in sendings.seen)


def test_15_void_after_an_attempt_of_unknown_outcome(window: Window, point: Point):
    """It may be there already: it is sent again, then struck behind it, with the reason that was given."""
    sendings = Sendings(window.page.context, lambda number: "lost" if number == 1 else "pass")
    window.save("tax")
    window.after_undo()
    window.line_says("Geen internet")
    window.offline()
    today(window)
    strike(window, group(window, "waiting"))
    expect(group(window, "waiting")).to_contain_text("wordt geschrapt")
    window.offline(False)
    settled(point, window)
    [visit] = point.visits()
    assert (visit["state"], visit["voidReason"]) == ("voided", "duplicate")
    assert [method for method, _, _ in sendings.seen] == ["PUT", "PUT", "POST"]
    expect(group(window, "sent")).to_contain_text("telt niet mee (dubbel)")


def test_24_correction_of_what_was_sent_needs_the_network(window: Window, point: Point):
    """At 16.58 without network: the screen says what comes first, and nothing is lost. Next morning it can be put right."""
    window.save("tax")
    window.after_undo()
    settled(point, window)
    [sent] = window.kept
    today(window)
    window.offline()
    expect(group(window, "sent")).to_have_count(1)
    window.page.reload()
    window.page.goto(f"/vandaag/{sent}")
    window.says("Eerst versturen, dan verbeteren. Er is nu geen internet.")
    window.services_say(16 * HOUR)
    window.forward(16 * HOUR_MS)
    window.offline(False)
    window.page.goto(f"/vandaag/{sent}")
    if window.page.locator("[data-name=helper]").first.is_visible():
        window.choose("Rita")
    window.tap("email")
    window.page.locator("[data-name=save]").click()
    window.until(lambda: point.visit(sent)["version"] == 2, "the correction")
    assert sorted(point.visit(sent)["themes"]) == ["email", "tax"]
