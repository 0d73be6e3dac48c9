"""Tags: how core objects stand in files that outlive the program, whatever the classes are called.

Holds the mechanics. A `Tag` gives a class the tag that files use, lists its fields and pins what the absence
of a field means; so a class that is renamed, a field that is added, another default or another order of
fields changes no file and no digest. The tables are `document_tags` and `release_tags`; the format is
described in `docs/sealed-format.md`. Holds no bytes and no file access.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from types import MappingProxyType
from typing import Any

TAG = "_"  # the key under which an object carries its tag
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Part:
    """A field that is written: its key in files and the attribute that holds it."""

    key: str
    attribute: str


class Tag:
    """A class and its tag.

    `needs` are the keys that are always written, `may` those that are left out when the field holds the value
    given here: `required` and `absent`. A key is the attribute of that name, unless `named` gives another one
    (after a field was renamed). `unwritten` are attributes that no file holds, with the value they are read
    with; `unlisted` are those that the table forgot.
    """

    __slots__ = (
        "_attributes",
        "_needed",
        "_pinned",
        "_width",
        "absent",
        "made",
        "parts",
        "required",
        "tag",
        "unlisted",
    )

    def __init__(
        self,
        tag: str,
        made: type,
        needs: Sequence[str] = (),
        may: Mapping[str, object] = _NOTHING,
        *,
        named: Mapping[str, str] = _NOTHING,
        unwritten: Mapping[str, object] = _NOTHING,
    ) -> None:
        self.tag = tag
        self.made = made
        self.parts = tuple(Part(key, named.get(key, key)) for key in (*needs, *may))
        self.unlisted = _unlisted(tag, made, {*unwritten, *(part.attribute for part in self.parts)})
        self.required = frozenset(needs)
        self.absent = dict(may)
        self._needed = frozenset(named.get(key, key) for key in needs)
        self._attributes = {TAG: TAG} | {part.key: part.attribute for part in self.parts}
        self._width = len(self.parts) + len(unwritten)
        self._pinned = {self._attributes[key]: value for key, value in may.items()} | dict(unwritten)

    def values(self, node: object) -> Iterator[tuple[str, Any]]:
        """Return the fields of an object by key, in the order of the table.

        Raises: TypeError when a field that the table does not know has been given a value: it would be lost.
        """
        for name, default in self.unlisted.items():
            if getattr(node, name) != default:
                message = f"{self.tag}: the table of tags has no field {name}"
                raise TypeError(message)
        for part in self.parts:
            yield part.key, getattr(node, part.attribute)

    def is_left_out(self, key: str, value: object) -> bool:
        """Return whether a field is left out because its absence says the same."""
        return key in self.absent and value == self.absent[key]

    def built(self, values: Mapping[str, Any]) -> Any:
        """Make the object from values by key, the tag among them.

        Raises: ValueError when a field is missing, or one is there that the table does not know.
        """
        known, given = self._attributes, {}
        for key, part in values.items():
            if key not in known:
                message = f"{self.tag}: {key}"
                raise ValueError(message)
            given[known[key]] = part
        del given[TAG]
        if len(given) < self._width:
            self._complete(given)
        return self.made(**given)

    def _complete(self, given: dict[str, Any]) -> None:
        """Add what the absence of fields means."""
        if missing := self._needed - given.keys():
            message = f"{self.tag}: {', '.join(sorted(missing))}"
            raise ValueError(message)
        for name, value in self._pinned.items():
            if name not in given:
                given[name] = {} if value == {} else value


def _unlisted(tag: str, made: type, known: set[str]) -> dict[str, object]:
    """Return the fields that the table does not know, with the value that each has by itself."""
    found = {field.name: field for field in fields(made)}
    if gone := known - found.keys():
        message = f"{tag}: {made.__name__} has no field {', '.join(sorted(gone))}"
        raise TypeError(message)
    return {
        name: field.default_factory() if field.default_factory is not MISSING else field.default
        for name, field in found.items()
        if name not in known
    }


def escaped(key: str) -> str:
    """Write a key of a map so that it cannot be taken for the mark of a tag.

    >>> escaped("en"), escaped("_"), escaped("_so_")
    ('en', '__', '__so_')
    """
    return TAG + key if key.startswith(TAG) else key


class Tags:
    """A table of kinds; no class and no tag stands in it twice."""

    def __init__(self, *kinds: Tag) -> None:
        self.kinds = kinds
        self._by_class = {kind.made: kind for kind in kinds}
        self._by_tag = {kind.tag: kind for kind in kinds}
        if not len(self._by_class) == len(self._by_tag) == len(kinds):
            message = "a class or a tag stands twice in the table"
            raise ValueError(message)

    def kind(self, node: object) -> Tag | None:
        """Find the kind of an object; None for texts, numbers and whatever else has no tag."""
        return self._by_class.get(type(node))

    def tag(self, node: object) -> str:
        """Return the tag of an object. Raises: KeyError when its class is not in the table."""
        return self._by_class[type(node)].tag

    def plain(self, value: Any) -> Any:
        """Return what JSON can hold: objects with tags, maps with escaped keys, lists.

        Raises: TypeError for an object that the table does not know, or that holds more than it can write.
        """
        kind = self._by_class.get(type(value))
        if kind is not None:
            values = kind.values(value)
            return {TAG: kind.tag} | {
                key: self.plain(part) for key, part in values if not kind.is_left_out(key, part)
            }
        if isinstance(value, Mapping):
            return {escaped(key): self.plain(part) for key, part in value.items()}
        if isinstance(value, (tuple, list)):
            return [self.plain(part) for part in value]
        if value is None or isinstance(value, (str, int, float)):
            return value
        message = f"{type(value).__name__} has no tag"
        raise TypeError(message)

    def built(self, plain: Any) -> Any:
        """Make objects from what `plain` gave; lists become tuples.

        Raises: ValueError for a tag that the table does not know and for fields that it does not expect.
        """
        if type(plain) is list:
            return tuple([self.built(part) for part in plain])
        if type(plain) is dict:
            return self.made({key: self.built(part) for key, part in plain.items()})
        return plain

    def made(self, found: dict[str, Any]) -> Any:
        """Make one object, or one map, whose parts are made already; a reader of JSON may call it by itself.

        Raises: ValueError for a tag that the table does not know and for fields that it does not expect.
        """
        for key, part in found.items():
            if type(part) is list:
                found[key] = _tuples(part)
        if TAG not in found:
            return {key.removeprefix(TAG): part for key, part in found.items()}
        tag = found[TAG]
        kind = self._by_tag.get(tag) if isinstance(tag, str) else None
        if kind is None:
            message = f"unknown tag {tag}"
            raise ValueError(message)
        return kind.built(found)


def _tuples(value: list[Any]) -> tuple[Any, ...]:
    return tuple([_tuples(part) if type(part) is list else part for part in value])
