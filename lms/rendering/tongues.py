"""What a language calls itself.

Holds the names that a language switch shows. Called by `web`.
"""

from __future__ import annotations

from babel import Locale


def own_name(tag: str) -> str:
    """Give a language's name in that language, with a capital as its own menus would.

    >>> own_name("fr"), own_name("en")
    ('Français', 'English')
    """
    name = Locale.parse(tag, sep="-").get_language_name() or tag
    return name[:1].upper() + name[1:]
