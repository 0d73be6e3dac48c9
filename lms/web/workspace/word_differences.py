"""Two texts of one piece, word by word: what only one of them has is marked, in words and in looks.

Holds the comparison of short texts on the page where somebody chooses between two.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_WORDS = re.compile(r"\s+|[^\s]+")


def both_marked(mine: str, theirs: str) -> tuple[list[tuple[bool, str]], list[tuple[bool, str]]]:
    """Return both texts as stretches, each with whether only this text has it.

    >>> both_marked("a b", "a c")
    ([(False, 'a '), (True, 'b')], [(False, 'a '), (True, 'c')])
    """
    words = [_WORDS.findall(text) for text in (mine, theirs)]
    found: tuple[list[tuple[bool, str]], list[tuple[bool, str]]] = ([], [])
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, words[0], words[1], autojunk=False).get_opcodes():
        for side, first, behind, of in ((0, i1, i2, words[0]), (1, j1, j2, words[1])):
            if first < behind:
                found[side].append((tag != "equal", "".join(of[first:behind])))
    return found
