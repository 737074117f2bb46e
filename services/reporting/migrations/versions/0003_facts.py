"""Facts, one a visit, and what is prepared from them."""

import sqlalchemy as sa
from alembic import op

revision = "reporting_0003"
down_revision = "reporting_0002"
branch_labels = None
depends_on = None

code = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
identifier = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.create_table(
        "facts",
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("municipality", code, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("id", identifier, nullable=False),
        sa.Column("digipunt", identifier, nullable=False),
        sa.Column("residence", code, nullable=False),
        sa.Column("themes", sa.BigInteger, nullable=False),
        sa.Column("codes", sa.BigInteger, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("bottlenecks", code, nullable=False),
        sa.PrimaryKeyConstraint("generation", "municipality", "day", "id", name="pk_facts"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "fact_months",
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("municipality", code, nullable=False),
        sa.Column("month", sa.Date, nullable=False),
        sa.Column("count", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("generation", "municipality", "month", name="pk_fact_months"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pair_cells",
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("municipality", code, nullable=False),
        sa.Column("month", sa.Date, nullable=False),
        sa.Column("measure", code, nullable=False),
        sa.Column("dimension_a", code, nullable=False),
        sa.Column("dimension_b", code, nullable=False),
        sa.Column("tallies", sa.Text, nullable=False),
        sa.Column("by_digipunt", sa.Text, nullable=False),
        sa.Column("made_of", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint(
            "generation",
            "municipality",
            "month",
            "measure",
            "dimension_a",
            "dimension_b",
            name="pk_pair_cells",
        ),
    )
