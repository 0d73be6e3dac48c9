"""The draft that was approved, marked typos, releases that nobody else has read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision: str | None = "0016"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add a column and two tables."""
    with op.batch_alter_table("approval") as approval:
        approval.add_column(sa.Column("text", sa.String(length=64), server_default="", nullable=False))
    op.create_table(
        "typo_mark",
        sa.Column("course_id", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("course_id", "digest", name=op.f("pk_typo_mark")),
    )
    op.create_table(
        "unread_release",
        sa.Column("course_id", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("locale", sa.String(length=35), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("read_by", sa.String(length=26), nullable=True),
        sa.Column("read_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("course_id", "version", name=op.f("pk_unread_release")),
    )


def downgrade() -> None:
    """Forget them; approvals stay."""
    for table in ("unread_release", "typo_mark"):
        op.drop_table(table)
    with op.batch_alter_table("approval") as approval:
        approval.drop_column("text")
