"""A day without network, a browser that dies, and replies that get lost: twenty visits are twenty visits."""

from __future__ import annotations

import pytest

from tests.e2e.desk.conftest import Table
from tests.e2e.desk.place import Point, settled
from tests.e2e.desk.window import Sendings


@pytest.mark.parametrize("lost", [1, 2])
def test_twenty_offline(table: Table, point: Point, lost: int):
    """Twenty visits without network, SIGKILL, a new start, replies lost after storing: exactly twenty, also in the figures."""
    before = table.start().open().installed()
    before.offline()
    before.save_many(20)
    before.line_says("20 bezoeken nog te sturen")
    table.laptop.kill()

    after = table.start()
    sendings = Sendings(after.page.context, lambda number: "lost" if number <= lost else "pass")
    after.kept = before.kept
    after.page.goto("/")
    after.until(lambda: len(sendings.seen) >= 1, "the first attempt, which nobody asked for")
    after.until(lambda: len(point.ids()) == 20, "the visits to be stored before anybody hears of it")
    assert len(after.waiting()) == 20
    after.choose("Rita")
    after.ready()
    after.pass_time(lambda: after.waiting() == [])
    settled(point, after)
    assert len(sendings.seen) == lost + 1
    assert len(set(sendings.seen)) == 1, "the same bytes each time"
    after.line_says("Alles is verstuurd")
    after.until(lambda: point.contacts() == 20, "twenty contacts in the figures")
