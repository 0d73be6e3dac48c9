"""Roles that reach one organisation, course or language; tasks, audit and jobs know whose they are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision: str | None = "0006"
branch_labels: str | None = None
depends_on: str | None = None

_WHOSE = ("task", "job", "audit")

#: Whose the rows are that were there before; what no row tells belongs to the whole house.
_FILL = (
    """UPDATE task SET
    organisation_id = COALESCE((SELECT r.organisation_id FROM barrier_report r WHERE r.id = task.about), ''),
    course_id = COALESCE((SELECT r.course_id FROM barrier_report r WHERE r.id = task.about), ''),
    locale = COALESCE((SELECT r.locale FROM barrier_report r WHERE r.id = task.about), '')
    WHERE kind = 'barrier-report'""",
    """UPDATE task SET
    organisation_id = COALESCE((SELECT r.organisation_id FROM recognition r WHERE r.id = task.about), ''),
    course_id = COALESCE((SELECT r.course_id FROM recognition r WHERE r.id = task.about), '')
    WHERE kind = 'recognition'""",
    """UPDATE audit SET
    organisation_id = COALESCE((SELECT p.organisation_id FROM person p WHERE p.id = audit.actor), '')""",
    """UPDATE job SET organisation_id = COALESCE(
    (SELECT c.organisation_id FROM certificate c WHERE c.number = substr(job.key, 13)), '')
    WHERE kind = 'certificate'""",
    """UPDATE job SET organisation_id = COALESCE(
    (SELECT c.organisation_id FROM certificate c WHERE c.number = substr(job.key, 12)), '')
    WHERE kind = 'erase-blob'""",
    """UPDATE job SET organisation_id = COALESCE(
    (SELECT r.organisation_id FROM recognition r WHERE r.id = substr(job.key, 20)), '')
    WHERE kind = 'letter' AND key LIKE 'letter:recognition:%'""",
)


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), server_default="", nullable=False)


def upgrade() -> None:
    """Make grants of the roles, which reached everything, and say whose the rows are."""
    op.create_table(
        "role_grant",
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        _text("organisation_id", 26),
        _text("course_id", 80),
        _text("locale", 35),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id")),
        sa.UniqueConstraint(
            "person_id",
            "role",
            "organisation_id",
            "course_id",
            "locale",
            name=op.f("uq_role_grant_person_id_role_organisation_id_course_id_locale"),
        ),
    )
    op.execute("INSERT INTO role_grant (person_id, role, at) SELECT person_id, role, at FROM person_role")
    op.drop_table("person_role")
    for table in _WHOSE:
        op.add_column(table, _text("organisation_id", 26))
    op.add_column("task", _text("course_id", 80))
    op.add_column("task", _text("locale", 35))
    op.create_index(op.f("ix_session_visitor_id"), "session", ["visitor_id"], unique=False)
    op.create_index(op.f("ix_barrier_report_person_id"), "barrier_report", ["person_id"], unique=False)
    for statement in _FILL:
        op.execute(statement)


def downgrade() -> None:
    """Keep the roles that reach everything; one that reached less is not made to reach more."""
    op.create_table(
        "person_role",
        sa.Column("person_id", sa.String(length=26), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_role_person_id")),
        sa.UniqueConstraint("person_id", "role", name=op.f("uq_person_role_person_id_role")),
    )
    op.execute(
        """INSERT INTO person_role (person_id, role, at) SELECT person_id, role, at FROM role_grant
        WHERE organisation_id = '' AND course_id = '' AND locale = ''"""
    )
    op.drop_table("role_grant")
    op.drop_index(op.f("ix_barrier_report_person_id"), table_name="barrier_report")
    op.drop_index(op.f("ix_session_visitor_id"), table_name="session")
    op.drop_column("task", "locale")
    op.drop_column("task", "course_id")
    for table in reversed(_WHOSE):
        op.drop_column(table, "organisation_id")
