"""The read models of the counting subscriber."""

import sqlalchemy as sa
from alembic import op

revision = "counter_0001"
down_revision = None
branch_labels = ("counter",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "counts",
        sa.Column("generation", sa.Integer, primary_key=True),
        sa.Column("theme", sa.Text, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )
    op.create_table(
        "seen",
        sa.Column("generation", sa.Integer, primary_key=True),
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
    )
