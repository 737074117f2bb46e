"""The workbook as a reader opens it: one table a sheet, named, nothing merged, hidden or reckoned; and its charts."""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from tests.services.reporting.reports.reading import workbook

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@pytest.fixture
def book(half_year):
    """The workbook, read back."""
    return workbook(half_year.xlsx)


def part(half_year, pattern):
    """The files in the workbook with such a name, by name."""
    with ZipFile(BytesIO(half_year.xlsx)) as package:
        return {name: package.read(name).decode() for name in package.namelist() if re.search(pattern, name)}


def test_the_sheets_come_in_order(book, half_year):
    """Cover, contents, notes, the tables, the pictures, and last all numbers."""
    tables = [f"Tabel_{table.number}" for table in half_year.report.tables()]
    figures = [f"Figuur_{chart.number}" for chart in half_year.report.charts()]
    assert book.sheetnames == ["Voorblad", "Inhoud", "Noten", *tables, *figures, "Cijfers"]
    assert len(tables) > 20
    assert len(figures) == 2
    assert book["Voorblad"]["A1"].value == "Halfjaarverslag digipunten, januari tot en met juni 2025"
    listed = [row[0].value for row in book["Inhoud"].iter_rows(min_row=6)]
    assert listed == ["Noten", *tables, *figures, "Cijfers"]
    assert all(book["Inhoud"].cell(6 + place, 1).hyperlink.location for place in range(len(listed)))


def test_each_sheet_has_one_table_that_says_so(book):
    """A1 the title, A2 that it holds a table, the table from A5; nothing below or beside it, and the cursor in A1."""
    for sheet in book:
        assert sheet["A1"].value
        if sheet.title.startswith("Figuur_"):
            continue
        assert sheet["A2"].value == "Dit blad bevat een tabel."
        [table] = sheet.tables.values()
        assert table.ref.startswith("A5:")
        assert sheet.dimensions.split(":")[1] == table.ref.split(":")[1]
        assert table.autoFilter is None
        assert sheet.sheet_view.selection[0].activeCell in (None, "A1")
        if sheet.title.startswith("Tabel_"):
            assert table.name == sheet.title


@pytest.mark.case("figures 12")
def test_nothing_is_merged_hidden_frozen_or_reckoned(book, half_year):
    """No formula, comment, pivot or hidden row: what is seen is all there is."""
    for sheet in book:
        assert not sheet.merged_cells.ranges
        assert sheet.freeze_panes is None
        assert sheet.sheet_state == "visible"
        assert not any(
            each.hidden for each in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values())
        )
    assert not any("<f>" in text for text in part(half_year, r"worksheets/sheet\d+\.xml").values())
    assert not part(half_year, "comment|pivot|externalLink|vba")


def test_columns_are_wide_enough_and_numbers_are_numbers(book, half_year):
    """A share is a number with a percent sign as its form, and an estimate a number with its sign as its form."""
    for table in half_year.report.tables():
        sheet = book[f"Tabel_{table.number}"]
        widths = [sheet.column_dimensions[letter].width for letter in "AB"]
        assert all(12 <= width <= 42 for width in widths)
    by_municipality = next(t for t in half_year.report.tables() if t.title == "Per gemeente van het digipunt")
    cell = book[f"Tabel_{by_municipality.number}"]["C6"]
    assert isinstance(cell.value, int)
    assert cell.number_format == '#,##0" [e]"'


def test_the_document_says_what_it_is(book, half_year):
    """Title, author and language, as a screen reader asks for them."""
    assert book.properties.title == half_year.report.title
    assert book.properties.creator == "Digipunt"
    assert book.properties.language == "nl-BE"
    assert book.properties.created.date() == half_year.report.made_on


@pytest.mark.case("figures 11")
@pytest.mark.case("figures 12")
def test_charts_have_a_text_and_draw_no_more_than_numbers(half_year):
    """What they draw is what their table has; a place without a number is left out, not drawn as nought."""
    drawings = "".join(part(half_year, r"drawings/drawing\d+\.xml").values())
    texts = re.findall(r'<xdr:cNvPr [^>]*descr="([^"]+)"', drawings)
    assert texts == [chart.alt for chart in half_year.report.charts()]
    tables = {table.number: table for table in half_year.report.tables()}
    found = list(part(half_year, r"charts/chart\d+\.xml").values())
    for chart, text in zip(half_year.report.charts(), found, strict=True):
        root = ElementTree.fromstring(text)
        for place, series in zip(chart.series, root.iter(f"{CHART}ser"), strict=True):
            cells = [row.cells[place] for row in tables[chart.of].rows]
            drawn = [float(value.text) for value in series.find(f"{CHART}val").iter(f"{CHART}v")]
            assert drawn == [cell.value for cell in cells if cell.value is not None]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it(half_year, tmp_path):
    """And finds the same first line in it."""
    (tmp_path / "report.xlsx").write_bytes(half_year.xlsx)
    form = "csv:Text - txt - csv (StarCalc):44,34,76"  # Commas, quotes, UTF-8.
    command = ["soffice", "--headless", "--convert-to", form, "--outdir", tmp_path, tmp_path / "report.xlsx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert (tmp_path / "report.csv").read_text(encoding="utf-8").startswith('"Halfjaarverslag')
