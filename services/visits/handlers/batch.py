"""Register many visits at once, each accepted or refused on its own, in one transaction and a few statements.

Everything that can be wrong with a visit is found before the first row is written, so no visit can take another down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import sqlalchemy as sa

from chassis.errors import Conflict, DigipuntError, InvalidInput
from chassis.fingerprint import fingerprint
from chassis.green import in_turns
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import upsert
from common.access import Caller, require_digipunt
from services.visits.handlers.common import RegistrationContext, cards_for
from services.visits.handlers.firsts import decide, settle, year_of
from services.visits.handlers.visits import REGISTERED, new_row, normalised_content
from services.visits.model import visits as rules
from services.visits.model.rows import VisitRow
from services.visits.tables import visits

Item = Mapping[str, Any] | InvalidInput
"""A visit with its id, or what is wrong with its shape."""


def register_batch(
    uow: UnitOfWork,
    context: RegistrationContext,
    caller: Caller,
    items: Sequence[Item],
    *,
    dry_run: bool = False,
) -> list[bool | DigipuntError]:
    """For each item whether it is new, or why it is refused. With `dry_run` it is the same, and nothing is registered."""
    there = _registered_before(uow, caller, items)
    sent = [_split(context, item) for item in in_turns(items)]
    cards = cards_for(uow, context, caller, (content.get("card") for _, content in sent))
    rows: dict[str, VisitRow] = {}
    results: list[bool | DigipuntError | None] = []
    for item, (id, content) in in_turns(zip(items, sent, strict=True)):
        if isinstance(item, InvalidInput):
            results.append(item)
            continue
        if item.get("former_id") in there:
            results.append(False)
            continue
        try:
            row = new_row(uow, context, caller, id, content, cards.get(content.get("card", "")))
        except DigipuntError as error:
            results.append(error)
            continue
        # The second of two under one id is compared with the first, as if it had come later.
        results.append(None if id in rows else True)
        rows.setdefault(id, row)
    decide(uow, rows.values())
    inserted = _free(uow, rows) if dry_run else _insert(uow, rows)
    if not dry_run:
        for id, row in in_turns(rows.items()):
            if id in inserted:
                data = {"visit": rules.to_event(row)}
                uow.record(REGISTERED, id, data, version=1, municipality=row["municipality"])
        settle(uow, {year_of(row) for id, row in rows.items() if id in inserted})
    return _settle(uow, caller, sent, results, {id: rows[id] for id in inserted})


def _split(context: RegistrationContext, item: Item) -> tuple[str, dict[str, Any]]:
    if isinstance(item, InvalidInput):
        return "", {}
    content = dict(item)
    id = content.pop("id")
    content.pop("former_id", None)
    return id, normalised_content(context, content)


def _registered_before(uow: UnitOfWork, caller: Caller, items: Sequence[Item]) -> set[str]:
    """The former ids under which visits are registered that the caller may see."""
    former = {
        item["former_id"] for item in items if not isinstance(item, InvalidInput) and "former_id" in item
    }
    if not former:
        return set()
    columns = (visits.c.id, visits.c.digipunt, visits.c.municipality)
    found = set()
    for row in uow.connection.execute(sa.select(*columns).where(visits.c.id.in_(former))):
        with suppress(DigipuntError):
            require_digipunt(caller, row.digipunt, row.municipality, "visit", row.id)
            found.add(row.id)
    return found


def _free(uow: UnitOfWork, rows: Mapping[str, VisitRow]) -> set[str]:
    """The ids that no visit has."""
    taken = uow.connection.execute(sa.select(visits.c.id).where(visits.c.id.in_(rows))).scalars()
    return set(rows).difference(taken)


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
    inserted: Mapping[str, VisitRow],
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
    existing: dict[str, Mapping[str, Any]] = dict(inserted)
    if open_ids:
        found = uow.connection.execute(sa.select(*columns).where(visits.c.id.in_(open_ids)))
        existing |= {row["id"]: row for row in found.mappings()}
    outcome: list[bool | DigipuntError] = []
    for (id, content), result in in_turns(zip(sent, results, strict=True)):
        if result is False or (result is True and id in inserted):
            outcome.append(result)
            continue
        row = existing.get(id)
        if row is None:
            assert isinstance(result, DigipuntError)
            outcome.append(result)
            continue
        try:
            require_digipunt(caller, row["digipunt"], row["municipality"], "visit", id)
        except DigipuntError as error:
            outcome.append(result if isinstance(result, DigipuntError) else error)
            continue
        same = row["content_hash"] == fingerprint(content)
        if same:
            outcome.append(False)
        elif isinstance(result, DigipuntError):
            outcome.append(result)
        else:
            outcome.append(Conflict("idTaken"))
    return outcome
