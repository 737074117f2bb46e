"""A key for each person, wrapped: what is encrypted under it is gone with it, wherever it is kept."""

import sqlalchemy as sa
from alembic import op

revision = "chassis_0009"
down_revision = "chassis_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person_keys",
        sa.Column("person", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("wrapped", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_person_keys"),
    )


def downgrade() -> None:
    op.drop_table("person_keys")
