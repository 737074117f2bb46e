"""Info sessions and lending. Attendance is a count, never persons; lending counts devices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.reporting.queries.area import VISITS
from services.reporting.queries.loans import LOANS
from services.reporting.reports.context import EVERYTHING, Coded, Context, could_lend
from services.reporting.reports.parts import Cell, Row, Section, Table

LENT: tuple[str, ...] = ("handedOver", "returned", "out", "overdue", "lost")


def activities(context: Context) -> Section:
    """A table of sessions and one of lending."""
    words = context.words
    return Section(
        words("activities.heading"),
        sentences=(words("activities.attendance"),),
        tables=(_sessions(context), _lending(context)),
    )


def _sessions(context: Context) -> Table:
    words, found = context.words, context.found.now["sessions"]
    kinds = {each["code"]: each for each in found["kinds"]}
    rows = []
    for code in context.codes("sessionKind", kinds):
        text = context.label("sessionKind", code)
        of = Coded("sessionKind", code, text)
        kind = kinds.get(code, {"count": 0, "present": 0})
        rows.append(Row(text, _held(context, kind["count"], kind["present"], of=of)))
    rows.append(Row(words("together"), _held(context, found["held"], found["present"])))
    return Table(
        words("activities.sessions"),
        (words("column.sessionKind"), words("column.held"), words("column.present")),
        tuple(rows),
        context.of_visits(
            words(
                "activities.states",
                planned=context.number(found["planned"]),
                cancelled=context.number(found["cancelled"]),
                walkIn=context.number(found["walkIn"]),
            )
        ),
    )


def _held(context: Context, held: int, present: int, of: Coded = EVERYTHING) -> tuple[Cell, Cell]:
    return (
        context.of(held, "sessionsHeld", context.period, VISITS, of=of),
        context.of(present, "sessionsPresent", context.period, VISITS, of=of),
    )


def _lending(context: Context) -> Table:
    words, found = context.words, context.found.now["loans"]
    rows = []
    for kind in found["kinds"]:
        text = context.label("deviceKind", kind["code"])
        of = Coded("deviceKind", kind["code"], text)
        rows.append(Row(text, _lent(context, kind, of=of)))
    rows.append(Row(words("together"), _lent(context, found)))
    headings = tuple(words(f"column.{each}") for each in LENT)
    return Table(
        words("activities.lending"),
        (words("column.deviceKind"), *headings, words("column.use")),
        tuple(rows),
        (words("activities.use"),),
    )


def _lent(context: Context, figures: Mapping[str, Any], of: Coded = EVERYTHING) -> tuple[Cell, ...]:
    """Of a kind of device, or of all; without a number where there was nothing to lend."""
    period, values = context.period, figures if could_lend(figures) else {}
    counts = (
        context.of(values.get(name), f"devices{name[0].upper()}{name[1:]}", period, LOANS, of=of)
        for name in LENT
    )
    return (*counts, context.of(values.get("use"), "devicesUse", period, LOANS, unit="share", of=of))
