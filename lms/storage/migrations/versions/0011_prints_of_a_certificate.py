"""A certificate is printed in each language under its number; who issued it is a fact that stays."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision: str | None = "0010"
branch_labels: str | None = None
depends_on: str | None = None

certificate = sa.table(
    "certificate",
    sa.column("number", sa.String),
    sa.column("organisation_id", sa.String),
    sa.column("locales", sa.String),
    sa.column("issuer", sa.Text),
)
payload = sa.table(
    "certificate_payload",
    sa.column("number", sa.String),
    sa.column("content", sa.Text),
    sa.column("blob", sa.String),
)
prints = sa.table(
    "certificate_print",
    sa.column("number", sa.String),
    sa.column("locales", sa.String),
    sa.column("content", sa.Text),
    sa.column("blob", sa.String),
)


job = sa.table(
    "job",
    sa.column("id", sa.String),
    sa.column("kind", sa.String),
    sa.column("key", sa.String),
    sa.column("organisation_id", sa.String),
    sa.column("payload", sa.Text),
    sa.column("urgency", sa.Integer),
    sa.column("run_at", sa.BigInteger),
)


def _issuer(content: str) -> str:
    """Return who issued a certificate, by what is printed on it; '' when that cannot be read."""
    try:
        return str(json.loads(content)["issuer"])
    except (ValueError, KeyError, TypeError):
        return ""


def upgrade() -> None:
    """Make the table of prints, with the one that each certificate has, and write down the issuers."""
    op.add_column("certificate", sa.Column("issuer", sa.Text(), server_default="", nullable=False))
    op.add_column("certificate_event", sa.Column("print", sa.String(80), server_default="", nullable=False))
    op.create_table(
        "certificate_print",
        sa.Column("number", sa.String(length=26), nullable=False),
        sa.Column("locales", sa.String(length=80), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("blob", sa.String(length=64), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["number"], ["certificate.number"], name=op.f("fk_certificate_print_number")),
        sa.PrimaryKeyConstraint("number", "locales", name=op.f("pk_certificate_print")),
    )
    op.create_index(op.f("ix_certificate_print_blob"), "certificate_print", ["blob"], unique=False)
    connection = op.get_bind()
    kept = sa.select(payload.c.number, certificate.c.locales, payload.c.content, payload.c.blob).join_from(
        payload, certificate, payload.c.number == certificate.c.number
    )
    for number, locales, content, blob in connection.execute(kept).all():
        row = {"number": number, "locales": locales, "content": content, "blob": blob}
        connection.execute(sa.insert(prints).values(**row))
        mine = certificate.c.number == number
        connection.execute(sa.update(certificate).where(mine).values(issuer=_issuer(content)))
    for column in ("content", "blob"):
        op.drop_column("certificate_payload", column)


def _erasure(row: sa.Row[tuple[str, ...]]) -> dict[str, object]:
    """Return the work by which the bytes of a print that goes are erased."""
    return {
        "id": row.blob[:26],
        "kind": "erase-blob",
        "key": f"erase-blob:{row.number}:{row.blob[:16]}",
        "organisation_id": row.organisation_id,
        "payload": json.dumps({"digest": row.blob}),
        "urgency": 2,
        "run_at": 0,
    }


def downgrade() -> None:
    """Leave each certificate the print that it was issued with; the PDFs of the others are to be erased."""
    connection = op.get_bind()
    op.add_column("certificate_payload", sa.Column("content", sa.Text(), server_default="", nullable=False))
    op.add_column("certificate_payload", sa.Column("blob", sa.String(64), server_default="", nullable=False))
    kept = sa.select(prints, certificate.c.organisation_id, certificate.c.locales.label("issued")).join_from(
        prints, certificate, prints.c.number == certificate.c.number
    )
    connection.execute(sa.delete(job).where(job.c.kind == "certificate", job.c.key.like("certificate:%:%")))
    for row in connection.execute(kept).all():
        if row.locales == row.issued:
            mine = payload.c.number == row.number
            connection.execute(sa.update(payload).where(mine).values(content=row.content, blob=row.blob))
        elif row.blob:
            connection.execute(sa.insert(job).values(**_erasure(row)))
    op.drop_index(op.f("ix_certificate_print_blob"), table_name="certificate_print")
    op.drop_table("certificate_print")
    op.drop_column("certificate_event", "print")
    op.drop_column("certificate", "issuer")
