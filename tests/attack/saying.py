"""How a list of faults is told: each once, the first of them, so that a failure can be read."""

from __future__ import annotations

from collections.abc import Sequence

MOST = 40


def none_of(wrong: Sequence[str]) -> None:
    """Expect an empty list of faults."""
    each = sorted(set(wrong))
    shown = "\n".join(each[:MOST])
    assert not each, f"{len(each)} faults:\n{shown}"
