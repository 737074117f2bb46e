"""The comparison with earlier periods, and what the figures were made from."""

from __future__ import annotations

from chassis.inbox.checkpoints import Checkpoint, service_of
from services.reporting.model.definitions import named
from services.reporting.model.signs import SIGNS
from services.reporting.queries.area import VISITS
from services.reporting.reports.context import Context
from services.reporting.reports.pages.brief import MEASURES, cell
from services.reporting.reports.parts import Row, Section, Table


def comparison(context: Context) -> Section:
    """This period beside the one before it and the same a year earlier."""
    words = context.words
    periods = tuple(dict.fromkeys((context.period, context.before, context.earlier)))
    return Section(
        words("comparison.heading"),
        sentences=(*((words("running"),) if context.provisional else ()), words("comparison.openings")),
        tables=(
            Table(
                words("comparison.table"),
                (words("column.figure"), *(context.days(each) for each in periods)),
                tuple(
                    Row(words(f"measure.{name}"), tuple(cell(context, name, each) for each in periods))
                    for name in MEASURES
                ),
            ),
            _months(context),
        ),
    )


def _months(context: Context) -> Table:
    words = context.words
    return Table(
        words("months.table"),
        (words("column.month"), words("column.contacts")),
        context.rows_of_months(context.found.months, "contacts"),
        bars=0,
    )


def sources(context: Context) -> Section:
    """Up to which event of which service, how complete that is, and what is not in it."""
    words = context.words
    rows = [
        Row(_named(context, service, each), _up_to(context, each))
        for service, found in context.found.sources.items()
        for each in found
    ]
    return Section(
        words("sources.heading"),
        sentences=(
            words("sources.journals"),
            words("sources.notInIt"),
            *((words("sources.rebuilding"),) if context.found.rebuilding else ()),
        ),
        tables=(
            Table(
                words("sources.table"),
                (words("column.source"), words("column.position"), words("column.upTo")),
                tuple(rows),
            ),
            _completeness(context),
            Table(
                words("sources.signs"),
                (words("column.sign"), words("column.meaning")),
                tuple(Row(mark, (text,)) for mark, text in signs(context)),
            ),
        ),
    )


def _completeness(context: Context) -> Table:
    words, found = context.words, context.found.now["completeness"]
    rows = []
    for measure, of in found.items():
        name, meaning = named(of["definition"])
        rows.append(Row(name, (context.of(of["count"], measure, context.period, VISITS), meaning)))
    return Table(
        words("sources.completeness"),
        (words("column.what"), words("column.visits"), words("column.meaning")),
        tuple(rows),
    )


def signs(context: Context) -> tuple[tuple[str, str], ...]:
    """The signs, and what each means."""
    told = ((each.mark, each.words(context.language)) for each in SIGNS.values())
    return (("0", context.words("sources.zero")), *told)


def _named(context: Context, service: str, checkpoint: Checkpoint) -> str:
    """The service, and in a region of which deployment."""
    name = context.words(f"service.{service}")
    deployment = checkpoint.source.removesuffix(service_of(checkpoint.source)).rstrip("/")
    return f"{name} ({deployment})" if deployment else name


def _up_to(context: Context, checkpoint: Checkpoint) -> tuple[str, str]:
    if checkpoint.epoch is None:
        return "[x]", context.words("sources.neverThere")
    moment = context.moment(checkpoint.event_time) if checkpoint.event_time else "-"
    return context.number(checkpoint.position), moment
