"""The table of answers to findings: "this is fine as it is, because ..."."""

from __future__ import annotations

from sqlalchemy import Column, String, Table, Text, UniqueConstraint

from lms.storage.tables.columns import id_column, metadata, when

finding_answer = Table(  # it holds as long as the block says what it said: `digest` is of both
    "finding_answer",
    metadata,
    id_column(),
    Column("course_id", String(80), nullable=False),
    Column("rule", String(60), nullable=False),
    Column("file", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", String(26), nullable=False),
    when(),
    UniqueConstraint("course_id", "digest"),
)
