"""Tables of the register's upkeep: when laws were looked at, and the dossiers of their changes."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, String, Table, Text

from lms.storage.tables.columns import id_column, metadata, to, when

law_check = Table(  # append-only: somebody looked at a law, or decided about one of its dates
    "law_check",
    metadata,
    id_column(),
    Column("law_id", String(80), nullable=False, index=True),
    Column("about", String(120), nullable=False, server_default=""),  # law@date/event; '' for the law itself
    Column("day", String(10), nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("by", String(26), nullable=False),
    when(),
)
dossier = Table(  # one change of the law, until every statement that it touches is settled
    "dossier",
    metadata,
    id_column(),
    Column("law_id", String(80), nullable=False, index=True),
    Column("event", String(40), nullable=False, server_default=""),  # date/event; '' when opened by hand
    Column("report", String(26), nullable=False, server_default=""),  # the learner's message behind it
    Column("words", Text, nullable=False),  # what changed
    Column("material", Boolean, nullable=False),
    Column("effective", String(10), nullable=False),  # YYYY, YYYY-MM or YYYY-MM-DD
    Column("by", String(26), nullable=False),
    when(),
    when("closed_at", optional=True),
)
dossier_line = Table(  # one statement in one language, or a task
    "dossier_line",
    metadata,
    id_column(),
    to("dossier", index=True),
    Column("course_id", String(80), nullable=False),  # '' for a task
    Column("place", Text, nullable=False),
    Column("kind", String(20), nullable=False),  # statement | question | finder | mention | term | task
    Column("locale", String(35), nullable=False),
    Column("old", Text, nullable=False),
    Column("new", Text, nullable=False, server_default=""),
    Column("owner", String(26), nullable=False, server_default=""),
    Column("settled", String(20), nullable=False, server_default="open"),
    Column("reason", Text, nullable=False, server_default=""),
    Column("by", String(26), nullable=False, server_default=""),
    when(),
    Index("ix_dossier_line_course_id_settled", "course_id", "settled"),
)
dossier_note = Table(  # append-only: decisions, sign-offs, the PDFs that were made
    "dossier_note",
    metadata,
    id_column(),
    to("dossier", index=True),
    Column("kind", String(20), nullable=False),  # decision | sign-off | made
    Column("locale", String(35), nullable=False, server_default=""),
    Column("text", Text, nullable=False),
    Column("by", String(26), nullable=False),
    when(),
)
