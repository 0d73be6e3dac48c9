"""What changes nothing, what touches everything, what is refused, what is urgent, and the way back."""

from __future__ import annotations

import pytest

from tests.builders_changes import CLAIMS, EXPRESSION, HATE
from tests.journeys.changes.conftest import Begin
from tests.journeys.changes.deeds import MODULE, Happening, Story

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("changes")]

DAY, LATER = "2026-03-26", "2026-04-05"
WORDS = {"en": "Something happened to it.", "fr": "Il s’est passé quelque chose."}
WHY = {"en": "It is said more clearly.", "fr": "C’est dit plus clairement."}
FIXED = {
    "en": "There is no deadline yet to make a refugee claim in Canada.",
    "fr": "Il n’y a pas encore de délai pour demander l’asile au Canada.",
}
RIGHT = {"en": "It can still be made", "fr": "Elle peut encore se faire"}
CLEARER = {
    "en": "Hate is no offence of its own. It weighs when a judge decides on a sentence.",
    "fr": "La haine n’est pas une infraction en soi. Elle compte quand le juge décide de la peine.",
}


def nothing_to_read(story: Story) -> None:
    """Assert that a learner reads what they read, and a stranger that a certificate is as it was."""
    story.browser.sit_down(story.learner)
    story.read()
    said = story.browser.beside(CLAIMS.said[story.locale])
    assert WORDS[story.locale] not in said
    for words in ("This may be out of date", "This law is going to change"):
        assert story.said(words) not in said
    assert not story.verified().sees("Renewal due")


@pytest.fixture(params=["fr", pytest.param("en", marks=pytest.mark.full)])
def locale(request: pytest.FixtureRequest) -> str:
    """Return the language in which everybody reads: one, since the pages are those of the long stories."""
    return str(request.param)


@pytest.mark.parametrize("kind", ["court decision", "introduced"])
def test_a_filing_without_a_ruling_and_a_bill_at_first_reading_change_nothing(
    begin: Begin, locale: str, kind: str
) -> None:
    story = begin(DAY)
    page, said = story.browser, story.said
    story.register(CLAIMS, Happening(DAY, kind, WORDS))  # whoever enters it thinks that it matters
    assert page.sees("No statement needs to be rewritten. You can still see what is based on it.")
    assert not page.links(said("Open a dossier for this event"))
    assert not story.workspace(story.people.author).sees("Laws that changed after a statement was checked")
    nothing_to_read(story)


def test_a_moved_address_is_editorial(begin: Begin, locale: str) -> None:
    story = begin(DAY)
    page, said = story.browser, story.said
    story.draft(story.people.author)
    page.follow({"en": "The first form", "fr": "Le premier formulaire"}[locale])
    page.rewrite("https://www.example.org/records", "https://www.example.org/en/records")
    page.rewrite("https://www.example.org/dossiers", "https://www.example.org/fr/dossiers")
    page.press(said("Save all changes"))
    story.publishing()
    assert page.sees("small corrections")
    assert page.held(said("Version number"), near=said("Seal this version")) == "1.0.1"


def test_a_repeal_touches_every_statement_that_rests_on_it(begin: Begin, locale: str) -> None:
    story = begin(DAY)
    page, said = story.browser, story.said
    story.register(EXPRESSION, Happening(DAY, "repealed", WORDS))
    page.follow(said("See what is based on this event"))
    for kind in ("Statement about the law", "Quiz question", "Glossary term"):
        assert page.text.count(said(kind)) == 1
    page.follow(said("Open a change dossier")).press(said("Open the dossier"))
    assert len(story.lines()) == len(("statement", "question", "term"))
    assert all(len(line) == len(("kind", "en", "fr")) for line in story.lines())
    story.publishing()
    assert page.sees("to fix")  # what rests on a repealed law is an error until it is rewritten
    story.seal(WHY, expect=422)
    page.sit_down(story.learner)
    story.read()
    assert page.sees("This may be out of date")
    assert page.text.count(WORDS[locale]) == 1
    assert said("law|repealed") in page.text


def test_english_revised_without_french_cannot_be_published(begin: Begin, locale: str) -> None:
    story = begin(DAY)
    page, said = story.browser, story.said
    story.register(CLAIMS, Happening(DAY, "amended", WORDS))
    story.open_dossier()
    for tag in ("en", "fr"):
        page.tick(story.language(tag), near=CLAIMS.asked[locale])
    story.settle("still true", reason="It says so still.")
    page.follow(said("Open this text in the draft"), near=CLAIMS.said[locale])
    story.restate(CLAIMS, {"en": FIXED["en"]}, DAY)
    story.dossier(story.people.author, WORDS[locale])
    page.tick(*(story.language(tag) for tag in ("en", "fr")))
    page.tick(said("what became of a statement|rewritten").capitalize())
    page.press(said("Settle the marked lines"), expect=409)
    assert page.voice.language("fr") in page.problems
    assert page.voice.language("en") not in page.problems.replace(page.voice.language("fr"), "")
    story.dossier(story.people.author, WORDS[locale])
    story.settle("rewritten", "en")
    story.approve(translations=False)
    story.seal(WHY, expect=409)  # the French line of the dossier is open
    story.dossier(story.people.author, WORDS[locale])
    story.settle("still true", "fr", reason="It is.")
    story.seal(WHY, expect=409)  # and nobody has said that both still mean the same
    assert page.sees("1.0.0")
    assert not page.sees("sealed, not published")


def test_an_urgent_fix_is_not_undone_by_what_waited_and_the_way_back_brings_all_back(
    begin: Begin, locale: str
) -> None:
    story = begin(DAY)
    page, said = story.browser, story.said

    # Clearer words wait for their day.
    story.lesson()
    story.restate(HATE, CLEARER, "")
    story.approve()
    story.seal(WHY)
    story.schedule("1.1.0", LATER)
    assert page.sees("scheduled")

    # An urgent fix follows what learners have now: the draft is brought back to it, a question changes too.
    story.lesson()
    for tag in ("en", "fr"):
        page.rewrite(CLEARER[tag], HATE.said[tag])
        page.rewrite(CLAIMS.said[tag], FIXED[tag])
    page.press(said("Save all changes"))
    story.draft(story.people.author)
    page.follow(said("Quiz: %(title)s", title=MODULE[locale]))
    page.follow(CLAIMS.asked[locale])
    story.put_right(CLAIMS, RIGHT)
    story.publishing()
    assert page.sees("This draft does not follow the newest version")
    story.approve()
    story.seal(WHY)
    assert said("Version %(version)s, which is scheduled, would be cancelled.", version="1.1.0") in page.text
    story.publish("1.1.1")

    # On the day of what waited, the fix stands.
    story.on(LATER)
    page.sit_down(story.learner)
    story.read()
    assert FIXED[locale] in page.text
    assert HATE.said[locale] in page.text
    assert CLEARER[locale] not in page.text
    story.publishing()
    assert page.sees("Another version was published first")

    # The way back: the words of the first version, in both languages, and its questions.
    page.fill(said("Version to go back to"), "1.0.0").fill(
        said("Version number"), "1.2.0", near=said("Version to go back to")
    )
    for tag, words in WHY.items():
        named = said("Note to learners: %(language)s", language=page.voice.language(tag))
        page.fill(named, words, near=said("Version to go back to"))
    page.press(said("Seal the earlier version again"))
    story.publish("1.2.0")
    for tag, other in (("en", "fr"), ("fr", "en")):
        page.sit_down(story.learner).open(f"/{tag}/")
        page.locale = tag
        story.read()
        assert CLAIMS.said[tag] in page.text
        assert FIXED[tag] not in page.text
        assert other != page.locale
    page.locale = locale
    bank = story.context.library.release("sample-course", "1.2.0").modules[1].quiz.question("f-claims")
    assert bank
    assert bank == story.context.library.release("sample-course", "1.0.0").modules[1].quiz.question(
        "f-claims"
    )
