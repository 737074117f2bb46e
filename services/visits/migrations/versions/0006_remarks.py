"""Where remarks are, by day: the hourly look for old ones reads these only, however many visits there are.

Not CONCURRENTLY: all that is missing is done in one transaction, which that cannot be part of. Writers wait while each table is
read once.
"""

import sqlalchemy as sa
from alembic import op

revision = "visits_0006"
down_revision = "visits_0005"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_visits_noted", "visits", "day", """note IS NOT NULL OR bottlenecks LIKE '%"note":%'"""),
    ("ix_follow_ups_noted", "follow_ups", "due_on", "note IS NOT NULL"),
)


def upgrade() -> None:
    for name, table, column, where in INDEXES:
        noted = sa.text(where)
        op.create_index(name, table, [column], postgresql_where=noted, sqlite_where=noted)
