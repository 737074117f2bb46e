"""Digipunten with their numbers, what a municipality gives besides, and the last day of a digipunt that stops."""

import sqlalchemy as sa
from alembic import op

revision = "notifications_0005"
down_revision = "notifications_0004"
branch_labels = None
depends_on = None

identifier = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.create_table(
        "digipunts",
        sa.Column("id", identifier, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("address", sa.Text),
        sa.Column("phone", sa.Text),
        sa.Column("opening", sa.Text, nullable=False),
        sa.Column("open", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_digipunts"),
    )
    op.create_index("ix_digipunts_municipality_name", "digipunts", ["municipality", "name"])
    op.create_table(
        "municipalities",
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("phone", sa.Text),
        sa.Column("email", sa.Text),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("municipality", name="pk_municipalities"),
    )
    op.add_column("messages", sa.Column("closes_on", sa.Date))
