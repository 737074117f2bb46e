"""By municipality, by digipunt, and by where people live."""

from __future__ import annotations

from services.reporting.reports.context import Coded, Context
from services.reporting.reports.gathering import Place
from services.reporting.reports.pages.brief import cell
from services.reporting.reports.parts import Cell, Row, Section, Table

COUNTED = ("contacts", "newPeople", "peopleRecognised", "openings")


def places(context: Context) -> Section:
    """Three tables; the last must not be added to the others."""
    words, found = context.words, context.found
    headings = tuple(words(f"measure.{each}") for each in COUNTED)
    together = Row(words("together"), tuple(cell(context, each, context.period) for each in COUNTED))
    notes = (words("places.recognised"),)
    return Section(
        words("places.heading"),
        sentences=(words("places.newPeopleAddUp"),),
        tables=(
            Table(
                words("places.byMunicipality"),
                (words("column.municipality"), *headings),
                (
                    *(
                        Row(context.place_name(each.municipality), _cells(context, each))
                        for each in found.municipalities
                    ),
                    together,
                ),
                notes,
            ),
            Table(
                words("places.byDigipunt"),
                (words("column.digipunt"), words("column.municipality"), *headings),
                tuple(
                    Row(each.name, (context.place_name(each.municipality), *_cells(context, each)))
                    for each in found.digipunts
                ),
                notes,
            ),
            _residents(context),
        ),
    )


def _cells(context: Context, place: Place) -> tuple[Cell, ...]:
    """Of a municipality as a whole, or of one digipunt; no numbers where none was open."""
    if not place.was_open:
        return tuple(context.cell(None, each, place=place) for each in COUNTED)
    return (
        context.cell(place.contacts, "contacts", place=place),
        context.new_people(place.new_people, estimated=place.estimated, place=place),
        context.cell(place.recognised, "peopleRecognised", place=place),
        context.cell(place.openings, "openings", place=place),
    )


def _residents(context: Context) -> Table:
    words = context.words
    rows = []
    for nis, count in context.found.residents.items():
        name = context.place_name(nis)
        of = Coded("residence", nis, name)
        rows.append(Row(name, (context.cell(count, "contactsOfResidents", of=of),)))
    return Table(
        words("places.byResidence"),
        (words("column.residence"), words("column.contacts")),
        tuple(rows),
        (words("places.doNotAdd"),),
        bars=0,
    )
