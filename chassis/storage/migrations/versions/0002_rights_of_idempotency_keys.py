"""An idempotency key keeps what its first sender was allowed to see."""

import sqlalchemy as sa
from alembic import op

revision = "chassis_0002"
down_revision = "chassis_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("idempotency_keys", sa.Column("rights", sa.Text))


def downgrade() -> None:
    op.drop_column("idempotency_keys", "rights")
