"""Reports that were made, and their files."""

import sqlalchemy as sa
from alembic import op

revision = "reporting_0004"
down_revision = "reporting_0003"
branch_labels = None
depends_on = None

identifier = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("id", identifier, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("parameters", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("progress", sa.Float, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("as_of", sa.Text, nullable=False),
        sa.Column("rebuilding", sa.Boolean, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True)),
        sa.Column("claimed_until", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
    )
    op.create_index("uq_reports_digest", "reports", ["digest"], unique=True)
    op.create_index("ix_reports_subject_asked_at", "reports", ["subject", "asked_at"])
    op.create_table(
        "report_files",
        sa.Column("report", identifier, nullable=False),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("report", "form", name="pk_report_files"),
    )
