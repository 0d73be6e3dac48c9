"""The order of certificates and of what happens to them, by numbers in place of clocks."""

from __future__ import annotations

from collections import defaultdict

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision: str | None = "0009"
branch_labels: str | None = None
depends_on: str | None = None

certificate = sa.table(
    "certificate",
    sa.column("number", sa.String),
    sa.column("enrolment_id", sa.String),
    sa.column("seq", sa.Integer),
    sa.column("at", sa.BigInteger),
)
happening = sa.table(
    "certificate_event",
    sa.column("id", sa.String),
    sa.column("number", sa.String),
    sa.column("event", sa.String),
    sa.column("other", sa.String),
    sa.column("seq", sa.Integer),
    sa.column("at", sa.BigInteger),
)


def _in_order(numbers: list[str], before: dict[str, set[str]]) -> list[str]:
    """Order certificates: none comes before one in whose place it stands; the clock says the rest."""
    ordered: list[str] = []
    left = list(numbers)
    while left:
        free = (one for one in left if not before[one] & set(left))
        ordered.append(next(free, left[0]))
        left.remove(ordered[-1])
    return ordered


def _number_certificates() -> None:
    connection = op.get_bind()
    before: dict[str, set[str]] = defaultdict(set)
    superseded = sa.select(happening.c.number, happening.c.other).where(happening.c.event == "superseded")
    for old, new in connection.execute(superseded):
        before[new].add(old)
    rows = sa.select(certificate.c.enrolment_id, certificate.c.number)
    of_enrolment: dict[str, list[str]] = defaultdict(list)
    for enrolment, number in connection.execute(rows.order_by(certificate.c.at, certificate.c.number)):
        of_enrolment[enrolment].append(number)
    for numbers in of_enrolment.values():
        for seq, number in enumerate(_in_order(numbers, before), start=1):
            mine = certificate.c.number == number
            connection.execute(sa.update(certificate).where(mine).values(seq=seq))


def _number_happenings() -> None:
    connection = op.get_bind()
    counted: dict[str, int] = defaultdict(int)
    rows = sa.select(happening.c.id, happening.c.number).order_by(happening.c.at, happening.c.id)
    for id_, number in connection.execute(rows).all():
        counted[number] += 1
        connection.execute(sa.update(happening).where(happening.c.id == id_).values(seq=counted[number]))


def upgrade() -> None:
    """Add the numbers, fill them in, and let each be there once."""
    for table in ("certificate", "certificate_event"):
        op.add_column(table, sa.Column("seq", sa.Integer(), server_default="0", nullable=False))
    _number_certificates()
    _number_happenings()
    op.create_index("uq_certificate_enrolment_id_seq", "certificate", ["enrolment_id", "seq"], unique=True)
    op.create_index("uq_certificate_event_number_seq", "certificate_event", ["number", "seq"], unique=True)


def downgrade() -> None:
    """Forget the numbers; times are still there."""
    op.drop_index("uq_certificate_event_number_seq", table_name="certificate_event")
    op.drop_index("uq_certificate_enrolment_id_seq", table_name="certificate")
    for table in ("certificate_event", "certificate"):
        op.drop_column(table, "seq")
