"""A lesson is written in the browser: block by block, in both languages, without scripts."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest
from flask.testing import FlaskClient

from lms.actions.authoring import editing
from lms.actions.context import Context
from lms.core.authoring.lessons.drafts import LessonPlace
from lms.core.people.actors import Actor, Extent, Role, grants
from tests.builders import a_context
from tests.builders_content import change, sample_site
from tests.builders_learning import SAMPLE, a_member
from tests.builders_pages import Reader, Sheet

PLACE = LessonPlace(SAMPLE, "welcome", "greeting")
BASE = f"/workspace/{SAMPLE}/welcome/greeting"
FILE = f"courses/{SAMPLE}/welcome/draft/01-greeting.%s.md"
WORDS = "Say hello before you ask for anything."
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return sample_site(tmp_path / "site")


@pytest.fixture
def context(tmp_path: Path, site: Path) -> Context:
    return a_context(tmp_path / "data", site=site)


@pytest.fixture
def author(context: Context) -> Actor:
    return a_member(context, "Ana", Role.AUTHOR)


@pytest.fixture
def reader(client: FlaskClient, context: Context, author: Actor) -> Reader:
    made = Reader(client, context)
    made.sign_in(author)
    return made


def raw(site: Path, locale: str = "en") -> bytes:
    return (site / (FILE % locale)).read_bytes()


def field_with(page: Sheet, words: str) -> str:
    return next(
        name for name, values in page.form("/save").items() if words in values[0] and name[:2] == "t:"
    )


def keys_of(page: Sheet, words: str, deed: str) -> str:
    """Return the value of the button of a block."""
    name = field_with(page, words).removeprefix("t:")
    keys: list[str] = re.findall(rf'value="{deed}=([^"]+)"', page.html)
    return next(one for one in keys if name in one.split(","))


def test_a_lesson_opens_in_all_its_languages(reader: Reader) -> None:
    page = reader.get(BASE)
    assert page.status == 200
    assert WORDS in page.html
    assert "Saluez" in page.html or "bonjour" in page.html
    assert "{#s1}" not in page.html


def test_what_is_sent_as_it_stands_changes_no_byte(reader: Reader, site: Path) -> None:
    before = raw(site), raw(site, "fr"), raw(site, "ar")
    answer = reader.send(reader.get(BASE), "/save", do="save")
    assert (answer.status, answer.told) == (303, "draft-unchanged")
    assert (raw(site), raw(site, "fr"), raw(site, "ar")) == before


def test_one_block_is_saved_and_nothing_else(reader: Reader, site: Path) -> None:
    page, before = reader.get(BASE), raw(site)
    answer = reader.send(page, "/save", {field_with(page, WORDS): "Say hello first.\r\n"}, do="save")
    assert answer.told == "draft-saved"
    assert raw(site) == before.replace(WORDS.encode(), b"Say hello first.")
    undone = reader.send(reader.go(answer.to), "/undo")
    assert undone.told == "draft-undone"
    assert raw(site) == before


def test_a_block_of_every_language_moves_and_goes(reader: Reader, site: Path) -> None:
    page = reader.get(BASE)
    keys = keys_of(page, "You can read more", "delete")
    assert len(keys.split(",")) == 3
    reader.send(page, "/save", do=f"up={keys}")
    assert raw(site).index(b"You can read more") < raw(site).index(b"::: law")
    page = reader.get(BASE)
    reader.send(page, "/save", do=f"delete={keys_of(page, 'You can read more', 'delete')}")
    assert b"You can read more" not in raw(site)
    assert b"safe-notes" not in raw(site, "fr")


def test_two_people_at_one_block_see_both_texts(reader: Reader, context: Context, site: Path) -> None:
    page = reader.get(BASE)
    change(site, FILE % "en", WORDS, "Say your name before you ask for anything.")
    answer = reader.send(page, "/save", {field_with(page, WORDS): "Say hello before you ask."}, do="save")
    assert answer.status == 409
    assert "Say your name" in re.sub("<[^>]+>", "", answer.html)
    assert b"Say your name" in raw(site)
    key = next(name for name in answer.form("/save") if name.startswith("t:"))
    chosen = reader.send(answer, "/save", {key.replace("t:", "keep:", 1): "theirs"})
    assert chosen.told == "draft-unchanged"
    chosen = reader.send(answer, "/save", {key.replace("t:", "keep:", 1): "mine"})
    assert chosen.told == "draft-saved"
    assert b"Say hello before you ask." in raw(site)


def test_a_block_that_clashes_in_one_language_keeps_both_texts(reader: Reader, site: Path) -> None:
    page, before = reader.get(BASE), raw(site, "fr")
    change(site, FILE % "en", WORDS, "Say your name before you ask for anything.")
    typed = {field_with(page, WORDS): "Say hello.", field_with(page, "Dites bonjour avant"): "Dites bonjour."}
    answer = reader.send(page, "/save", typed, do="save")
    assert (answer.status, raw(site, "fr")) == (409, before)
    texts = sorted(value[0] for name, value in answer.form("/save").items() if name.startswith("t:"))
    assert texts == ["Dites bonjour.", "Say hello."]
    assert reader.send(answer, "/save").told == "draft-saved"
    assert b"\nSay hello.\n" in raw(site)
    assert b"\nDites bonjour.\n" in raw(site, "fr")


def test_a_finding_describes_the_box_that_it_speaks_of(reader: Reader, site: Path) -> None:
    change(site, FILE % "fr", "Dites bonjour avant", "N'oubliez pas : dites bonjour avant")
    html = reader.get(BASE).html
    box = re.search(r'<textarea id="([^"]+)"[^>]* aria-describedby="([^"]+)"[^>]*>\s*N', html)
    assert box
    for one in box[2].split():
        assert one.startswith(f"{box[1]}-found-")
        assert f'<summary id="{one}">' in html


def test_two_people_at_two_blocks_lose_nothing(reader: Reader, site: Path) -> None:
    first, second = reader.get(BASE), reader.get(BASE)
    reader.send(first, "/save", {field_with(first, WORDS): "One.\r\n\r\nTwo."}, do="save")
    answer = reader.send(second, "/save", {field_with(second, "You can read more"): "Read on."}, do="save")
    assert answer.told == "draft-saved"
    assert b"One.\n\nTwo.\n" in raw(site)
    assert b"Read on.\n" in raw(site)


def test_a_text_that_does_not_fit_comes_back_with_the_reason(reader: Reader, site: Path) -> None:
    page, before = reader.get(BASE), raw(site)
    answer = reader.send(page, "/save", {field_with(page, WORDS): "Mine {#here}"}, do="save")
    assert answer.status == 422
    assert "Mine {#here}" in answer.html
    assert raw(site) == before
    again = reader.send(answer, "/save", {field_with(answer, "Mine"): "Mine."})
    assert again.told == "draft-saved"
    assert b"\nMine.\n" in raw(site)


def test_two_people_at_the_values_of_one_block_see_both(reader: Reader, site: Path) -> None:
    page = reader.get(BASE)
    name = next(one for one in page.form("/save") if one.startswith("f:en:") and one.endswith(":alt"))
    old = page.form("/save")[name][0]
    change(site, FILE % "en", old, "Theirs, quite another")
    answer = reader.send(page, "/save", {name: "Mine, all mine"}, do="save")
    assert answer.status == 409
    assert answer.form("/save")[name][0] == "Mine, all mine"
    assert "Theirs, quite another" in answer.html
    key = name[2:].rpartition(":")[0]
    assert reader.send(answer, "/save", {f"keep:{key}": "theirs"}).told == "draft-unchanged"
    assert reader.send(answer, "/save", {f"keep:{key}": "mine"}).told == "draft-saved"
    assert b"Mine, all mine" in raw(site)


def test_values_go_to_every_language(reader: Reader, site: Path) -> None:
    page = reader.get(BASE)
    name = next(one for one in page.form("/save") if one.endswith(":review-by"))
    reader.send(page, "/save", {name: "2027-09-09"}, do="save")
    assert b"review-by=2027-09-09" in raw(site)
    assert b"review-by=2027-09-09" in raw(site, "fr")
    page = reader.get(BASE)
    alt = next(one for one in page.form("/save") if one.startswith("f:en:") and one.endswith(":alt"))
    reader.send(page, "/save", {alt: 'A "new" door'}, do="save")
    assert 'alt="A “new” door"'.encode() in raw(site)
    assert "“new”".encode() not in raw(site, "fr")


def test_a_script_saves_one_block_and_is_told_its_new_place(reader: Reader, site: Path) -> None:
    page = reader.get(BASE)
    form = page.form("/save")
    name = field_with(page, WORDS)
    key = name.removeprefix("t:")
    sent = {"csrf_token": form["csrf_token"], f"at:{key}": form[f"at:{key}"], name: ["Hello."]}
    head = {"Accept": "application/json"}
    answer = reader.client.post(page.address("/save"), data=sent, headers=head)
    told = json.loads(answer.get_data(as_text=True))
    assert answer.status_code == 200
    assert b"\nHello.\n" in raw(site)
    sent |= {f"at:{key}": [told["at"][key]], name: ["Hello again."]}
    assert reader.client.post(page.address("/save"), data=sent, headers=head).status_code == 200
    assert b"\nHello again.\n" in raw(site)
    sent |= {f"at:{key}": form[f"at:{key}"], name: ["Hello of an old page."]}
    assert reader.client.post(page.address("/save"), data=sent, headers=head).status_code == 409
    sent |= {name: ["Mine {#x}"], f"at:{key}": [told["at"][key]]}
    assert b"\nHello again.\n" in raw(site)


def saved_by_script(reader: Reader, page: Sheet, fields: dict[str, list[str]]) -> dict[str, Any]:
    sent = {"csrf_token": page.form("/save")["csrf_token"], **fields}
    answer = reader.client.post(page.address("/save"), data=sent, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    return cast("dict[str, Any]", json.loads(answer.get_data(as_text=True)))


def test_a_script_saves_a_value_more_than_once_in_every_language(reader: Reader, site: Path) -> None:
    page = reader.get(BASE)
    form = page.form("/save")
    name = next(one for one in form if one.endswith(":review-by"))
    key = name.removeprefix("f:").removesuffix(":review-by")
    places = [key, *form[f"also:{key}"][0].split()]
    sent = {one: values for one, values in form.items() if one.split(":")[1:3] == key.split(":")}
    for day in ("2027-09-01", "2027-09-02", form[name][0]):
        sent |= {f"at:{one}": form[f"at:{one}"] for one in places} | {name: [day]}
        told = saved_by_script(reader, page, sent)
        assert set(told["at"]) == set(places)
        form |= {f"at:{one}": [at] for one, at in told["at"].items()}
        assert f"review-by={day}".encode() in raw(site)
        assert f"review-by={day}".encode() in raw(site, "fr")


def test_a_script_is_told_that_one_box_has_become_two_blocks(reader: Reader, site: Path) -> None:
    page = reader.get(BASE)
    form = page.form("/save")
    name = field_with(page, WORDS)
    key = name.removeprefix("t:")
    told = saved_by_script(reader, page, {f"at:{key}": form[f"at:{key}"], name: ["Hello."]})
    assert not told["again"]
    sent = {f"at:{key}": [told["at"][key]], name: ["Hello.\n\nWelcome."]}
    assert saved_by_script(reader, page, sent)["again"]
    assert field_with(reader.get(BASE), "Welcome.") != name


def test_a_block_is_added_after_another_in_each_language(reader: Reader, site: Path) -> None:
    page = reader.get(BASE)
    answer = reader.send(page, "/save", do=f"add={keys_of(page, 'You can read more', 'add')}")
    kinds = reader.go(answer.to)
    assert "Scenario with choices" in kinds.html
    asked = reader.go(f"{answer.to}&kind=scenario")
    words = {
        "f:en:title": "At the desk",
        "f:fr:title": "À l’accueil",
        "t:en:text": "Sam waits.",
        "t:en:discussion": "Why?",
    }
    done = reader.send(asked, "/add", words)
    assert done.told == "draft-saved"
    found = re.search(
        rb'::: scenario \{#(s\w+) title="At the desk"\}\n\nSam waits.\n\n::: discussion', raw(site)
    )
    assert found
    assert b"::: scenario {#%s title=" % found[1] in raw(site, "fr")
    empty = reader.send(reader.go(f"{answer.to}&kind=paragraph"), "/add", {"t:en:text": " "})
    assert empty.status == 422


def test_a_heading_gets_one_anchor_for_all_languages(reader: Reader, site: Path) -> None:
    page = reader.get(BASE)
    answer = reader.send(page, "/save", do=f"add={keys_of(page, 'You can read more', 'add')}")
    words = {"t:en:text": "Goodbye", "t:fr:text": "Au revoir", "t:ar:text": "مع السلامة"}
    reader.send(reader.go(f"{answer.to}&kind=heading"), "/add", words)
    found = re.search(rb"## Goodbye \{#(s\w+)\}\n", raw(site))
    assert found
    assert b"## Au revoir {#%s}\n" % found[1] in raw(site, "fr")


def test_a_typed_heading_is_named_by_the_machine(reader: Reader, site: Path) -> None:
    page = reader.get(BASE)
    reader.send(
        page, "/save", {field_with(page, "You can read more"): "More.\n\n## Goodbye\n\nBye."}, do="save"
    )
    assert re.search(rb"## Goodbye \{#s\w+\}\n\nBye.", raw(site))


def test_a_picture_is_taken_after_its_description(reader: Reader, site: Path) -> None:
    page = reader.get(BASE)
    asked = reader.get(f"{BASE}/add?kind=figure")
    assert page.status == asked.status == 200
    sent = {**asked.form("/add"), "file": (BytesIO(SVG), "../../evil.svg")}
    refused = reader.client.post(asked.address("/add"), data=sent)
    assert refused.status_code == 422
    alts = {f"f:{locale}:alt": f"A square, {locale}" for locale in ("en", "fr", "ar")}
    for content in (b"<svg viewBox='0 0 1 1'><script>1</script></svg>", b"MZ", b"", b"GIF8" + bytes(300_000)):
        sent = {**asked.form("/add"), **alts, "file": (BytesIO(content), "a.png")}
        assert reader.client.post(asked.address("/add"), data=sent).status_code == 422
    sent = {**asked.form("/add"), **alts, "file": (BytesIO(SVG), "../../evil.svg")}
    done = reader.client.post(asked.address("/add"), data=sent)
    assert done.status_code == 303
    found = re.search(rb'::: figure \{#f\w+ src=(media/greeting-m\w+\.svg) alt="A square, en"\}', raw(site))
    assert found
    assert (site / f"courses/{SAMPLE}/welcome/draft/{found[1].decode()}").read_bytes() == SVG
    shown = reader.get(f"{BASE}/preview")
    assert f"/{found[1].decode()}" in shown.html
    with reader.client.get(f"/en{BASE}/{found[1].decode()}") as medium:
        assert medium.get_data() == SVG
    assert not list(site.parent.rglob("evil*"))


def test_words_are_marked_without_typing_signs(reader: Reader, site: Path) -> None:
    page = reader.get(BASE)
    key = field_with(page, WORDS).removeprefix("t:")
    answer = reader.send(page, "/save", do=f"mark={key}")
    asked = reader.go(answer.to)
    for wrong in (
        {"marked": "not there"},
        {"marked": "hello", "way": "term"},
        {"marked": "hello", "way": "outside", "address": "javascript:x"},
    ):
        assert reader.send(asked, "/mark", wrong).status == 422
    reader.send(asked, "/mark", {"marked": "hello", "way": "strong"})
    assert b"Say **hello** before" in raw(site)


def test_a_link_to_another_lesson_is_picked(reader: Reader, site: Path) -> None:
    key = field_with(reader.get(BASE), WORDS).removeprefix("t:")
    asked = reader.go(reader.send(reader.get(BASE), "/save", do=f"mark={key}").to)
    assert '<option value="welcome/greeting"' not in asked.html  # this lesson itself
    assert '<optgroup label="Welcome">' in asked.html
    link = {"marked": "hello", "way": "lesson"}
    assert reader.send(asked, "/mark", link).status == 422
    assert reader.send(asked, "/mark", link | {"lesson": "welcome/listening"}).told == "draft-saved"
    assert b"Say [hello](lesson:welcome/listening) before" in raw(site)
    assert "/workspace/sample-course/welcome/listening/preview" in reader.get(f"{BASE}/preview").html


def test_the_source_is_the_file(reader: Reader, site: Path) -> None:
    page = reader.get(f"{BASE}/source?in=fr")
    assert page.form("/source")["markdown"][0].encode() == raw(site, "fr")
    before = raw(site, "fr")
    text = before.decode().replace("## ", "## Eh bien, ", 1)
    assert reader.send(page, "/source", {"markdown": text.replace("\n", "\r\n")}).told == "draft-saved"
    assert raw(site, "fr") == text.encode()
    late = reader.send(page, "/source", {"markdown": "Mine"})
    assert (late.status, "Mine" in late.html) == (409, True)
    assert reader.get(f"{BASE}/source?in=tlh").status == 404


def test_the_preview_is_the_lesson_and_keeps_nothing(reader: Reader, context: Context) -> None:
    page = reader.get(f"{BASE}/preview?in=fr&theme=dark&size=large")
    assert 'data-theme="dark"' in page.html
    assert 'lang="fr"' in page.html.partition('<div class="lesson">')[2]
    assert "/preview" in page.html


def test_the_history_says_who_and_leads_back(reader: Reader, site: Path) -> None:
    assert "No changes yet" in reader.get(f"{BASE}/history").html
    page, before = reader.get(BASE), raw(site)
    reader.send(page, "/save", {field_with(page, WORDS): "New words."}, do="save")
    page = reader.get(f"{BASE}/history")
    assert "You" in page.html
    assert "before this history begins" in page.html
    states = re.findall(r'href="[^"]+/history/(\w+)"', page.html)
    assert len(states) == 1
    past = reader.get(f"{BASE}/history/{states[0]}")
    assert WORDS in re.sub("<[^>]+>", "", past.html)
    assert reader.send(past, "/back").told == "draft-brought-back"
    assert raw(site) == before
    change(site, FILE % "en", WORDS, "By hand.")
    assert "changed outside" in reader.get(f"{BASE}/history").html


def test_the_outline_leads_to_each_lesson(reader: Reader) -> None:
    page = reader.get(f"/workspace/{SAMPLE}")
    assert f'href="/en{BASE}"' in page.html
    unknown = ("/workspace/nothing", f"/workspace/{SAMPLE}/welcome/nothing")
    assert [reader.get(address).status for address in unknown] == [404, 404]


def test_who_writes_one_language_changes_that_one(context: Context, site: Path) -> None:
    limited = Actor("a" * 26, grants(Role.AUTHOR, extent=Extent(course=SAMPLE, locale="fr")))
    assert set(editing.open_lesson(context, limited, PLACE).texts) == {"en", "fr", "ar"}


def test_a_lesson_whose_file_is_no_text_says_so(reader: Reader, site: Path) -> None:
    (site / (FILE % "en")).write_bytes(b"\xff\xfe")
    assert "cannot be read" in reader.get(BASE).html
    assert "UTF-8" in reader.get(f"{BASE}/source?in=en").html


def test_an_empty_lesson_begins_with_its_first_block(reader: Reader, site: Path) -> None:
    for locale in ("en", "fr", "ar"):
        (site / (FILE % locale)).unlink()
    assert "no text yet" in reader.get(BASE).html
    asked = reader.get(f"{BASE}/add?kind=paragraph")
    words = {f"t:{locale}:text": "First." for locale in ("en", "fr", "ar")}
    assert reader.send(asked, "/add", words).told == "draft-saved"
    assert raw(site) == b"First.\n"
