"""Digipunten as far as the desk knows them, pairings, laptops, helpers, and who signed in where."""

import sqlalchemy as sa
from alembic import op

revision = "desk_0001"
down_revision = None
branch_labels = ("desk",)
depends_on = None

identifier = sa.Uuid(as_uuid=False)
moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "points",
        sa.Column("id", identifier, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("name", sa.Text),
        sa.Column("phone", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_points"),
    )
    op.create_table(
        "pairings",
        sa.Column("id", identifier, nullable=False),
        sa.Column("code_hash", sa.Text, nullable=False),
        sa.Column("digipunt", identifier, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("expires_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pairings"),
    )
    op.create_table(
        "guesses",
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("wrong", sa.Integer, nullable=False),
        sa.Column("since", moment, nullable=False),
        sa.PrimaryKeyConstraint("kind", name="pk_guesses"),
    )
    op.create_table(
        "laptops",
        sa.Column("id", identifier, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("digipunt", identifier, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.Column("secret_hash", sa.Text, nullable=False),
        sa.Column("check_digits", sa.Text, nullable=False),
        sa.Column("paired_at", moment, nullable=False),
        sa.Column("last_seen_at", moment),
        sa.Column("waiting", sa.Integer),
        sa.Column("parked", sa.Integer),
        sa.Column("app_version", sa.Text),
        sa.Column("storage", sa.Text),
        sa.Column("browser", sa.Text),
        sa.Column("wrong_pins", sa.Integer, nullable=False),
        sa.Column("wrong_since", moment),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_laptops"),
    )
    op.create_index("ix_laptops_municipality_digipunt", "laptops", ["municipality", "digipunt"])
    op.create_table(
        "helpers",
        sa.Column("id", identifier, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("pin", sa.Text),
        sa.Column("pin_set_at", moment),
        sa.Column("wrong_pins", sa.Integer, nullable=False),
        sa.Column("locked_until", moment),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_helpers"),
        sa.UniqueConstraint("code", name="uq_helpers_code"),
    )
    op.create_table(
        "helper_digipunts",
        sa.Column("helper", identifier, nullable=False),
        sa.Column("digipunt", identifier, nullable=False),
        sa.Column("municipality", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("helper", "digipunt", name="pk_helper_digipunts"),
    )
    op.create_index("ix_helper_digipunts_digipunt", "helper_digipunts", ["digipunt"])
    op.create_index("ix_helper_digipunts_municipality", "helper_digipunts", ["municipality"])
    op.create_table(
        "sessions",
        sa.Column("id", identifier, nullable=False),
        sa.Column("laptop", identifier, nullable=False),
        sa.Column("helper", identifier, nullable=False),
        sa.Column("started_at", moment, nullable=False),
        sa.Column("expires_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
    )
    op.create_index("ix_sessions_laptop", "sessions", ["laptop"])
    op.create_index("ix_sessions_helper", "sessions", ["helper"])
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"])
    op.create_table(
        "used_links",
        sa.Column("id", identifier, nullable=False),
        sa.Column("expires_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_used_links"),
    )
