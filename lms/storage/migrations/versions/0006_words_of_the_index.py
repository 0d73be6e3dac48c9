"""The index of search as a table of words, the same in both databases; SQLite's own full-text table goes.

What search finds is made from files: the worker makes it again when it starts, so no row is carried over.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision: str | None = "0005"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the table of words."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE IF EXISTS search_index")
    op.execute("DELETE FROM search_entry")
    with op.batch_alter_table("search_entry") as batch:
        batch.drop_column("stems")
    op.create_table(
        "search_word",
        sa.Column("locale", sa.String(length=35), nullable=False),
        sa.Column("word", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("locale", "word", name=op.f("pk_search_word")),
    )


def downgrade() -> None:
    """Go back to stems beside each entry."""
    op.drop_table("search_word")
    op.execute("DELETE FROM search_entry")
    with op.batch_alter_table("search_entry") as batch:
        batch.add_column(sa.Column("stems", sa.Text(), nullable=False))
