"""How we count: the definitions, and how often something was not asked."""

from __future__ import annotations

from services.reporting.model.definitions import named
from services.reporting.model.dimensions import NOT_ASKED
from services.reporting.reports.context import Coded, Context
from services.reporting.reports.parts import Row, Section, Table


def definitions(context: Context) -> tuple[tuple[str, str], ...]:
    """What each figure means: its name, and one or a few sentences."""
    people = context.found.now["people"]
    told = [
        context.found.now["definition"],
        people["newPeople"]["definition"],
        people["recognisedDefinition"],
        people["definition"],
        context.define("minutes"),
        context.define("bottlenecks"),
    ]
    pairs = [named(text) for text in told]
    return (
        *pairs,
        *((context.words(f"measure.{each}"), context.words(f"definition.{each}")) for each in OURS),
    )


OURS = ("openings", "selfReliance", "sessionVisitors", "devicesHandedOver")
"""Figures of reports only, and the definitions that are a sentence with numbers elsewhere."""


def method(context: Context) -> Section:
    """Two tables: definitions, and what was not asked."""
    words = context.words
    return Section(
        words("method.heading"),
        sentences=(words("method.notAsked"),),
        tables=(
            Table(
                words("method.definitions"),
                (words("column.figure"), words("column.meaning")),
                tuple(Row(name, (text,)) for name, text in definitions(context)),
            ),
            _not_asked(context),
        ),
    )


def _not_asked(context: Context) -> Table:
    words, now = context.words, context.found.now
    contacts = now["contacts"]
    counts = {
        "contact": now["people"]["newPeople"]["notAsked"],
        **{
            dimension: sum(each["count"] for each in figures if each["code"] == NOT_ASKED)
            for dimension, figures in (
                ("ageBand", now["ageBands"]),
                ("selfReliance", now["selfReliance"]["answers"]),
                ("outcome", now["outcomes"]),
            )
        },
    }
    rows = []
    for dimension, count in counts.items():
        # A contact of which nobody asked whether it was the first has a code of its own.
        code = "unknown" if dimension == "contact" else NOT_ASKED
        of = Coded(dimension, code, words("notAsked"))
        share = round(count / contacts, 6) if contacts else None
        rows.append(
            Row(
                words(f"dimension.{dimension}"),
                (
                    context.cell(count, "contacts", of=of),
                    context.cell(share, "shareOfContacts", unit="share", of=of),
                ),
            )
        )
    return Table(
        words("method.notAskedTable"),
        (words("column.question"), words("column.notAsked"), words("column.shareOfContacts")),
        tuple(rows),
    )
