"""The journal is a chain, epochs that were left are remembered, and a message that is no event is kept once.

Events of before have no `previous_id`: whoever reads the journal takes the id of the row before for it.
"""

import sqlalchemy as sa
from alembic import op

revision = "chassis_0006"
down_revision = "chassis_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("journal", sa.Column("previous_id", sa.Uuid(as_uuid=False)))
    op.add_column("checkpoints", sa.Column("event_id", sa.Text))
    op.add_column("checkpoints", sa.Column("event_id_position", sa.BigInteger))
    op.add_column("parked", sa.Column("digest", sa.Text))
    op.create_index("uq_parked_source_digest", "parked", ["source", "digest"], unique=True)
    op.create_table(
        "epochs",
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("epoch", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("source", "epoch", name="pk_epochs"),
    )
    if op.get_bind().dialect.name == "sqlite":
        # Only there could a NUL be kept; a backup of it could not be put into PostgreSQL.
        for table in ("parked", "dropped"):
            op.execute(f"UPDATE {table} SET body = replace(body, char(0), '\\x00')")  # noqa: S608


def downgrade() -> None:
    op.drop_table("epochs")
    op.drop_index("uq_parked_source_digest", "parked")
    op.drop_column("parked", "digest")
    op.drop_column("checkpoints", "event_id_position")
    op.drop_column("checkpoints", "event_id")
    op.drop_column("journal", "previous_id")
