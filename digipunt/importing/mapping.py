"""How the columns of a file are to be read: the mapping file, and one row understood by it.

See `docs/examples/registraties-map.yaml` for the form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import yaml
from marshmallow import RAISE, Schema, ValidationError, fields, validate

from chassis.clock import BRUSSELS
from chassis.errors import InvalidInput, Issue
from chassis.http.problems import issues_of
from common.free_text import SENTENCES, findings
from contracts.refdata import active
from contracts.visits import VISIT_CODES
from digipunt.importing.readers import Cell, Row

NAMESPACE = UUID("6f1c3a52-2b0f-5d0e-9a53-6469676970ff")
"""Ids of imported visits and digipunts are made under this one, so that the same row always gets the same id."""

LISTS = {field.name: field.list_name for field in VISIT_CODES}
"""Fields of a visit whose labels become codes, and the list each code is from."""

SEVERAL = {field.name for field in VISIT_CODES if field.several}


class _Strict(Schema):
    class Meta:
        unknown = RAISE


class _Point(_Strict):
    name = fields.String(required=True)
    municipality = fields.String(required=True, validate=validate.Regexp(r"^\d{5}$"))
    organisation = fields.String()


class _Bottleneck(_Strict):
    service = fields.String(required=True, validate=validate.OneOf(active("onlineService")))
    cause = fields.String(required=True, validate=validate.OneOf(active("bottleneckCause")))


class _MapSchema(_Strict):
    columns = fields.Dict(fields.String(), fields.String(), required=True)
    dates = fields.List(fields.String(), load_default=["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"])
    times = fields.List(fields.String(), load_default=["%Hu%M", "%H:%M"])
    separators = fields.List(fields.String(), load_default=[";", ",", " + "])
    totals = fields.List(fields.String(), load_default=[])
    codes = fields.Dict(fields.String(), fields.Dict(fields.String(), fields.String()), load_default={})
    bottlenecks = fields.Dict(fields.String(), fields.Nested(_Bottleneck), load_default={})
    municipalities = fields.Dict(fields.String(), fields.String(), load_default={})
    digipunts = fields.List(fields.Nested(_Point), required=True)


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


class Map:
    """A mapping file, checked."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.columns: dict[str, str] = content["columns"]
        self.totals = {normal(label) for label in content["totals"]}
        self.digipunts: list[dict[str, str]] = content["digipunts"]
        self._dates = content["dates"]
        self._times = content["times"]
        self._separators = re.compile("|".join(re.escape(each) for each in content["separators"]))
        self._codes = {name: _normalised(labels) for name, labels in content["codes"].items()}
        self._bottlenecks = _normalised(content["bottlenecks"])
        self._municipalities = _normalised(content["municipalities"])
        self._points = {normal(point["name"]): point for point in self.digipunts}

    @classmethod
    def load(cls, path: Path) -> Map:
        """Read a mapping file. Raises InvalidInput, naming each part that is wrong."""
        try:
            raw = yaml.safe_load(path.read_text(encoding="utf-8"))
            content = _MapSchema().load(raw)
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise InvalidInput.at(path.name, f"this is no YAML file: {error}") from None
        except ValidationError as error:
            found = issues_of(error.messages)
            raise InvalidInput([Issue(each.detail, f"{path.name} {each.name}") for each in found]) from None
        issues = [
            Issue(f"{code!r} is not in the list {LISTS[name]}", f"{path.name} codes.{name}")
            for name, labels in content["codes"].items()
            for code in labels.values()
            if name in LISTS and code not in active(LISTS[name])
        ]
        issues += [
            Issue("this is no field of a visit that has codes", f"{path.name} codes.{name}")
            for name in content["codes"]
            if name not in LISTS
        ]
        issues += [
            Issue(f"columns needs {name}", path.name)
            for name in ("date", "digipunt", "themes")
            if name not in content["columns"]
        ]
        if issues:
            raise InvalidInput(issues)
        return cls(content)

    def header(self, rows: list[Row]) -> int | None:
        """The index of the row that names the columns; None when there is none."""
        needed = {normal(self.columns[name]) for name in ("date", "digipunt", "themes")}
        for index, row in enumerate(rows[:50]):
            if needed <= {normal(cell) for cell in row.cells}:
                return index
        return None

    def point_id(self, point: Mapping[str, str]) -> str:
        """The id of a digipunt that the mapping names."""
        return str(uuid5(NAMESPACE, f"digipunt {point['municipality']} {normal(point['name'])}"))

    def visit(self, cells: Mapping[str, Cell], today: date) -> dict[str, Any]:
        """The body of a visit, from cells by field name. Raises Refused with everything that is wrong."""
        reader = _RowReader(self, cells, today)
        body = {
            "digipunt": reader.digipunt(),
            "startedAt": reader.started_at(),
            "durationMinutes": reader.duration(),
            **{name: reader.code(name) for name in LISTS if name in self.columns},
            "bottlenecks": reader.bottlenecks(),
            "note": reader.note(),
            "helper": _text(cells.get("helper")) or None,
        }
        if not body.get("themes"):
            reader.refuse("themes", "er staat geen thema")
        if reader.refusals:
            raise Refused(reader.refusals)
        return {name: value for name, value in body.items() if value not in (None, [])}


class _RowReader:
    """Reads one row and collects what is wrong with it."""

    def __init__(self, map: Map, cells: Mapping[str, Cell], today: date) -> None:
        self._map = map
        self._cells = cells
        self._today = today
        self.refusals: list[Refusal] = []

    def refuse(self, field: str, reason: str) -> None:
        """Note a refusal, once a column."""
        column = self._map.columns.get(field, field)
        if all(each.column != column for each in self.refusals):
            self.refusals.append(Refusal(column, reason))

    def digipunt(self) -> str | None:
        name = _text(self._cells.get("digipunt"))
        if not name:
            self.refuse("digipunt", "er staat geen digipunt")
            return None
        point = self._map._points.get(normal(name))
        if point is None:
            self.refuse("digipunt", f"digipunt {name!r} staat niet in de vertaaltabel")
            return None
        municipality = _text(self._cells.get("municipality"))
        known = self._map._municipalities.get(normal(municipality), municipality)
        if municipality and known != point["municipality"]:
            self.refuse("municipality", f"digipunt {name!r} ligt niet in {municipality}")
            return None
        return self._map.point_id(point)

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
            text = _text(cell)
            if not text:
                self.refuse("date", "er staat geen datum")
                return None
            found = _parsed(text, self._map._dates)
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
        text = _text(cell)
        if not text:
            # Without an hour the middle of the day keeps the visit on its day, whatever the season.
            return time(12)
        found = _parsed(text, self._map._times)
        if found is None:
            self.refuse("time", f"{text!r} is geen uur")
            return None
        return found.time()

    def duration(self) -> int | None:
        text = _text(self._cells.get("duration"))
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
        text = _text(self._cells.get(field))
        if not text:
            return None
        codes = self._map._codes.get(field, {})
        labels = (
            [text] if normal(text) in codes or field not in SEVERAL else self._map._separators.split(text)
        )
        found = []
        for label in filter(None, map(normal, labels)):
            if label not in codes:
                self.refuse(field, f"{label!r} staat niet in de vertaaltabel")
                return None
            if codes[label] not in found:
                found.append(codes[label])
        return found if field in SEVERAL else found[0]

    def bottlenecks(self) -> list[dict[str, str]]:
        text = _text(self._cells.get("bottleneck"))
        if not text:
            return []
        if normal(text) not in self._map._bottlenecks:
            self.refuse("bottleneck", f"{text!r} staat niet in de vertaaltabel")
            return []
        return [dict(self._map._bottlenecks[normal(text)])]

    def note(self) -> str | None:
        text = _text(self._cells.get("note"))
        for finding in findings(text):
            self.refuse("note", SENTENCES[finding])
        return text or None


def row_id(cells: Mapping[str, Cell], ordinal: int) -> str:
    """The id of the visit that a row stands for: equal rows are told apart by their order.

    It depends on what the row says and not on the encoding, on CSV or XLSX, or on where in the file the row stands.
    """
    said = "\x1f".join(f"{name}={normal(cell)}" for name, cell in sorted(cells.items()))
    return str(uuid5(NAMESPACE, f"visit {said} #{ordinal}"))


def normal(cell: Cell) -> str:
    """A cell's text without what does not matter: case, spaces around it, and the kind of apostrophe."""
    return " ".join(_text(cell).replace("’", "'").split()).casefold()


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat()
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, time):
        return f"{cell:%Hu%M}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _parsed(text: str, formats: list[str]) -> datetime | None:
    for each in formats:
        try:
            return datetime.strptime(text, each)  # noqa: DTZ007 - a day or an hour of the wall clock
        except ValueError:
            continue
    return None


def _normalised(labels: Mapping[str, Any]) -> dict[str, Any]:
    return {normal(label): value for label, value in labels.items()}
