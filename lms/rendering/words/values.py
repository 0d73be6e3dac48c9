"""Words that the code puts into a sentence, such as the kind of a block: translated before filling in.

Holds the words and which placeholders may hold one; what authors wrote is never in them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lms.rendering.words.marks import N_
from lms.rendering.words.quantities import day_words, list_words

#: Placeholders that may hold a word of the code.
WHERE = frozenset({"block", "change", "expected", "found"})
#: Placeholders that hold a day as YYYY-MM-DD.
DAYS = frozenset({"day"})
VALUES: Mapping[str, str] = {
    # kinds of blocks
    "heading": N_("heading"),
    "paragraph": N_("paragraph"),
    "list-block": N_("list"),
    "list": N_("list"),
    "table": N_("table"),
    "quote": N_("quotation"),
    "in-short": N_("“In short” box"),
    "key-point": N_("key point"),
    "caution": N_("warning box"),
    "law-box": N_("law box"),
    "scenario": N_("scenario"),
    "branching": N_("branching scenario"),
    "step": N_("step of a branching scenario"),
    "reflection": N_("reflection"),
    "checklist": N_("checklist"),
    "job-aid": N_("job aid"),
    "content-note": N_("content note"),
    "figure": N_("figure"),
    "recording": N_("recording"),
    "finder": N_("law finder"),
    # what a container must contain
    "text": N_("text"),
    "discussion": N_("a discussion"),
    "links": N_("links"),
    "steps": N_("steps"),
    "alternative": N_("an alternative"),
    "nothing inside": N_("nothing"),
    # cells of a table
    "header": N_("in the header row"),
    "row": N_("in the first column"),
    # classes of change
    "editorial": N_("editorial"),
    "informative": N_("new information"),
    "material": N_("important change"),
}


def said(
    params: Mapping[str, object], translate: Callable[[str], str], locale: str = "en"
) -> dict[str, object]:
    """Return the parameters of a sentence: words of the code translated, a `day` in words, several as a list.

    >>> said({"block": "law-box", "name": "text"}, str.upper)
    {'block': 'LAW BOX', 'name': 'text'}
    """
    words = {name: VALUES[str(params[name])] for name in WHERE & set(params) if str(params[name]) in VALUES}
    days = {name: day_words(str(params[name]), locale) for name in DAYS & set(params)}
    lists = {name: list_words(many, locale) for name, many in params.items() if isinstance(many, tuple)}
    return {**params, **{name: translate(word) for name, word in words.items()}, **days, **lists}
