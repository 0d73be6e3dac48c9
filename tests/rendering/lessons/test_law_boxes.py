"""What the law says: a statement and a line of source; how sure the laws are is said once, at the end."""

from __future__ import annotations

from lms.core.locales import Words
from lms.rendering.words.translator import translator_for
from tests.builders_lessons import a_law, an_event, drawn, every, law_box, section, tree, words


def test_a_verified_law_is_a_statement_and_one_line_of_source() -> None:
    page = tree(drawn(section(), law_box()).body)
    box = every(page, "div", class_="law")[0]
    assert words(box, "summary") == ["Source: Sample Act"]
    told = "".join(box.itertext())
    assert "Law as of 23\u00a0July 2026. Last checked on 22\u00a0November 2026." in told
    assert "not legal advice" not in told
    assert [link.get("href") for link in every(box, "a")] == ["https://laws.example.ca/en", "/r/act"]
    assert every(box, "span", class_="doubt") == []


def test_how_sure_the_laws_are_is_said_once_at_the_end() -> None:
    laws = {
        "act": a_law(),
        "part": a_law("part", unverified=("day",), title=Words({"en": "Part Act"})),
        "told": a_law("told", confidence="recalled", title=Words({"en": "Told Act"})),
    }
    boxes = [law_box(rests_on=(name,)) for name in laws]
    page = tree(drawn(section(), *boxes, laws=laws).body)
    (said_once,) = words(page, "p", id="w-sure")
    assert said_once == (
        "How sure we are We last checked the laws in this lesson on 22\u00a0November 2026. "
        "We are still checking some details against the official text: Part Act. "
        "Written from general knowledge, not checked against the official text yet: Told Act. "
        "General information, not legal advice."
    )
    assert words(page, "span", class_="doubt") == ["still being checked", "not checked yet"]
    assert every(tree(drawn(section()).body), "p", id="w-sure") == []


def test_what_nobody_checked_is_not_said_to_be_checked() -> None:
    told = drawn(law_box(), laws={"act": a_law(confidence="recalled")}).body
    assert "Law as of 23\u00a0July 2026." in told
    assert "checked 22 November" not in told
    assert "We last checked" not in told
    later = drawn(law_box(as_of="2027-01-01")).body
    assert "Law as of 1\u00a0January 2027." in later


def test_a_law_box_says_doubt_repeal_and_a_text_in_one_language_only() -> None:
    law = a_law(confidence="recalled", status="repealed", url={"en": "https://laws.example.ca/en"})
    told = "".join(tree(drawn(law_box(), locale="fr", lang="fr", laws={"act": law}).body).itertext())
    assert translator_for("fr").gettext("official text in English only") in told
    english = drawn(law_box(), laws={"act": law}).body
    assert words(tree(english), "span", class_="doubt") == ["repealed", "not checked yet"]
    assert "not yet checked against the official text" in english
    unsure = drawn(law_box(), laws={"act": a_law(unverified=("day",))}).body
    assert "Some details are still being checked" in unsure


def test_an_unofficial_french_title_stands_beside_the_official_one() -> None:
    law = a_law(title_fr_official=False)
    page = tree(drawn(law_box(), locale="fr", lang="fr", laws={"act": law}).body)
    assert set(words(page, "span", lang="en")) == {"Sample Act"}
    assert "Loi modèle" in "".join(page.itertext())


def test_a_law_box_warns_of_what_happened_since_and_what_lies_ahead() -> None:
    law = a_law(events=(an_event("2026-10-01"), an_event("2027-12-05", effect="pending")))
    labels = words(tree(drawn(law_box(), laws={"act": law}).body), "p", class_="label")
    assert labels == ["What the law says", "This may be out of date", "This law is going to change"]


def test_a_law_that_the_register_does_not_know_is_left_out() -> None:
    told = drawn(law_box(rests_on=("gone",))).body
    assert "Law as of 23\u00a0July 2026." in told
    assert "Source" not in told
