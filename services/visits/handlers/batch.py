"""Register many visits at once, each accepted or refused on its own, in one transaction and a few statements.

Everything that can be wrong with a visit is found before the first row is written, so no visit can take another down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from chassis.errors import Conflict, DigipuntError, InvalidInput
from chassis.fingerprint import fingerprint
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import upsert
from common.access import Caller, require_digipunt
from services.visits.handlers.common import RegistrationContext, cards_for
from services.visits.handlers.visits import REGISTERED, new_row, normalised_content
from services.visits.model import visits as rules
from services.visits.model.rows import VisitRow
from services.visits.tables import visits

Item = Mapping[str, Any] | InvalidInput
"""A visit with its id, or what is wrong with its shape."""


def register_batch(
    uow: UnitOfWork, context: RegistrationContext, caller: Caller, items: Sequence[Item]
) -> list[bool | DigipuntError]:
    """For each item whether it is new, or why it is refused."""
    sent = [_split(context, item) for item in items]
    codes = [content["card"] for _, content in sent if "card" in content]
    cards = cards_for(uow, codes)
    rows: dict[str, VisitRow] = {}
    results: list[bool | DigipuntError | None] = []
    for item, (id, content) in zip(items, sent, strict=True):
        if isinstance(item, InvalidInput):
            results.append(item)
            continue
        try:
            row = new_row(uow, context, caller, id, content, cards.get(content.get("card", "")))
        except DigipuntError as error:
            results.append(error)
            continue
        # The second of two under one id is compared with the first, as if it had come later.
        results.append(None if id in rows else True)
        rows.setdefault(id, row)
    inserted = _insert(uow, rows)
    for id, row in rows.items():
        if id in inserted:
            data = {"visit": rules.to_event(row)}
            uow.record(REGISTERED, id, data, version=1, municipality=row["municipality"])
    return _settle(uow, caller, sent, results, inserted)


def _split(context: RegistrationContext, item: Item) -> tuple[str, dict[str, Any]]:
    if isinstance(item, InvalidInput):
        return "", {}
    content = dict(item)
    id = content.pop("id")
    return id, normalised_content(context, content)


def _insert(uow: UnitOfWork, rows: Mapping[str, VisitRow]) -> set[str]:
    """Insert the rows whose ids are free; those ids. In the order of ids, so that two batches cannot deadlock."""
    if not rows:
        return set()
    statement = (
        upsert(uow.dialect, visits)
        .on_conflict_do_nothing(index_elements=[visits.c.id])
        .returning(visits.c.id)
    )
    found = uow.connection.execute(statement, [dict(rows[id]) for id in sorted(rows)])
    return set(found.scalars())


def _settle(
    uow: UnitOfWork,
    caller: Caller,
    sent: Sequence[tuple[str, Mapping[str, Any]]],
    results: Sequence[bool | DigipuntError | None],
    inserted: set[str],
) -> list[bool | DigipuntError]:
    """Compare what was not inserted with the visit that has its id."""
    open_ids = {
        id
        for (id, _), result in zip(sent, results, strict=True)
        if result is None
        or (result is True and id not in inserted)
        or (isinstance(result, InvalidInput) and id)
    }
    columns = (visits.c.id, visits.c.digipunt, visits.c.municipality, visits.c.content_hash)
    found = uow.connection.execute(sa.select(*columns).where(visits.c.id.in_(open_ids))) if open_ids else ()
    existing = {row.id: row for row in found}
    outcome: list[bool | DigipuntError] = []
    for (id, content), result in zip(sent, results, strict=True):
        if result is True and id in inserted:
            outcome.append(True)
            continue
        row = existing.get(id)
        if row is None:
            assert isinstance(result, DigipuntError)
            outcome.append(result)
            continue
        try:
            require_digipunt(caller, row.digipunt, row.municipality, "visit", id)
        except DigipuntError as error:
            outcome.append(result if isinstance(result, DigipuntError) else error)
            continue
        same = row.content_hash == fingerprint(content)
        if same:
            outcome.append(False)
        elif isinstance(result, DigipuntError):
            outcome.append(result)
        else:
            outcome.append(Conflict("idTaken"))
    return outcome
