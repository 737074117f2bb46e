"""In short: seven sentences, and the table behind them."""

from __future__ import annotations

from typing import Any

from services.reporting.model.bottlenecks import headline
from services.reporting.model.periods import Period
from services.reporting.queries.area import VISITS
from services.reporting.queries.loans import LOANS
from services.reporting.reports.context import Context, could_lend
from services.reporting.reports.parts import Cell, Chart, Row, Section, Table


def brief(context: Context) -> Section:
    """What a reader with one minute has to know."""
    words = context.words
    told = [words("running")] if context.provisional else []
    if not context.known(context.earlier):
        told.append(words("brief.noYearEarlier"))
    return Section(
        words("brief.heading"),
        sentences=tuple(told),
        points=(
            *context.of_visits(*_about_visits(context), _about_sessions(context)),
            _about_loans(context),
            *([_about_bottleneck(context)] if context.found.was_there(VISITS) else []),
        ),
        tables=(_table(context),),
        charts=(_months(context),) if context.found.now["contacts"] else (),
    )


def _months(context: Context) -> Chart:
    """The contacts of each month, beside those of the period before."""
    words = context.words
    mine = [
        each
        for each in context.found.months
        if each["from"] >= context.period.first and context.has_begun(each["from"])
    ]
    most, least = (choose(mine, key=lambda each: each["count"]) for choose in (max, min))
    alt = words(
        "months.alt",
        period=context.days(context.period),
        most=context.month(most["from"]),
        mostNumber=context.number(most["count"]),
        least=context.month(least["from"]),
        leastNumber=context.number(least["count"]),
    )
    beside = f" {words('months.beside', period=context.days(context.before))}"
    return Chart(
        kind="column",
        title=words("months.table") + (beside if context.known(context.before) else ""),
        alt=alt,
        svg=context.found.pictures["contacts"],
        table=words("months.table"),
        series=(0,),
    )


def change(context: Context, now: int, earlier: int | None) -> str:
    """Such as “, 38 meer dan een jaar eerder”; '' when nothing was registered then, or while the period runs."""
    if earlier is None or context.provisional or not context.known(context.earlier):
        return ""
    if now == earlier:
        return context.words("change.same")
    key = "change.more" if now > earlier else "change.less"
    return context.words(key, number=context.number(abs(now - earlier)))


def _counted(context: Context, key: str, now: int, earlier: int | None) -> str:
    return context.words.count(key, now, number=context.number(now), change=change(context, now, earlier))


def _about_visits(context: Context) -> list[str]:
    now, earlier = context.found.now, context.found.earlier
    people, then = now["people"], earlier["people"]
    return [
        _counted(context, "brief.contacts", now["contacts"], earlier["contacts"]),
        _counted(context, "brief.newPeople", people["newPeople"]["value"], then["newPeople"]["value"]),
        _counted(context, "brief.recognised", people["recognised"], then["recognised"]),
        now["selfReliance"]["definition"],
    ]


def _about_sessions(context: Context) -> str:
    now, earlier = context.found.now["sessions"], context.found.earlier["sessions"]
    present = now["audiences"]["visitors"]
    sessions = sum(each["count"] for each in now["kinds"] if each["code"] == "infoSession")
    return context.words.count(
        "brief.sessions",
        sessions,
        number=context.number(sessions),
        present=context.number(present),
        change=change(context, present, earlier["audiences"]["visitors"]),
    )


def _about_loans(context: Context) -> str:
    if not context.found.was_there(LOANS):
        return context.words("brief.noLoans")
    now, earlier = (each["loans"] for each in (context.found.now, context.found.earlier))
    then = earlier["handedOver"] if could_lend(earlier) else None
    return _counted(context, "brief.loans", now["handedOver"], then)


def _about_bottleneck(context: Context) -> str:
    found = context.found.bottlenecks
    if not found:
        return context.words("brief.noBottleneck")
    first = found[0]
    then = sum(
        each["count"] for each in context.found.earlier["bottlenecks"] if each["service"] == first["service"]
    )
    return context.words(
        "brief.bottleneck",
        stopped=headline(first["service"], first["count"], context.language),
        change=change(context, first["count"], then),
    )


def _table(context: Context) -> Table:
    words = context.words
    return Table(
        words("brief.table"),
        (words("column.figure"), words("column.thisPeriod"), words("column.earlier")),
        tuple(
            Row(
                words(f"measure.{name}"),
                (cell(context, name, context.period), cell(context, name, context.earlier)),
            )
            for name in MEASURES
        ),
    )


MEASURES = (
    "contacts",
    "newPeople",
    "peopleRecognised",
    "openings",
    "selfReliance",
    "selfRelianceAsked",
    "sessionsHeld",
    "sessionVisitors",
    "devicesHandedOver",
)
"""What is told of a period as a whole."""


def cell(context: Context, measure: str, period: Period) -> Cell:
    """One of these measures of the period of the report, the one before it, or the same a year earlier."""
    figures = context.summary(period)
    if measure == "newPeople":
        new = figures["people"]["newPeople"]
        if not context.known(period):
            return context.cell(None, measure, period=period)
        return context.new_people(new["value"], estimated=new["notAsked"] > 0, period=period)
    if measure == "devicesHandedOver":
        loans = figures["loans"]
        lent = loans["handedOver"] if context.found.was_there(LOANS) and could_lend(loans) else None
        return context.of(lent, measure, period, LOANS)
    if measure == "selfReliance":
        share = figures["selfReliance"]["share"]
        return context.of(share, measure, period, VISITS, unit="share")
    return context.of(_value(context, figures, measure, period), measure, period, VISITS)


def _value(context: Context, figures: Any, measure: str, period: Period) -> int:
    values = {
        "contacts": figures["contacts"],
        "peopleRecognised": figures["people"]["recognised"],
        "openings": context.found.openings[period],
        "selfRelianceAsked": figures["selfReliance"]["asked"],
        "sessionsHeld": figures["sessions"]["held"],
        "sessionVisitors": figures["sessions"]["audiences"]["visitors"],
    }
    return int(values[measure])
