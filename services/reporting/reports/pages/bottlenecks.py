"""Which online services stopped people, why, with what consequence, and over twelve months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from services.reporting.model.dimensions import NOT_ASKED
from services.reporting.reports.context import Coded, Context
from services.reporting.reports.parts import Row, Section, Table

FEWEST = 5
"""A service, or a cause at a service, that was named less often is counted among the others."""

REST = "rest"
"""The code of these others together."""


def bottlenecks(context: Context) -> Section:
    """Four tables in the order of the lists."""
    words, found = context.words, context.found.bottlenecks
    total = sum(each["count"] for each in found)
    return Section(
        words("bottlenecks.heading"),
        sentences=(
            context.define("bottlenecks"),
            *context.of_visits(words("bottlenecks.total", number=context.number(total))),
        ),
        tables=(
            _services(context, found),
            _causes(context, found),
            _consequences(context, found),
            _trend(context),
        ),
    )


def _services(context: Context, found: list[dict[str, Any]]) -> Table:
    words = context.words
    now = {each["service"]: each["count"] for each in found}
    then: Counter[str] = Counter()
    for each in context.found.earlier["bottlenecks"]:
        then[each["service"]] += each["count"]
    often = [code for code in context.codes("onlineService", now) if now.get(code, 0) >= FEWEST]
    rows = [
        _row(context, "onlineService", code, context.label("onlineService", code), now[code], then[code])
        for code in often
    ]
    rest, rest_then = (
        sum(count for code, count in counts.items() if code not in often) for counts in (now, then)
    )
    others = _row(context, "onlineService", REST, words("bottlenecks.otherServices"), rest, rest_then)
    rows.append(replace(others, rest=True))
    return Table(
        words("bottlenecks.services"),
        (words("column.service"), words("column.times"), words("column.earlier")),
        tuple(rows),
        (words("bottlenecks.fewest", number=FEWEST),),
        bars=0,
    )


def _row(context: Context, dimension: str, code: str, text: str, now: int, then: int) -> Row:
    of = Coded(dimension, code, text)
    return Row(
        text, (context.cell(now, "bottlenecks", of=of), context.cell_earlier(then, "bottlenecks", of=of))
    )


def _causes(context: Context, found: list[dict[str, Any]]) -> Table:
    words = context.words
    pairs = {(each["service"], cause["code"]): cause["count"] for each in found for cause in each["causes"]}
    order = [
        (service, cause)
        for service in context.codes("onlineService", (service for service, _ in pairs))
        for cause in context.codes("bottleneckCause", (cause for _, cause in pairs))
        if pairs.get((service, cause), 0) >= FEWEST
    ]
    rows = []
    for service, cause in order:
        name, why = context.label("onlineService", service), context.label("bottleneckCause", cause)
        of = Coded("onlineService,bottleneckCause", f"{service},{cause}", f"{name}, {why}")
        rows.append(Row(name, (why, context.cell(pairs[service, cause], "bottlenecks", of=of))))
    rest = sum(count for pair, count in pairs.items() if pair not in order)
    text = words("bottlenecks.otherCauses")
    of = Coded("onlineService,bottleneckCause", REST, text)
    rows.append(Row(text, ("", context.cell(rest, "bottlenecks", of=of)), rest=True))
    return Table(
        words("bottlenecks.causes"),
        (words("column.service"), words("column.cause"), words("column.times")),
        tuple(rows),
        (words("bottlenecks.fewest", number=FEWEST),),
        bars=1,
    )


def _consequences(context: Context, found: Iterable[Mapping[str, Any]]) -> Table:
    words = context.words
    counts: Counter[str] = Counter()
    for each in found:
        for outcome in each["outcomes"]:
            counts[outcome["code"]] += outcome["count"]
    rows = []
    for code in (*context.codes("outcome", counts), NOT_ASKED):
        text = words("notAsked") if code == NOT_ASKED else context.label("outcome", code)
        of = Coded("outcome", code, text)
        rows.append(Row(text, (context.cell(counts[code], "bottlenecks", of=of),)))
    return Table(
        words("bottlenecks.consequences"),
        (words("column.outcome"), words("column.times")),
        tuple(rows),
        bars=0,
    )


def _trend(context: Context) -> Table:
    """All services together, in each of the twelve months that end with the period."""
    words = context.words
    return Table(
        words("bottlenecks.trend"),
        (words("column.month"), words("column.times")),
        context.rows_of_months(context.found.trend, "bottlenecks"),
        bars=0,
    )
