"""A municipality says things in its own words."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import upsert
from common.access import Caller, require_municipality
from services.notifications.tables import templates
from services.notifications.texts import require_usable


def overrides(connection: sa.Connection, municipality: str | None) -> dict[tuple[str, str, str], str]:
    """A municipality's own texts, by kind, language and part."""
    rows = connection.execute(sa.select(templates).where(templates.c.municipality == municipality))
    return {(row.kind, row.language, row.part): row.text for row in rows}


def change(
    uow: UnitOfWork, caller: Caller, municipality: str, key: tuple[str, str, str], text: str | None
) -> None:
    """Say this part of a kind of message in these words from now on; without words, in the standard ones again."""
    require_municipality(caller, municipality, "municipality", municipality)
    kind, language, part = key
    place = {"municipality": municipality, "kind": kind, "language": language, "part": part}
    if text is None:
        mine = [templates.c[name] == value for name, value in place.items()]
        uow.connection.execute(sa.delete(templates).where(*mine))
        return
    require_usable(kind, language, part, text)
    new = {"text": text, "changed_at": uow.clock.now()}
    statement = upsert(uow.dialect, templates).values(place | new)
    uow.connection.execute(statement.on_conflict_do_update(index_elements=list(place), set_=new))
