"""The desk as people have it: `digipunt serve` on a fresh folder, and a browser before it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

pytest.register_assert_rewrite("tests.e2e.desk.place", "tests.e2e.desk.window")

from playwright.sync_api import Page

from services.desk import web_app
from tests.conftest import running
from tests.e2e.command import Process, served
from tests.e2e.desk.place import Demo, Place, Point
from tests.e2e.desk.window import Window, pair
from tests.support.browser import Chromium, Laptop, Watch


# Of the package, not of the run: while Playwright's loop is there, no other test of this thread can run one.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Chromium]:
    """The browser that these tests share."""
    if not web_app.is_built() and os.environ.get("CI") != "true":
        pytest.skip("the desk is not built: scripts/test builds it")
    yield from running(Chromium)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Process]:
    """All services on an empty folder, with the desk's pages."""
    with served(tmp_path / "data") as process:
        yield process


@pytest.fixture
def page(desk: Process, chromium: Chromium) -> Iterator[Page]:
    """A tab without a past, at no address yet: `page.goto("/")`. Its faults fail the test."""
    with chromium.context(desk.address) as (context, _):
        yield context.new_page()


@pytest.fixture
def laptop(desk: Process, chromium: Chromium, tmp_path: Path) -> Iterator[Callable[..., Laptop]]:
    """`laptop("rita", **options)`: a browser with a profile of its own, to close, kill and open again."""
    opened: list[Laptop] = []

    def open_laptop(name: str = "laptop", **options: object) -> Laptop:
        made = chromium.laptop(desk.address, tmp_path / name, **options)
        opened.append(made)
        return made

    yield open_laptop
    for each in opened:
        each.close()
    for each in opened:
        each.watch.check()


@pytest.fixture(scope="package")
def place(chromium: Chromium, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """All services on one folder, for tests that have enough with a digipunt of their own."""
    folder = tmp_path_factory.mktemp("desk") / "data"
    with served(folder) as process:
        yield Place(process.address, folder)


@pytest.fixture(scope="package")
def demo(chromium: Chromium, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo, filled."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    with served(folder, command="demo") as process:
        filled = Demo(process.address, folder)
        filled.wait_until_filled()
        yield filled


@contextmanager
def desk_window(chromium: Chromium, point: Point, **options: Any) -> Iterator[tuple[Window, Watch]]:
    """A tab of a laptop that was paired with `point` just now, its clock at the test's command."""
    with chromium.context(point.place.address, **options) as (context, watch):
        pair(context, point.paired())
        context.clock.install()
        yield Window(context.new_page(), point), watch
        context.unroute_all(behavior="ignoreErrors")


class Table:
    """A paired laptop on a table: what it stores outlives its browser, which is closed, or dies, and is started again."""

    def __init__(self, laptop: Laptop, point: Point) -> None:
        self.laptop = laptop
        self._point = point
        self._paired = point.paired()
        self._starts = 0

    def start(self, *, clock: bool = True) -> Window:
        """Start the browser; no page of ours is open yet. Without `clock` it has the machine's own."""
        pair(self.laptop.context, self._paired)
        if clock:
            # Each time a minute later, so that nothing is held back any more.
            later = self._starts * timedelta(minutes=1)
            self.laptop.context.clock.install(time=datetime.now(UTC) + later)
        self._starts += 1
        return Window(self.laptop.page, self._point, clock=clock)


@pytest.fixture
def table(point: Point, chromium: Chromium, tmp_path: Path) -> Iterator[Table]:
    """A paired laptop with a profile of its own."""
    laptop = chromium.laptop(point.place.address, tmp_path / "profile")
    yield Table(laptop, point)
    laptop.close()
    laptop.watch.check()


@pytest.fixture
def point(place: Place) -> Point:
    """A digipunt with helpers Rita and Jos, and no visits."""
    return place.point()


@pytest.fixture
def window(point: Point, chromium: Chromium) -> Iterator[Window]:
    """A tab of a paired laptop, its clock at the test's command, Rita before an empty form."""
    with desk_window(chromium, point) as (opened, _):
        yield opened.open()


@pytest.fixture
def watched(point: Point, chromium: Chromium) -> Iterator[tuple[Window, Watch]]:
    """As `window`, not opened yet, and with what watches it."""
    with desk_window(chromium, point) as opened:
        yield opened
