"""Who asked for the bottleneck sheet of a municipality."""

import sqlalchemy as sa
from alembic import op

revision = "notifications_0006"
down_revision = "notifications_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "readers",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_readers"),
    )
    op.create_index("ix_readers_municipality_since", "readers", ["municipality", "since"])
