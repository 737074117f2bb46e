"""Who saw, changed, exported or erased personal data, as a chain."""

import sqlalchemy as sa
from alembic import op

revision = "chassis_0007"
down_revision = "chassis_0006"
branch_labels = None
depends_on = None

SEQUENCE = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "trail",
        sa.Column("seq", SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("role", sa.Text),
        sa.Column("helper", sa.Text),
        sa.Column("laptop", sa.Text),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("person", sa.Uuid(as_uuid=False)),
        sa.Column("municipality", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("once", sa.Text),
        sa.Column("number", sa.BigInteger),
        sa.Column("link", sa.Text),
        sa.PrimaryKeyConstraint("seq", name="pk_trail"),
    )
    op.create_index("uq_trail_once", "trail", ["once"], unique=True)
    op.create_index("uq_trail_number", "trail", ["number"], unique=True)
    op.create_index("ix_trail_municipality_at", "trail", ["municipality", "at"])
    op.create_index("ix_trail_person", "trail", ["person"])
    unlinked = sa.text("number IS NULL")
    op.create_index("ix_trail_unlinked", "trail", ["seq"], sqlite_where=unlinked, postgresql_where=unlinked)
    head = op.create_table(
        "trail_head",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("link", sa.Text, nullable=False),
        sa.Column("gone_number", sa.BigInteger, nullable=False),
        sa.Column("gone_link", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_trail_head"),
    )
    op.bulk_insert(head, [{"id": 1, "number": 0, "link": "", "gone_number": 0, "gone_link": ""}])


def downgrade() -> None:
    op.drop_table("trail_head")
    op.drop_table("trail")
