"""Statements on hold, and which questions a mark does without because they were."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision: str | None = "0015"
branch_labels: str | None = None
depends_on: str | None = None

_OPEN = sa.text("lifted_at IS NULL")


def upgrade() -> None:
    """Add both; nothing is on hold yet, and every mark counts all of its questions."""
    op.create_table(
        "statement_hold",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("course_id", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("statement", sa.String(length=200), nullable=False),
        sa.Column("law", sa.String(length=80), nullable=False),
        sa.Column("since", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("lifted_at", sa.BigInteger(), nullable=True),
        sa.Column("lifted_by", sa.String(length=26), server_default="", nullable=False),
        sa.Column("why_lifted", sa.Text(), server_default="", nullable=False),
        sa.Column("lifted_by_version", sa.String(length=20), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_hold")),
    )
    op.create_index(op.f("ix_statement_hold_course_id"), "statement_hold", ["course_id"])
    op.create_index(
        "uq_statement_hold",
        "statement_hold",
        ["course_id", "kind", "statement", "law"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    with op.batch_alter_table("mark") as mark:
        mark.add_column(sa.Column("left_out", sa.Text(), server_default="[]", nullable=False))


def downgrade() -> None:
    """Forget both; the better result that was marked stays."""
    with op.batch_alter_table("mark") as mark:
        mark.drop_column("left_out")
    op.drop_table("statement_hold")
