"""*Verslag*: from the coordinator's sign-in to the half-year report in three forms, with the numbers of the page."""

from __future__ import annotations

import csv
import io
import time

import openpyxl
import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.desk.figures import big, open_figures, settled
from tests.e2e.desk.keyboard import Keyboard
from tests.e2e.desk.looks import look_at
from tests.e2e.desk.place import Demo
from tests.support.browser import Chromium

# The first test waits until the demo is filled.
pytestmark = pytest.mark.timeout(300)

NARROW_AND_WIDE = ("1280", "320", "donker")
MOST_SECONDS = 60.0
HALF_YEARS = {("01-01", "06-30"), ("07-01", "12-31")}
REPORTS = "**/reporting/v1/reports"


def downloaded(page: Page, name: str) -> bytes:
    """The bytes of a file that the page offers."""
    with page.expect_download() as coming:
        page.locator(f"[data-name={name}]").click()
    assert coming.value.suggested_filename.endswith(f".{name}")
    return coming.value.path().read_bytes()


@pytest.mark.timed
def test_from_sign_in_to_the_report(demo: Demo, chromium: Chromium, capsys: pytest.CaptureFixture[str]):
    """Within a minute; and in each file stands the number of contacts that the page has."""
    with chromium.context(demo.address, accept_downloads=True) as (context, _):
        page = context.new_page()
        link = demo.link("coordinator")
        begin = time.monotonic()
        page.goto(link)
        page.get_by_role("button", name="Verder zonder balie").click()
        page.get_by_role("link", name="Meer").click()
        page.locator("[data-name=figures]").click()
        page.locator("[data-name=report]").click()
        page.locator("[data-name=make]").click()
        expect(page.locator("[data-name=made]")).to_be_visible(timeout=MOST_SECONDS * 1000)
        pdf = downloaded(page, "pdf")
        took = time.monotonic() - begin
        with capsys.disabled():
            print(f"\nfrom sign-in to the half-year report: {took:.1f} s")
        assert took < MOST_SECONDS
        assert pdf.startswith(b"%PDF-")
        look_at(page, "verslag-klaar", *NARROW_AND_WIDE)
        book = openpyxl.load_workbook(io.BytesIO(downloaded(page, "xlsx")))
        table = list(csv.DictReader(io.StringIO(downloaded(page, "csv").decode("utf-8-sig")), delimiter=";"))
        page.locator("[data-name=overview]").click()
        page.locator("select[name=period]").select_option(label="Vorig half jaar")
        settled(page)
        contacts = big(page, "contacts")
        totals = {
            row["from"]: int(row["value"])
            for row in table
            if row["measure"] == "contacts"
            and not row["dimension"]
            and not row["municipality"]
            and (row["from"][5:], row["to"][5:]) in HALF_YEARS
        }
        # The report has the same half-year a year before beside it.
        assert totals[max(totals)] == contacts
        assert any(cell.value == contacts for sheet in book for row in sheet.iter_rows() for cell in row)


def test_while_it_is_made(demo: Demo, chromium: Chromium):
    """How far it is stands there in words; who has no internet is told; what is refused is said."""
    with chromium.context(demo.address) as (context, _):
        page = open_figures(context, demo)

        def still_making(route: Route) -> None:
            answer = route.fetch()
            route.fulfill(response=answer, json=answer.json() | {"state": "making", "progress": 0.4})

        context.route(f"{REPORTS}*", still_making)
        context.route(f"{REPORTS}/*", still_making)
        page.goto("/cijfers/verslag")
        Keyboard(page).enter("[data-name=make]")
        expect(page.locator("[data-name=making]")).to_contain_text("40 %")
        look_at(page, "verslag-komt", *NARROW_AND_WIDE)
        context.unroute_all(behavior="ignoreErrors")
        expect(page.locator("[data-name=made]")).to_be_visible(timeout=MOST_SECONDS * 1000)
        page.locator("select[name=report]").select_option(index=1)
        expect(page.locator("[data-name=made]")).to_have_count(0)

        def refuse(route: Route) -> None:
            body = {"type": "about:blank", "status": 400, "code": "invalidInput", "detail": "Dat gaat niet."}
            route.fulfill(status=400, content_type="application/problem+json", json=body)

        context.route(f"{REPORTS}*", refuse)
        page.locator("[data-name=make]").click()
        expect(page.locator(".notice-err")).to_contain_text("Dat gaat niet.")
        look_at(page, "verslag-geweigerd", *NARROW_AND_WIDE)
        context.set_offline(True)
        context.unroute_all(behavior="ignoreErrors")
        page.locator("[data-name=make]").click()
        expect(page.locator(".error")).to_contain_text("als er internet is")
        look_at(page, "verslag-zonder-internet", *NARROW_AND_WIDE)
        context.set_offline(False)


def test_sheet_of_a_month(demo: Demo, chromium: Chromium):
    """The bottlenecks of a month, to print and as a workbook, for the municipality that was chosen."""
    with chromium.context(demo.address, accept_downloads=True) as (context, _):
        page = open_figures(context, demo)
        page.goto("/cijfers/knelpunten?gemeente=24107")
        settled(page)
        page.locator("select[name=month]").select_option("2026-06")
        assert downloaded(page, "pdf").startswith(b"%PDF-")
        book = openpyxl.load_workbook(io.BytesIO(downloaded(page, "xlsx")))
        assert "juni 2026" in str(book.worksheets[0]["A1"].value)
