"""From when until when each digipunt was open."""

import sqlalchemy as sa
from alembic import op

revision = "reporting_0007"
down_revision = "reporting_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("digipunts", sa.Column("opened_on", sa.Date))
    op.add_column("digipunts", sa.Column("closed_on", sa.Date))
