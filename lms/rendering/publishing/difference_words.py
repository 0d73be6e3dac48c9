"""What differs, in words: the names of blocks and of what is not words, and what became of each.

Holds the words that pages, terminals and PDFs share; the facts are `core.publishing.differences`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lms.core.courses.course import Release
from lms.core.publishing.comparing.differences import BlockChange, FactChange, Fate
from lms.core.publishing.comparing.parts import Area, CoursePart
from lms.core.publishing.comparing.pieces import ComparedPiece
from lms.core.publishing.comparing.runs import RunKind, WordRun
from lms.rendering.words.marks import N_, NP_
from lms.rendering.words.places import STATUSES
from lms.rendering.words.translator import Translator
from lms.rendering.words.values import VALUES

AREAS: Mapping[Area, str] = {
    Area.COURSE: N_("Course: names and rules"),
    Area.MODULE: N_("Module: names and rules"),
    Area.LESSON: N_("Lesson"),
    Area.TEAM: N_("Team discussion"),
    Area.QUIZ: N_("Quiz"),
    Area.TERMS: N_("Glossary terms"),
    Area.LAWS: N_("Register of laws"),
}
FATES: Mapping[Fate, str] = {
    Fate.KEPT: NP_("what became of a block", "Unchanged"),
    Fate.MOVED: NP_("what became of a block", "Moved"),
    Fate.ADDED: NP_("what became of a block", "Added"),
    Fate.REMOVED: NP_("what became of a block", "Removed"),
    Fate.CHANGED: NP_("what became of a block", "Changed"),
}
#: What stands side by side in files of names and questions; blocks of lessons are in `VALUES`.
PARTS: Mapping[str, str] = {
    "accept": N_("accepted answers"),
    "avoid": N_("words to avoid"),
    "binds": N_("who must follow it"),
    "citation": N_("citation"),
    "definition": N_("definition"),
    "feedback": N_("feedback"),
    "high": N_("high end of the scale"),
    "hint": N_("hint"),
    "left": N_("left side of a pair"),
    "low": N_("low end of the scale"),
    "meaning": N_("meaning in plain language"),
    "media": N_("pictures and recordings"),
    "neutral_title": N_("neutral title"),
    "prompt": N_("question"),
    "right": N_("right side of a pair"),
    "sample": N_("sample answer"),
    "subtitle": N_("subtitle"),
    "summary": N_("summary"),
    "term": N_("term"),
    "text": N_("answer choice"),
    "then": N_("what happens next"),
    "title": N_("title"),
    "unit": N_("unit"),
    "url": N_("official text"),
    "why": N_("reason"),
    "words": N_("learning outcome"),
    "wrong": N_("feedback"),
}
FACTS: Mapping[str, str] = {
    "answer": N_("Answer"),
    "as_of": N_("Law as of"),
    "choices": N_("Leads to"),
    "correct": N_("Right answer"),
    "date": N_("Date"),
    "described": N_("Described video"),
    "decorative": N_("Decorative picture"),
    "draw": N_("Questions asked"),
    "final_items": N_("Questions in the final quiz"),
    "foreign": N_("Words in other languages"),
    "hours": N_("Hours"),
    "in_force": N_("In force"),
    "inside": N_("Inside"),
    "kind": N_("Type"),
    "level": N_("Heading level"),
    "links": N_("Links"),
    "material": N_("Important change"),
    "minutes": N_("Minutes"),
    "offered_locales": N_("Offered languages"),
    "order": N_("Order"),
    "ordered": N_("Numbered list"),
    "outcome": N_("Learning outcome"),
    "pass_mark": N_("Pass mark"),
    "required_locales": N_("Required languages"),
    "rests_on": N_("Based on"),
    "review_by": N_("Review by"),
    "sensitive": N_("Sensitive"),
    "src": N_("File"),
    "status": N_("Status"),
    "stressed": N_("Emphasized words"),
    "tolerance": N_("Tolerance"),
}
ANSWERS = {"yes": NP_("fact", "yes"), "no": NP_("fact", "no")}


def place_words(place: CoursePart, release: Release, voice: Translator, locale: str) -> str:
    """Return what a part of a course is called: its kind, and its title in this language."""
    kind = voice.gettext(AREAS[place.area])
    module = next((one for one in release.modules if one.id == place.module), None)
    lesson = next((one for one in module.lessons if one.id == place.lesson), None) if module else None
    named = lesson or module or (release.course if place.area is Area.COURSE else None)
    told = named.title.text(locale) if named else place.lesson or place.module
    return voice.gettext("%(kind)s – %(title)s", kind=kind, title=told) if told else kind


def piece_words(piece: ComparedPiece, voice: Translator) -> str:
    """Return what kind of block it is, in small letters; of a question also which one."""
    law, of_event, _ = piece.id.partition("/events")
    if piece.fixed and of_event:
        return voice.gettext("%(part)s (%(place)s)", part=voice.gettext("event of a law"), place=law)
    found = VALUES.get(piece.kind) if not piece.fixed else None
    name = voice.gettext(found or PARTS.get(piece.kind) or piece.kind)
    if not piece.fixed or "/" not in piece.id:
        return name
    return voice.gettext("%(part)s (%(place)s)", part=name, place=piece.id.rpartition("/")[0])


def _value(name: str, value: str, voice: Translator) -> str:
    if name == "status" and value in STATUSES:
        return voice.gettext(STATUSES[value])
    if value in ANSWERS:
        return voice.sense("fact", ANSWERS[value])
    return voice.gettext(VALUES[value]) if value in VALUES else value


def fact_words(fact: FactChange, voice: Translator) -> str:
    """Return what changed besides words, as one sentence."""
    name = voice.gettext(FACTS[fact.name]) if fact.name in FACTS else fact.name
    told = {
        "name": name,
        "old": _value(fact.name, fact.old, voice),
        "new": _value(fact.name, fact.new, voice),
    }
    if not fact.old:
        return voice.gettext("%(name)s: added “%(new)s”", **told)
    if not fact.new:
        return voice.gettext("%(name)s: removed “%(old)s”", **told)
    return voice.gettext("%(name)s: replaced “%(old)s” with “%(new)s”", **told)


def run_words(run: WordRun, voice: Translator) -> str:
    """Return what became of a stretch of words; nothing is said of what stayed."""
    told = {"old": _seen(run.old, voice), "new": _seen(run.new, voice)}
    if run.kind is RunKind.ADDED:
        return voice.gettext("added: “%(new)s”", **told)
    if run.kind is RunKind.REMOVED:
        return voice.gettext("removed: “%(old)s”", **told)
    return voice.gettext("replaced: “%(old)s” with “%(new)s”", **told)


def _seen(text: str, voice: Translator) -> str:
    """Return a stretch of words that can be heard: spaces alone are named."""
    if text.strip():
        return text.strip(" ")
    return voice.gettext("no-break space") if "\u00a0" in text else voice.gettext("space")


def told_of(block: BlockChange, voice: Translator) -> Iterator[str]:
    """Return everything that became of a block, a sentence each."""
    if block.fate is Fate.CHANGED:
        yield from (run_words(run, voice) for run in block.runs if run.kind is not RunKind.SAME)
    yield from (fact_words(fact, voice) for fact in block.facts)


def fate_words(block: BlockChange, voice: Translator) -> str:
    """Return what became of a block in a word or two."""
    fate = voice.sense("what became of a block", FATES[block.fate])
    if block.moved and block.fate is Fate.CHANGED:
        return voice.gettext("Moved and changed")
    return fate
