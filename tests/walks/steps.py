"""One step of a walk as a value: which method is called with what, drawn by weight. Holds no test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st


@dataclass(frozen=True)
class Step:
    """One step of a walk: a method of its machine, and what that is given."""

    name: str
    given: dict[str, Any]

    def __repr__(self) -> str:
        """Write it as the call that it is."""
        return f"{self.name}({', '.join(f'{name}={value!r}' for name, value in self.given.items())})"


def steps(weight: int, name: str, **given: st.SearchStrategy[Any]) -> list[st.SearchStrategy[Step]]:
    """Return a kind of step as often as it weighs."""
    return [st.builds(Step, st.just(name), st.fixed_dictionaries(given)) for _ in range(weight)]
