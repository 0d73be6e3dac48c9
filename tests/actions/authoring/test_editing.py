"""Lessons are changed by named actions: nothing is lost or overwritten, and the history says who."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from lms.actions.authoring import editing, history, uploads
from lms.actions.authoring.editing import MOST_BYTES
from lms.actions.authoring.uploads import Upload
from lms.actions.context import Context
from lms.actions.operations import personal_data
from lms.actions.publishing import preparing
from lms.core.authoring.lessons.changes import (
    InsertPiece,
    JoinPieces,
    MovePiece,
    NewPiece,
    RemovePiece,
    SetFields,
    SetText,
)
from lms.core.authoring.lessons.drafts import LessonPlace
from lms.core.authoring.lessons.edits import Edit
from lms.core.authoring.lessons.media_types import VIDEO
from lms.core.authoring.lessons.pieces import walk
from lms.core.courses.course import SignVideo
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from lms.core.locales import Words
from lms.core.people.actors import NOBODY, Actor, Extent, Role, grants
from lms.core.publishing.site import FileChange
from tests.builders import a_context
from tests.builders_accounts import clock
from tests.builders_content import change, sample_site
from tests.builders_learning import SAMPLE, a_member, refused
from tests.builders_pictures import a_png

AT = LessonPlace(SAMPLE, "welcome", "greeting")
FILE = f"courses/{SAMPLE}/welcome/draft/01-greeting.%s.md"
WORDS = "Say hello before you ask for anything."
FRENCH = "Dites bonjour avant de"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>'
VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello.\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return sample_site(tmp_path / "site")


@pytest.fixture
def context(tmp_path: Path, site: Path) -> Context:
    return a_context(tmp_path / "data", site=site)


@pytest.fixture
def ana(context: Context) -> Actor:
    return a_member(context, "Ana", Role.AUTHOR)


def raw(site: Path, locale: str = "en") -> bytes:
    return (site / (FILE % locale)).read_bytes()


def place_of(content: bytes, context: Context, words: str) -> tuple[int, ...]:
    return next(place for place, piece in walk(context.library.pieces(content)) if words in piece.shown)


def edit(context: Context, site: Path, words: str, new: str, *, base: str = "") -> Edit:
    """Return a change of the paragraph with these words, as it is now."""
    content = raw(site)
    place = place_of(content, context, words)
    was = next(piece for at, piece in walk(context.library.pieces(content)) if at == place)
    digest = base or sha256(content).hexdigest()
    return Edit("en", digest, SetText(place, new), sha256(was.head).hexdigest())


def test_a_block_is_saved_once_however_often_it_is_sent(context: Context, ana: Actor, site: Path) -> None:
    wish = edit(context, site, WORDS, "Hello.")
    first = editing.save_lesson(context, ana, AT, [wish])
    assert first.digests == {"en": sha256(raw(site)).hexdigest()}
    again = editing.save_lesson(context, ana, AT, [wish])
    assert (again.batch, again.clashes) == ("", ())
    assert b"\nHello.\n" in raw(site)


def test_whoever_saves_an_old_text_gets_both_back(context: Context, ana: Actor, site: Path) -> None:
    mine, theirs = edit(context, site, WORDS, "Mine."), edit(context, site, WORDS, "Theirs.")
    editing.save_lesson(context, ana, AT, [theirs])
    found = editing.save_lesson(context, ana, AT, [mine])
    assert [(one.edit, one.theirs.shown if one.theirs else "") for one in found.clashes] == [
        (mine, "Theirs.")
    ]
    assert b"\nTheirs.\n" in raw(site)


def in_french(context: Context, site: Path, new: str, words: str = FRENCH) -> Edit:
    """Return a change of the same paragraph in French."""
    content = raw(site, "fr")
    place = place_of(content, context, words)
    was = next(piece for at, piece in walk(context.library.pieces(content)) if at == place)
    return Edit("fr", sha256(content).hexdigest(), SetText(place, new), sha256(was.head).hexdigest())


def test_a_block_is_saved_in_both_languages_or_in_none(context: Context, ana: Actor, site: Path) -> None:
    mine, french = edit(context, site, WORDS, "Mine."), in_french(context, site, "À moi.")
    other = edit(context, site, "You can read more", "Late.")
    editing.save_lesson(context, ana, AT, [edit(context, site, WORDS, "Theirs.")])
    before = raw(site, "fr")
    found = editing.save_lesson(context, ana, AT, [mine, french, other])
    assert [one.edit for one in found.clashes] == [mine]
    assert found.beside == (french,)
    assert raw(site, "fr") == before
    assert b"\nTheirs.\n" in raw(site)
    assert b"Late." in raw(site)
    told = [edit(context, site, "Theirs.", "Mine."), french]
    done = editing.save_lesson(context, ana, AT, told)
    assert (done.clashes, done.beside, set(done.digests)) == ((), (), {"en", "fr"})
    past = history.history(context, ana, AT).states
    assert len([one for one in past if one.batch == done.batch and one.person]) == 2
    editing.save_lesson(context, ana, AT, [in_french(context, site, "Encore.", "À moi.")])
    with pytest.raises(Conflict, match=r"authoring\.undo-too-late"):
        history.undo(context, ana, AT, done.batch)


def test_files_are_saved_together_or_not_at_all(context: Context, site: Path) -> None:
    before = raw(site), raw(site, "fr")
    changes = {FILE % "en": FileChange(b"One.\n", sha256(before[0]).hexdigest())}
    late = changes | {FILE % "fr": FileChange(b"Un.\n", "0" * 64)}
    with refused(Conflict, "draft.changed"):
        context.library.save(SAMPLE, late)
    assert (raw(site), raw(site, "fr")) == before
    context.library.save(SAMPLE, changes)
    assert raw(site) == b"One.\n"


def test_others_blocks_stay_even_where_places_have_moved(context: Context, ana: Actor, site: Path) -> None:
    late = edit(context, site, "You can read more", "Late.")
    editing.save_lesson(context, ana, AT, [edit(context, site, WORDS, "One.\n\nTwo.\n\nThree.")])
    assert editing.save_lesson(context, ana, AT, [late]).clashes == ()
    assert b"\nThree.\n" in raw(site)
    assert b"\nLate.\n" in raw(site)


def test_an_unknown_state_is_told_by_the_piece_itself(context: Context, ana: Actor, site: Path) -> None:
    gone = "0" * 64
    assert editing.save_lesson(context, ana, AT, [edit(context, site, WORDS, "A.", base=gone)]).clashes == ()
    unknown = Edit("en", "", SetText((0, 0), "x"), "")
    assert editing.save_lesson(context, ana, AT, [unknown]).clashes[0].theirs
    nowhere = Edit("en", "", SetText((0,), "x"), "")
    assert editing.save_lesson(context, ana, AT, [nowhere]).clashes[0].theirs is None
    deleted = edit(context, site, "A.", "B.")
    editing.save_lesson(context, ana, AT, [Edit("en", deleted.base, RemovePiece(deleted.wish.place))])
    assert editing.save_lesson(context, ana, AT, [deleted]).clashes[0].theirs is None


def test_texts_come_before_moves_and_a_piece_is_found(context: Context, ana: Actor, site: Path) -> None:
    wish = edit(context, site, "You can read more", "Read.")
    here = Edit("en", wish.base, SetFields(wish.wish.place))
    found = editing.save_lesson(context, ana, AT, [wish, here])
    assert found.places == (wish.wish.place, wish.wish.place)
    wish = edit(context, site, "Read.", "Read on.")
    up = Edit("en", wish.base, MovePiece(wish.wish.place, -1))
    found = editing.save_lesson(context, ana, AT, [up, wish])
    assert found.clashes == ()
    assert raw(site).index(b"Read on.") < raw(site).index(b"::: law")
    joined = editing.save_lesson(context, ana, AT, [Edit("en", found.digests["en"], JoinPieces((0,)))])
    assert joined.refused[0][1] == "editing.cannot-join"


def test_a_place_beyond_the_lesson_clashes(context: Context, ana: Actor, site: Path) -> None:
    now = sha256(raw(site)).hexdigest()
    assert editing.save_lesson(context, ana, AT, [Edit("en", now, SetText((99,), "x"))]).clashes
    for wish in (RemovePiece(()), MovePiece((), 1), JoinPieces(()), SetText((), "x")):
        assert editing.save_lesson(context, ana, AT, [Edit("en", now, wish)]).refused


def test_new_blocks_share_ids_and_headings_their_anchor(context: Context, ana: Actor, site: Path) -> None:
    edits = [
        Edit(locale, "", InsertPiece((), NewPiece("reflection", parts={"text": "Think."}), inside=True))
        for locale in ("en", "fr")
    ]
    editing.save_lesson(context, ana, AT, edits)
    english, french = (raw(site, locale).split(b"\n")[0] for locale in ("en", "fr"))
    assert english == french
    assert english.startswith(b"::: reflection {#r")
    typed = edit(context, site, "You can read more", "More.\n\n## Bye")
    editing.save_lesson(context, ana, AT, [typed])
    anchor = raw(site).split(b"## Bye {#")[1].split(b"}")[0]
    content = raw(site, "fr")
    last = [place for place, piece in walk(context.library.pieces(content)) if len(place) == 1][-2]
    new = InsertPiece(last, NewPiece("paragraph", parts={"text": "## Au revoir"}))
    editing.save_lesson(context, ana, AT, [Edit("fr", sha256(content).hexdigest(), new)])
    assert b"## Au revoir {#" in raw(site, "fr")
    assert anchor


@pytest.mark.parametrize("text", ["a\uffffb", "a\x07b"])
def test_a_text_that_no_page_can_hold_is_refused_and_given_back(
    context: Context, ana: Actor, site: Path, text: str
) -> None:
    before = raw(site)
    result = editing.save_lesson(context, ana, AT, [edit(context, site, WORDS, text)])
    assert [code for _, code, _ in result.refused] == ["input.characters"]
    with refused(Invalid, "input.characters"):
        editing.save_source(context, ana, AT, "en", text.encode(), expected="")
    assert raw(site) == before


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ({"review-by": "next year"}, ["editing.date-form"]),
        ({"as-of": "2026-02"}, ["editing.date-form"]),
        ({"as-of": "2026-02-30"}, ["editing.date-form"]),
        ({"review-by": ""}, []),
        ({"as-of": "2026-02-28"}, []),
    ],
)
def test_a_date_of_a_new_block_is_a_day(
    context: Context, ana: Actor, site: Path, values: dict[str, str], codes: list[str]
) -> None:
    new = NewPiece("law", values={"rests-on": "canada/marriage", **values}, parts={"text": "Words."})
    base = sha256(raw(site)).hexdigest()
    result = editing.save_lesson(context, ana, AT, [Edit("en", base, InsertPiece((), new, inside=True))])
    assert [code for _, code, _ in result.refused] == codes


def test_what_cannot_be_kept_is_refused_before_anything_is_written(
    context: Context, ana: Actor, site: Path
) -> None:
    before = raw(site)
    with refused(Invalid, "input.characters"):
        editing.save_lesson(context, ana, AT, [edit(context, site, WORDS, "a\0b")])
    with refused(Invalid, "input.characters"):
        new = NewPiece("paragraph", parts={"text": "\0"})
        editing.save_lesson(context, ana, AT, [Edit("en", "", InsertPiece((), new, inside=True))])
    long = editing.save_lesson(context, ana, AT, [edit(context, site, WORDS, "a" * (MOST_BYTES + 1))])
    assert long.refused[0][1] == "editing.too-long"
    assert raw(site) == before
    for content, code in ((b"a\0", "input.characters"), (b"a" * (MOST_BYTES + 1), "editing.too-long")):
        with refused(Invalid, code):
            editing.save_source(context, ana, AT, "en", content, expected="")


def test_who_may_do_what(context: Context, ana: Actor, site: Path) -> None:
    french = Actor("f" * 26, grants(Role.AUTHOR, extent=Extent(course=SAMPLE, locale="fr")))
    elsewhere = Actor("e" * 26, grants(Role.AUTHOR, extent=Extent(course="other")))
    wish = edit(context, site, WORDS, "x")
    with refused(NotAllowed, "authoring.other-language"):
        editing.save_lesson(context, french, AT, [wish])
    with refused(NotFound, "course.unknown"):
        editing.open_lesson(context, elsewhere, AT)
    with refused(NotAllowed, "deed.sign-in-first"):
        editing.open_lesson(context, NOBODY, AT)
    with refused(NotFound, "authoring.language-unknown"):
        editing.save_lesson(context, ana, AT, [Edit("tlh", "", wish.wish)])
    with refused(NotFound, "authoring.language-unknown"):
        editing.source(context, ana, AT, "tlh")
    with refused(NotFound, "authoring.language-unknown"):
        editing.save_source(context, ana, AT, "tlh", b"", expected="")
    assert editing.outline(context, french, SAMPLE).required == ("en", "fr")
    assert editing.findings(context, french, SAMPLE) is not None
    assert "law" in editing.kinds(context, french, "")
    assert editing.preview(context, french, AT)[2].id == "greeting"
    assert uploads.draft_medium(context, french, AT, "door.svg").size


def test_the_source_is_saved_only_over_what_was_read(context: Context, ana: Actor, site: Path) -> None:
    digest = editing.save_source(context, ana, AT, "en", b"New.\n", expected=sha256(raw(site)).hexdigest())
    assert (raw(site), digest) == (b"New.\n", sha256(b"New.\n").hexdigest())
    with refused(Conflict, "draft.changed"):
        editing.save_source(context, ana, AT, "en", b"Other.\n", expected="0")
    assert editing.source(context, ana, AT, "en") == b"New.\n"
    editing.save_source(context, ana, AT, "en", b"New.\n", expected=digest)
    assert len(history.history(context, ana, AT).states) == 2


def test_each_way_of_saving_is_in_the_history_and_any_state_comes_back(
    context: Context, ana: Actor, site: Path
) -> None:
    first = raw(site)
    editing.save_lesson(context, ana, AT, [edit(context, site, WORDS, "Two.")])
    second = raw(site)
    change(site, FILE % "en", "Two.", "By hand.")
    third = raw(site)
    clock(context).move(minutes=1)
    assert history.history(context, ana, AT).outside == (FILE % "en",)
    preparing.save_draft(context, ana, SAMPLE, FILE % "en", b"Four.\n", expected=sha256(third).hexdigest())
    past = history.history(context, ana, AT)
    assert [(one.digest, bool(one.person)) for one in past.states] == [
        (sha256(b"Four.\n").hexdigest(), True),
        (sha256(third).hexdigest(), False),
        (sha256(second).hexdigest(), True),
        (sha256(first).hexdigest(), False),
    ]
    assert past.names == {ana.person: "Ana"}
    for state, content in zip(reversed(past.states), (first, second, third), strict=False):
        assert history.past_text(context, ana, AT, state.id) == content
        history.bring_back(context, ana, AT, state.id, expected=sha256(raw(site)).hexdigest())
        assert raw(site) == content
    with refused(NotFound, "authoring.state-unknown"):
        history.past_text(context, ana, AT, "nothing")
    shown = personal_data.everything(context, ana)
    assert shown


def test_the_last_change_is_taken_back_unless_another_came(context: Context, ana: Actor, site: Path) -> None:
    before = raw(site)
    done = editing.save_lesson(context, ana, AT, [edit(context, site, WORDS, "Two.")])
    history.undo(context, ana, AT, done.batch)
    assert raw(site) == before
    done = editing.save_lesson(context, ana, AT, [edit(context, site, WORDS, "Three.")])
    change(site, FILE % "en", "Three.", "Four.")
    with refused(Conflict, "authoring.undo-too-late"):
        history.undo(context, ana, AT, done.batch)
    with refused(NotFound, "authoring.state-unknown"):
        history.undo(context, ana, AT, "nothing")


def test_uploads_are_what_their_bytes_say(context: Context, ana: Actor, site: Path) -> None:
    path = uploads.upload(context, ana, AT, Upload(SVG), ("picture",))
    folder = site / f"courses/{SAMPLE}/welcome/draft"
    assert (folder / path).read_bytes() == SVG
    video = uploads.upload(context, ana, AT, Upload(b"\x1aE\xdf\xa3x", {"en": VTT, "fr": VTT}), ("video",))
    assert (folder / video.replace(".webm", ".fr.vtt")).read_bytes() == VTT
    for content, code in (
        (b"", "upload.missing"),
        (b"MZ", "upload.kind"),
        (b"GIF8" + bytes(200_001), "upload.too-large"),
        (SVG.replace(b"<path", b"<script/><path"), "upload.unsafe"),
        (
            SVG.replace(b"<path", b"<g>" * 50 + b"<path").replace(b"</svg>", b"</g>" * 50 + b"</svg>"),
            "upload.unsafe",
        ),
        (a_png(60_000, 60_000), "upload.damaged"),
        (a_png(0, 1), "upload.damaged"),
        (a_png(1, 1)[:20], "upload.damaged"),
        (b"\xff\xd8\xff", "upload.damaged"),
        (SVG.replace(b"viewBox", b'viewBox="0 0 60000 1" data-box'), "upload.damaged"),
        (b"\0\0\0\x18ftypavif infe Exif", "upload.private"),
    ):
        with refused(Invalid, code):
            uploads.upload(context, ana, AT, Upload(content), ("picture",))
    with refused(NotFound, "authoring.language-unknown"):
        uploads.upload(context, ana, AT, Upload(b"\x1aE\xdf\xa3x", {"tlh": VTT}), ("video",))


def test_where_a_picture_was_taken_is_not_kept(context: Context, ana: Actor, site: Path) -> None:
    told = a_png(2, 3, (b"eXIf", b"GPS 45.4215"), (b"tEXt", b"Author\0Ana"))
    path = uploads.upload(context, ana, AT, Upload(told), ("picture",))
    assert (site / f"courses/{SAMPLE}/welcome/draft" / path).read_bytes() == a_png(2, 3)


def test_captions_are_replaced_without_the_recording(context: Context, ana: Actor, site: Path) -> None:
    webm = b"\x1aE\xdf\xa3 film"
    src = uploads.upload(context, ana, AT, Upload(webm, {"en": VTT, "fr": VTT}), (VIDEO,))
    folder = site / f"courses/{SAMPLE}/welcome/draft"
    uploads.caption(context, ana, AT, src, {"fr": VTT.replace(b"Hello", b"Bonjour")})
    assert b"Bonjour" in (folder / src.replace(".webm", ".fr.vtt")).read_bytes()
    assert (folder / src.replace(".webm", ".en.vtt")).read_bytes() == VTT
    assert (folder / src).read_bytes() == webm
    with refused(Invalid, "upload.kind"):
        uploads.caption(context, ana, AT, src, {"fr": webm})
    with refused(NotFound, "media.unknown"):
        uploads.caption(context, ana, AT, "media/nothing.webm", {"fr": VTT})


def test_a_sign_language_video_is_added_and_taken_away(context: Context, ana: Actor, site: Path) -> None:
    webm, file = b"\x1aE\xdf\xa3 film", site / f"courses/{SAMPLE}/welcome/draft/module.yaml"
    before, many = file.read_bytes(), len(uploads.signed(context, ana, AT))
    wish = SignVideo("#s1", "fcs", "", "", Words({"en": "Welcome.", "fr": " "}))
    src = uploads.sign(context, ana, AT, webm, wish)
    assert uploads.signed(context, ana, AT)[-1] == SignVideo("#s1", "fcs", src)
    assert b"Welcome." in file.read_bytes()
    assert not [one for one in context.library.check(SAMPLE, context.today()) if one.rule == "sign-part"]
    bare = uploads.sign(context, ana, AT, webm, SignVideo("term:chosen-name", "ase", ""))
    for wrong in (SignVideo("#nowhere", "ase", ""), SignVideo("#s1", "tlh", "")):
        with refused(Invalid, "editing.choice-missing"):
            uploads.sign(context, ana, AT, webm, wrong)
    for one in (src, bare):
        uploads.unsign(context, ana, AT, one)
    with refused(NotFound, "media.unknown"):
        uploads.unsign(context, ana, AT, src)
    assert len(uploads.signed(context, ana, AT)) == many
    assert file.read_bytes() == before
    file.write_bytes(b"- not a module\n")
    with refused(Invalid, "draft.not-whole"):
        uploads.signed(context, ana, AT)


def test_a_lesson_is_opened_with_its_findings(context: Context, ana: Actor, site: Path) -> None:
    draft = editing.open_lesson(context, ana, AT)
    assert {one.place.file for one in draft.findings} <= {text.file for text in draft.texts.values()}
    change(site, FILE % "en", WORDS, "![](nowhere.svg)")
    assert len(editing.open_lesson(context, ana, AT).findings) > len(draft.findings)
