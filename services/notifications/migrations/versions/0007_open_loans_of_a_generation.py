"""Open loans are of a generation, so that a rebuild leaves none that the journal of loans does not have.

Those of before belong to the generation that answers, and so does what the release before adds, should it come back.
"""

import sqlalchemy as sa
from alembic import op

revision = "notifications_0007"
down_revision = "notifications_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection, generation = op.get_bind(), None
    # In a new database the tables of the chassis come later.
    if sa.inspect(connection).has_table("checkpoints"):
        active = "SELECT max(generation) FROM checkpoints WHERE source = 'loans' AND active"
        generation = connection.execute(sa.text(active)).scalar()
    with op.batch_alter_table("open_loans") as table:
        table.add_column(
            sa.Column("generation", sa.Integer, nullable=False, server_default=str(generation or 1))
        )
        table.drop_constraint("pk_open_loans", type_="primary")
        table.create_primary_key("pk_open_loans", ["generation", "loan"])
