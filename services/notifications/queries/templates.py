"""The own texts of municipalities."""

from __future__ import annotations

import sqlalchemy as sa

from services.notifications.tables import templates


def overrides(connection: sa.Connection, municipality: str | None) -> dict[tuple[str, str, str], str]:
    """A municipality's own texts, by kind, language and part."""
    rows = connection.execute(sa.select(templates).where(templates.c.municipality == municipality))
    return {(row.kind, row.language, row.part): row.text for row in rows}
