"""An answer a page at a time: after the cell where the page before ended, as long as the same figures answer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from chassis.errors import Gone, InvalidInput, Issue
from services.reporting.model import cursor
from services.reporting.model.answers import Codes, Value, in_order
from services.reporting.model.cursor import Cursor
from services.reporting.model.periods import Period
from services.reporting.model.questions import Question
from services.reporting.queries.area import Area
from services.reporting.queries.sources import generations


@dataclass(frozen=True, slots=True)
class Page:
    """Cells in their order, and the cursor of the next page if there is one."""

    cells: list[tuple[Codes, Value]]
    next: str | None


def page(
    connection: sa.Connection,
    identity: str,
    question: Question,
    cells: Mapping[Codes, Value],
    limit: int,
    after: str | None,
) -> Page:
    """The first `limit` cells, or those that follow the cursor `after`.

    `identity` is of the question. Raises InvalidInput for what is no cursor of it, Gone for one of an older generation.
    """
    order = in_order(question, cells)
    if after is not None:
        last = _read(after, identity, generations(connection))
        # The cell may have gone since; its place in the order has not.
        order = in_order(question, {*order, last})
        order = order[order.index(last) + 1 :]
    chosen = order[:limit]
    more = len(order) > limit
    text = Cursor(generations(connection), identity, chosen[-1]).text() if more else None
    return Page([(codes, cells[codes]) for codes in chosen], text)


def identity_of(area: Area, period: Period, question: Question, empty: str) -> str:
    """Names a question, so that a cursor is not taken for one of another."""
    filters = [(name, sorted(codes)) for name, codes in sorted(question.filters.items())]
    whole = repr((area, period, question.measure, question.by, filters, empty))
    return hashlib.blake2b(whole.encode(), digest_size=9).hexdigest()


def _read(text: str, identity: str, now: list[int]) -> Codes:
    try:
        given = cursor.read(text)
    except ValueError:
        raise InvalidInput([Issue("cursorUnreadable", "cursor", where="query")]) from None
    if given.question != identity:
        raise InvalidInput([Issue("cursorOfOtherQuestion", "cursor", where="query")])
    if given.generations != now:
        raise Gone("cursorTooOld")
    return given.codes
