"""What form the read models of a generation have, and up to where they were filled in that form.

What was applied so far has the first form: a service whose read models have another one now rebuilds them by itself.
"""

import sqlalchemy as sa
from alembic import op

revision = "chassis_0005"
down_revision = "chassis_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("checkpoints", sa.Column("version", sa.Integer, nullable=False, server_default="1"))
    op.add_column(
        "checkpoints", sa.Column("version_position", sa.BigInteger, nullable=False, server_default="0")
    )


def downgrade() -> None:
    op.drop_column("checkpoints", "version_position")
    op.drop_column("checkpoints", "version")
