"""The same number stands in the PDF, the workbook, the CSV and the JSON of the summary, read back from the files."""

from __future__ import annotations

import re
from datetime import date

import pytest
import sqlalchemy as sa

from services.reporting.model.periods import Period
from services.reporting.queries.area import Area
from services.reporting.queries.reach import reach_figures
from services.reporting.reports.asked import Asked
from services.reporting.reports.composing import compose
from services.reporting.reports.gathering import gather
from services.reporting.reports.parts import Cell
from services.reporting.reports.tidy import csv_of
from services.reporting.tables import targets
from tests.services.reporting.api import TODAY
from tests.services.reporting.ledger import LANDEN, POINTS, TIENEN, Ledger
from tests.services.reporting.reports.reading import (
    lines_of,
    number,
    one,
    paper_tables,
    sheet_table,
    workbook,
)
from tests.support.paper import needs_poppler

DAYS = {"from": "2025-01-01", "to": "2025-06-30"}
LISTS = {
    "themes": "theme",
    "help": "help",
    "outcomes": "outcome",
    "ageBands": "ageBand",
    "situations": "situation",
}


@needs_poppler
def test_the_paper_says_what_the_workbook_says(half_year):
    """Each table with each row and each cell: a count to the unit, a share to the percent, a sign as a sign."""
    shown, book = paper_tables(half_year.pdf), workbook(half_year.xlsx)
    tables = [sheet for sheet in book.sheetnames if sheet.startswith("Tabel_")]
    assert len(tables) == len(list(half_year.report.tables()))
    compared = 0
    for sheet in tables:
        headings, *rows = sheet_table(book[sheet])
        title = f"Tabel {sheet.removeprefix('Tabel_')}. "
        parts = [part for name, part in shown.items() if name.startswith(title)]
        assert all(part[0] == headings for part in parts)
        on_paper = [row for part in parts for row in part[1:]]
        assert len(on_paper) == len(rows), title
        for row, told in zip(rows, on_paper, strict=True):
            for value, text in zip(row, told, strict=True):
                compared += 1
                if isinstance(value, str | None):
                    assert text == (value or ""), (title, told)
                else:
                    exact = 0.005 if text.endswith("%") else 0.05 if value != int(value) else 0
                    assert number(text) == pytest.approx(value, abs=exact + 1e-9), (title, told)
    assert compared > 500


@pytest.mark.case("figures 22")
def test_the_workbook_says_what_the_csv_says(half_year):
    """Its last sheet is the CSV line by line, and each cell of a table is the line of what it is of."""
    book, lines = workbook(half_year.xlsx), lines_of(half_year.csv)
    headings, *rows = sheet_table(book["Cijfers"])
    assert headings == list(lines[0])
    for row, line in zip(rows, lines, strict=True):
        assert ["" if value is None else str(value) for value in row] == list(line.values())
    by_key = {
        tuple(list(line.values())[:3] + list(line.values())[4:7] + [line["measure"]]): line for line in lines
    }
    assert len(by_key) == len(lines)
    for table in half_year.report.tables():
        _, *rows = sheet_table(book[f"Tabel_{table.number}"])
        for row, values in zip(table.rows, rows, strict=True):
            for cell, value in zip(row.cells, values[1:], strict=True):
                if isinstance(cell, Cell):
                    line = by_key[cell.key]
                    assert line["value"] == ("" if cell.value is None else str(value))
                    assert cell.value is not None or value == f"[{line['status']}]"


@needs_poppler
def test_the_last_page_says_how_complete_it_is(half_year):
    """Visits that came in after the half-year, were changed or taken out: with what each means, as in the summary."""
    told, lines = half_year.summary["completeness"], lines_of(half_year.csv)
    [rows] = [rows for title, rows in paper_tables(half_year.pdf).items() if "Hoe volledig" in title]
    for row, (measure, of) in zip(rows[1:], told.items(), strict=True):
        assert number(row[1]) == int(one(lines, measure=measure, **DAYS)["value"]) == of["count"] > 0
        assert of["definition"].lower() == f"{row[0]}: {row[2]}".lower()


@pytest.mark.case("figures 22")
def test_the_csv_says_what_the_summary_says(half_year):
    """Contacts, new people, people recognised, each list of codes, and what the lists leave out."""
    lines, summary = lines_of(half_year.csv), half_year.summary
    people = summary["people"]
    for measure, value in (
        ("contacts", summary["contacts"]),
        ("newPeople", people["newPeople"]["value"]),
        ("peopleRecognised", people["recognised"]),
        ("selfRelianceAsked", summary["selfReliance"]["asked"]),
        ("sessionsHeld", summary["sessions"]["held"]),
        ("devicesHandedOver", summary["loans"]["handedOver"]),
    ):
        assert int(one(lines, measure=measure, **DAYS)["value"]) == value, measure
    assert float(one(lines, measure="selfReliance", **DAYS)["value"]) == summary["selfReliance"]["share"]
    for figure, dimension in LISTS.items():
        told = {
            line["code"]: int(line["value"])
            for line in lines
            if line["dimension"] == dimension
            and line["measure"] == "contacts"
            and line["from"] == DAYS["from"]
        }
        counted = {each["code"]: each["count"] for each in summary[figure]}
        assert {code: count for code, count in told.items() if count} == counted, figure
    assert one(lines, measure="newPeople", **DAYS)["status"] == "e"


def test_what_adds_up_adds_up(half_year):
    """Contacts, new people and openings of the digipunten are those of the municipalities, and these the total."""
    lines = [line for line in lines_of(half_year.csv) if (line["from"], line["to"]) == tuple(DAYS.values())]
    for measure in ("contacts", "newPeople", "openings"):
        mine = [line for line in lines if line["measure"] == measure and not line["dimension"]]
        total = int(one(mine, measure=measure)["value"])
        for municipality in (TIENEN, LANDEN):
            of = [line for line in mine if line["municipality"] == municipality]
            points = sum(int(line["value"]) for line in of if line["digipunt"])
            assert points == int(one(of, measure=measure, municipality=municipality)["value"])
        places = [line for line in mine if line["municipality"] and not line["digipunt"]]
        assert sum(int(line["value"]) for line in places) == total > 0
    months = [
        int(line["value"])
        for line in lines_of(half_year.csv)
        if line["measure"] == "contacts"
        and not line["code"]
        and DAYS["from"] <= line["from"]
        and line["to"] <= DAYS["to"]
        and not line["municipality"]
        and (line["from"], line["to"]) != tuple(DAYS.values())
    ]
    assert len(months) == 6
    assert sum(months) == int(one(lines, measure="contacts")["value"])


def test_an_age_that_was_not_asked_is_a_row_with_a_count(half_year):
    """So that the ages add up to the contacts; and it has no share, for shares are of those asked."""
    lines = [line for line in lines_of(half_year.csv) if line["dimension"] == "ageBand"]
    counts = [
        int(line["value"]) for line in lines if line["measure"] == "contacts" and line["from"] == DAYS["from"]
    ]
    assert sum(counts) == half_year.summary["contacts"]
    shares = {line["code"]: line for line in lines if line["measure"] == "share"}
    assert (shares["notAsked"]["value"], shares["notAsked"]["status"]) == ("", "z")
    assert sum(float(line["value"]) for line in shares.values() if line["value"]) == pytest.approx(
        1, abs=1e-5
    )


@pytest.mark.case("figures 35")
def test_a_share_is_that_of_its_own_row(half_year):
    """Rounded by itself, and never mended so that those on paper add up to 100."""
    lines = [line for line in lines_of(half_year.csv) if line["dimension"] == "ageBand"]
    counts = {
        line["code"]: int(line["value"])
        for line in lines
        if line["measure"] == "contacts" and line["from"] == DAYS["from"]
    }
    asked = sum(counts.values()) - counts["notAsked"]
    shares = {line["code"]: line["value"] for line in lines if line["measure"] == "share" and line["value"]}
    assert shares.keys() == counts.keys() - {"notAsked"}
    for code, share in shares.items():
        assert float(share) == pytest.approx(counts[code] / asked, abs=1e-6), code


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_any_period_can_be_told(figures, language):
    """Also one in which nothing was registered, or nothing was there to lend: no number is there twice, none is made up."""
    for year in range(2023, 2027):
        for half in (1, 2, None):
            asked = Asked.of("halfYear" if half else "year", year, half, [TIENEN, LANDEN], language)
            with figures.database.read() as connection:
                report = compose(gather(connection, asked, TODAY, lambda done: None))
            lent = {
                cell.status
                for cell in report.cells()
                if cell.measure == "devicesHandedOver" and cell.first == asked.period.first
            }
            assert ("z" in lent) == (year < 2025), (year, half)


def test_a_period_that_runs_is_provisional(figures):
    """It says so on its first page and in each line of the CSV; months to come are no noughts, and nothing is compared."""
    asked = Asked.of("halfYear", 2026, 1, [TIENEN, LANDEN], "nl")
    with figures.database.read() as connection:
        report = compose(gather(connection, asked, TODAY, lambda done: None))
    assert any("voorlopig" in text for text in report.warnings)
    lines = lines_of(csv_of(report))
    assert one(lines, measure="contacts", **{"from": "2026-01-01", "to": "2026-06-30"})["status"] == "p"
    assert one(lines, measure="contacts", **{"from": "2025-01-01", "to": "2025-06-30"})["status"] == "A"
    year = Asked.of("year", 2026, None, [TIENEN, LANDEN], "nl")
    with figures.database.read() as connection:
        running = compose(gather(connection, year, TODAY, lambda done: None))
    months = {line["from"] for line in lines_of(csv_of(running)) if line["to"] > f"{TODAY:%Y-%m-%d}"}
    assert months == {"2026-01-01"}
    assert not any("een jaar eerder" in text for text in running.sections[0].points)


def test_a_grant_is_told_in_two_bounds_up_to_its_last_day(figures):
    """Also in a report that goes on after it: the steps, the months and the picture end with the grant."""
    grant = {
        "id": "0195a1b2-3c4d-7e5f-8a6b-7c8d9e0f6a01",
        "name": "Subsidie",
        "measure": "reach",
        "audience": "all",
        "first": date(2025, 1, 1),
        "last": date(2026, 3, 31),
        "municipalities": [TIENEN, LANDEN],
        "steps": [10, 100_000],
        "version": 1,
    }
    with figures.database.begin() as connection:
        connection.execute(sa.insert(targets), grant)
    try:
        with figures.database.read() as connection:
            asked = Asked.of("halfYear", 2026, 1, [TIENEN, LANDEN], "nl")
            report = compose(gather(connection, asked, TODAY, lambda done: None))
            reach = reach_figures(
                connection, Area("P", (LANDEN, TIENEN)), Period(grant["first"], grant["last"]), "nl"
            )
    finally:
        with figures.database.begin() as connection:
            connection.execute(sa.delete(targets))
    lines = lines_of(csv_of(report))
    assert reach["atLeast"] < reach["atMost"]
    for measure in ("atLeast", "atMost"):
        of = {"dimension": "target", "code": grant["id"], "from": "2025-01-01", "to": "2026-03-31"}
        assert int(one(lines, measure=measure, **of)["value"]) == reach[measure]
    section = next(each for each in report.sections if each.heading == "Bereik en subsidie")
    first, second = section.points
    assert first == "Subsidie. De stap van 10 is zeker bereikt."
    assert second.startswith("Subsidie. De stap van 100.000 is niet bereikt.")
    assert max(line["to"] for line in lines if line["dimension"] == "reach") == "2026-03-31"


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_where_visits_were_never_there_no_number_is_nought(read_models, language):
    """Every cell is not available, and no sentence counts."""
    read_models.begin_again(epoch=None)
    asked = Asked.of("halfYear", 2025, 1, [TIENEN, LANDEN], language)
    with read_models.database.read() as connection:
        report = compose(gather(connection, asked, TODAY, lambda done: None))
    assert {(cell.value, cell.status) for cell in report.cells()} == {(None, "x")}
    told = [text for section in report.sections[:-1] for text in (*section.sentences, *section.points)]
    assert not any(re.search(r"\b0\b", text) for text in told)


def test_a_digipunt_that_was_not_open_has_no_number(read_models):
    """One that opened after the half-year, and its municipality; one that was open and had no visits has 0."""
    ledger = Ledger()
    for id, municipality in POINTS.items():
        opened = {"openedOn": "2025-07-01"} if municipality == LANDEN else {}
        point = {"id": id, "name": "BOM", "municipality": municipality, "state": "open", **opened}
        ledger.append("digipunts", "changed", id, {"digipunt": point})
    read_models.begin_again()
    read_models.apply(ledger.events)
    asked = Asked.of("halfYear", 2025, 1, [TIENEN, LANDEN], "nl")
    with read_models.database.read() as connection:
        lines = lines_of(csv_of(compose(gather(connection, asked, TODAY, lambda done: None))))
    for measure in ("contacts", "newPeople", "peopleRecognised", "openings"):
        found = {
            (line["municipality"], line["value"], line["status"])
            for line in lines
            if line["measure"] == measure and line["municipality"]
        }
        assert found == {(TIENEN, "0", "A"), (LANDEN, "", "z")}, measure
