"""What was agreed is frozen on paper. Loans from before get their paper when it is first asked for."""

import sqlalchemy as sa
from alembic import op

revision = "loans_0005"
down_revision = "loans_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "loan_papers",
        sa.Column("loan", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("made_on", sa.Date, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("previously_due_on", sa.Date),
        sa.Column("page", sa.Text),
        sa.Column("pdf", sa.Text),
        sa.Column("sha256", sa.Text),
        sa.Column("reconstructed", sa.Boolean, nullable=False, server_default=sa.text("false")),
        sa.PrimaryKeyConstraint("loan", "number", name="pk_loan_papers"),
    )
