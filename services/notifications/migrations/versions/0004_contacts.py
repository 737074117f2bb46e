"""The contacts of info sessions and follow-ups, what they have a seat in, and who makes a call just now."""

import sqlalchemy as sa
from alembic import op

revision = "notifications_0004"
down_revision = "notifications_0003"
branch_labels = None
depends_on = None

identifier = sa.Uuid(as_uuid=False)
moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "contacts",
        sa.Column("id", identifier, nullable=False),
        sa.Column("digipunt", identifier, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("sealed", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("stored_at", moment, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_contacts"),
    )
    op.create_index("ix_contacts_municipality_digipunt", "contacts", ["municipality", "digipunt"])
    op.create_index("ix_contacts_state_stored_at", "contacts", ["state", "stored_at"])
    op.create_table(
        "sessions",
        sa.Column("id", identifier, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("digipunt", identifier),
        sa.Column("starts_at", moment, nullable=False),
        sa.Column("ends_at", moment, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
    )
    op.create_table(
        "seats",
        sa.Column("id", identifier, nullable=False),
        sa.Column("session", identifier, nullable=False),
        sa.Column("contact", identifier, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("promoted", sa.Boolean, nullable=False),
        sa.Column("confirmed_at", moment),
        sa.Column("knew", moment),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_seats"),
    )
    op.create_index("ix_seats_session", "seats", ["session"])
    op.create_index("ix_seats_contact", "seats", ["contact"])
    op.create_table(
        "call_backs",
        sa.Column("id", identifier, nullable=False),
        sa.Column("contact", identifier, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_call_backs"),
    )
    op.create_index("ix_call_backs_contact", "call_backs", ["contact"])
    op.create_table(
        "call_claims",
        sa.Column("message", identifier, nullable=False),
        sa.Column("claim", identifier, nullable=False),
        sa.Column("claimed_by", sa.Text, nullable=False),
        sa.Column("until", moment, nullable=False),
        sa.PrimaryKeyConstraint("message", name="pk_call_claims"),
    )
    op.create_index("ix_call_claims_claim", "call_claims", ["claim"])
    _read_sessions_again()


def _read_sessions_again() -> None:
    """Ask for a rebuild from the journal of visits, which holds the sessions of before these tables, and the digipunten."""
    bind = op.get_bind()
    # A database that is being made has followed nothing yet.
    if not sa.inspect(bind).has_table("checkpoints"):
        return
    names = ("source", "generation", "active", "position", "updated_at", "state")
    checkpoints = sa.table(
        "checkpoints",
        sa.column("source", sa.Text),
        sa.column("generation", sa.Integer),
        sa.column("active", sa.Boolean),
        sa.column("position", sa.BigInteger),
        sa.column("updated_at", moment),
        sa.column("state", sa.Text),
    )
    ours = sa.select(checkpoints).where(checkpoints.c.source == "visits")
    found = bind.execute(ours.order_by(checkpoints.c.generation.desc())).mappings().all()
    if found and all(row["active"] for row in found):
        newest = found[0]
        again = {
            "generation": newest["generation"] + 1,
            "active": False,
            "position": 0,
            "state": "rebuilding",
        }
        bind.execute(sa.insert(checkpoints).values({name: newest[name] for name in names} | again))
