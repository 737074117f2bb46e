"""Since when a borrower is kept, so that one who never borrowed does not stay for ever."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "loans_0006"
down_revision = "loans_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("borrowers", sa.Column("stored_on", sa.Date))
    borrowers = sa.table("borrowers", sa.column("stored_on", sa.Date))
    op.execute(sa.update(borrowers).values(stored_on=datetime.now(UTC).date()))


def downgrade() -> None:
    op.drop_column("borrowers", "stored_on")
