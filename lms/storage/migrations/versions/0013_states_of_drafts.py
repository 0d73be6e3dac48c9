"""Which states the files of a draft have had, with who and when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision: str | None = "0012"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "draft_state",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("course_id", sa.String(length=80), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("batch", sa.String(length=26), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_state")),
    )
    op.create_index("ix_draft_state_by", "draft_state", ["by"])
    op.create_index("ix_draft_state_of_file", "draft_state", ["course_id", "file"])


def downgrade() -> None:
    """Forget the history; the files stay as they are."""
    op.drop_index("ix_draft_state_of_file", "draft_state")
    op.drop_index("ix_draft_state_by", "draft_state")
    op.drop_table("draft_state")
