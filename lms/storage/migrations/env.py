"""Where Alembic starts: on the connection that it is handed, inside the transaction that is open.

No ini file, no log set-up, no second way to name a database. Run by Alembic for
`storage.migrations.migrating`.
"""

from __future__ import annotations

from alembic import context

from lms.storage.tables.everything import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
