"""The bottleneck sheets of which others heard that they are complete."""

import sqlalchemy as sa
from alembic import op

revision = "reporting_0006"
down_revision = "reporting_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sheets",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("month", sa.Date, nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sheets"),
    )
    op.create_index("ix_sheets_month", "sheets", ["month"])
