"""The index of adopted releases, the codes of courses, approvals of drafts; one activation a moment.

The files hold what the index says, so `lms upgrade` and `lms setup` fill it after this step for what was
adopted before.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None

_STANDS = sa.text("cancelled_at IS NULL")


def upgrade() -> None:
    """Make the tables and the two constraints."""
    texts = ("title", "why", "locales", "sizes", "named", "files")
    op.create_table(
        "release_index",
        sa.Column("course_id", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("parent", sa.String(length=20), nullable=False),
        sa.Column("change", sa.String(length=20), nullable=False),
        sa.Column("date", sa.String(length=10), nullable=False),
        sa.Column("law_as_of", sa.String(length=10), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        sa.Column("outline", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("course_id", "version", name=op.f("pk_release_index")),
    )
    op.create_table(
        "course_code",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("course_id", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_course_code")),
    )
    op.create_index(op.f("ix_course_code_course_id"), "course_code", ["course_id"], unique=False)
    op.create_table(
        "approval",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("course_id", sa.String(length=80), nullable=False),
        sa.Column("locale", sa.String(length=35), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("by", sa.String(length=26), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
        sa.UniqueConstraint(
            "course_id", "locale", "digest", "by", name=op.f("uq_approval_course_id_locale_digest_by")
        ),
    )
    for name, column in (("uq_activation_moment", "active_from"), ("uq_activation_version", "version")):
        op.create_index(
            name,
            "activation",
            ["course_id", column],
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        )


def downgrade() -> None:
    """Drop them; what is published stays as it is."""
    for name in ("uq_activation_version", "uq_activation_moment"):
        op.drop_index(name, table_name="activation", sqlite_where=_STANDS, postgresql_where=_STANDS)
    op.drop_table("approval")
    op.drop_index(op.f("ix_course_code_course_id"), table_name="course_code")
    op.drop_table("course_code")
    op.drop_table("release_index")
