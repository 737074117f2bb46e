"""The journal and its head, checkpoints, parked events and idempotency keys."""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "chassis_0001"
down_revision = None
branch_labels = ("chassis",)
depends_on = None

counter = sa.BigInteger().with_variant(sa.Integer, "sqlite")
moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "journal",
        sa.Column("seq", counter, primary_key=True, autoincrement=True),
        sa.Column("position", sa.BigInteger),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("time", moment, nullable=False),
        sa.Column("municipality", sa.Text),
        sa.Column("entity_version", sa.Integer, nullable=False),
        sa.Column("traceparent", sa.Text),
        sa.Column("data", sa.Text, nullable=False),
    )
    op.create_index("uq_journal_position", "journal", ["position"], unique=True)
    op.create_index(
        "ix_journal_unstamped",
        "journal",
        ["seq"],
        postgresql_where=sa.text("position IS NULL"),
        sqlite_where=sa.text("position IS NULL"),
    )
    head = op.create_table(
        "journal_head",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("epoch", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("published", sa.BigInteger, nullable=False),
        sa.Column("relay", sa.Text),
        sa.Column("relay_until", sa.Float),
    )
    op.bulk_insert(head, [{"id": 1, "epoch": str(uuid.uuid4()), "position": 0, "published": 0}])
    op.create_table(
        "checkpoints",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("generation", sa.Integer, primary_key=True),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("epoch", sa.Uuid(as_uuid=False)),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("event_time", moment),
        sa.Column("updated_at", moment, nullable=False),
        sa.Column("head", sa.BigInteger),
        sa.Column("head_seen_at", moment),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
    )
    op.create_table(
        "parked",
        sa.Column("id", counter, primary_key=True, autoincrement=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("position", sa.BigInteger),
        sa.Column("subject", sa.Text),
        sa.Column("type", sa.Text),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("parked_at", moment, nullable=False),
    )
    op.create_index("ix_parked_source_generation_subject", "parked", ["source", "generation", "subject"])
    op.create_table(
        "idempotency_keys",
        sa.Column("scope", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("request_hash", sa.Text, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("headers", sa.Text),
        sa.Column("body", sa.Text),
        sa.Column("created_at", moment, nullable=False),
    )


def downgrade() -> None:
    for table in ("idempotency_keys", "parked", "checkpoints", "journal_head", "journal"):
        op.drop_table(table)
