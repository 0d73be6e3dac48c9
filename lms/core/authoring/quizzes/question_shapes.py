"""What an author fills in for each kind of question: its parts, in the order in which they are asked for.

Holds no value and no words: forms are drawn from it, and what was sent is read with it (`question_forms`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

#: How a part is filled in.
WORDS, ROWS, LISTS, LINE, TRUTH = "words", "rows", "lists", "line", "truth"
ONE, MANY = "one", "many"


@dataclass(frozen=True, slots=True)
class ShapePart:
    """One part: `name` is its path, joined by points; `rows` are the parts of each row of a list.

    `right` says whether one or several rows are right; `least` and `most` how many rows there are.
    """

    name: str
    form: str = WORDS
    rows: tuple[ShapePart, ...] = ()
    right: str = ""
    least: int = 0
    most: int = 0
    optional: bool = False

    @property
    def path(self) -> tuple[str, ...]:
        """Return where it stands in its question or row."""
        return tuple(self.name.split("."))


def _options(name: str = "options", right: str = ONE, *more: str) -> ShapePart:
    texts = tuple(ShapePart(one) for one in ("text", *more, "feedback"))
    return ShapePart(name, ROWS, texts, right, 2, 8)


_PROMPT = (ShapePart("prompt"), ShapePart("hint", optional=True))
_VERDICT = (ShapePart("feedback.right"), ShapePart("feedback.wrong"))
_INSTEAD = (ShapePart("instead.prompt"), _options("instead.options"))
_PAIRS = ShapePart("pairs", ROWS, (ShapePart("left"), ShapePart("right"), ShapePart("feedback")), "", 3, 5)
_SPARE = ShapePart("distractors", ROWS, (ShapePart("text"),), "", 0, 4, optional=True)

PARTS: Mapping[str, tuple[ShapePart, ...]] = {
    "choice": (*_PROMPT, _options()),
    "choices": (*_PROMPT, _options(right=MANY)),
    "true-false": (
        *_PROMPT,
        ShapePart("answer", TRUTH),
        ShapePart("feedback.true"),
        ShapePart("feedback.false"),
    ),
    "branch": (*_PROMPT, _options("options", ONE, "then")),
    "match": (*_PROMPT, _PAIRS, _SPARE, *_INSTEAD),
    "order": (*_PROMPT, ShapePart("steps", ROWS, (ShapePart("text"),), "", 3, 6), *_VERDICT, *_INSTEAD),
    "gaps": (*_PROMPT, ShapePart("text"), ShapePart("gaps", ROWS, (_options(),), "", 1, 8)),
    "text": (*_PROMPT, ShapePart("accept", LISTS), *_VERDICT, *_INSTEAD),
    "number": (
        *_PROMPT,
        ShapePart("answer", LINE),
        ShapePart("tolerance", LINE, optional=True),
        ShapePart("unit", optional=True),
        *_VERDICT,
        *_INSTEAD,
    ),
    "reflection": (*_PROMPT, ShapePart("sample", optional=True)),
    "likert": (*_PROMPT, ShapePart("points", LINE), ShapePart("ends.low"), ShapePart("ends.high")),
}
