"""What a new question says until its author replaces it: instructive words, whole in every language.

Holds a template for each kind of question, as the entry of a quiz file. Each passes every check.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from lms.rendering.words.marks import N_
from lms.rendering.words.translator import translator_for

_WHY_RIGHT = N_("Say here why this is right, in one or two sentences.")
_WRONG = (
    (N_("Write here a mistake that people really make."), N_("Explain kindly the idea behind this mistake.")),
    (N_("Write here another answer that sounds likely."), N_("Say here what would happen, and what helps.")),
)
_RIGHT = (N_("Write here the right answer."), _WHY_RIGHT)
_ALSO_RIGHT = (N_("Write here another right answer."), _WHY_RIGHT)
_THEN = N_("Tell here what happens next.")
_SITUATION = N_("Describe here a short, real situation. Then ask: what do you do first?")
_VERDICT = {"right": _WHY_RIGHT, "wrong": N_("Give here the right answer, and say why it is right.")}
_PAIRS = (
    (N_("Write here the first thing"), N_("Write here what belongs to the first thing")),
    (N_("Write here the second thing"), N_("Write here what belongs to the second thing")),
    (N_("Write here the third thing"), N_("Write here what belongs to the third thing")),
)
_STEPS = (N_("Write here the first step"), N_("Write here the second step"), N_("Write here the third step"))
_PROMPTS = {
    "choice": _SITUATION,
    "branch": _SITUATION,
    "choices": N_("Describe here a short, real situation. Then ask: what would help?"),
    "true-false": N_("True or false: write here a statement that someone could honestly believe."),
    "match": N_("Ask here which things belong together."),
    "order": N_("Ask here in which order these steps are taken."),
    "gaps": N_("Ask people here to complete the sentence."),
    "text": N_("Ask here for one or two words."),
    "number": N_("Ask here for a number, such as a number of days."),
    "reflection": N_("Ask here for a thought, such as what someone will do tomorrow."),
    "likert": N_("Ask here how sure people feel about one task."),
}
_MATCHED = N_("Say here why these two belong together.")
_SENTENCE = N_("Replace this sentence, and leave {1} where the blank is.")
_FIRST, _SECOND = N_("a right word"), N_("a wrong word")
_TYPED = N_("the right word")
_LOW, _HIGH = N_("Not sure at all"), N_("Very sure")
_TRUE = N_("Say here what is not quite true about the statement.")


class _Template:
    """Says the texts of one question in every language of a course."""

    def __init__(self, locales: Sequence[str], new_id: Callable[[], str]) -> None:
        self.voices = {locale: translator_for(locale) for locale in locales}
        self.new_id = new_id

    def said(self, sentence: str) -> dict[str, str]:
        return {locale: voice.gettext(sentence) for locale, voice in self.voices.items()}

    def option(self, said: tuple[str, str], *, right: bool = False, then: bool = False) -> dict[str, Any]:
        text, feedback = said
        entry: dict[str, Any] = {"id": self.new_id()}
        if right:
            entry["correct"] = True
        entry["text"] = self.said(text)
        if then:
            entry["then"] = self.said(_THEN)
        return {**entry, "feedback": self.said(feedback)}

    def options(self, turned: int, *, then: bool = False) -> tuple[dict[str, Any], ...]:
        """Return three options; which place the right one has follows from the question's id."""
        wrong = [self.option(one, then=then) for one in _WRONG]
        wrong.insert(turned % 3, self.option(_RIGHT, right=True, then=then))
        return tuple(wrong)

    def verdict(self) -> dict[str, Any]:
        return {key: self.said(sentence) for key, sentence in _VERDICT.items()}

    def instead(self, turned: int) -> dict[str, Any]:
        return {"prompt": self.said(_SITUATION), "options": self.options(turned)}


def question_template(
    kind: str, question: str, outcome: str, locales: Sequence[str], new_id: Callable[[], str]
) -> dict[str, Any]:
    """Return a new question of a kind, in every language of its course."""
    said = _Template(locales, new_id)
    entry = {"id": question, "kind": kind, "outcome": outcome, "prompt": said.said(_PROMPTS[kind])}
    return {**entry, **_PARTS[kind](said, sum(question.encode()))}


def _choices(said: _Template, _: int) -> dict[str, Any]:
    right = (said.option(_RIGHT, right=True), said.option(_ALSO_RIGHT, right=True))
    return {"options": (said.option(_WRONG[0]), *right, said.option(_WRONG[1]))}


def _truth(said: _Template, _: int) -> dict[str, Any]:
    return {"answer": False, "feedback": {"true": said.said(_TRUE), "false": said.said(_WHY_RIGHT)}}


def _match(said: _Template, turned: int) -> dict[str, Any]:
    pairs = tuple(
        {
            "id": said.new_id(),
            "left": said.said(left),
            "right": said.said(right),
            "feedback": said.said(_MATCHED),
        }
        for left, right in _PAIRS
    )
    return {"pairs": pairs, "instead": said.instead(turned)}


def _order(said: _Template, turned: int) -> dict[str, Any]:
    steps = tuple({"id": said.new_id(), "text": said.said(step)} for step in _STEPS)
    return {"steps": steps, "feedback": said.verdict(), "instead": said.instead(turned)}


def _gaps(said: _Template, _: int) -> dict[str, Any]:
    gap = said.new_id()
    text = {locale: one.replace("{1}", f"{{{gap}}}") for locale, one in said.said(_SENTENCE).items()}
    options = (said.option((_SECOND, _WRONG[0][1])), said.option((_FIRST, _WHY_RIGHT), right=True))
    return {"text": text, "gaps": ({"id": gap, "options": options},)}


def _text(said: _Template, turned: int) -> dict[str, Any]:
    accept = {locale: (word,) for locale, word in said.said(_TYPED).items()}
    return {"accept": accept, "feedback": said.verdict(), "instead": said.instead(turned)}


def _number(said: _Template, turned: int) -> dict[str, Any]:
    return {"answer": "3", "tolerance": "0", "feedback": said.verdict(), "instead": said.instead(turned)}


def _likert(said: _Template, _: int) -> dict[str, Any]:
    return {"points": 5, "ends": {"low": said.said(_LOW), "high": said.said(_HIGH)}}


_PARTS: dict[str, Callable[[_Template, int], dict[str, Any]]] = {
    "choice": lambda said, turned: {"options": said.options(turned)},
    "branch": lambda said, turned: {"options": said.options(turned, then=True)},
    "choices": _choices,
    "true-false": _truth,
    "match": _match,
    "order": _order,
    "gaps": _gaps,
    "text": _text,
    "number": _number,
    "reflection": lambda _said, _turned: {},
    "likert": _likert,
}
