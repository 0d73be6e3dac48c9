"""Tables of the machinery: jobs, the audit trail, the search index."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Sequence,
    String,
    Table,
    Text,
)

from lms.storage.tables.columns import id_column, metadata, when, whose

job_order = Sequence("job_order", metadata=metadata)  # PostgreSQL; SQLite lets one write at a time
job = Table(
    "job",
    metadata,
    id_column(),
    Column("kind", String(40), nullable=False),
    Column("key", String(120), nullable=False, unique=True),  # doing it twice is impossible
    whose(),
    Column("payload", Text, nullable=False),  # JSON; emptied when done
    Column("urgency", Integer, nullable=False, server_default="1"),  # core.operations.jobs.Urgency
    Column("seq", BigInteger, nullable=False, server_default="0"),  # the order in which they came
    Column("tries", Integer, nullable=False, server_default="0"),
    when("run_at"),
    Column("lease", String(26), nullable=False, server_default=""),  # of the worker that has it
    Column("beat", Integer, nullable=False, server_default="0"),  # counted up while it works
    when("done_at", optional=True),
    when("failed_at", optional=True),
    Column("error", Text, nullable=False, server_default=""),
    Index("ix_job_waiting", "done_at", "failed_at", "urgency", "seq"),
)
clock = Table(  # one row: what the workers believe the time to be
    "clock",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    when(),
    Column("doubted", BigInteger, nullable=False),  # milliseconds; -1: the clock is believed
)
audit = Table(  # append-only; opaque ids and keyed commitments, never a name
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    when(),
    Column("actor", String(26), nullable=False),
    Column("deed", String(60), nullable=False),
    Column("object", Text, nullable=False),
    Column("commitment", String(64), nullable=False, server_default=""),
    whose(),
)
audit_chain = Table(  # made by a job over committed rows, in the order in which it found them
    "audit_chain",
    metadata,
    Column("link", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", Integer, ForeignKey("audit.seq"), nullable=False, unique=True),
    Column("digest", String(64), nullable=False),
)
idempotency = Table(  # one press, one action
    "idempotency",
    metadata,
    Column("key", String(80), primary_key=True),
    when(),
)
search_entry = Table(  # what can be found; made again from files when they say something else
    "search_entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("course_id", String(80), nullable=False, index=True),
    Column("version", String(20), nullable=False),
    Column("locale", String(35), nullable=False),
    Column("kind", String(20), nullable=False),  # lesson | term | law | page
    Column("address", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
)
search_word = Table(  # each word with the entries that hold it; ('', '') keeps the edition of the index
    "search_word",
    metadata,
    Column("locale", String(35), primary_key=True),
    # Compared byte by byte, so that a beginning is a range, whatever language the database sorts by.
    Column("word", Text().with_variant(Text(collation="C"), "postgresql"), primary_key=True),
    Column("found", Text, nullable=False),  # "entry:weight entry:weight …"
)
key_check = Table(  # proves that the keys folder belongs to this database
    "key_check",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("digest", LargeBinary, nullable=False),
)
