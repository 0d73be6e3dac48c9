"""Jobs by urgency and sequence, leases that are renewed, links of the audit chain in their own order."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision: str | None = "0007"
branch_labels: str | None = None
depends_on: str | None = None

_NUMBERED = "SELECT id, row_number() OVER (ORDER BY id) AS seq FROM job"
_URGENCY = """UPDATE job SET urgency = CASE
 WHEN kind = 'letter' AND payload LIKE '%"code":"%' AND payload NOT LIKE '%"code":""%' THEN 0
 WHEN kind IN ('letter', 'certificate') THEN 1 ELSE 2 END"""


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def upgrade() -> None:
    """Change the tables; number what is there in the order in which it came."""
    with op.batch_alter_table("job") as job:
        job.drop_index("ix_job_waiting")
        job.add_column(sa.Column("urgency", sa.Integer(), server_default="1", nullable=False))
        job.add_column(sa.Column("seq", sa.BigInteger(), server_default="0", nullable=False))
        job.add_column(sa.Column("lease", sa.String(length=26), server_default="", nullable=False))
        job.add_column(sa.Column("beat", sa.Integer(), server_default="0", nullable=False))
        job.drop_column("lease_until")
        job.create_index("ix_job_waiting", ["done_at", "failed_at", "urgency", "seq"])
    op.execute(f"UPDATE job SET seq = n.seq FROM ({_NUMBERED}) AS n WHERE n.id = job.id")  # noqa: S608  # a constant
    op.execute(_URGENCY)
    if _is_postgresql():
        op.execute("CREATE SEQUENCE job_order")
        op.execute("SELECT setval('job_order', (SELECT COALESCE(max(seq), 0) + 1 FROM job))")
    with op.batch_alter_table("profile") as profile:
        profile.add_column(sa.Column("unreachable_at", sa.BigInteger(), nullable=True))
    op.create_table(
        "clock",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("doubted", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock")),
    )
    _drop_unused()
    _chain(("link", "seq"), "SELECT row_number() OVER (ORDER BY seq), seq, digest FROM audit_chain")


def downgrade() -> None:
    """Take the columns away; links are in the order of their rows again."""
    op.drop_table("clock")
    _make_unused()
    _chain(("seq",), "SELECT seq, digest FROM audit_chain")
    with op.batch_alter_table("profile") as profile:
        profile.drop_column("unreachable_at")
    with op.batch_alter_table("job") as job:
        job.drop_index("ix_job_waiting")
        job.add_column(sa.Column("lease_until", sa.BigInteger(), nullable=True))
        for column in ("urgency", "seq", "lease", "beat"):
            job.drop_column(column)
        job.create_index("ix_job_waiting", ["done_at", "failed_at", "run_at"])
    if _is_postgresql():
        op.execute("DROP SEQUENCE job_order")


def _open_attempt(which: str) -> None:
    op.drop_index("uq_attempt_open", table_name="attempt")
    where = sa.text(which)
    op.create_index(
        "uq_attempt_open",
        "attempt",
        ["enrolment_id", "check"],
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )


def _drop_unused() -> None:
    """Drop two columns that nothing has ever written; in place, because other rows refer to attempts."""
    _open_attempt("submitted_at IS NULL")
    op.execute("ALTER TABLE attempt DROP COLUMN closed_at")
    op.execute("ALTER TABLE idempotency DROP COLUMN result")


def _make_unused() -> None:
    op.execute("ALTER TABLE attempt ADD COLUMN closed_at BIGINT")
    _open_attempt("submitted_at IS NULL AND closed_at IS NULL")
    op.execute("ALTER TABLE idempotency ADD COLUMN result TEXT DEFAULT '' NOT NULL")


def _chain(numbers: tuple[str, ...], rows: str) -> None:
    """Make the table of links anew with its rows; its key changes, which SQLite cannot alter."""
    op.execute(f"CREATE TEMPORARY TABLE links_kept AS {rows}")
    op.drop_table("audit_chain")
    columns: list[sa.Column[int] | sa.Constraint] = [
        sa.PrimaryKeyConstraint(numbers[0], name="pk_audit_chain")
    ]
    if "link" in numbers:
        columns += [
            sa.Column("link", sa.BigInteger(), autoincrement=False, nullable=False),
            sa.UniqueConstraint("seq", name="uq_audit_chain_seq"),
        ]
    op.create_table(
        "audit_chain",
        *columns,
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["audit.seq"], name="fk_audit_chain_seq"),
    )
    op.execute("INSERT INTO audit_chain SELECT * FROM links_kept")
    op.execute("DROP TABLE links_kept")
