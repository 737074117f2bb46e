"""Where remarks are, by day: the hourly look for old ones reads these only, however long devices have gone round.

Not CONCURRENTLY: all that is missing is done in one transaction, which that cannot be part of. Writers wait while each table is
read once.
"""

import sqlalchemy as sa
from alembic import op

revision = "loans_0007"
down_revision = "loans_0006"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_requests_noted", "requests", "requested_on"),
    ("ix_device_history_noted", "device_history", "time"),
    ("ix_devices_noted", "devices", "retired_on"),
)


def upgrade() -> None:
    noted = sa.text("note IS NOT NULL")
    for name, table, column in INDEXES:
        op.create_index(name, table, [column], postgresql_where=noted, sqlite_where=noted)
