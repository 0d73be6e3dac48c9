"""Which text every database can keep.

PostgreSQL refuses NUL, and functions of SQLite stop at one; neither driver can send half of a surrogate pair,
which JSON and a terminal can hand in. What one of them refuses is refused on both, before anything is looked
up or written. Holds no word about it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass

#: Metadata of a field that is looked at and never kept, such as what a cookie holds: any text may come, and
#: most of it is nobody's.
LOOKED_AT = {"is_kept": False}
_REFUSED = re.compile("[\0\ud800-\udfff]")
#: What no page and no file of a course can hold either (XML 1.0, 2.2): control characters and no characters.
_UNWRITABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("[ \t\r\n]+")


def kept_part(text: str) -> str:
    r"""Return a text without the characters that cannot be kept, where losing the rest would be worse.

    >>> kept_part("a\0b\ud800")
    'ab'
    """
    return _REFUSED.sub("", text)


def writable_part(text: str) -> str:
    r"""Return a text without what no page can hold, to show it again where it was refused.

    >>> writable_part("a\x07b\uffff")
    'ab'
    """
    return _UNWRITABLE.sub("", text)


def can_be_kept(value: object) -> bool:
    r"""Return whether every text in here can be kept: in lists and mappings at any depth, in an object.

    >>> can_be_kept("Zoé, 2ELGBTQI+"), can_be_kept("a\0b"), can_be_kept({"text": ("a", "\ud800")})
    (True, False, False)
    """
    return _is_free(value, _REFUSED)


def can_be_written(value: object) -> bool:
    r"""Return whether every text in here can be kept, and shown in any page or file of a course.

    >>> can_be_written("Zoé,\n2ELGBTQI+"), can_be_written("a\x07b"), can_be_written({"alt": ["\uffff"]})
    (True, False, False)
    """
    return _is_free(value, _UNWRITABLE)


def _is_free(value: object, refused: re.Pattern[str]) -> bool:
    if isinstance(value, str):
        return refused.search(value) is None
    if isinstance(value, Mapping):
        return all(_is_free(key, refused) and _is_free(one, refused) for key, one in value.items())
    if isinstance(value, list | tuple | set | frozenset):
        return all(_is_free(one, refused) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        kept = (field for field in fields(value) if field.metadata.get("is_kept", True))
        texts = (getattr(value, field.name) for field in kept)
        return all(
            _is_free(text, refused) for text in texts if isinstance(text, str | Mapping | list | tuple)
        )
    return True


def one_line(text: str) -> str:
    r"""Put a text on one line; no-break spaces, which French needs, stay.

    >>> one_line(" Un\xa0:\n deux ")
    'Un\xa0: deux'
    """
    return " ".join(part for part in _BREAKS.split(text) if part)
