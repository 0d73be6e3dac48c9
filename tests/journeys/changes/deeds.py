"""What people do when a law changes, by the words of the pages alone: no address but that of the first page.

Whoever writes, whoever approves, whoever learns. What must be so at each is asserted by the stories.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from lms.actions.certificates import refreshing
from lms.actions.context import Context
from lms.core.certificates.certificate import grouped
from lms.core.courses.quiz import ChoiceQuestion
from lms.core.people.actors import Actor
from lms.jobs import run_due
from tests.builders_accounts import letters
from tests.builders_by_words import ByWords
from tests.builders_changes import People, Told, put_on
from tests.builders_learning import SAMPLE_CODE
from tests.builders_pages import XHTML
from tests.page_lint import text_of

NAMES = {"en": "A warm welcome", "fr": "Un accueil chaleureux"}
LESSON = {"en": "Safe notes", "fr": "Des notes protégées"}
MODULE = {"en": "Forms and notes", "fr": "Formulaires et notes"}
LANGUAGES = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happens to a law, as an author enters it; `kind` in the words of the form."""

    day: str
    kind: str
    said: Mapping[str, str]
    material: bool = True


@dataclass(frozen=True, slots=True, repr=False)
class Story:
    """One copy of the world: the browser that everybody takes turns at, in one language, and who is there."""

    browser: ByWords
    people: People

    @property
    def context(self) -> Context:
        """Return the desk behind the pages."""
        return self.browser.context

    @property
    def locale(self) -> str:
        """Return the language of the pages."""
        return self.browser.locale

    def on(self, day: str, hour: int = 12, minute: int = 0) -> None:
        """Let it be this moment, and let the worker do what is due by then."""
        put_on(self.context, day, hour, minute)
        run_due(self.context)

    def said(self, words: str, **values: object) -> str:
        """Return a sentence of the interface in the language of the story."""
        return self.browser.said(words, **values)

    def workspace(self, who: Actor) -> ByWords:
        """Let somebody who writes come to the first page, and go to their work from there."""
        page = self.browser.sit_down(who).open(f"/{self.locale}/")
        return page.follow(self.said("Author workspace"))

    # --- the register ------------------------------------------------------------------------------
    def register(self, told: Told, *happenings: Happening) -> ByWords:
        """Enter what happened to a law; the page that tells what comes next stays open."""
        page = self.workspace(self.people.author)
        page.follow(self.said("Edit the register of laws")).follow(told.title[self.locale])
        for one in happenings:
            page.follow(self.said("Add an event"))
            page.fill(self.said("What happened"), self.said(f"event of a law|{one.kind}"))
            page.fill(self.said("Date"), one.day)
            page.fill(self.said("In English"), one.said["en"]).fill(self.said("In French"), one.said["fr"])
            answer = self.said("Yes") if one.material else self.said("No")
            page.tick(answer, near=self.said("Can it make a statement in a course false?"))
            page.press(self.said("Add the event"))
        return page

    # --- the dossier -------------------------------------------------------------------------------
    def open_dossier(self, *, effective: str = "") -> ByWords:
        """Open a dossier from what has just been entered."""
        page = self.browser.follow(self.said("Open a dossier for this event"))
        if effective:
            page.fill(self.said("Effective date"), effective)
        page.press(self.said("Open the dossier"))
        page.kept["dossier"] = page.where
        return page

    def lines(self) -> list[tuple[str, ...]]:
        """Return what the open dossier lists: what each is, and its words in each language."""
        return [
            (text_of(one.find(f"{XHTML}h3") or one).partition(" – ")[0], *_said(one))
            for one in self.browser.tree.iter(f"{XHTML}li")
            if one.find(f"{XHTML}h3") is not None and _said(one)
        ]

    def dossier(self, who: Actor, words: str) -> ByWords:
        """Go to the dossier that begins with these words; once its address is known, straight there."""
        page = self.browser
        if "dossier" in page.kept:
            return page.sit_down(who).open(page.kept["dossier"])
        return self.workspace(who).follow(self.said("Change dossiers")).follow(words)

    def draft(self, who: Actor) -> ByWords:
        """Go to the draft of the course; once its address is known, straight there."""
        page = self.browser
        if "draft" in page.kept:
            return page.sit_down(who).open(page.kept["draft"])
        self.workspace(who).follow(NAMES[self.locale])
        page.kept["draft"] = page.where
        return page

    def settle(self, outcome: str, *boxes: str, reason: str = "") -> ByWords:
        """Say what became of lines; `boxes` are languages, or a language and its place."""
        page = self.browser
        for box in boxes:
            label, _, near = box.partition(" @ ")
            page.tick(self.language(label), near=near)
        page.tick(self.said(f"what became of a statement|{outcome}").capitalize())
        if reason:
            page.fill(self.said("Reason"), reason)
        return page.press(self.said("Settle the marked lines"))

    def language(self, tag: str) -> str:
        """Return how a box or a button names a language."""
        name = self.browser.voice.language(tag)
        return name[0].upper() + name[1:]

    def sign_off(self, words: str) -> ByWords:
        """Let somebody else read the dossier, sign it off and close it."""
        page = self.dossier(self.people.reviewer, words).press(self.said("Sign off"))
        return page.press(self.said("Close the dossier"))

    # --- the draft ---------------------------------------------------------------------------------
    def lesson(self) -> ByWords:
        """Open the lesson of a statement, by the links of the workspace."""
        page = self.draft(self.people.author)
        return page.follow(LESSON[self.locale])

    def restate(self, told: Told, now: Mapping[str, str], checked: str) -> ByWords:
        """Put other words in the place of a statement in the open lesson, in the languages that change."""
        for locale, words in now.items():
            self.browser.rewrite(told.said[locale], words)
        if checked:
            self.browser.fill(self.said("Checked on"), checked, near=told.said["en"])
        return self.browser.press(self.said("Save all changes"))

    def put_right(self, told: Told, now: Mapping[str, str]) -> ByWords:
        """Put another right answer into the open question of a law, in both languages."""
        for locale, words in now.items():
            self.browser.rewrite(told.right[locale], words)
        return self.browser.press(self.said("Save the question"))

    # --- review and publishing ---------------------------------------------------------------------
    def approve(self, *, translations: bool = True) -> ByWords:
        """Let somebody else confirm that both languages mean the same, perhaps, and approve each."""
        page = self.draft(self.people.reviewer)
        page.follow(self.said("Translations"))
        while translations and page.buttons(self.said("Same meaning")):
            page.press(self.said("Same meaning"), first=True)
        page.follow(NAMES[self.locale]).follow(self.said("Review"))
        for tag in LANGUAGES:
            page.press(self.said("Approve: %(language)s", language=self.browser.voice.language(tag)))
        return page

    def publishing(self) -> ByWords:
        """Open the page of the four acts, as whoever publishes."""
        page = self.draft(self.people.author)
        return page.follow(self.said("Publish"))

    def seal(self, why: Mapping[str, str], *, version: str = "", expect: int = 200) -> ByWords:
        """Seal the draft under the number that the page proposes, or under a higher one."""
        page = self.publishing()
        if version:
            page.fill(self.said("Version number"), version, near=self.said("Seal this version"))
        for tag, words in why.items():
            named = self.said("Note to learners: %(language)s", language=page.voice.language(tag))
            page.fill(named, words, near=self.said("Seal this version"))
        return page.press(self.said("Seal this version"), expect=expect)

    def publish(self, version: str) -> ByWords:
        """Publish a sealed version now; then the worker does what follows."""
        self.browser.press(self.said("Publish version %(version)s", version=version))
        put_on_minute(self.context)
        run_due(self.context)
        return self.browser

    def schedule(self, version: str, day: str, *, expect: int = 200) -> ByWords:
        """Publish a sealed version from midnight of a day on, as the house counts; now, without a day."""
        page, near = self.publishing(), self.said("Version %(version)s", version=version)
        page.tick(self.said("On a date") if day else self.said("Now"), near=near)
        page.fill(self.said("Date, such as 2026-11-22"), day, near=near)
        return page.press(self.said("Publish version %(version)s", version=version), expect=expect)

    # --- learners and holders -------------------------------------------------------------------------
    def my_learning(self, who: Actor) -> ByWords:
        """Let somebody come back to what they learn."""
        return self.browser.sit_down(who).open(f"/{self.locale}/").follow(self.said("My learning"))

    @property
    def course(self) -> str:
        """Return what the course is called."""
        return NAMES[self.locale]

    @property
    def learner(self) -> Actor:
        """Return who is under way and reads this language."""
        return self.people.learners[self.locale]

    @property
    def holder(self) -> Actor:
        """Return who holds a certificate and reads this language."""
        return self.people.holders[self.locale]

    def read(self) -> ByWords:
        """Open the lesson as whoever is signed in reads it, from the list of their courses."""
        page = self.browser.open(f"/{self.locale}/").follow(self.said("My learning"))
        return page.follow(NAMES[self.locale]).follow(LESSON[self.locale])

    def refresher(self) -> ByWords:
        """Let the holder follow their notice to the refresher."""
        page = self.my_learning(self.holder)
        return page.follow(
            self.said("Renew it with a short refresher: about %(time)s", time=page.voice.length(2))
        )

    def as_of(self, day: str) -> ByWords:
        """Let a stranger read the lesson as it stood on a day."""
        page = self.browser.sit_down(None).open(f"/{self.locale}/").follow(self.said("Courses"))
        page.follow(NAMES[self.locale]).follow(self.said("Versions of this course"))
        page.follow(self.said("See version %(version)s", version="1.0.0"))
        page.fill(self.said("Course as of"), day)
        return page.fill(self.said("Lesson"), LESSON[self.locale]).press(self.said("Show"))

    def verified(self) -> ByWords:
        """Be a stranger who verifies the number of the first certificate."""
        page = self.browser.sit_down(None).open(f"/{self.locale}/").follow(self.said("Verify a certificate"))
        page.fill(self.said("Certificate number"), grouped(self.people.numbers[self.locale]))
        return page.press(self.said("Verify"))

    def certificate(self) -> bytes:
        """Let the holder download the PDF of their certificate; return its bytes."""
        page = self.my_learning(self.holder).follow(self.said("Your certificate"))
        page.follow(self.said("Download the PDF"))
        assert page.response
        return page.response.get_data()

    def letter(self, address: str) -> str:
        """Return the text of the one letter to an address about a change."""
        found = [one for one in letters(self.context) if one.to == address]
        assert len(found) == 1, [one.subject for one in found]
        return f"{found[0].subject}\n{found[0].text}"

    def renew(self, told: Told, now: Mapping[str, str]) -> ByWords:
        """Let the holder read what changed and what it said before, answer, and hold a new certificate."""
        page = self.refresher()
        assert now[self.locale] in page.text
        assert told.said[self.locale] in page.text
        assert page.sees("What it said before")
        self.answer_refresher().press(self.said("Submit my answers"))
        assert page.sees("Your certificate is renewed.")
        assert self.verified().sees("Replaced")
        assert "Noor" not in page.text
        return page

    def answer_refresher(self) -> ByWords:
        """Begin the questions of the open refresher and get each right."""
        page = self.browser.press(self.said("Go to the questions"))
        paper = refreshing.open_questions(self.context, self.holder, SAMPLE_CODE).paper
        assert paper
        for one in paper.questions:
            assert isinstance(one, ChoiceQuestion)
            page.tick(*(option.text.text(self.locale) for option in one.options if option.correct))
        return page


def _said(line: Element) -> tuple[str, ...]:
    """Return the words of a line of a dossier, which stand in their own language."""
    return tuple(text_of(one) for one in line.iter(f"{XHTML}p") if one.get("lang"))


def put_on_minute(context: Context) -> None:
    """Let a minute pass."""
    context.now.move(minutes=1)  # type: ignore[attr-defined]  # the clock of tests
