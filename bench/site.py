"""A site to measure on: courses whose lessons are made of real sentences, in both languages, sealed as 1.0.0.

The first lesson of the first course is as long as the page of the reference; its check asks ten questions.
Holds no measurement.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from bench.prose import sentences

BUNDLED = Path(__file__).parents[1]
MODULES, LESSONS = 5, 4  # in each course
LONG = 3000  # words of the first lesson
LANGS = ("en", "fr")
TITLES = {"en": "Course number", "fr": "Cours numéro"}
BANK, DRAW = 20, 10


@dataclass(frozen=True)
class Size:
    """How large the site is."""

    lessons: int = 200
    words: int = 700


def write_site(folder: Path, size: Size) -> list[str]:
    """Write the drafts and give the ids of the courses."""
    for part in ("courses/legislation", "courses/glossary.yaml", "courses/help-lines.yaml"):
        source, target = BUNDLED / part, folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        elif source.exists():
            shutil.copy(source, target)
    courses = -(-size.lessons // (MODULES * LESSONS))
    names = [f"measured-{number}" for number in range(1, courses + 1)]
    for number, name in enumerate(names, start=1):
        _write_course(folder, name, number, size.words)
    return names


def _both(words: dict[str, str]) -> str:
    return "{" + ", ".join(f'{lang}: "{text}"' for lang, text in words.items()) + "}"


def _write_course(folder: Path, name: str, number: int, words: int) -> None:
    modules = [f"part-{part}" for part in range(1, MODULES + 1)]
    course = folder / "courses" / name
    course.mkdir(parents=True)
    title = _both({lang: f"{TITLES[lang]} {number}" for lang in LANGS})
    (course / "course.yaml").write_text(
        f"""id: {name}
code: crs{number}
title: {title}
subtitle: {title}
summary: {title}
sensitive: true
neutral_title: {_both({"en": "Professional learning", "fr": "Formation professionnelle"})}
required_locales: [en, fr]
offered_locales: []
hours: "3"
modules: [{", ".join(modules)}]
pass_mark: 80
final_check: {{items: 16}}
certificate: {{rule: all-modules-and-final-check}}
""",
        "utf-8",
    )
    for part, module in enumerate(modules, start=1):
        first = number == 1 and part == 1
        _write_module(
            folder, name, module, part, [LONG if first and at == 0 else words for at in range(LESSONS)]
        )


def _write_module(folder: Path, course: str, name: str, part: int, lengths: list[int]) -> None:
    draft = folder / "courses" / course / name / "draft"
    draft.mkdir(parents=True)
    lessons = "\n".join(
        f"""- id: lesson-{at}
  code: l{at}
  title: {_both({"en": f"Lesson {at}", "fr": f"Leçon {at}"})}
  minutes: 8
  outcomes: [o1]"""
        for at in range(1, len(lengths) + 1)
    )
    (draft / "module.yaml").write_text(
        f"""id: {name}
code: m{part}
title: {_both({"en": f"Part {part}", "fr": f"Partie {part}"})}
minutes: 32
outcomes:
- {{id: o1, en: "Say what was read", fr: "Dire ce qui a été lu"}}
lessons:
{lessons}
quiz: {name}
""",
        "utf-8",
    )
    for at, words in enumerate(lengths, start=1):
        for lang in LANGS:
            text = _lesson(lang, words, start=37 * at + 11 * part)
            (draft / f"{at:02d}-lesson-{at}.{lang}.md").write_text(text, "utf-8")
    quizzes = folder / "quizzes" / course / name
    quizzes.mkdir(parents=True)
    (quizzes / "draft.yaml").write_text(_quiz(name, f"{course}-{name}"), "utf-8")


def _lesson(lang: str, words: int, start: int) -> str:
    """Write a lesson with the same bones in each language: five paragraphs a section."""
    sections = max(2, words // 300)
    share = words // (sections * 5)
    parts = ["::: in-short", "", *(f"- {line}" for line in _few(lang, start)), "", ":::", ""]
    for section in range(1, sections + 1):
        parts += [f"## {TITLES[lang]} {section} {{#s{section}}}", ""]
        for paragraph in range(5):
            told = sentences(lang, share, start + 97 * section + 13 * paragraph)
            parts += [" ".join(told), ""]
    return "\n".join(parts)


def _few(lang: str, start: int) -> list[str]:
    return list(sentences(lang, 60, start))[:3]


def _quiz(name: str, prefix: str) -> str:
    items = [f"id: {name}", f"draw: {DRAW}", "items:"]
    asked = {lang: list(sentences(lang, 2000)) for lang in LANGS}
    for item in range(BANK):
        words = [_quoted({lang: asked[lang][5 * item + at] for lang in LANGS}) for at in range(5)]
        items += [
            f"- id: {prefix}-q{item + 1:02d}",
            "  kind: choice",
            "  outcome: o1",
            f"  prompt: {words[0]}",
            "  options:",
        ]
        for at, option in enumerate("abcd"):
            right = "correct: true, " if option == "b" else ""
            items.append(f"  - {{id: {option}, {right}text: {words[at + 1]}, feedback: {words[at]}}}")
    return "\n".join([*items, ""])


def _quoted(words: dict[str, str]) -> str:
    return _both({lang: text.replace('"', "'") for lang, text in words.items()})
