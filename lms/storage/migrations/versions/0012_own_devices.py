"""Sessions that last longer on one's own device and change their value; lengths of courses by one formula."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision: str | None = "0011"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add the columns; empty the index, which is made again from the site's files with new minutes."""
    with op.batch_alter_table("session") as session:
        session.add_column(sa.Column("longer", sa.BigInteger(), server_default="0", nullable=False))
        session.add_column(sa.Column("was", sa.String(length=64), nullable=True))
        session.add_column(sa.Column("renewed_at", sa.BigInteger(), nullable=True))
        session.create_index(op.f("ix_session_was"), ["was"])
    op.execute("DELETE FROM release_index")


def downgrade() -> None:
    """Forget both; sessions on own devices end with the others."""
    with op.batch_alter_table("session") as session:
        session.drop_index(op.f("ix_session_was"))
        for column in ("renewed_at", "was", "longer"):
            session.drop_column(column)
