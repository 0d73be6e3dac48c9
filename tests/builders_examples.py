"""The examples of `docs/authoring.md`, and the small course that is made of them.

Holds how a fence says what it is: `file=<path>` is a file of the course *The front desk*; `block=<name>` what
stands in one language of a lesson; `question=<kind>` an item of its quiz; `glossary` an entry of that file.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "authoring.md"
COURSE, MODULE, BLOCKS = "front-desk", "first-minute", "every-block"
_FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SHOWN = Path(__file__).parent / "site" / "courses" / "sample-course"
_IN_SHORT = "::: in-short\n\n- Look up.\n- Say hello.\n- Wait.\n\n:::\n\n"
_HEADING = "## At the desk {#s7}\n\n"


@dataclass(frozen=True)
class Example:
    """One fence: the language it is written in, what it is (`block`), which (`caution`), and its text."""

    language: str
    kind: str
    name: str
    text: str


def examples() -> list[Example]:
    """Return every fence of the page, in order."""
    found = []
    for language, told, text in _FENCE.findall(PAGE.read_text("utf-8")):
        kind, _, name = told.partition("=")
        found.append(Example(language, kind, name, text))
    return found


def of_kind(kind: str) -> list[Example]:
    """Return the examples of one kind."""
    return [one for one in examples() if one.kind == kind]


def lesson_of(example: Example) -> str:
    """Put what a lesson needs around a block."""
    if example.name == "in-short":
        return f"{example.text}\n{_HEADING}Look up.\n"
    return _IN_SHORT + ("" if example.text.startswith("## ") else _HEADING) + example.text


def front_desk(site: Path) -> Path:
    """Put the small course together beside the courses of this checkout; each block is a lesson alone."""
    for folder in ("courses", "quizzes"):
        shutil.copytree(ROOT / folder, site / folder, ignore=shutil.ignore_patterns("releases", "media"))
    for example in of_kind("file"):
        path = site / example.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(example.text, "utf-8")
    quiz = site / "quizzes" / COURSE / MODULE / "draft.yaml"
    quiz.write_text("".join([quiz.read_text("utf-8"), *(one.text for one in of_kind("question"))]), "utf-8")
    _glossary(site / "courses" / "glossary.yaml")
    _blocks(site, of_kind("block"))
    return site


def _glossary(path: Path) -> None:
    """Let the example stand in for the entry of its name."""
    [example] = of_kind("glossary")
    first, *entries = path.read_text("utf-8").split("\n- ")
    name = example.text.split("\n", 1)[0].removeprefix("- ")
    kept = [entry for entry in entries if not entry.startswith(f"{name}\n")]
    assert len(kept) == len(entries) - 1
    path.write_text("\n- ".join([first, *kept, example.text.removeprefix("- ")]), "utf-8")


def _blocks(site: Path, shown: list[Example]) -> None:
    """Make a course in English alone, with a lesson for each block."""
    course = site / "courses" / BLOCKS
    draft = course / "blocks" / "draft"
    (draft / "media").mkdir(parents=True)
    text = (site / "courses" / COURSE / "course.yaml").read_text("utf-8").split("needs:")[0]
    for old, new in (("id: front-desk", f"id: {BLOCKS}"), ("d3sk", "bl0k"), ("[en, fr]", "[en]")):
        text = text.replace(old, new, 1)
    text = text.replace(f"[{MODULE}]", "[blocks]", 1).replace("items: 6", "items: 1")
    (course / "course.yaml").write_text(text, "utf-8")
    lessons = [
        f"- {{id: l{at}, code: l{at}, title: {{en: Lesson {at}}}, minutes: 1}}" for at in _counted(shown)
    ]
    (draft / "module.yaml").write_text(
        "\n".join(
            [
                *("id: blocks", "code: m1", "title: {en: Blocks}", f"minutes: {len(shown)}", "quiz: blocks"),
                *("outcomes:", "- {id: o1, en: Greet people}", "lessons:", *lessons, ""),
            ]
        ),
        "utf-8",
    )
    for at, example in zip(_counted(shown), shown, strict=True):
        (draft / f"{at:02}-l{at}.en.md").write_text(lesson_of(example), "utf-8")
    for path in (*_SHOWN.glob("*/draft/media/*"),):
        if not path.name.startswith("line") and ".fr." not in path.name:
            shutil.copyfile(path, draft / "media" / path.name)
    quiz = site / "quizzes" / BLOCKS / "blocks" / "draft.yaml"
    quiz.parent.mkdir(parents=True)
    first = next(one for one in of_kind("file") if one.name.startswith("quizzes/"))
    quiz.write_text(
        first.text.replace("id: first-minute", "id: blocks").replace("draw: 5", "draw: 1"), "utf-8"
    )


def _counted(shown: list[Example]) -> range:
    return range(1, len(shown) + 1)
