"""Workbooks, as Excel and others write them, and as nobody should."""

import re
import resource
import time
from datetime import date
from datetime import time as hour

import pytest

from chassis.errors import InvalidInput
from digipunt.importing.cells import text_of
from digipunt.importing.xlsx_book import UNREADABLE
from tests.unit.importing.lists import HEADER, VISIT, changed, notes, rows, tables, xlsx

SHEET = "xl/worksheets/sheet1.xml"


def dimensioned(content, ref):
    return changed(
        content, SHEET, lambda xml: re.sub('<dimension ref="[^"]*"', f'<dimension ref="{ref}"', xml)
    )


@pytest.mark.case("public I17")
@pytest.mark.parametrize("ref", ["A1", "A1:F1", "A1:F101", "A1:C400", "B2:C3", "A1:XFD1048576"])
def test_rows_are_those_that_are_there(ref):
    """Whatever size the sheet says it has."""
    content = dimensioned(xlsx({"2026": [HEADER, *[VISIT] * 200]}), ref)
    assert len(rows(content)) == 200


@pytest.mark.case("public I17")
@pytest.mark.parametrize("number", ["", ' r="1"', ' r="2"'])
def test_rows_are_those_that_are_there_whatever_their_numbers(number):
    """Exports leave row numbers out, or give every row the same."""

    def renumbered(xml):
        return re.sub(r'<row r="\d+"', f"<row{number}", re.sub(r'<c r="[A-Z]+\d+"', "<c", xml))

    assert len(rows(changed(xlsx({"2026": [HEADER, *[VISIT] * 20]}), SHEET, renumbered))) == 20


@pytest.mark.timed
@pytest.mark.case("public I18")
@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "XFD2"])
@pytest.mark.parametrize("blank", [" ", ""])
def test_a_cell_at_the_end_of_the_sheet_costs_nothing(cell, blank):
    """A blank that somebody left at the far end adds no row, no time and no memory."""
    far = f'<row r="1048576"><c r="{cell}" t="inlineStr"><is><t>{blank}</t></is></c></row></sheetData>'
    content = changed(xlsx({"2026": [HEADER, VISIT]}), SHEET, lambda xml: xml.replace("</sheetData>", far))
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    assert len(rows(content)) == 1
    assert time.process_time() - began < 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000


@pytest.mark.case("public I18")
def test_a_million_coloured_rows_are_no_rows():
    """Rows with a style and nothing in them, below the list."""
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(3, 20_000))
    content = changed(
        xlsx({"2026": [HEADER, VISIT]}),
        SHEET,
        lambda xml: xml.replace("</sheetData>", empty + "</sheetData>"),
    )
    assert len(rows(content)) == 1


def test_a_blank_row_between_two_others_is_skipped():
    """It is a row of the list, as it is in a CSV file."""
    found = rows(xlsx({"2026": [HEADER, VISIT, [" "], VISIT, [" "]]}))
    assert [row and row.number for row in found] == [2, None, 4]


@pytest.mark.case("public I20")
def test_all_sheets_are_read_each_with_its_own_columns():
    """The second has its columns in another order, the third has no list."""
    other = [HEADER[::-1], VISIT[::-1]]
    content = xlsx({"jan": [HEADER, VISIT], "feb": other, "uitleg": [["Vul in"]]})
    assert [table.sheet.name for table in tables(content)] == ["jan", "feb"]
    assert [table.cells(row)["date"] for table in tables(content) for row in table.rows()] == [VISIT[0]] * 2


@pytest.mark.case("public I31")
def test_a_line_break_that_excel_escaped_is_a_line_break():
    """`_x000D_` stands for one, `_x005F_` for the underscore before one that is none."""
    [noted] = notes(xlsx({"2026": [HEADER, [*VISIT[:5], "een_x000D_\ntwee_x000B_drie"]]}))
    assert text_of(noted) == "een\ntwee\ndrie"
    assert text_of("twee_x000d_\nregels_xABCD_") == "twee\nregels_xABCD_"


def test_a_cell_that_cannot_be_read_costs_one_row():
    """A number that is none, and a text that is not in the file."""
    content = xlsx({"2026": [HEADER, [date(2026, 11, 3), hour(10), 30, *VISIT[3:]], VISIT, VISIT]})
    content = changed(content, SHEET, lambda xml: re.sub(r'(<c r="C2"[^>]*><v>)30', r"\1veel", xml))
    broken, *others = rows(content)
    assert [row.broken for row in (broken, *others)] == [UNREADABLE, None, None]
    assert broken.cells == [date(2026, 11, 3), hour(10), None, *VISIT[3:5]]


@pytest.mark.case("public I25")
def test_a_strict_workbook_is_named():
    """Excel saves it as .xlsx too; what it has in it has other names."""
    main, strict = (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    content = xlsx({"2026": [HEADER, VISIT]})
    for part in (SHEET, "xl/workbook.xml"):
        content = changed(content, part, lambda xml: xml.replace(main, strict))
    with pytest.raises(InvalidInput, match="Strict Open XML"):
        rows(content)


@pytest.mark.case("public I18")
def test_a_row_without_an_end_is_refused():
    """An archive of some kilobytes that unpacks to a row of gigabytes ends with a sentence."""
    cells = '<c t="inlineStr"><is><t>x</t></is></c>' * 120_000
    content = changed(
        xlsx({"2026": [HEADER, VISIT]}),
        SHEET,
        lambda xml: xml.replace("</sheetData>", f"<row>{cells}</row></sheetData>"),
    )
    with pytest.raises(InvalidInput, match="larger than a row can be"):
        rows(content)


@pytest.mark.case("public I25")
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "[Content_Types].xml", "xl/styles.xml"])
def test_a_part_that_is_cut_off_is_one_sentence(part):
    """Before the first row is taken."""
    content = changed(xlsx({"2026": [HEADER, VISIT]}), part, lambda xml: xml[: len(xml) // 2])
    with pytest.raises(InvalidInput, match="not a CSV or XLSX file that can be read"):
        rows(content)


@pytest.mark.case("public I25")
@pytest.mark.parametrize(
    "content",
    [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
        b"PK\x03\x04" + bytes(100),
        b"PK\x05\x06" + bytes(18),
        xlsx({"2026": [HEADER, VISIT]})[:3000],
        b"%PDF-1.7\n",
        b'<?xml version="1.0"?><Workbook/>',
        b"\xef\xbb\xbf<html><table><tr><td>Datum</td></tr></table></html>",
        bytes(range(256)) * 20,
    ],
)
def test_another_kind_of_file_is_one_sentence(content):
    """By what is in it."""
    with pytest.raises(InvalidInput, match="not a CSV or XLSX file that can be read"):
        rows(content)
