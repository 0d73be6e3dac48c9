"""Tables of what authors do: states of the files of drafts (their bytes are kept by digest), and holds."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table, Text, text

from lms.storage.tables.columns import id_column, metadata, when

statement_hold = Table(  # "this may have changed; do not rely on it"; only its end is ever written
    "statement_hold",
    metadata,
    id_column(),
    Column("course_id", String(80), nullable=False, index=True),
    Column("kind", String(10), nullable=False),  # box | item | law
    Column("statement", String(200), nullable=False),  # "module/id"; '' where a whole law is held
    Column("law", String(80), nullable=False),  # '' for one statement
    Column("since", String(10), nullable=False),  # day on which it may have changed
    Column("words", Text, nullable=False),  # JSON: {language: what learners read}
    Column("by", String(26), nullable=False),
    when(),
    when("lifted_at", optional=True),
    Column("lifted_by", String(26), nullable=False, server_default=""),
    Column("why_lifted", Text, nullable=False, server_default=""),
    Column("lifted_by_version", String(20), nullable=False, server_default=""),
    Index(  # one hold on one statement, whoever presses twice
        "uq_statement_hold",
        "course_id",
        "kind",
        "statement",
        "law",
        unique=True,
        sqlite_where=text("lifted_at IS NULL"),
        postgresql_where=text("lifted_at IS NULL"),
    ),
)
draft_state = Table(  # append-only
    "draft_state",
    metadata,
    id_column(),
    Column("course_id", String(80), nullable=False),
    Column("file", Text, nullable=False),  # path below the site
    Column("digest", String(64), nullable=False),
    Column("previous", String(64), nullable=False),  # '' for a new file
    Column("by", String(26), nullable=False, index=True),  # '' when it was changed outside the workspace
    Column("batch", String(26), nullable=False),  # what was saved together
    when(),
    Index("ix_draft_state_of_file", "course_id", "file"),
)
