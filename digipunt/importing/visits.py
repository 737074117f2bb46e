"""One row as the body of a visit, or everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from chassis.clock import BRUSSELS
from chassis.refusals import Reason
from common.free_text import CODES, findings
from contracts.visits import VISIT_CODES
from digipunt.importing.cells import normalise, text_of
from digipunt.importing.mapping import ColumnMapping, digipunt_id
from digipunt.importing.readers import Cell


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row was not taken: the column and a sentence in Dutch."""

    column: str
    reason: str


class Refused(Exception):
    """A row that cannot be taken."""

    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__("; ".join(f"{each.column}: {each.reason}" for each in refusals))
        self.refusals = refusals


def parse_visit(mapping: ColumnMapping, cells: Mapping[str, Cell], today: date) -> dict[str, Any]:
    """The body of a visit, from cells by field name. Raises Refused with everything that is wrong."""
    row = _RowParser(mapping, cells, today)
    body = {
        "digipunt": row.digipunt(),
        "startedAt": row.started_at(),
        "durationMinutes": row.duration(),
        **{name: row.code(name) for name in VISIT_CODES if name in mapping.columns},
        "bottlenecks": row.bottlenecks(),
        "note": row.note(),
        "helper": text_of(cells.get("helper")) or None,
    }
    if not body.get("themes"):
        row.refuse("themes", "er staat geen thema")
    if row.refusals:
        raise Refused(row.refusals)
    return {name: value for name, value in body.items() if value not in (None, [])}


class _RowParser:
    """Reads one row and collects what is wrong with it."""

    def __init__(self, mapping: ColumnMapping, cells: Mapping[str, Cell], today: date) -> None:
        self._mapping = mapping
        self._cells = cells
        self._today = today
        self.refusals: list[Refusal] = []

    def refuse(self, field: str, reason: str) -> None:
        """Add a refusal, one for each column at most."""
        column = self._mapping.columns.get(field, field)
        if all(each.column != column for each in self.refusals):
            self.refusals.append(Refusal(column, reason))

    def digipunt(self) -> str | None:
        name = text_of(self._cells.get("digipunt"))
        if not name:
            self.refuse("digipunt", "er staat geen digipunt")
            return None
        digipunt = self._mapping.digipunts_by_name.get(normalise(name))
        if digipunt is None:
            self.refuse("digipunt", f"digipunt {name!r} staat niet in de vertaaltabel")
            return None
        municipality = text_of(self._cells.get("municipality"))
        known = self._mapping.municipalities.get(normalise(municipality), municipality)
        if municipality and known != digipunt["municipality"]:
            self.refuse("municipality", f"digipunt {name!r} ligt niet in {municipality}")
            return None
        return digipunt_id(digipunt)

    def started_at(self) -> str | None:
        day = self._date()
        at = self._time()
        if day is None or at is None:
            return None
        return datetime.combine(day, at, tzinfo=BRUSSELS).isoformat()

    def _date(self) -> date | None:
        cell = self._cells.get("date")
        if isinstance(cell, datetime):
            cell = cell.date()
        if not isinstance(cell, date):
            text = text_of(cell)
            if not text:
                self.refuse("date", "er staat geen datum")
                return None
            found = _parse(text, self._mapping.dates)
            if found is None:
                self.refuse("date", f"{text!r} is geen datum")
                return None
            cell = found.date()
        if cell > self._today:
            self.refuse("date", f"{cell:%d/%m/%Y} moet nog komen")
            return None
        return cell

    def _time(self) -> time | None:
        cell = self._cells.get("time")
        if isinstance(cell, time):
            return cell
        text = text_of(cell)
        if not text:
            # Without an hour the middle of the day keeps the visit on its day, whatever the season.
            return time(12)
        found = _parse(text, self._mapping.times)
        if found is None:
            self.refuse("time", f"{text!r} is geen uur")
            return None
        return found.time()

    def duration(self) -> int | None:
        text = text_of(self._cells.get("duration"))
        if not text:
            return None
        try:
            minutes = float(text.replace(",", "."))
        except ValueError:
            self.refuse("duration", f"{text!r} is geen aantal minuten")
            return None
        if not 1 <= minutes <= 600:
            self.refuse("duration", "de duur is tussen 1 en 600 minuten")
            return None
        return round(minutes)

    def code(self, field: str) -> Any:
        text = text_of(self._cells.get(field))
        if not text:
            return None
        codes = self._mapping.codes.get(field, {})
        labels = (
            [text]
            if normalise(text) in codes or not VISIT_CODES[field].several
            else self._mapping.separators.split(text)
        )
        found = []
        for label in filter(None, map(normalise, labels)):
            if label not in codes:
                self.refuse(field, f"{label!r} staat niet in de vertaaltabel")
                return None
            if codes[label] not in found:
                found.append(codes[label])
        return found if VISIT_CODES[field].several else found[0]

    def bottlenecks(self) -> list[dict[str, str]]:
        text = text_of(self._cells.get("bottleneck"))
        if not text:
            return []
        if normalise(text) not in self._mapping.bottlenecks:
            self.refuse("bottleneck", f"{text!r} staat niet in de vertaaltabel")
            return []
        return [dict(self._mapping.bottlenecks[normalise(text)])]

    def note(self) -> str | None:
        text = text_of(self._cells.get("note"))
        for finding in findings(text):
            self.refuse("note", Reason(CODES[finding]).text("nl"))
        return text or None


def _parse(text: str, formats: list[str]) -> datetime | None:
    for each in formats:
        try:
            return datetime.strptime(text, each)  # noqa: DTZ007 - a day or an hour of the wall clock
        except ValueError:
            continue
    return None
