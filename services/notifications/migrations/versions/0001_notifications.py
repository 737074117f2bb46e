"""Messages with their history, deliveries, letters, gateways that are out of order, and own templates."""

import sqlalchemy as sa
from alembic import op

revision = "notifications_0001"
down_revision = None
branch_labels = ("notifications",)
depends_on = None

identifier = sa.Uuid(as_uuid=False)
moment = sa.DateTime(timezone=True)
number = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", identifier, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reference", sa.Text),
        sa.Column("segments", sa.Integer),
        sa.Column("started_at", moment, nullable=False),
        sa.Column("deadline", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
    )
    op.create_index("ix_deliveries_channel_reference", "deliveries", ["channel", "reference"])
    op.create_index("ix_deliveries_state", "deliveries", ["state"])
    op.create_table(
        "gateways",
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("down_since", moment, nullable=False),
        sa.Column("next_try", moment, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("channel", name="pk_gateways"),
    )
    op.create_table(
        "letter_batches",
        sa.Column("id", identifier, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("posted_at", moment),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_letter_batches"),
    )
    op.create_index("ix_letter_batches_municipality_made_at", "letter_batches", ["municipality", "made_at"])
    op.create_table(
        "messages",
        sa.Column("id", identifier, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("about", identifier, nullable=False),
        sa.Column("person", identifier),
        sa.Column("municipality", sa.Text),
        sa.Column("digipunt", identifier),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("channel", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("tried", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_at", moment),
        sa.Column("until", moment, nullable=False),
        sa.Column("delivery", identifier),
        sa.Column("batch", identifier),
        sa.Column("planned_at", moment, nullable=False),
        sa.Column("changed_at", moment, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sa.UniqueConstraint("key", name="uq_messages_key"),
    )
    op.create_index("ix_messages_about", "messages", ["about"])
    op.create_index("ix_messages_delivery", "messages", ["delivery"])
    op.create_index("ix_messages_municipality_state", "messages", ["municipality", "state"])
    op.create_index("ix_messages_next_at", "messages", ["next_at"])
    op.create_index("ix_messages_person", "messages", ["person"])
    op.create_table(
        "templates",
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("part", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("changed_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("municipality", "kind", "language", "part", name="pk_templates"),
    )
    op.create_table(
        "told_days",
        sa.Column("person", identifier, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("delivery", identifier),
        sa.PrimaryKeyConstraint("person", "day", name="pk_told_days"),
    )
    op.create_table(
        "message_history",
        sa.Column("seq", number, autoincrement=True, nullable=False),
        sa.Column("message", identifier, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("channel", sa.Text),
        sa.Column("reason", sa.Text),
        sa.ForeignKeyConstraint(["message"], ["messages.id"], name="fk_message_history_message"),
        sa.PrimaryKeyConstraint("seq", name="pk_message_history"),
    )
    op.create_index("ix_message_history_message", "message_history", ["message"])
