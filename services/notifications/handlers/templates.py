"""A municipality's own texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import replacing
from common.access import Caller, require_municipality
from services.notifications.model.rows import TemplateRow
from services.notifications.tables import templates
from services.notifications.texts import TextKey, require_plain, require_usable


def overrides(connection: sa.Connection, municipality: str | None) -> dict[TextKey, str]:
    """A municipality's own texts, by kind, language and part."""
    rows = connection.execute(sa.select(templates).where(templates.c.municipality == municipality))
    return {(row.kind, row.language, row.part): row.text for row in rows}


def change(
    uow: UnitOfWork,
    caller: Caller,
    municipality: str,
    key: TextKey,
    text: str | None,
    own: Mapping[str, Any] | None,
) -> None:
    """Use this text from now on; with None, the standard one again. Raises InvalidInput with what a preview complains of.

    `own` are the details of a digipunt there.
    """
    require_municipality(caller, municipality, "municipality", municipality)
    kind, language, part = key
    place = {"municipality": municipality, "kind": kind, "language": language, "part": part}
    if text is None:
        where = [templates.c[name] == value for name, value in place.items()]
        uow.connection.execute(sa.delete(templates).where(*where))
        return
    require_usable(kind, language, part, text)
    require_plain(key, text, overrides(uow.connection, municipality), own)
    row: TemplateRow = {
        "municipality": municipality,
        "kind": kind,
        "language": language,
        "part": part,
        "text": text,
        "changed_at": uow.clock.now(),
    }
    uow.connection.execute(replacing(uow.dialect, templates), dict(row))
