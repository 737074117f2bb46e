"""Text with a delimiter, as Excel and others write it."""

import pytest

from digipunt.importing.csv_book import LONGEST_LINE, STRAY_QUOTE, TOO_LONG
from tests.unit.importing.lists import HEADER, VISIT, notes, rows, tables, text

NOTE = [*VISIT[:5], "één café, ’t ging vlot"]


@pytest.mark.case("public I2")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_that_excel_writes(encoding, end):
    """With and without a mark, with the line ends of three systems."""
    content = text(HEADER, NOTE, NOTE, delimiter="\t", end=end).encode(encoding)
    assert notes(content) == [NOTE[5]] * 2


def test_the_mark_of_utf_16_with_the_high_byte_first():
    """FE FF."""
    assert notes(b"\xfe\xff" + text(HEADER, NOTE).encode("utf-16-be")) == [NOTE[5]]


def test_lists_that_were_put_behind_each_other():
    """A list of Windows-1252 with a list of UTF-8 behind it: each line is read as it was written."""
    assert notes(text(HEADER, NOTE).encode("cp1252") + text(NOTE).encode()) == [NOTE[5]] * 2


@pytest.mark.case("public I1")
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("other", [";", ",", "\t", "|"])
def test_the_delimiter_is_that_of_the_header(delimiter, other):
    """Whatever signs the notes are full of."""
    noted = f'"{other.join(["gsm", "lader", "bril", "boekje", "pen"])}"'
    content = text(HEADER, *[[*VISIT[:5], noted]] * 30, delimiter=delimiter)
    assert notes(content.encode()) == [noted.strip('"')] * 30


@pytest.mark.parametrize("delimiter", [";", ",", "^"])
def test_excels_own_line_about_the_delimiter(delimiter):
    """`sep=;` comes first, and is no row of the list."""
    content = f"sep={delimiter}\r\n" + text(HEADER, VISIT, delimiter=delimiter)
    [table] = tables(content.encode())
    assert [row and row.number for row in table.rows()] == [None, 3]


@pytest.mark.case("public I11")
@pytest.mark.parametrize(
    "noted", ['"ja" zei hij', '"nooit dicht', '"half "open"', '"ja";"nee" zei hij', '"dicht"x', '"""']
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_stray_quote_costs_one_row(noted, place):
    """Wherever it stands, the rows around it are read, those with quotes that are right too."""
    good = [*VISIT[:5], '"a; ""b""\nc"']
    lines = [good, good]
    lines.insert(place, [*VISIT[:5], noted])
    found = rows(text(HEADER, *lines).encode())
    assert [row.broken for row in found] == [STRAY_QUOTE if i == place else None for i in range(3)]
    assert [row.cells[5] for row in found if not row.broken] == ['a; "b"\nc'] * 2


@pytest.mark.parametrize("noted", ['een scherm van 12"', 'hij zei "ja"', 'hij zei "ja" en "nee"'])
def test_a_quote_within_a_text_is_a_sign(noted):
    """It opens nothing."""
    assert notes(text(HEADER, [*VISIT[:5], noted], VISIT).encode()) == [noted, ""]


def test_a_line_without_an_end_costs_one_row():
    """What is longer than any row can be is not kept."""
    long = [*VISIT[:5], "x" * (2 * LONGEST_LINE)]
    found = rows(text(HEADER, VISIT, long, VISIT).encode())
    assert [row.broken for row in found] == [None, TOO_LONG, None]


def test_more_cells_than_columns_is_no_shorter_note():
    """Text with the delimiter in it, not quoted, is refused and not cut."""
    found = rows(text(HEADER, [*VISIT[:5], "tekst", "met"], [*VISIT, "", ""]).encode())
    assert [bool(row.broken) for row in found] == [True, False]
