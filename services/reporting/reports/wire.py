"""A report on its way to the process that writes it down."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson

from services.reporting.reports.parts import Cell, Chart, Report, Row, Section, Table


def packed(report: Report) -> bytes:
    """The report as JSON."""
    return orjson.dumps(report)


def unpacked(sent: bytes) -> Report:
    """The report that was packed."""
    data = orjson.loads(sent)
    return Report(
        **data
        | {
            "made_on": date.fromisoformat(data["made_on"]),
            "sections": tuple(_section(each) for each in data["sections"]),
            **{name: _pairs(data[name]) for name in ("facts", "definitions", "signs")},
            "warnings": tuple(data["warnings"]),
        }
    )


def _section(data: dict[str, Any]) -> Section:
    return Section(
        heading=data["heading"],
        sentences=tuple(data["sentences"]),
        tables=tuple(_table(each) for each in data["tables"]),
        charts=tuple(Chart(**each | {"series": tuple(each["series"])}) for each in data["charts"]),
        points=tuple(data["points"]),
    )


def _table(data: dict[str, Any]) -> Table:
    lists = {name: tuple(data[name]) for name in ("columns", "notes")}
    return Table(**data | lists | {"rows": tuple(_row(each) for each in data["rows"])})


def _row(data: dict[str, Any]) -> Row:
    cells = tuple(each if isinstance(each, str) else _cell(each) for each in data["cells"])
    return Row(**data | {"cells": cells})


def _cell(data: dict[str, Any]) -> Cell:
    return Cell(**data | {name: date.fromisoformat(data[name]) for name in ("first", "last")})


def _pairs(data: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name, text in data)
