"""A row stands for the same visit however the list is saved, and for the one that it stood for in the release before."""

import csv
import io
from datetime import date, datetime, time
from pathlib import Path

import pytest

from chassis.clock import BRUSSELS
from digipunt.importing.digipunts import Digipunts
from digipunt.importing.entries import read_entries
from digipunt.importing.mapping import ColumnMapping
from digipunt.importing.readers import open_book
from digipunt.importing.tables import find_tables
from digipunt.importing.visits import parse_visit
from tests.unit.importing.lists import HEADER, VISIT, text, xlsx

FILES = Path(__file__).parents[2] / "e2e" / "files" / "import"
MAP = ColumnMapping.load(FILES / "map.yaml")

BEFORE = {
    "rs2.csv": ["0bf87b84-b1a3-5215-a4bb-6cf50b7b59f4"],
    "same.csv": [
        "cde28ce9-4893-5cd1-b5c6-1e028d8dbb2c",
        "fe2bd826-c9ee-5335-b0e4-44066d130aa2",
        "865723dd-6d65-5a51-9d67-e1b96394ab0c",
    ],
    "same.xlsx": [
        "6b69f9cb-35c7-542b-8ad9-f51376df27a2",
        "b7a36d53-ffa8-5ddb-b752-6d88ce0d738c",
        "98d66b61-93e1-51a9-b4ea-1c5b1c373734",
    ],
}
"""The ids that the release before this one gave to the rows of these files."""


def entries(content: bytes):
    tables, _ = find_tables(open_book(io.BytesIO(content), "lijst"), MAP)
    return list(read_entries([(table, Digipunts(MAP, [])) for table in tables], lambda: None))


def ids(*lines):
    return [entry.id for entry in entries(text(HEADER, *lines).encode())]


@pytest.mark.case("public I15")
@pytest.mark.parametrize("name", BEFORE)
def test_a_list_of_the_release_before_is_recognised(name):
    """Each row names the id that it had, as its own or as its former one."""
    found = entries((FILES / name).read_bytes())
    assert [entry.former_id or entry.id for entry in found] == BEFORE[name]


@pytest.mark.case("public I15")
@pytest.mark.parametrize(
    "row",
    [
        ["03/11/2026", "10:00", "30", "BEZORGD OM MENSEN ", "Apps", ""],
        ["3-11-26", "10u00", "30,0", "Bezorgd\u00a0om Mensen", "apps", " "],
        ["2026-11-03", "10:00:00", "30.0", "bezorgd om\u200b mensen", "apps", ""],
        ["3 nov 2026", "10.00", "0:30", "Bezorgd om Mensen", "apps", ""],
    ],
)
def test_one_row_in_another_writing_is_the_same_visit(row):
    """Days, hours, numbers, capitals, blanks."""
    assert ids(row) == ids(VISIT)


@pytest.mark.case("public I15")
def test_csv_and_xlsx_are_one_list():
    """Cells with a day, an hour and a number, beside the text that Excel in Belgium writes of them; decomposed accents too."""
    book = [HEADER, [date(2026, 11, 3), time(10), 22.5, "Café Numérique", "apps", "één"]]
    row = ["3/11/2026", "10:00", "22,5", "Cafe\u0301 Nume\u0301rique", "apps", "e\u0301e\u0301n"]
    assert [entry.id for entry in entries(xlsx({"2026": book}))] == ids(row)


def test_two_rows_that_say_the_same_are_two_visits():
    """In one list; and the same two when it is saved again."""
    first = ids(VISIT, VISIT)
    assert len(set(first)) == 2
    assert ids(["03/11/2026", *VISIT[1:]], VISIT) == first


def test_what_differs_is_another_visit():
    """A minute is enough."""
    assert ids(VISIT) != ids([VISIT[0], "10u01", *VISIT[2:]])


@pytest.mark.case("public I14")
@pytest.mark.parametrize("hour", [0, 7, 11, 12, 23])
def test_a_visit_of_today_without_an_hour_is_not_to_come(hour):
    """At any time of the day; the moment of another time of the day is known too, so that the list can be taken again."""
    now = datetime(2026, 11, 26, hour, 1, tzinfo=BRUSSELS)
    cells = {"date": "26/11/2026", "digipunt": "Bezorgd om Mensen", "themes": "apps"}
    parsed = parse_visit(MAP, Digipunts(MAP, []), cells, now)
    assert not parsed.refusals
    moments = [parsed.body["startedAt"], parsed.other_hour]
    assert datetime.fromisoformat(moments[0]) <= now
    assert sorted(moments) == ["2026-11-26T00:00:00+01:00", "2026-11-26T12:00:00+01:00"]


@pytest.mark.case("public I5")
@pytest.mark.parametrize(
    ("note", "refused"),
    [
        ("één café".encode("cp850").decode("cp1252"), True),
        ("geïnstalleerd".encode("cp850").decode("cp1252"), True),
        ("français".encode("cp437").decode("cp1252"), True),
        ("première".encode("cp850").decode("cp1252"), True),
        ("café".encode("mac-roman").decode("cp1252"), True),
        ("één café".encode().decode("cp1252"), True),
        ("’t ging vlot".encode().decode("cp1252"), True),
        ("à côté".encode().decode("latin-1"), True),
        ("caf\ufffd", True),
        ("caf\x82", True),
        ("één café, geïnstalleerd", False),
        ("’t ging ‘vlot’, „goed” … – «très bien» ‹ja›", False),
        ("kostte € 5 of ± 6 °C, ½ uur, œuvre, Šimon, foto‘s, Windows™", False),
        ("gedaan…maar ma–vr niet", False),
    ],
)
def test_signs_of_another_character_set_are_refused(note, refused):
    """What no word has in it shows that the file says another set than it has; ordinary typography does not."""
    [entry] = entries(text(HEADER, [*VISIT[:5], note]).encode())
    assert bool(entry.parsed.refusals) == refused, entry.parsed.refusals


def test_a_csv_reader_agrees():
    """What we take for rows is what Python's own reader takes for them, where nothing is wrong."""
    lines = [VISIT, [*VISIT[:5], 'a; "b"\nc'], [*VISIT[:5], ""]]
    into = io.StringIO(newline="")
    csv.writer(into, delimiter=";").writerows([HEADER, *lines])
    assert [entry.row.cells for entry in entries(into.getvalue().encode())] == lines


@pytest.mark.parametrize(
    "day", [datetime.fromisoformat("2026-11-03T10:15"), "3/11/2026 10:15", "2026-11-03T10:15:00"]
)
def test_an_hour_beside_the_day_is_the_hour_of_the_visit(day):
    """A form keeps both in one column; as before that counted, the visit may be there at noon."""
    cells = {"date": day, "digipunt": "Bezorgd om Mensen", "themes": "apps"}
    parsed = parse_visit(MAP, Digipunts(MAP, []), cells, datetime(2026, 11, 26, 9, tzinfo=BRUSSELS))
    assert parsed.body is not None
    assert parsed.body["startedAt"] == "2026-11-03T10:15:00+01:00"
    assert parsed.other_hour == "2026-11-03T12:00:00+01:00"
