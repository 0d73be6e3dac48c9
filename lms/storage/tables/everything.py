"""All tables together, for migrations and for erasing: importing this module registers each of them."""

from __future__ import annotations

from lms.storage.tables import (
    authoring,
    certificates,
    finding_answers,
    learning,
    legislation,
    operations,
    people,
    publishing,
)
from lms.storage.tables.columns import metadata as _metadata

#: The tables of every subject; their modules are named so that nobody thinks them unused.
MODULES = (
    authoring,
    certificates,
    finding_answers,
    learning,
    legislation,
    operations,
    people,
    publishing,
)
metadata = _metadata
