"""Scenarios in which the laptop's clock is wrong, or goes past midnight before anything is sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.e2e.desk.place import Point, settled
from tests.e2e.desk.window import SERVICES, Sendings

BRUSSELS = ZoneInfo("Europe/Brussels")
AHEAD = timedelta(hours=2)
MINUTE = timedelta(minutes=1)


def started(point: Point) -> datetime:
    """When the one visit began, as the service has it."""
    [visit] = point.visits()
    return datetime.fromisoformat(visit["startedAt"])


def test_21_clock_two_hours_ahead(watched, point: Point):
    """The clock is two hours ahead: visits get the right hour all the same, and the line says what is going on."""
    window, _ = watched
    window.page.clock.set_system_time(datetime.now(UTC) + AHEAD)
    window.open()
    window.line_says("De klok loopt 120 minuten voor. We rekenen daarmee.")
    window.save()
    at = datetime.now(UTC)
    window.after_undo()
    settled(point, window)
    assert abs(started(point) - at) < MINUTE


def test_21_clock_ahead_before_anybody_told_the_time(watched, point: Point):
    """The same, started without any network: what was made before the first contact is put right when it is sent."""
    window, _ = watched
    window.open()
    window.page.context.route(SERVICES, lambda route: route.abort())
    window.page.clock.set_system_time(datetime.now(UTC) + AHEAD)
    window.page.reload()
    window.ready()
    window.save()
    at = datetime.now(UTC)
    window.after_undo()
    [item] = window.stored()["outbox"]
    assert abs(datetime.fromisoformat(item["madeAt"]) - at - AHEAD) < MINUTE
    window.page.context.unroute(SERVICES)
    window.page.evaluate("dispatchEvent(new Event('online'))")
    settled(point, window)
    assert abs(started(point) - at) < MINUTE
    window.line_says("De klok loopt 120 minuten voor. We rekenen daarmee.")


def test_21_clock_put_back_after_saving(watched, point: Point):
    """Somebody puts the clock right, two hours back: nothing that was saved or tried before is held back for two hours."""
    window, _ = watched
    window.page.clock.set_system_time(datetime.now(UTC) + AHEAD)
    Sendings(window.page.context, lambda number: "cut" if number == 1 else "pass")
    window.open()
    window.save()
    window.after_undo()
    window.line_says("Geen internet")
    window.save()
    window.page.clock.set_system_time(datetime.now(UTC))
    window.forward(30_000)
    window.forward(30_000)
    settled(point, window)


def test_22_clock_in_2015(watched, point: Point):
    """A flat battery put the clock to 2015: the screen warns, nothing is guessed, and the visit waits for a person."""
    window, _ = watched
    window.page.clock.set_system_time(datetime(2015, 3, 3, 10, 12, tzinfo=BRUSSELS))
    window.open()
    window.says(
        "De klok van deze laptop staat op dinsdag 3 maart. Dat klopt niet. Zet eerst de dag en het uur juist."
    )
    saved = window.save()
    window.after_undo()
    window.line_says("1 bezoek kijk je beter na")
    [parked] = window.parked()
    assert (parked["id"], parked["problem"]["code"], parked["attempts"]) == (saved, "clockOld", 0)
    assert point.ids() == []
    window.page.locator("nav").get_by_role("link", name="Vandaag").click()
    expect(window.page.locator("[data-name=parked]")).to_contain_text(
        "De klok van deze laptop stond toen verkeerd."
    )


def test_23_midnight_between_saving_and_sending(watched, point: Point):
    """Saved at 23.58 without network and sent at 0.05: it belongs to the day on which it was saved."""
    window, _ = watched
    today = datetime.now(BRUSSELS).replace(hour=0, minute=0, second=0, microsecond=0)
    before_midnight = today - 2 * MINUTE
    window.services_say(before_midnight - datetime.now(UTC))
    window.page.clock.set_system_time(before_midnight)
    window.open()
    window.offline()
    window.save()
    window.forward(7 * 60_000)
    window.offline(False)
    settled(point, window)
    assert abs(started(point) - before_midnight) < MINUTE
    yesterday = (today - timedelta(hours=1)).date().isoformat()
    query = {"digipunt": point.id, "from": yesterday, "to": yesterday}
    assert [
        each["id"] for each in point.place.sent("GET", "/visits/v1/visits", params=query)["items"]
    ] == window.kept
