"""One-time addresses of documents."""

import sqlalchemy as sa
from alembic import op

revision = "chassis_0003"
down_revision = "chassis_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tickets",
        sa.Column("token_hash", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("route", sa.Text, nullable=False),
        sa.Column("params", sa.Text, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_tickets"),
    )
    op.create_index("ix_tickets_subject_expires_at", "tickets", ["subject", "expires_at"])
    op.create_index("ix_tickets_expires_at", "tickets", ["expires_at"])
