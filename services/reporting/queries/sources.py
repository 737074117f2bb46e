"""What figures are made from: whether a source was ever there, and was read in the form of this release."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from chassis.errors import Unavailable
from chassis.inbox import checkpoints
from chassis.inbox.checkpoints import Checkpoint, active_generations, deployment_of, service_of
from chassis.storage import tables
from services.reporting.model.layout import VERSION
from services.reporting.queries.area import VISITS
from services.reporting.queries.loans import LOANS
from services.reporting.tables import digipunts

REBUILD_SECONDS = 10
"""After which to ask again; a rebuild reads some ten thousand visits a second."""


def never_there(connection: sa.Connection, service: str) -> bool:
    """Whether nothing was ever heard of a service: its figures are not available, which is not 0."""
    return _unheard(checkpoints.active_of(connection, service))


def require_facts(connection: sa.Connection) -> bool:
    """Raise Unavailable while facts are being made: after an upgrade, from the journals, by themselves.

    Otherwise whether there can be any, which is whether visits were ever heard of.
    """
    active = checkpoints.active_of(connection, VISITS)
    if not _filled(active):
        raise Unavailable("figuresBeingRebuilt", retry_after=REBUILD_SECONDS)
    return not _unheard(active)


def filled(connection: sa.Connection) -> bool:
    """Whether the read models of visits hold all that this release counts; after an upgrade they do once they are made anew."""
    return _filled(checkpoints.active_of(connection, VISITS))


def by_service(connection: sa.Connection) -> dict[str, list[Checkpoint]]:
    """The active checkpoints of each service that figures are made from; none where nothing was ever heard of it."""
    found: dict[str, list[Checkpoint]] = {VISITS: [], LOANS: []}
    for each in checkpoints.active_of(connection, *found):
        found[service_of(each.source)].append(each)
    return found


def generations(connection: sa.Connection) -> list[int]:
    """Those that answer."""
    return sorted(each.generation for each in checkpoints.active_of(connection, VISITS))


def deployments_of(connection: sa.Connection, municipalities: Collection[str]) -> set[str]:
    """The deployments that have digipunten in these municipalities; '' is the one that there is where nothing is a region."""
    source, generation = tables.checkpoints.c.source, tables.checkpoints.c.generation
    statement = (
        sa.select(source)
        .join(digipunts, digipunts.c.generation == generation)
        .where(generation.in_(active_generations(VISITS)))
        .where(digipunts.c.municipality.in_(municipalities))
        .distinct()
    )
    found = connection.execute(statement).scalars()
    return {deployment_of(each) for each in found if service_of(each) == VISITS}


def _filled(active: list[Checkpoint]) -> bool:
    return all(each.filled_by(VERSION) for each in active)


def _unheard(active: list[Checkpoint]) -> bool:
    return all(each.epoch is None for each in active)
