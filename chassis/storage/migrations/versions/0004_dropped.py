"""Dead letters that somebody gave up, with the reason."""

import sqlalchemy as sa
from alembic import op

revision = "chassis_0004"
down_revision = "chassis_0003"
branch_labels = None
depends_on = None

counter = sa.BigInteger().with_variant(sa.Integer, "sqlite")
moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "dropped",
        sa.Column("id", counter, primary_key=True, autoincrement=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("position", sa.BigInteger),
        sa.Column("subject", sa.Text),
        sa.Column("type", sa.Text),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("parked_at", moment, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("dropped_by", sa.Text, nullable=False),
        sa.Column("dropped_at", moment, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("dropped")
