"""Files of a lesson in the browser, without scripts: another picture for a block, sign-language videos."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from lms.web.shell.security import FILE_POLICY
from tests.builders_learning import SAMPLE
from tests.builders_pages import Reader, Sheet

BASE = f"/workspace/{SAMPLE}/welcome/greeting"
FILE = f"courses/{SAMPLE}/welcome/draft/01-greeting.%s.md"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>'


def raw(site: Path, locale: str = "en") -> bytes:
    return (site / (FILE % locale)).read_bytes()


def sent_file(reader: Reader, page: Sheet, action: str, **fields: object) -> int:
    """Send a form that holds a file; what the page filled in goes along."""
    left = {"file", "remove"}
    form = {name: values for name, values in page.form(action).items() if name not in left}
    answer = reader.client.post(page.address(action), data={**form, **fields})
    return answer.status_code


def test_the_picture_of_a_figure_is_replaced(reader: Reader, site: Path) -> None:
    keys = re.search(r'value="file=([^"]+)"', reader.get(BASE).html)
    assert keys
    answer = reader.send(reader.get(BASE), "/save", do=f"file={keys[1]}")
    asked = reader.go(answer.to)
    assert asked.html.index("say what the new picture shows") < asked.html.index('id="file"')
    alts = {f"f:{tag}:alt": "A new door" for tag in ("en", "fr", "ar") if f"f:{tag}:alt" in asked.html}

    def send(content: bytes, **more: object) -> int:
        picture = (BytesIO(content), "door.svg")
        return sent_file(reader, asked, "/file", file=picture, **{**alts, **more})

    assert send(SVG, **{"f:en:alt": ""}) == 422
    assert send(b"MZ") == 422
    assert send(SVG) == 303
    src = re.search(rb'src=(media/greeting-\w+\.svg) alt="A new door"', raw(site))
    assert src
    assert src[1] in raw(site, "fr")
    assert reader.get(f"{BASE}/file?file=en:0").status == 404


def test_a_sign_language_video_is_picked_and_removed(reader: Reader, site: Path) -> None:
    page = reader.get(f"{BASE}/signing")
    many = page.html.count("Remove this video")
    film = b"\x1aE\xdf\xa3 film"
    wish = {"part": "#s1", "tongue": "ase", "transcript:en": "Welcome."}
    assert sent_file(reader, page, "/signing", file=(BytesIO(film), "x"), **{**wish, "part": ""}) == 422
    assert sent_file(reader, page, "/signing", file=(BytesIO(film), "x"), **wish) == 303
    page = reader.get(f"{BASE}/signing")
    assert "American Sign Language" in page.html
    shown = reader.get(f"{BASE}/preview").html
    assert "/media/greeting-" in shown
    src = page.html.split('name="remove" value="')[-1].split('"')[0]
    token = page.html.split('name="csrf_token" value="')[1].split('"')[0]
    done = reader.client.post(f"/en{BASE}/signing", data={"csrf_token": token, "remove": src})
    assert done.status_code == 303
    assert reader.get(f"{BASE}/signing").html.count("Remove this video") == many
    assert (site / f"courses/{SAMPLE}/welcome/draft/{src}").exists()


def test_a_file_that_is_opened_by_itself_runs_nothing(reader: Reader) -> None:
    with reader.client.get(f"/en{BASE}/media/door.svg", lint=False) as opened:
        assert opened.status_code == 200
        assert opened.headers["Content-Security-Policy"] == FILE_POLICY
    assert FILE_POLICY.endswith("; sandbox")
