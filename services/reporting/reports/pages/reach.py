"""Reach and grant: at least and at most how many people, beside the steps and the targets of one's own."""

from __future__ import annotations

from collections.abc import Mapping

from services.reporting.model.periods import Period
from services.reporting.queries.area import VISITS
from services.reporting.reports.context import Coded, Context
from services.reporting.reports.parts import Cell, Chart, Row, Section, Table


def reach(context: Context) -> Section:
    """What may be told a funder: two bounds, never one number between them."""
    words, found = context.words, context.found.reach
    steps = [
        f"{target['name']}. {step['sentence']}"
        for target in context.found.targets
        if context.found.was_there(VISITS)
        for step in target["progress"]["steps"]
    ]
    targets = (_targets(context),) if context.found.targets else ()
    return Section(
        words("reach.heading"),
        sentences=(
            *context.of_visits(found["definition"]),
            *_no_grant(context),
            *(() if targets else (words("reach.noTargets"),)),
        ),
        points=tuple(steps),
        tables=(*targets, _by_age(context), _by_month(context)),
        charts=(_chart(context),) if found["atMost"] else (),
    )


def _no_grant(context: Context) -> tuple[str, ...]:
    """Of which days the reach is, where no grant says so."""
    if any(target["measure"] == "reach" for target in context.found.targets):
        return ()
    return (context.words("reach.noGrant", days=context.days(_period(context))),)


def _bounds(context: Context, found: Mapping[str, int], period: Period, of: Coded) -> tuple[Cell, Cell]:
    return (
        context.cell(found["atLeast"], "atLeast", period=period, of=of),
        context.cell(found["atMost"], "atMost", period=period, of=of),
    )


def _targets(context: Context) -> Table:
    words = context.words
    rows = []
    for target in context.found.targets:
        period = Period(target["from"], target["until"])
        of = Coded("target", target["id"], target["name"])
        counted = words(f"reach.measure.{target['measure']}")
        if target["audience"] != "all":
            counted = f"{counted}, {words('reach.adults')}"
        rows.append(
            Row(
                target["name"],
                (counted, context.day(period.first), *_bounds(context, target["progress"], period, of)),
            )
        )
    return Table(
        words("reach.targets"),
        (words("reach.target"), words("reach.counted"), words("reach.from"), *_headings(context)),
        tuple(rows),
        (words("reach.until", day=context.day(min(context.period.last, context.found.today))),),
    )


def _headings(context: Context) -> tuple[str, str]:
    return context.words("reach.atLeast"), context.words("reach.atMost")


def _period(context: Context) -> Period:
    return Period(context.found.reach["from"], context.found.reach["to"])


def _by_age(context: Context) -> Table:
    words, found, period = context.words, context.found.reach, _period(context)
    of = {code: Coded("reachAge", code, words(f"reach.{code}")) for code in ("adults", "under18")}
    rows = [Row(of[code].label, _bounds(context, found[code], period, of[code])) for code in of]
    everybody = Coded("reachAge", "all", words("together"))
    return Table(
        words("reach.byAge"),
        (words("reach.who"), *_headings(context)),
        (*rows, Row(everybody.label, _bounds(context, found, period, everybody))),
        (words("reach.ageNotAsked"),),
    )


def _by_month(context: Context) -> Table:
    """Cumulative: from the first day to the end of each month."""
    words = context.words
    rows = []
    for level in context.found.reach["months"]:
        period = Period(level["from"], level["to"])
        if not context.has_begun(level["to"]):
            continue
        of = Coded("reach", "cumulative", words("reach.cumulative"))
        rows.append(Row(context.month(period.last), _bounds(context, level, period, of)))
    return Table(words("reach.byMonth"), (words("reach.upTo"), *_headings(context)), tuple(rows), ())


def _chart(context: Context) -> Chart:
    words, found = context.words, context.found.reach
    alt = words(
        "reach.alt",
        first=context.month(found["from"]),
        last=context.month(found["to"]),
        atLeast=context.number(found["atLeast"]),
        atMost=context.number(found["atMost"]),
    )
    return Chart(
        "line", words("reach.chart"), alt, context.found.pictures["reach"], words("reach.byMonth"), (0, 1)
    )
