"""When a visit was registered, which may be days after it took place: a helper may correct it for a day from then."""

import sqlalchemy as sa
from alembic import op

revision = "visits_0005"
down_revision = "visits_0004"
branch_labels = None
depends_on = None

EVENT = "be.digipunt.visits.v1.visits.notify.registered"

FILL_IN = {
    "postgresql": "UPDATE visits SET registered_at = journal.time FROM journal"
    " WHERE journal.type = :type AND visits.id = CAST(substr(journal.subject, 8) AS uuid)",
    "sqlite": "UPDATE visits SET registered_at = journal.time FROM journal"
    " WHERE journal.type = :type AND visits.id = replace(substr(journal.subject, 8), '-', '')",
}
"""The journal says when; its subject is `visits/` and the id, which each database stores in its own way."""


def upgrade() -> None:
    # May be empty: a release before this one that works beside it does not fill it in.
    op.add_column("visits", sa.Column("registered_at", sa.DateTime(timezone=True)))
    bind = op.get_bind()
    # A database that is being made has no journal yet, and so no visits.
    if sa.inspect(bind).has_table("journal"):
        bind.execute(sa.text(FILL_IN[bind.dialect.name]), {"type": EVENT})
