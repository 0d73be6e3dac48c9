"""A finder as drawn: each place by itself, told from what was sealed and marked with what is known today."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element

from lms.core.courses.course import Lesson
from lms.core.courses.document import Block, Document, Finder, Heading
from lms.core.legislation.finder import PLACES, place_of
from lms.core.legislation.register import Register, Watch
from lms.core.locales import Words
from lms.rendering.lessons.anchors import Addresses
from lms.rendering.lessons.finder import Telling, name_of
from lms.rendering.lessons.finder_page import place_html
from lms.rendering.lessons.lessons import lesson_html
from lms.rendering.words.translator import translator_for
from tests.builders_lessons import EVERYWHERE, TODAY, a_law, a_release, an_event, every, said, tree, words

ACT = a_law(
    "act",
    jurisdiction="ca-on",
    binds=Words({"en": "Offices.", "fr": "Les bureaux."}),
    events=(an_event("2027-06-01", effect="pending"),),
    url={"en": "https://laws.example.ca/en"},
)
RIGHTS = a_law("rights", jurisdiction="ca-yt", topics=("human-rights",), url={}, unverified=("day",))
BLOCKS: tuple[Block, ...] = (Heading(2, said("Where"), "s1"), Finder("f1"))
PLACED = replace(EVERYWHERE, where=lambda place: f"/where/{place}")
SEALED = {"act": ACT, "rights": RIGHTS}


def drawn(locale: str = "en", lang: str = "en", *, addresses: Addresses = PLACED, **now: object) -> Element:
    """Draw a lesson with a finder; `now` is what is different about the act today."""
    lesson = Lesson("l", "l1", Words({"en": "Lesson"}), 4, {lang: Document(lang, BLOCKS)})
    release, module = a_release(lesson, laws=SEALED)
    today = {**SEALED, "act": replace(ACT, **now)}  # type: ignore[arg-type]
    page = lesson_html(release, module, lesson, locale, addresses=addresses, today=TODAY, laws=today)
    return tree(str(page.body))


def place(page: Element, code: str) -> Element:
    """Return the section of one place."""
    sections = every(page, "section", class_="place")
    return next(one for one in sections if one.get("aria-labelledby") == f"f1-{code}")


def test_every_place_has_a_section_and_a_way_to_it() -> None:
    page = drawn()
    nav = every(page, "nav", class_="jump")[0]
    targets = [link.get("href", "") for link in every(nav, "a")]
    assert targets.pop() == "#f1.after"
    assert every(page, "p", id="f1.after")
    assert sorted(targets) == sorted(f"#f1-{code}" for code in PLACES)
    assert targets[0] == "#f1-ca"
    assert [heading.get("id") for heading in every(page, "h3")] == [target[1:] for target in targets]
    assert every(page, "div", class_="finder")[0].get("id") == "f1"


def test_places_stand_in_the_order_of_their_names_in_each_language() -> None:
    for locale in ("en", "fr"):
        names = words(drawn(locale, locale), "h3")
        assert names[0] == name_of("ca", translator_for(locale))
        assert names.index("Alberta") < names.index("Manitoba") < names.index("Yukon")


def test_an_instrument_says_all_that_is_known() -> None:
    one = place(drawn(), "ca-on")
    assert words(one, "h4") == ["Sample Act"]
    facts = dict(zip(words(one, "dt"), words(one, "dd"), strict=True))
    assert words(one, "p", class_="meta")[0] == "S.C. 2020, c. 1"
    assert facts["Who it applies to"] == "Offices."
    assert facts["Status"] == "in force"
    assert facts["Next date"] == "1\u00a0June 2027 – It changed."
    assert facts["What it means"] == "There must be a chair."
    assert "How reliable this information is" not in facts
    assert [link.get("href") for link in every(one, "a")] == [
        "https://laws.example.ca/en",
        "/r/act",
        "/where/ca-on",
        "#f1",
    ]
    assert "Register last checked on 22\u00a0November 2026." in words(one, "p", class_="meta")[1]


def test_a_reader_in_another_language_is_told_which_text_is_official() -> None:
    one = place(drawn("fr", "fr"), "ca-on")
    assert "(texte officiel en anglais seulement)" in words(one, "dd")[4]
    courtesy = place(drawn("fr", "fr", title_fr_official=False), "ca-on")
    assert words(courtesy, "h4") == ["Sample Act"]
    assert words(courtesy, "p", class_="meta")[0] == "Loi modèle, L.C. 2020, ch. 1"


def test_words_of_the_finder_are_the_readers_even_when_the_lesson_falls_back() -> None:
    finder = every(drawn("fr", "en"), "div", class_="finder")[0]
    assert (finder.get("lang"), finder.get("dir")) == ("fr", "ltr")
    assert every(drawn(), "div", class_="finder")[0].get("lang") is None


def test_what_the_register_does_not_know_is_said() -> None:
    one = place(drawn(), "ca-yt")
    facts = dict(zip(words(one, "dt"), words(one, "dd"), strict=True))
    assert "does not contain a separate accessibility law" in words(one, "p")[0]
    assert facts["Who it applies to"] == "The register does not say."
    assert facts["Next date"] == "The register does not list an upcoming date."
    assert facts["What it means"].startswith("The register has no information about disability")
    assert facts["Official text"].startswith("We don’t have a link to the official text.")
    assert "still being checked" in facts["How reliable this information is"]
    assert (
        words(place(drawn(), "ca-pe"), "p")[0]
        == "The register does not contain anything on accessibility for this place yet."
    )
    bare = place(drawn(binds=None), "ca-on")
    assert words(bare, "dd")[0] == "Offices."  # what was sealed stays
    register = Register(TODAY, "", "", {"act": replace(ACT, binds=None)})
    unbound = Telling(register, {}, TODAY, translator_for("en"), Addresses())
    page = tree(
        str(place_html(unbound.place(place_of("ca-on", unbound.register.laws)), translator_for("en")))
    )
    assert words(page, "dd")[0] == "The register does not say. See the official text."


def test_what_happened_since_is_marked_and_how_it_stands_is_told_as_of_today() -> None:
    one = place(drawn(status="repealed", meaning=Words({"en": "Other."})), "ca-on")
    assert "There must be a chair." in words(one, "dd")
    assert words(one, "dd")[1].startswith("no longer in force")
    page = drawn()
    lesson = Lesson("l", "l1", Words({"en": "Lesson"}), 4, {"en": Document("en", BLOCKS)})
    release, module = a_release(lesson, laws=SEALED)
    moved = {**SEALED, "act": replace(ACT, events=(an_event("2026-12-01"),))}
    later = lesson_html(release, module, lesson, "en", addresses=PLACED, today="2026-12-02", laws=moved)
    assert "This may be out of date" in words(tree(str(later.body)), "p", class_="label")
    assert "This may be out of date" not in words(page, "p", class_="label")


def test_what_is_watched_for_is_told_in_its_own_language() -> None:
    laws, watch = {"act": replace(ACT, events=())}, (Watch("act", "2027-01", "A report."),)
    register = Register(TODAY, "", "", laws, watch)
    telling = Telling(register, {}, TODAY, translator_for("fr"), Addresses())
    told = telling.place(place_of("ca-on", register.laws))
    assert (told.instruments[0].next, told.instruments[0].next_words) == ("janvier 2027", ("en", "A report."))
    spans = every(tree(str(place_html(told, translator_for("fr")))), "span", lang="en")
    assert "A report." in ["".join(one.itertext()) for one in spans]


def test_without_a_page_of_its_own_a_place_leads_nowhere() -> None:
    one = place(drawn(addresses=Addresses()), "ca-on")
    assert [link.get("href") for link in every(one, "a")] == ["https://laws.example.ca/en", "#f1"]


def test_one_place_is_shown_when_it_is_chosen_and_none_before() -> None:
    lesson = Lesson("l", "l1", Words({"en": "Lesson"}), 4, {"en": Document("en", BLOCKS)})
    release, module = a_release(lesson, laws=SEALED)
    here = replace(PLACED, here="/here", carried={"part": "2"})
    for chosen, codes in (("", []), ("ca-on", ["f1-ca-on"])):
        page = tree(
            lesson_html(
                release, module, lesson, "en", addresses=here, today=TODAY, place=chosen, remembered=True
            ).body
        )
        assert [one.get("aria-labelledby") for one in every(page, "section", class_="place")] == codes
        (form,) = every(page, "form", class_="choose")
        assert (form.get("action"), form.get("method")) == ("/here#f1", "get")
        chosen_ones = [one.get("value") for one in every(form, "option") if one.get("selected") is not None]
        assert chosen_ones == ([chosen] if chosen else [])
        assert every(form, "input", name="remember")[0].get("checked") is not None
        assert every(form, "input", name="part")[0].get("value") == "2"
        assert "/here?part=2&place=all#f1" in [link.get("href") for link in every(form, "a")]
