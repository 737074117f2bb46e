"""One row as the body of a visit, or everything that is wrong with it; and what the row says, however it is written."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from chassis.clock import BRUSSELS, local_day
from chassis.refusals import Reason
from common.free_text import CODES, findings
from common.names import normal
from contracts.visits import VISIT_CODES
from digipunt.importing.cells import Cell, strange_signs, text_of
from digipunt.importing.digipunts import Digipunts, Place
from digipunt.importing.mapping import ColumnMapping
from digipunt.importing.moments import clock_of_date, read_date, read_minutes, read_time

NOON = time(12)
"""The hour of a visit without one: the middle of the day keeps it on its day, whatever the season."""
MIDNIGHT = time()
"""The hour of a visit of today without one, as long as noon is to come."""

LONGEST_NOTE = 1000
LONGEST_HELPER = 100


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a row was not taken: the column and a sentence in Dutch."""

    column: str
    reason: str


@dataclass(slots=True)
class Parsed:
    """A row that was read: the body of a visit, or why there is none."""

    says: dict[str, str] = field(default_factory=dict)
    """What the row says, by field: the same for `3/04/2026`, `03/04/2026` and a date of Excel."""
    refusals: list[Refusal] = field(default_factory=list)
    body: dict[str, Any] | None = None
    place: Place | None = None
    other_hour: str | None = None
    """When the row has no hour: the moment that another run, earlier or later in the day, would have given it."""


def parse_visit(
    mapping: ColumnMapping, digipunts: Digipunts, cells: Mapping[str, Cell], now: datetime
) -> Parsed:
    """Read one row, from its cells by field."""
    row = _RowParser(mapping, digipunts, cells, now)
    body = {
        "digipunt": row.digipunt(),
        "startedAt": row.started_at(),
        "durationMinutes": row.duration(),
        **{name: row.code(name) for name in VISIT_CODES if name in mapping.columns},
        "bottlenecks": row.bottlenecks(),
        "note": row.text("note", LONGEST_NOTE),
        "helper": row.text("helper", LONGEST_HELPER),
    }
    if not body.get("themes"):
        row.refuse("themes", "er staat geen thema")
    if not row.parsed.refusals:
        row.parsed.body = {name: value for name, value in body.items() if value not in (None, [])}
    return row.parsed


class _RowParser:
    """Reads one row and collects what is wrong with it."""

    def __init__(
        self, mapping: ColumnMapping, digipunts: Digipunts, cells: Mapping[str, Cell], now: datetime
    ) -> None:
        self._mapping = mapping
        self._digipunts = digipunts
        self._cells = cells
        self._now = now
        self._texts = {name: text_of(cell) for name, cell in cells.items()}
        self.parsed = Parsed({name: normal(text) for name, text in self._texts.items()})
        for name, text in self._texts.items():
            if signs := strange_signs(text):
                reason = (
                    f"er staan vreemde tekens ({signs}); bewaar de lijst in Excel als .xlsx of als CSV UTF-8"
                )
                self.refuse(name, reason)

    def refuse(self, field: str, reason: str) -> None:
        """Add a refusal, one for each column at most."""
        column = self._mapping.columns.get(field, field)
        if all(each.column != column for each in self.parsed.refusals):
            self.parsed.refusals.append(Refusal(column, reason))

    def digipunt(self) -> str | None:
        name = self._text("digipunt")
        if not name:
            self.refuse("digipunt", "er staat geen digipunt")
            return None
        municipality = self._text("municipality")
        code = self._mapping.municipalities.get(normal(municipality), municipality)
        found = self._digipunts.find(name, code)
        if isinstance(found, Place):
            self.parsed.place = found
            return found.id
        field, reason = found
        self.refuse(field, reason.format(name=name, municipality=municipality))
        return None

    def started_at(self) -> str | None:
        day = self._date()
        if self._text("time"):
            at = self._time()
            return _moment(day, at) if day and at is not None else None
        if day is None:
            return None
        # Visits of today are imported in the morning too, and the same list in the afternoon again.
        if at := clock_of_date(self._cells["date"]):
            # The release before took no hour from there.
            self.parsed.other_hour = _moment(day, NOON)
            return _moment(day, at)
        early = self._now < datetime.combine(day, NOON, tzinfo=BRUSSELS)
        self.parsed.other_hour = _moment(day, NOON if early else MIDNIGHT)
        return _moment(day, MIDNIGHT if early else NOON)

    def _date(self) -> date | None:
        text = self._text("date")
        if not text:
            self.refuse("date", "er staat geen datum")
            return None
        day = read_date(self._cells["date"], self._mapping.dates)
        if day is None:
            self.refuse("date", f"{text!r} is geen datum")
            return None
        self.parsed.says["date"] = f"{day:%d/%m/%Y}"
        if day > local_day(self._now):
            self.refuse("date", f"{day:%d/%m/%Y} moet nog komen")
            return None
        return day

    def _time(self) -> time | None:
        at = read_time(self._cells["time"], self._mapping.times)
        if at is None:
            self.refuse("time", f"{self._text('time')!r} is geen uur")
            return None
        self.parsed.says["time"] = f"{at:%Hu%M}"
        return at

    def duration(self) -> int | None:
        text = self._text("duration")
        if not text:
            return None
        minutes = read_minutes(self._cells["duration"])
        if minutes is None:
            self.refuse("duration", f"{text!r} is geen aantal minuten")
            return None
        self.parsed.says["duration"] = f"{minutes:g}"
        if not 1 <= minutes <= 600:
            self.refuse("duration", "de duur is tussen 1 en 600 minuten")
            return None
        return round(minutes)

    def code(self, field: str) -> Any:
        text = self._text(field)
        if not text:
            return None
        codes = self._mapping.codes.get(field, {})
        labels = (
            [text]
            if normal(text) in codes or not VISIT_CODES[field].several
            else self._mapping.separators.split(text)
        )
        found = []
        for label in filter(None, map(normal, labels)):
            if label not in codes:
                self.refuse(field, f"{label!r} staat niet in de vertaaltabel")
                return None
            if codes[label] not in found:
                found.append(codes[label])
        if not found:
            return None
        return found if VISIT_CODES[field].several else found[0]

    def bottlenecks(self) -> list[dict[str, str]]:
        text = self._text("bottleneck")
        if not text:
            return []
        if normal(text) not in self._mapping.bottlenecks:
            self.refuse("bottleneck", f"{text!r} staat niet in de vertaaltabel")
            return []
        return [dict(self._mapping.bottlenecks[normal(text)])]

    def text(self, field: str, longest: int) -> str | None:
        """A text that is kept as it is, if it may be."""
        text = unicodedata.normalize("NFC", self._text(field))
        if len(text) > longest:
            self.refuse(field, f"de tekst is langer dan {longest} tekens")
            return None
        if "\0" in text:
            self.refuse(field, "er staat een teken dat geen tekst is (NUL); typ de tekst opnieuw")
            return None
        if field == "note":
            for finding in findings(text):
                self.refuse(field, Reason(CODES[finding]).text("nl"))
        return text or None

    def _text(self, field: str) -> str:
        return self._texts.get(field, "")


def _moment(day: date, at: time) -> str:
    return datetime.combine(day, at, tzinfo=BRUSSELS).isoformat()
