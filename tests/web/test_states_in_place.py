"""Every word that says a state, in both languages, in the row or the sentence in which it stands.

A word out of its place cannot be judged: "read" is « lue » of a lesson, "passed" is « réussi » of a quiz and
« adoption » of a bill. `states_in_place.txt` is drawn by the pages themselves and has been read by a person;
when a word changes on purpose, write it anew with `STATES_IN_PLACE=write` in the environment, and read it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from babel.messages.pofile import read_po
from flask import Flask

from lms.actions.context import Context
from lms.cli.certificates.certificate import STATES as OF_A_CERTIFICATE
from lms.core.courses.opaque import opaque
from lms.core.people.actors import NOBODY, Actor
from lms.rendering.dossiers.crowds import NOBODY as NOBODY_AT_ALL
from lms.rendering.dossiers.dossier_sheet import SETTLED
from lms.rendering.publishing.difference_words import ANSWERS, FATES
from lms.rendering.words.translator import Translator, translator_for
from lms.web.wiring import build
from lms.web.words.legal_words import EVENTS, KINDS, STATUSES
from lms.web.words.my_data_words import LABELS
from lms.web.words.states import STATES as OF_LEARNING
from lms.web.workspace.new_block import PARTS_BY_NAME, TEXTS_BY_KIND
from lms.web.workspace.piece_words import KINDS as KINDS_OF_BLOCKS
from tests.builders_learning import SAMPLE_CODE
from tests.builders_pages import Reader
from tests.conftest import LintingClient
from tests.house.tree import ROOT
from tests.page_lint import parse, text_of
from tests.pages.people import (
    Who,
    at_final_check,
    begun,
    certified,
    failing,
    graduate,
    halfway,
    member,
    moved,
    named,
    nobody,
    number_of,
    revoked,
)
from tests.pages.states_needs import asked, declined, granted
from tests.pages.worlds import NEXT_CODE, WORLDS

#: What stands behind a source that is not verified (`law-box.html`, `blocks_law.py`).
OF_A_SOURCE = {one: one for one in ("repealed", "not checked yet", "still being checked")}
#: Where a change dossier stands (`dossier.html`, `dossiers.html`, `law.html`).
OF_A_DOSSIER = {one: one for one in ("open", "closed")}
PARTS_OF_BLOCKS = {**TEXTS_BY_KIND, **PARTS_BY_NAME}
REVIEWED = Path(__file__).parent / "states_in_place.txt"
COURSE = f"/c/{SAMPLE_CODE}"
NEXT = f"/c/{NEXT_CODE}"


def _verified(context: Context, who: Actor) -> str:
    return f"/verify/{number_of(context, who)}"


@dataclass(frozen=True)
class Page:
    """A page that says states: on which site, who looks at it, its address after the language."""

    name: str
    path: str | Callable[[Context, Actor], str]
    who: Who = nobody
    world: str = "sample"


PAGES = (
    Page("a course under way", COURSE, halfway),
    Page("a course under way, its first lesson read", COURSE, begun),
    Page("a finished course", COURSE, graduate),
    Page("a course with a new version", COURSE, moved, "renewed"),
    Page("my learning", "/my-learning", halfway),
    Page("my learning, a lesson changed", "/my-learning", moved, "renewed"),
    Page("a lesson, its neighbours beside it", f"{COURSE}/m1/l2", begun),
    Page("a quiz after a try", f"{COURSE}/m1/check", failing),
    Page("a final quiz looked over", f"{COURSE}/check/review", at_final_check),
    Page("results", f"{COURSE}/results", graduate),
    Page("results, a quiz not passed", f"{COURSE}/results", failing),
    Page("a course that builds on another, nothing sent", NEXT, member, "building"),
    Page("a course that builds on another, request sent", NEXT, asked, "building"),
    Page("a course that builds on another, not recognized", NEXT, declined, "building"),
    Page("a course that builds on another, recognized", NEXT, granted, "building"),
    Page("a course that builds on another, finished", NEXT, graduate, "building"),
    Page("a certificate that was revoked", f"{COURSE}/certificate", revoked),
    Page("a specimen, verified", _verified, certified),
    Page("a certificate, verified", _verified, certified, "public"),
    Page("a certificate that was revoked, verified", _verified, revoked, "public"),
    Page("an account", "/account", named),
    Page("an account without anything", "/account", member),
    Page("changes of the law", "/register/changes"),
    Page("a law", f"/register/{opaque('sample-act')}"),
    Page("a law, another", f"/register/{opaque('sample-code')}"),
    Page("a law that ended", f"/register/{opaque('old-sample-act')}"),
)
ROWS = {"li", "tr", "dd", "td", "p", "h2", "h3", "div"}
LONGEST = 90
MOST = 36  # letters of a fact that may be a state; what is longer is a sentence


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _words(element: Element) -> str:
    return " ".join(text_of(element).split())


def rows(html: str) -> Iterator[str]:
    """Yield each row with a state in it, the state between brackets, and each fact with its name."""
    tree, _ = parse(html)
    above = {child: parent for parent in tree.iter() for child in parent}
    for element in tree.iter():
        classes = str(element.get("class", "")).split()
        if "state" in classes:
            row = above[element]
            while _tag(row) not in ROWS:
                row = above[row]
            said = _words(element)
            yield _cut(_words(row).replace(said, f"[{said}]", 1))
        elif "label" in classes and "notice" in str(above[element].get("class")).split():
            yield f"[{_words(element)}]"
        elif _tag(element) == "dd" and _tag(above[element]) == "div" and not element.get("lang"):
            name = next((_words(one) for one in above[element] if _tag(one) == "dt"), "")
            yield _cut(f"{name}: [{_words(element)}]")


def _is_short(row: str) -> bool:
    marked = re.search(r"\[(.*?)(\]|$)", row)
    return marked is not None and len(marked[1]) <= MOST


def _cut(row: str) -> str:
    """Shorten a row around its state, and take out of it what is another each time."""
    row = re.sub(r"[0-9a-z]{4}(-[0-9a-z]{2,4}){5,}|heron\w+", "…", row)
    at = row.find("[")
    return row if len(row) <= LONGEST else ("…" if at > LONGEST else "") + row[max(0, at - LONGEST) :][:160]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return what all of them say, as it is kept."""
    return "\n".join([*_pages(tmp_path_factory.mktemp("states")), "", *_lists(), ""])


def _pages(folder: Path) -> Iterator[str]:
    apps: dict[str, tuple[Context, Flask]] = {}
    seen: set[tuple[str, str]] = set()
    for page in PAGES:
        if page.world not in apps:
            context = WORLDS[page.world](folder / page.world)
            app = build(context)
            app.test_client_class = LintingClient
            apps[page.world] = (context, app)
        pairs = [pair for pair in _both(page, *apps[page.world]) if pair not in seen]
        seen.update(pairs)
        yield from ("", f"## {page.name}") if pairs else ()
        for english, french in pairs:
            yield from (f"en  {english}", f"fr  {french}")


def _both(page: Page, context: Context, app: Flask) -> list[tuple[str, str]]:
    who = page.who(context)
    path = page.path if isinstance(page.path, str) else page.path(context, who or NOBODY)
    said = []
    for locale in ("en", "fr"):
        reader = Reader(app.test_client(), context, locale, lint=False)
        if who:
            reader.sign_in(who)
        shown = reader.get(path)
        assert shown.status == 200, page.name
        said.append(list(rows(shown.html)))
    return [pair for pair in dict.fromkeys(zip(*said, strict=True)) if _is_short(pair[0])]


def _lists() -> Iterator[str]:
    """Yield the words that only some data would bring onto a page, each with the words beside it there."""
    yield from _list("state", "(in a list of lessons or modules)", "state", OF_LEARNING)
    yield from _list("status of a law", "Status", "", STATUSES)
    yield from _list("type of a law", "Type", "", KINDS)
    yield from _list("mark of a law in a lesson", "Source: Sample Act", "law", OF_A_SOURCE)
    yield from _list("event of a law", "(after its date)", "event of a law", EVENTS)
    yield from _list("field of my data", "(before its value)", "field of my data", LABELS)
    yield from _list(
        "what became of a statement", "(in a change dossier)", "what became of a statement", SETTLED
    )
    yield from _list("a change dossier", "Left to settle", "dossier", OF_A_DOSSIER)
    of_blocks = {fate.value: words for fate, words in FATES.items()}
    yield from _list("what became of a block", "(above its words)", "what became of a block", of_blocks)
    yield from _list("a fact that changed", "Sensitive: from … to …", "fact", ANSWERS)
    yield from _list(
        "number of people", "Learners taking the course", "number of people", {"": NOBODY_AT_ALL}
    )
    yield from _list("kind of block", "(in the list of what can be added)", "kind of block", KINDS_OF_BLOCKS)
    yield from _list("part of a block", "(beside its text area)", "part of a block", PARTS_OF_BLOCKS)
    of_it = {state.value: words for state, words in OF_A_CERTIFICATE.items()}
    yield from _list("state of a certificate, at the terminal", "Status", "", of_it)


def _list(name: str, beside: str, sense: str, words: Mapping[str, str]) -> Iterator[str]:
    tongues = {locale: translator_for(locale) for locale in ("en", "fr")}

    def said(tongue: Translator, word: str) -> str:
        return tongue.sense(sense, word) if sense else tongue.gettext(word)

    yield from ("", f"## {name} {beside}")
    for word in dict.fromkeys(words.values()):
        yield f"{said(tongues['en'], word)}  =  {said(tongues['fr'], word)}"


def test_states_are_said_as_they_were_reviewed(drawn: str) -> None:
    if os.environ.get("STATES_IN_PLACE") == "write":
        REVIEWED.write_text(drawn, "utf-8")
    reviewed = REVIEWED.read_text("utf-8") if REVIEWED.exists() else ""
    differs = list(
        unified_diff(reviewed.splitlines(), drawn.splitlines(), "reviewed", "now", lineterm="", n=1)
    )
    assert not differs, "\n".join(["", *differs])


def test_every_word_with_a_sense_of_its_own_is_drawn(drawn: str) -> None:
    with (ROOT / "translations/fr/LC_MESSAGES/messages.po").open("rb") as file:
        entries = [entry for entry in read_po(file, locale="fr") if entry.context]
    assert len(entries) > 80
    assert [
        (entry.context, entry.id)
        for entry in entries
        if not (str(entry.id) in drawn and str(entry.string) in drawn)
    ] == []
