"""What a new course, module or lesson says until its author replaces it: instructive words that are whole.

Holds the texts of every file of a new module, in the languages of its course. They pass every check.
"""

from __future__ import annotations

from lms.rendering.words.marks import N_
from lms.rendering.words.translator import Translator, translator_for

#: What a person can do after a new module, until its author says it.
OUTCOME = N_("Say here what people can do afterwards")
SUBTITLE = N_("Say here in a few words who this course is for")
SUMMARY = N_("Say here in one or two sentences what people learn, and how it helps them at work.")
NEUTRAL = N_("Professional learning")
MINUTES = 4

_LESSON = (
    ("::: in-short", ""),
    ("", N_("Write here the first thing to remember.")),
    ("", N_("Write here the second thing to remember.")),
    ("", N_("Write here the third thing to remember.")),
    (":::", ""),
    ("#s1", N_("Begin with a situation")),
    (
        "p",
        N_("Tell here about one person and one moment at work. Keep it short and real."),
    ),
    (
        "p",
        N_("Then say what helps in this moment, and why. Use the words that you would use with a colleague."),
    ),
    ("#s2", N_("Show what to do")),
    (
        "p",
        N_("Write here what people can do tomorrow. One step is enough."),
    ),
)
_NOTES = (
    (
        "#timing",
        N_("Timing"),
        (
            "-",
            (N_("10 minutes: read one section aloud together."), N_("20 minutes: ask the three questions.")),
        ),
    ),
    (
        "#questions",
        N_("Three questions"),
        (
            "1",
            (
                N_("What have you seen at work? Listen for one real moment."),
                N_("What helped? Listen for small things that people did."),
                N_("What will you try this week? Listen for one step."),
            ),
        ),
    ),
    (
        "#safety",
        N_("Keep everyone safe"),
        ("-", (N_("Everyone may pass, without a reason."), N_("What is said here stays here."))),
    ),
    ("#not", N_("What not to ask"), ("-", (N_("Do not ask people to talk about themselves."),))),
)


def said_in(locales: tuple[str, ...], sentence: str) -> dict[str, str]:
    """Return a sentence of this room in every language of a course."""
    return {locale: translator_for(locale).gettext(sentence) for locale in locales}


def new_lesson(locale: str) -> str:
    """Return the text of a new lesson."""
    voice, blocks, items = translator_for(locale), [], list[str]()
    for mark, sentence in _LESSON:
        said = voice.gettext(sentence) if sentence else ""
        if mark == "" and said:
            items.append(f"- {said}")
            continue
        if items:
            blocks.append("\n".join(items))
            items = []
        blocks.append(f"## {said} {{{mark}}}" if mark.startswith("#") else said or mark)
    return "\n\n".join(blocks) + "\n"


def new_notes(locale: str) -> str:
    """Return the notes for a team discussion about a new module."""
    voice = translator_for(locale)
    return "\n\n".join(_section(voice, *one) for one in _NOTES) + "\n"


def _section(voice: Translator, anchor: str, title: str, listed: tuple[str, tuple[str, ...]]) -> str:
    mark, sentences = listed
    lines = [
        f"{f'{number}.' if mark == '1' else mark} {voice.gettext(one)}"
        for number, one in enumerate(sentences, start=1)
    ]
    return f"## {voice.gettext(title)} {{{anchor}}}\n\n" + "\n".join(lines)
