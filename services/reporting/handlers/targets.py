"""Set targets, take them away, and tell once for each step that it is reached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from chassis.errors import Forbidden, NotFound
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import upsert
from chassis.storage.rows import raise_if, require_version
from common.access import Caller, require_any_municipality
from contracts.events import event_type
from services.reporting.model import targets as rules
from services.reporting.model.targets import TargetRow
from services.reporting.tables import TARGETS, targets, told_steps

REACHED = event_type("reporting", "targets", "reached")


def put_target(
    uow: UnitOfWork, caller: Caller, id: str, sent: Mapping[str, Any], expected: int | None
) -> tuple[TargetRow, bool]:
    """Set a target under the client's id, or replace what it says; whether it is new.

    Without municipalities it is of all of the caller's own. Raises Forbidden for those of others, InvalidInput for an audience
    or steps that do not fit.
    """
    require_any_municipality(caller)
    raise_if(rules.issues(sent))
    municipalities = sorted(set(sent["municipalities"] or caller.municipalities))
    if not caller.municipalities.issuperset(municipalities):
        raise Forbidden("otherMunicipality")
    row: TargetRow = {
        "id": id,
        "name": sent["name"],
        "measure": sent["measure"],
        "audience": sent["audience"],
        "first": sent["first"],
        "last": sent["last"],
        "municipalities": municipalities,
        "steps": sent["steps"],
        "version": 1,
    }
    new = upsert(uow.dialect, targets).on_conflict_do_nothing(index_elements=[targets.c.id])
    if uow.connection.execute(new, dict(row)).rowcount:
        return row, True
    before = _own(uow, caller, id)
    require_version(before, expected)
    after: TargetRow = {**row, "version": before["version"]}
    return (before if after == before else TARGETS.update(uow.connection, before, after)), False


def remove_target(uow: UnitOfWork, caller: Caller, id: str) -> None:
    """Take a target away. What was told of it stays told, also when one comes back under this id."""
    _own(uow, caller, id)
    uow.connection.execute(sa.delete(targets).where(targets.c.id == id))


def tell_reached(uow: UnitOfWork, row: TargetRow, steps: list[int]) -> list[int]:
    """Record the event of each step that nobody told yet, with what is told, in one transaction; which steps those are.

    Nothing when the target was changed or removed since its steps were counted.
    """
    now = TARGETS.find(uow.connection, row["id"], lock=True)
    if now != row:
        return []
    return [step for step in steps if _tell(uow, row, step)]


def _tell(uow: UnitOfWork, row: TargetRow, step: int) -> bool:
    mark = upsert(uow.dialect, told_steps).on_conflict_do_nothing()
    values = {"target": row["id"], "step": step, "told_at": uow.clock.now()}
    if not uow.connection.execute(mark, values).rowcount:
        return False
    only = row["municipalities"][0] if len(row["municipalities"]) == 1 else None
    uow.record(
        REACHED,
        row["id"],
        rules.to_event(row, step),
        version=row["version"],
        municipality=only,
        event_id=rules.event_id(row["id"], step),
    )
    return True


def _own(uow: UnitOfWork, caller: Caller, id: str) -> TargetRow:
    """The locked target. Raises NotFound for one that is also of other municipalities than the caller's."""
    row = TARGETS.get(uow.connection, id, lock=True)
    if not caller.municipalities >= set(row["municipalities"]):
        raise NotFound("target", id)
    return row
