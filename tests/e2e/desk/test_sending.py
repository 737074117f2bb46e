"""Scenarios in which what was recorded has to get to the service over a network that loses things."""

from __future__ import annotations

import json

from playwright.sync_api import Route

from tests.e2e.desk.place import Point, settled
from tests.e2e.desk.window import Sendings, Window


def test_01_reply_lost_after_commit(window: Window, point: Point):
    """Every second reply is lost after the service stored the visit: the same bytes go again, and twenty visits are twenty."""
    sendings = Sendings(window.page.context, lambda number: "lost" if number % 2 else "pass")
    for sent in range(20):
        window.save()
        window.after_undo()
        window.line_says("Geen internet. Alles blijft bewaard op deze laptop.")
        assert len(sendings.seen) == 2 * sent + 1
        window.forward(6_000)
        window.gone_through(sent + 1)
    settled(point, window)
    first, again = sendings.seen[0::2], sendings.seen[1::2]
    assert first == again, "what is sent again is what was sent"
    window.line_says("Alles is verstuurd")


def test_06_network_drops_again_during_the_batch(window: Window, point: Point):
    """Ten wait and go in small parcels; the third's reply is lost and the network with it. What has no answer is sent again."""
    window.offline()
    window.save_many(10)
    window.after_undo()
    parcels: list[int] = []

    def small_parcels_and_a_cut(route: Route) -> None:
        count = len(json.loads(route.request.post_data or "{}").get("items", []))
        if count > 2:
            return route.fulfill(
                status=413, content_type="application/problem+json", body='{"code": "bodyTooLarge"}'
            )
        parcels.append(count)
        if len(parcels) == 3:
            route.fetch()
            window.offline()
            return route.abort()
        return route.continue_()

    window.page.context.route("**/visits/v1/visits/batch", small_parcels_and_a_cut)
    window.offline(False)
    window.until(lambda: len(parcels) == 3, "the third parcel")
    window.line_says("6 bezoeken nog te sturen")
    window.line_says("Geen internet. Alles blijft bewaard op deze laptop.")
    window.offline(False)
    settled(point, window)
    assert len(window.kept) == 10


def test_07_saves_while_a_batch_is_under_way(window: Window, point: Point):
    """The reply to five takes its time, and three are saved meanwhile: the answer takes those five out, and no others."""
    late: list[tuple[Route, object]] = []
    window.page.context.route(
        "**/visits/v1/visits/batch", lambda route: late.append((route, route.fetch())), times=1
    )
    window.offline()
    window.save_many(5)
    window.offline(False)
    window.after_undo()
    window.until(lambda: late, "the batch")
    during = window.save_many(3)
    [(route, reply)] = late
    route.fulfill(response=reply)
    window.gone_through(5)
    assert window.waiting() == during
    window.after_undo()
    settled(point, window)
    assert len(window.kept) == 8


def test_08_one_refused_among_twenty(watched, point: Point):
    """A laptop with old lists offers a theme that no longer exists: nineteen go, one waits for a person, with its reason."""
    window, _ = watched

    def with_fax(route: Route) -> None:
        answer = route.fetch(headers=route.request.headers | {"if-none-match": "*none*"})
        lists = answer.json()
        themes = next(each for each in lists["items"] if each["name"] == "theme")
        themes["items"].append({"code": "fax", "labels": {"nl": "fax", "fr": "fax", "en": "fax"}})
        route.fulfill(response=answer, json=lists)

    window.page.context.route("**/visits/v1/refData", with_fax)
    window.open()
    window.offline()
    window.save_many(10)
    window.page.get_by_role("button", name="Meer thema's").click()
    window.page.locator("[data-name=fax]").click()
    window.press_save()
    refused = window.saved()
    window.save_many(9)
    window.after_undo()
    window.offline(False)
    window.line_says("1 bezoek kijk je beter na")
    settled(point, window, parked=[refused])
    [parked] = window.parked()
    assert (parked["problem"]["status"], json.loads(parked["body"])["themes"]) == (400, ["fax"])
    assert len(point.ids()) == 19


def test_10_another_helper_signs_in_before_sending(window: Window, point: Point):
    """Rita saves three without network, Jos takes her place and saves one: each visit keeps the one who helped."""
    window.offline()
    of_rita = window.save_many(3)
    window.switch("Jos")
    [of_jos] = window.save_many(1)
    window.offline(False)
    window.after_undo()
    settled(point, window)
    helper = {each["id"]: each["helper"] for each in point.visits()}
    code = {name: each["code"] for name, each in point.helpers.items()}
    assert helper == {of_jos: code["Jos"]} | dict.fromkeys(of_rita, code["Rita"])


def test_nothing_leaves_while_it_can_be_undone(window: Window, point: Point):
    """For eight seconds a visit is held back; *Ongedaan maken* then takes it away without the service ever hearing of it."""
    sendings = Sendings(window.page.context)
    undone = window.save()
    window.page.get_by_role("button", name="Ongedaan maken").click()
    window.says("Dit bezoek is weg.")
    window.kept.remove(undone)
    window.save()
    window.after_undo()
    settled(point, window)
    assert [undone in url for _, url, _ in sendings.seen] == [False]
