"""What people came for, how they were helped, who they were, and what it brought them."""

from __future__ import annotations

from services.reporting.model.dimensions import NOT_ASKED
from services.reporting.reports.context import Coded, Context
from services.reporting.reports.parts import Row, Section, Table


def themes(context: Context) -> Section:
    """How often each theme."""
    words = context.words
    return Section(
        words("themes.heading"),
        sentences=(context.found.now["themesDefinition"],),
        tables=(context.table_of_codes(words("themes.table"), "themes", "theme", "theme"),),
    )


def helped(context: Context) -> Section:
    """How helpers helped, and how it ended."""
    words = context.words
    return Section(
        words("helped.heading"),
        tables=(
            context.table_of_codes(words("helped.help"), "help", "help", "help"),
            context.table_of_codes(words("helped.outcome"), "outcomes", "outcome", "outcome"),
        ),
    )


def people(context: Context) -> Section:
    """Ages and situations."""
    words = context.words
    return Section(
        words("people.heading"),
        tables=(
            context.table_of_codes(words("people.age"), "ageBands", "ageBand", "ageBand"),
            context.table_of_codes(
                words("people.situation"),
                "situations",
                "situation",
                "situation",
                notes=(words("people.severalSituations"),),
            ),
        ),
    )


def self_reliance(context: Context) -> Section:
    """What people said after the help; the share is of those who were asked."""
    words = context.words
    found = context.found.now["selfReliance"]
    counts = {each["code"]: each["count"] for each in found["answers"]}
    rows = []
    for code in (*context.codes("selfReliance", counts), NOT_ASKED):
        text = words("notAsked") if code == NOT_ASKED else context.label("selfReliance", code)
        of = Coded("selfReliance", code, text)
        count = counts.get(code, 0)
        share = (
            context.cell(None, "share", unit="share", of=of)
            if code == NOT_ASKED
            else context.share(count, found["asked"], of)
        )
        rows.append(Row(text, (context.cell(count, "contacts", of=of), share)))
    return Section(
        words("selfReliance.heading"),
        sentences=context.of_visits(found["definition"]),
        tables=(
            Table(
                words("selfReliance.table"),
                (words("column.answer"), words("column.contacts"), words("column.shareOfAsked")),
                tuple(rows),
                bars=0,
            ),
        ),
    )


def referrals(context: Context) -> Section:
    """Who sent people here, and on to where."""
    words = context.words
    return Section(
        words("referrals.heading"),
        tables=tuple(
            _parties(context, direction, dimension)
            for direction, dimension in (("in", "referredFrom"), ("out", "referredTo"))
        ),
    )


def _parties(context: Context, direction: str, dimension: str) -> Table:
    words = context.words
    now, earlier = (
        {each["code"]: each["count"] for each in context.summary(period)["referrals"][direction]}
        for period in (context.period, context.earlier)
    )
    rows = []
    for code in context.codes("party", now):
        text = context.label("party", code)
        of = Coded(dimension, code, text)
        rows.append(
            Row(
                text,
                (
                    context.cell(now.get(code, 0), "contacts", of=of),
                    context.cell_earlier(earlier.get(code, 0), "contacts", of=of),
                ),
            )
        )
    return Table(
        words(f"referrals.{direction}"),
        (words("column.party"), words("column.contacts"), words("column.earlier")),
        tuple(rows),
        bars=0,
    )
