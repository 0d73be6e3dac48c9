"""Something kept in memory with a stated bound: what was longest unused goes first.

Holds one container and no meaning of what is in it. A cache without a bound is a leak that waits.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

Key = TypeVar("Key")
Kept = TypeVar("Kept")


class Bounded(Generic[Key, Kept]):
    """At most `most` entries.

    >>> kept = Bounded[str, int](2)
    >>> kept["a"], kept["b"] = 1, 2
    >>> kept.get("a")
    1
    >>> kept["c"] = 3
    >>> sorted(kept)
    ['a', 'c']
    """

    def __init__(self, most: int) -> None:
        """Begin empty."""
        self.most = most
        self._kept: OrderedDict[Key, Kept] = OrderedDict()

    def get(self, key: Key) -> Kept | None:
        """Return an entry, which counts as used now; None when it is not kept."""
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return self._kept[key]

    def take(self, key: Key, make: Callable[[], Kept]) -> Kept:
        """Return an entry, made when it is not kept."""
        found = self.get(key)
        if found is None:
            found = make()
            self[key] = found
        return found

    def __setitem__(self, key: Key, entry: Kept) -> None:
        self._kept[key] = entry
        self._kept.move_to_end(key)
        while len(self._kept) > self.most:
            self._kept.popitem(last=False)

    def drop(self, key: Key) -> None:
        """Forget an entry; one that is not kept is no fault."""
        self._kept.pop(key, None)

    def __iter__(self) -> Iterator[Key]:
        return iter(tuple(self._kept))

    def __len__(self) -> int:
        return len(self._kept)
