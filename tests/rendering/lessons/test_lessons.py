"""Every kind of block comes out with the meaning that it went in with, in the right language, escaped."""

from __future__ import annotations

import pytest

from lms.core.courses.course import Lesson, SignVideo
from lms.core.courses.document import (
    Block,
    Branching,
    Break,
    Caution,
    Checklist,
    Choice,
    ContentNote,
    Document,
    Emphasis,
    Figure,
    FigureLabel,
    Foreign,
    Heading,
    Inline,
    InlineCode,
    InShort,
    JobAid,
    KeyPoint,
    Link,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Recording,
    Reflection,
    Scenario,
    Step,
    Table,
    Text,
)
from lms.core.courses.opaque import opaque
from lms.core.locales import Words
from lms.rendering.lessons.lessons import client_page, job_aid, job_aid_html
from tests.builders_lessons import (
    EVERYWHERE,
    TODAY,
    a_release,
    drawn,
    every,
    law_box,
    para,
    said,
    section,
    tree,
    words,
)

HOSTILE = "<script>alert('x')</script> & \"more\""


@pytest.mark.parametrize(
    "block",
    [
        para(HOSTILE),
        section(HOSTILE),
        ListBlock((ListItem((para(HOSTILE),)),)),
        Table((said(HOSTILE),), ((said(HOSTILE),),), said(HOSTILE)),
        Quote((para(HOSTILE),), said(HOSTILE)),
        InShort((said(HOSTILE),)),
        KeyPoint((para(HOSTILE),)),
        Caution((para(HOSTILE),)),
        law_box(plain=(para(HOSTILE),)),
        Scenario("sc", HOSTILE, (para(HOSTILE),), (para(HOSTILE),)),
        Branching(
            "b", HOSTILE, (para(HOSTILE),), (Step("a", (para(HOSTILE),), (Choice(said(HOSTILE), "z"),)),)
        ),
        Reflection("r", (para(HOSTILE),)),
        Checklist("c", HOSTILE, (ListItem((para(HOSTILE), para(HOSTILE))),)),
        JobAid("j", HOSTILE, (para(HOSTILE),), (para(HOSTILE),)),
        Figure("f", HOSTILE, HOSTILE, (para(HOSTILE),), (para(HOSTILE),)),
        ContentNote("n", 3, "s1", (para(HOSTILE),), (para(HOSTILE),)),
        Recording(
            "v", "video", HOSTILE, (para(HOSTILE),), (para(HOSTILE),), (para(HOSTILE),), described=True
        ),
        Paragraph((Link("outside", f"https://e.example/{HOSTILE}", said(HOSTILE)), InlineCode(HOSTILE))),
    ],
    ids=lambda block: type(block).__name__,
)
def test_what_an_author_typed_stays_words(block: Block) -> None:
    page = tree(drawn(block).body)
    assert every(page, "script") == []
    assert "alert('x')" in "".join(page.itertext())


def test_runs_keep_their_meaning() -> None:
    runs: tuple[Inline, ...] = (
        Emphasis(said("soft")),
        Emphasis(said("loud"), strong=True),
        Break(),
        Foreign("ar", said("مرحبا")),
        Foreign("haw", said("mahu")),
        Link("lesson", "m1/l2", said("there")),
        Link("lesson", "gone/l2", said("nowhere")),
        Link("anchor", "s1", said("here")),
        Link("mail", "a@example.org", said("write")),
        Link("law", "act", said("act")),
        Link("outside", "https://e.example/", said("out")),
        Link("outside", "javascript:alert(1)", said("evil")),
    )
    page = tree(drawn(section(), Paragraph(runs)).body)
    assert words(page, "em") == ["soft"]
    assert words(page, "strong") == ["loud"]
    spans = [(span.get("lang"), span.get("dir")) for span in every(page, "span") if span.get("lang")]
    assert spans == [("ar", "rtl"), ("haw", None)]
    hrefs = [link.get("href") for link in every(page, "a")][:5]
    assert hrefs == ["/l/m1/l2", "#s1", "mailto:a@example.org", "/r/act", "https://e.example/"]
    assert "evil" in "".join(page.itertext())
    assert words(page, "a", class_="outside") == ["out (another site)"]


def test_a_word_is_linked_once_and_explained_at_the_end_of_the_lesson() -> None:
    ally = Paragraph((Link("term", "ally", said("allies")),))
    page = tree(drawn(section(), ally, ally, section("Two", "s2"), para("x"), ally).body)
    (link,) = every(page, "a", class_="term")
    entry = f"w-{opaque('ally')}"
    assert (link.get("id"), link.get("href")) == (f"w-t-{opaque('ally')}", f"#{entry}")
    assert words(page, "dt") == ["ally"]
    (found,) = every(page, "div", id=entry)
    assert [one.get("href") for one in every(found, "a")] == [f"#w-t-{opaque('ally')}"]


def test_pages_of_one_section_explain_their_own_words() -> None:
    ally = Paragraph((Link("term", "ally", said("allies")),))
    made = drawn(section(), para("x"), section("Two", "s2"), ally, law_box())
    assert ["Words in this lesson" in page for page in made.pages] == [False, True]
    assert ["How sure we are" in page for page in made.pages] == [False, True]


def test_sections_carry_minutes_and_join_into_pages_that_end_with_one_way_to_tell_us() -> None:
    made = drawn(
        InShort((said("a"),)), section(), para("word " * 300), section("Two", "s2"), para("word " * 100)
    )
    assert [(part.anchor, part.title) for part in made.sections] == [("", ""), ("s1", "One"), ("s2", "Two")]
    assert [part.minutes for part in made.sections] == [0, 3, 1]
    assert len(made.pages) == 2
    assert "In short" in made.pages[0]
    for part in (*made.pages, made.body):
        assert words(tree(part), "p", class_="tell") == [
            "Is something wrong, unclear or not accessible? Tell us"
        ]


def test_a_lesson_without_blocks_has_no_pages() -> None:
    assert drawn().pages == ()


def test_boxes_have_headings_below_the_heading_they_stand_under() -> None:
    inner = (Heading(3, said("Inside")), para("x"))
    made = drawn(
        section(),
        Heading(3, said("Deeper"), "d"),
        JobAid("j", "Aid", inner),
        Scenario("s", "Case", (para("x"),), ()),
    )
    levels = [
        element.tag[-2:] for element in tree(made.body).iter() if element.tag[-2:] in {"h2", "h3", "h4", "h5"}
    ]
    assert levels == ["h2", "h3", "h4", "h5", "h4"]


def test_ids_stay_unique_when_steps_are_met_twice() -> None:
    end = Step("end", (para("Done.", id="p"),))
    steps = (Step("a", (para("Begin."),), (Choice(said("Left"), "end"), Choice(said("Right"), "end"))), end)
    page = tree(drawn(section(), Branching("b", "Case", (), steps)).body)
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert words(page, "summary") == ["Left", "Right"]


def test_a_table_has_headers_a_caption_and_labels_for_small_screens() -> None:
    table = Table(
        (said("Who"), said("What")), ((said("Ana"), said("Help")),), said("People"), row_headers=True, id="t1"
    )
    page = tree(drawn(table).body)
    assert words(page, "caption") == ["People"]
    assert [cell.get("scope") for cell in every(page, "th")] == ["col", "col", "row"]
    assert not [part for part in page.iter() if part.get("role")], "a native table needs no roles"
    assert every(page, "td")[0].get("data-head") == "What"


def test_pictures_keep_their_place_and_say_what_they_show() -> None:
    key = ListBlock((ListItem((para("One"),)),), ordered=True)
    page = tree(drawn(Figure("f", "media/a.svg", "A door", (para("Caption"), key), (para("Long"),))).body)
    picture = every(page, "img")[0]
    assert (picture.get("alt"), picture.get("width"), picture.get("height")) == ("A door", "300", "200")
    assert words(page, "summary") == ["Image description"]
    plain = tree(drawn(Figure("f", "media/a.svg", "kept out", decorative=True)).body)
    assert every(plain, "img")[0].get("alt") == ""


def test_a_figure_is_named_by_its_first_sentence_alone_and_is_valid() -> None:
    key = ListBlock((ListItem((para("One"),)),), ordered=True)
    page = tree(drawn(Figure("f", "media/a.svg", "A door", (para("Caption"), key), (para("Long"),))).body)
    (figure,) = every(page, "figure")
    assert words(page, "p", id=figure.get("aria-labelledby", "")) == ["Caption"]
    assert [child.tag.rpartition("}")[2] for child in figure] == ["div", "figcaption"]
    listed = tree(drawn(Figure("f", "media/a.svg", "A door", (key,))).body)
    assert every(listed, "figure")[0].get("aria-labelledby") is None
    uncaptioned = tree(drawn(Figure("f", "media/a.svg", "A door", description=(para("Long"),))).body)
    assert every(every(uncaptioned, "figure")[0], "details") == []
    assert words(uncaptioned, "summary") == ["Image description"]


def test_labels_stand_over_a_drawing_at_their_places() -> None:
    labels = (FigureLabel(said("Open door"), 20, 65), FigureLabel(said("A seat"), 85, 95))
    page = tree(drawn(Figure("f", "media/a.svg", "A door", labels=labels)).body)
    shown = every(every(page, "ul", class_="labels")[0], "li")
    assert [(one.get("class"), one.text) for one in shown] == [
        ("x20 y65", "Open door"),
        ("x85 y95", "A seat"),
    ]


def test_what_somebody_says_in_a_situation_has_a_voice_of_its_own() -> None:
    told = para("She asks, “Is it too late?” You wait. “No,” you say.")
    page = tree(drawn(section(), Scenario("s", "Case", (told,), (told,)), told).body)
    assert words(page, "span", class_="said") == ["“Is it too late?”", "“No,”"]
    french = para("Elle dit : « Je reste. »")
    page = tree(drawn(Branching("b", "Cas", (french,), (Step("a", (french,)),)), lang="fr", locale="fr").body)
    assert words(page, "span", class_="said") == ["« Je reste. »"] * 2
    odd = para("Half “open, and plain.")
    emphasis = Paragraph((Text("He says "), Emphasis(said("“now”"))))
    page = tree(drawn(Scenario("s", "Case", (odd, emphasis), ())).body)
    assert words(page, "span", class_="said") == ["“now”"]


def test_choices_of_a_situation_open_one_at_a_time() -> None:
    end = Step("end", (para("Done."),))
    steps = (Step("a", (para("x"),), (Choice(said("Left"), "end"), Choice(said("Right"), "end"))), end)
    page = tree(drawn(section(), Branching("b", "Case", (), steps)).body)
    assert [one.get("name") for one in every(page, "details")] == ["a.choice", "a.choice"]


def test_lists_start_where_they_start() -> None:
    page = tree(drawn(ListBlock((ListItem((para("x"), para("y"))),), ordered=True, start=3)).body)
    assert every(page, "ol")[0].get("start") == "3"
    assert words(page, "li") == ["xy"]


def test_a_recording_brings_captions_in_the_readers_language_first() -> None:
    media = ("media/x.webm", "media/x.en.vtt", "media/x.fr.vtt")
    video = Recording("v", "video", "media/x.webm", (para("Hello"),), (para("Said."),))
    page = tree(drawn(video, lang="fr", locale="fr", media=media).body)
    tracks = [(track.get("srclang"), track.get("default")) for track in every(page, "track")]
    assert tracks == [("fr", ""), ("en", None)]
    assert every(page, "video")[0].get("preload") == "none"
    audio = tree(drawn(Recording("a", "audio", "media/x.ogg", transcript=(para("Said."),))).body)
    assert every(audio, "audio")
    assert words(audio, "summary") == ["Transcript"]


def test_sign_language_stands_with_its_section() -> None:
    video = SignVideo("#s1", "ase", "media/s.webm", "media/s.small.webm", Words({"en": "Hello."}))
    page = tree(drawn(section(), para("x"), videos=(video,)).body)
    assert every(page, "video")[0].get("aria-label") == "American Sign Language (ASL) – One"


def test_what_is_typed_into_a_reflection_has_nowhere_to_go() -> None:
    page = tree(drawn(Reflection("r", (para("Think."),))).body)
    box = every(page, "textarea")[0]
    assert box.get("name") is None
    assert every(page, "form") == []
    assert box.get("autocomplete") == "off"


def test_ticks_of_a_checklist_have_labels_and_no_names() -> None:
    items = (
        ListItem((Paragraph((Text("Call "), Link("outside", "https://e.example", said("them")))),)),
        ListItem(()),
    )
    page = tree(drawn(Checklist("c", "Plan", items)).body)
    boxes = every(page, "input", type="checkbox")
    assert [box.get("name") for box in boxes] == [None, None]
    assert words(page, "label")[0] == "Call them"
    assert every(every(page, "label")[0], "a") == []


def test_a_content_note_comes_with_a_way_past_it() -> None:
    note = ContentNote("n", 2, "s2", (para("Threats."),), (para("Short."),))
    page = tree(drawn(note, section("Two", "s2")).body)
    assert "This part takes about 2 minutes." in "".join(page.itertext())
    assert every(page, "a")[0].get("href") == "#s2"


# --- falling back ----------------------------------------------------------------------------------
def test_a_lesson_in_another_language_is_marked_and_the_words_around_it_are_not() -> None:
    made = drawn(section(), KeyPoint((para("Bonjour."),)), lang="fr", locale="en")
    assert made.lang == "fr"
    page = tree(made.body)
    assert every(page, "section")[0].get("lang") == "fr"
    assert words(page, "span", lang="en", dir="ltr")[0] == "Key point"


def test_a_job_aid_is_found_and_drawn_alone_with_its_headings_under_the_h1() -> None:
    aid = JobAid("j", "Aid", (Heading(3, said("A")), para("x")), (para("For you"),))
    lesson = Lesson("l", "l1", Words({"en": "L"}), 4, {"en": Document("en", (para("x"), aid))})
    assert job_aid(lesson, "en", "j") is aid
    assert job_aid(lesson, "en", "k") is None
    release, module = a_release(lesson)
    page = job_aid_html(release, module, aid, "en", "en", addresses=EVERYWHERE, today=TODAY)
    assert words(tree(f"<h1>Aid</h1>{page}"), "h2") == ["A"]
    client = job_aid_html(release, module, aid, "en", "fr", addresses=EVERYWHERE, today=TODAY, client=True)
    assert client == '<div lang="en" dir="ltr"><p>For you</p></div>'


def test_the_version_for_a_client_is_called_by_its_own_first_heading() -> None:
    headed = JobAid("j", "Aid", (), (Heading(3, said("Yours")), para("x")))
    title, rest = client_page(headed, "Aid")
    assert (title, rest.client) == ("Yours", (para("x"),))
    plain = JobAid("j", "Aid", (), (para("x"),))
    assert client_page(plain, "Aid") == ("Aid", plain)
    assert client_page(JobAid("j", "Aid", ()), "Aid")[0] == "Aid"


def test_a_term_and_a_note_can_be_signed() -> None:
    parts = ("question:q1", "term:ally", "#n")
    videos = tuple(SignVideo(part, "fcs", f"media/{part[-1]}.webm") for part in parts)
    ally = Paragraph((Link("term", "ally", said("allies")),))
    page = tree(drawn(section(), ContentNote("n", 1, "s1", (para("x"),), ()), ally, videos=videos).body)
    assert [video.get("src") for video in every(page, "video")] == ["/m/media/n.webm", "/m/media/y.webm"]


def test_a_job_aid_leads_to_its_own_pages() -> None:
    both = drawn(JobAid("j", "Aid", (para("x"),), (para("client"),))).body
    assert [link.get("href") for link in every(tree(both), "a")][:2] == ["/aid/j", "/aid/j/client"]
    assert "/client" not in drawn(JobAid("j", "Aid", ())).body
