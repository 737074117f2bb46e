"""Scenarios with two tabs of one laptop, which share what is stored, and one of which sends."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.desk.place import Point, settled
from tests.e2e.desk.window import ANY_VISIT, STORED, UNDO_MS, Window


@pytest.fixture
def second(window: Window, point: Point) -> Window:
    """Another tab of the same laptop, with Jos before it."""
    return Window(window.page.context.new_page(), point).open("Jos")


def test_04_two_tabs_come_online_together(window: Window, second: Window, point: Point):
    """Twenty saved in turn in two tabs: one of them sends, no two requests overlap, and both show how much waits."""
    under_way, most = [], []

    def count(route: Route) -> None:
        under_way.append(route)
        most.append(len(under_way))
        answer = route.fetch()
        under_way.remove(route)
        route.fulfill(response=answer)

    window.offline()
    for _ in range(10):
        window.save()
        second.save()
    for each in (window, second):
        each.line_says("20 bezoeken nog te sturen")
    window.after_undo()
    window.page.context.route(ANY_VISIT, count)
    window.offline(False)
    settled(point, window, second)
    assert len(point.ids()) == 20
    assert set(most) == {1}
    for each in (window, second):
        expect(each.page.locator("[data-name=line]")).not_to_contain_text("nog te sturen")


@pytest.mark.parametrize("comes_back", [True, False], ids=["thawed", "closed"])
def test_05_tab_that_sends_is_frozen(window: Window, second: Window, point: Point, comes_back: bool):
    """The tab that is sending freezes: the other goes on saving, and sends as soon as the first comes back or is closed."""
    stuck: list[Route] = []
    window.page.context.route(ANY_VISIT, lambda route: stuck.append(route), times=1)
    window.save()
    window.after_undo()
    window.until(lambda: stuck, "the first tab to send")
    devtools = window.page.context.new_cdp_session(window.page)
    devtools.send("Page.setWebLifecycleState", {"state": "frozen"})
    second.save()
    second.line_says("2 bezoeken nog te sturen")
    if comes_back:
        devtools.send("Page.setWebLifecycleState", {"state": "active"})
    else:
        window.page.close()
    second.forward(UNDO_MS + 1)
    second.until(lambda: second.waiting() == [], "both to be sent")
    assert point.ids() == sorted(window.kept + second.kept)


def test_16_same_draft_in_two_tabs(window: Window, point: Point):
    """The draft of one tab is taken up in another and saved in both: that is asked about, and gets an id of its own."""
    window.tap("tax", "email")
    second = Window(window.page.context.new_page(), point).open()
    second.says("Je was bezig met een bezoek. Verder gaan?")
    second.page.get_by_role("button", name="Ja, ga verder").click()
    window.press_save()
    window.saved()
    second.press_save()
    second.says("Twee keer hetzelfde?")
    second.page.get_by_role("button", name="Ja, iemand anders").click()
    second.saved()
    window.after_undo()
    settled(point, window, second)
    assert len(set(window.kept + second.kept)) == 2


def test_17_double_tap_on_save(window: Window, point: Point):
    """Whoever taps twice means one visit, and reads nothing of a mistake."""
    window.tap("tax")
    window.page.locator("[data-name=save]").dblclick()
    window.page.wait_for_function(STORED)
    # Slowly too: the form before them is empty by now.
    window.press_save()
    window.saved()
    expect(window.page.locator(".error")).to_have_count(0)
    assert len(window.stored()["outbox"]) == 1
    window.after_undo()
    settled(point, window)
