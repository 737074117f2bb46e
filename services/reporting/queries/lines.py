"""An answer as lines of a table: tidy, a line a number, with what people call its codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from common.municipalities import municipality_name
from services.reporting.model.answers import Codes, Value
from services.reporting.model.periods import Period
from services.reporting.model.questions import CODED, RESIDENCE, Question
from services.reporting.queries.area import Area, points

Line = list[Any]


def columns(question: Question) -> list[str]:
    """The days, each dimension with its label, and the number with its sign and up to when it goes."""
    coded = [name for each in question.by for name in (each, f"{each}Label")]
    return ["from", "to", *coded, "measure", "value", "status", "asOf"]


def lines(
    connection: sa.Connection,
    area: Area,
    period: Period,
    question: Question,
    cells: Iterable[tuple[Codes, Value]],
    as_of: datetime | None,
    language: str,
) -> Iterator[Line]:
    """The lines under `columns`."""
    names = {point.id: point.name for point in points(connection, area)}
    moment = as_of.isoformat().replace("+00:00", "Z") if as_of else ""
    for codes, value in cells:
        told = [
            text
            for name, code in zip(question.by, codes, strict=True)
            for text in (code, _label(name, code, names, language))
        ]
        number = "" if value.value is None else value.value
        yield [period.first, period.last, *told, question.measure, number, value.status, moment]


def _label(name: str, code: str, names: dict[str, str], language: str) -> str:
    if name == "digipunt":
        return names.get(code, code)
    if name in ("municipality", RESIDENCE) and code.isdigit():
        return municipality_name(code, language)
    return CODED[name].label(code, language) if name in CODED else code
