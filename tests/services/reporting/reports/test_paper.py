"""The PDF as it is printed and listened to: two checkers of PDF/UA, and the pages as they are drawn."""

from __future__ import annotations

import subprocess
from hashlib import sha256

import pytest

from services.reporting.reports.rendering import Renderer
from tests.services.reporting.reports.conftest import written
from tests.services.reporting.reports.reading import paper_tables
from tests.support.paper import faults_of, has_ink, needs_poppler, sheets

A4 = 210.0, 297.0
MARGIN = 15.0
"""Millimetres at each side on which nothing is drawn."""


@pytest.fixture(scope="module", params=["nl", "fr", "en"])
def paper(request, figures, half_year):
    """The report in each language."""
    return half_year if request.param == "nl" else written(figures, request.param)


def texts_of(pdf):
    """The text of each page."""
    told = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return told.stdout.decode().split("\f")[:-1]


@pytest.mark.case("figures 32")
def test_the_checkers_of_pdf_ua_find_nothing(paper):
    """`page-validation`: no rule of PDF/UA-1 failed. `outloud`: no error and no warning."""
    assert faults_of(paper.pdf) == []


@needs_poppler
def test_each_heading_begins_a_page_and_no_page_is_empty(paper):
    """Every section starts at the top; no page has only its footer."""
    pages = texts_of(paper.pdf)
    tops = [next(line for line in text.splitlines() if line.strip()).strip() for text in pages]
    headings = [section.heading for section in paper.report.sections]
    assert [top for top in tops if top in headings] == headings
    assert all(len(text.split()) > 25 for text in pages), [len(text.split()) for text in pages]


@needs_poppler
def test_the_last_page_tells_how_to_check_the_csv(paper):
    """Its checksum, which is that of the file beside it."""
    assert sha256(paper.csv).hexdigest() in "".join(texts_of(paper.pdf)[-1].split())


@needs_poppler
@pytest.mark.case("figures 32")
def test_each_table_is_whole_on_its_page(paper):
    """Its caption, its headings and all its rows; at most 25 rows, a longer one in parts that each say which they are."""
    pages = ["".join(text.split()) for text in texts_of(paper.pdf)]
    shown = paper_tables(paper.pdf)
    assert len(shown) >= len(list(paper.report.tables()))
    for title, rows in shown.items():
        if not title:
            continue  # The facts of the first page.
        assert len(rows) <= 26
        holding = [text for text in pages if "".join(title.split()) in text]
        assert len(holding) == 1, title
        at = holding[0].index("".join(title.split()))
        for row in rows:
            last = "".join(row[-1].split())
            assert last in holding[0][at:], (title, row)


@needs_poppler
def test_nothing_runs_off_the_sheet(paper):
    """The margins are white on every page, also in grey print, and the middle is not."""
    width, height = A4
    for sheet in sheets(paper.pdf):
        assert has_ink(sheet, (MARGIN, MARGIN, width - MARGIN, height - MARGIN))
        for box in (
            (0, 0, MARGIN, height),
            (width - MARGIN, 0, width, height),
            (0, 0, width, 12),
            (0, height - 5, width, height),
        ):
            assert not has_ink(sheet, box)


def test_the_same_report_is_the_same_bytes(half_year):
    """Nothing in the files depends on when or where they were written."""
    renderer = Renderer()
    assert renderer.pdf(half_year.report) == half_year.pdf
    assert renderer.xlsx(half_year.report) == half_year.xlsx
