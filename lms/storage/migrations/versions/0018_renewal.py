"""Refreshers that were passed, holders who were told, and who wants no mail but what an account needs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision: str | None = "0017"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add the tables and the column."""
    op.create_table(
        "renewal",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("enrolment_id", sa.String(length=26), nullable=False),
        sa.Column("from_version", sa.String(length=20), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_renewal_enrolment_id_enrolment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_renewal")),
    )
    op.create_index("uq_renewal_enrolment_id_seq", "renewal", ["enrolment_id", "seq"], unique=True)
    op.create_table(
        "renewal_notice",
        sa.Column("number", sa.String(length=26), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["certificate.number"], name=op.f("fk_renewal_notice_number_certificate")
        ),
        sa.PrimaryKeyConstraint("number", "version", name=op.f("pk_renewal_notice")),
    )
    with op.batch_alter_table("profile") as profile:
        profile.add_column(sa.Column("mail_off_at", sa.BigInteger(), nullable=True))
        profile.add_column(sa.Column("mail_key", sa.String(length=22), nullable=True))
        profile.create_index(op.f("ix_profile_mail_key"), ["mail_key"])


def downgrade() -> None:
    """Forget them; everybody is written to again."""
    with op.batch_alter_table("profile") as profile:
        profile.drop_index(op.f("ix_profile_mail_key"))
        profile.drop_column("mail_key")
        profile.drop_column("mail_off_at")
    op.drop_table("renewal_notice")
    op.drop_index("uq_renewal_enrolment_id_seq", table_name="renewal")
    op.drop_table("renewal")
