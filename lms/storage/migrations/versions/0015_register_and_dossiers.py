"""When laws were looked at, and the dossiers of their changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision: str | None = "0014"
branch_labels: str | None = None
depends_on: str | None = None


def _text(name: str, length: int = 0, default: str | None = None) -> sa.Column[str]:
    kind = sa.String(length=length) if length else sa.Text()
    return sa.Column(name, kind, server_default=default, nullable=False)


def upgrade() -> None:
    """Make the four tables."""
    op.create_table(
        "law_check",
        _text("id", 26),
        _text("law_id", 80),
        _text("about", 120, ""),
        _text("day", 10),
        _text("reason", 0, ""),
        _text("by", 26),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_law_check")),
    )
    op.create_index(op.f("ix_law_check_law_id"), "law_check", ["law_id"])
    op.create_table(
        "dossier",
        _text("id", 26),
        _text("law_id", 80),
        _text("event", 40, ""),
        _text("report", 26, ""),
        _text("words"),
        sa.Column("material", sa.Boolean(), nullable=False),
        _text("effective", 10),
        _text("by", 26),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier")),
    )
    op.create_index(op.f("ix_dossier_law_id"), "dossier", ["law_id"])
    op.create_table(
        "dossier_line",
        _text("id", 26),
        _text("dossier_id", 26),
        _text("course_id", 80),
        _text("place"),
        _text("kind", 20),
        _text("locale", 35),
        _text("old"),
        _text("new", 0, ""),
        _text("owner", 26, ""),
        _text("settled", 20, "open"),
        _text("reason", 0, ""),
        _text("by", 26, ""),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_dossier_line_dossier_id_dossier")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_line")),
    )
    op.create_index(op.f("ix_dossier_line_dossier_id"), "dossier_line", ["dossier_id"])
    op.create_index("ix_dossier_line_course_id_settled", "dossier_line", ["course_id", "settled"])
    op.create_table(
        "dossier_note",
        _text("id", 26),
        _text("dossier_id", 26),
        _text("kind", 20),
        _text("locale", 35, ""),
        _text("text"),
        _text("by", 26),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_dossier_note_dossier_id_dossier")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_note")),
    )
    op.create_index(op.f("ix_dossier_note_dossier_id"), "dossier_note", ["dossier_id"])


def downgrade() -> None:
    """Forget them."""
    for table in ("dossier_note", "dossier_line", "dossier", "law_check"):
        op.drop_table(table)
