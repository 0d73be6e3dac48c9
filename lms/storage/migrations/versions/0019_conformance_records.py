"""Each release carries a record of what was checked; people and browsers may add to it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision: str | None = "0018"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make both tables, empty: of what was adopted before, the checks are not on record."""
    op.create_table(
        "conformance",
        sa.Column("course_id", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("course_id", "version", "digest", name=op.f("pk_conformance")),
    )
    op.create_table(
        "conformance_check",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("course_id", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conformance_check")),
    )
    op.create_index(op.f("ix_conformance_check_by"), "conformance_check", ["by"])
    op.create_index("ix_conformance_check_release", "conformance_check", ["course_id", "version"])


def downgrade() -> None:
    """Forget the records."""
    op.drop_index("ix_conformance_check_release", table_name="conformance_check")
    op.drop_index(op.f("ix_conformance_check_by"), table_name="conformance_check")
    op.drop_table("conformance_check")
    op.drop_table("conformance")
