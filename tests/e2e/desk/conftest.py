"""The desk as people have it: `digipunt serve` on a fresh folder, and a browser before it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from services.desk import web_app
from tests.conftest import running
from tests.e2e.command import Process, served
from tests.support.browser import Chromium, Laptop


# Of the package, not of the run: while Playwright's loop is there, no other test of this thread can run one.
@pytest.fixture(scope="package")
def chromium(pytestconfig: pytest.Config) -> Iterator[Chromium]:
    """The browser that these tests share."""
    if not web_app.is_built() and os.environ.get("CI") != "true":
        pytest.skip("the desk is not built: scripts/test builds it")
    yield from running(Chromium, pytestconfig)


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
