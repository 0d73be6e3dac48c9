"""Catalogues: any language of the registry can be dropped in; one that cannot be used stops the start."""

import shutil
from pathlib import Path

import pytest

from lms.actions.context import Context
from lms.core.errors import Unavailable
from lms.core.locales import LANGUAGES
from lms.rendering.words.catalogues import compile_all, require_usable
from lms.rendering.words.translator import translator_for
from lms.web.shell import i18n
from lms.web.wiring import build
from tests.house.tree import ROOT
from tests.page_lint import lint

HEADER = """msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\nLanguage: {tag}\\nPlural-Forms: {forms}\\n"

"""
ONE_FORM = "nplurals=1; plural=0;"


def a_catalogue(folder: Path, tag: str, *, forms: str = ONE_FORM, body: str = "") -> Path:
    path = folder / tag.replace("-", "_") / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEADER.format(tag=tag, forms=forms) + body, "utf-8")
    return path


@pytest.mark.parametrize("tag", ["prs", "pa", "pa-Arab", "iu", "ti", "moh", "ckb", "zh-Hant"])
def test_a_language_of_the_registry_is_dropped_in(context: Context, tmp_path: Path, tag: str) -> None:
    bundle = tmp_path / "program"
    shutil.copytree(ROOT / "translations", bundle / "translations")
    shutil.copytree(ROOT / "static", bundle / "static")
    a_catalogue(bundle / "translations", tag, body='msgid "Courses"\nmsgstr "§ courses"\n')
    compile_all(bundle / "translations")
    app = build(context, translations=bundle / "translations")
    client = app.test_client()
    for address in (f"/{tag}/", f"/{tag}/courses", f"/{tag}/register", f"/{tag}/glossary", "/fr/", "/en/"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert lint(answer.get_data(as_text=True)) == []
    page = client.get(f"/{tag}/").get_data(as_text=True)
    assert f'<html lang="{tag}" dir="{LANGUAGES[tag].direction}"' in page
    assert "§ courses" in page
    assert client.get(f"/{tag}/c/nothing").status_code == 404


@pytest.mark.parametrize("tag", LANGUAGES)
def test_dates_can_be_said_in_every_language(tag: str) -> None:
    spoken = translator_for(tag)
    assert "2026" in spoken.date("2026-08-01") or "۲۰۲۶" in spoken.date("2026-08-01")
    assert spoken.language("fr")


def test_what_babel_lacks_the_registry_gives() -> None:
    assert translator_for("moh").date("2026-08-01") == "2026-08-01"
    assert translator_for("fr").language("prs").lower() == "dari"
    assert translator_for("en").language("moh") == "Mohawk"


@pytest.mark.parametrize(
    ("tag", "forms", "body", "code"),
    [
        ("tlh", ONE_FORM, "", "catalogue.unknown-language"),
        ("es", "nplurals=2; plural=n;", "", "catalogue.broken"),
        ("es", "nothing", "", "catalogue.broken"),
    ],
)
def test_a_catalogue_that_cannot_be_used_stops_the_start(
    tmp_path: Path, tag: str, forms: str, body: str, code: str
) -> None:
    written = a_catalogue(tmp_path, tag, forms=forms, body=body)
    machine = written.with_suffix(".mo")
    compile_all(tmp_path)
    if forms != ONE_FORM:  # what another tool may have compiled
        machine.write_bytes(compiled_as_written(written))
    with pytest.raises(Unavailable) as refused:
        require_usable(tmp_path)
    assert refused.value.code == code


def compiled_as_written(written: Path) -> bytes:
    """Return a compiled catalogue with the header exactly as it was written."""
    header = (
        written.read_text("utf-8").split('msgstr "', 1)[1].split('"\n', 1)[0].replace("\\n", "\n").encode()
    )
    offset = 7 * 4
    numbers = [0x950412DE, 0, 1, offset, offset + 8, 0, 0, 0, offset + 16, len(header), offset + 17]
    return b"".join(number.to_bytes(4, "little") for number in numbers) + b"\0" + header + b"\0"


@pytest.mark.parametrize("body", ["garbage\n", 'msgid "a"\nmsgstr[0] "b"\nnonsense "c"\n'])
def test_a_catalogue_that_cannot_be_read_is_named(tmp_path: Path, body: str) -> None:
    written = a_catalogue(tmp_path, "es")
    written.write_text(body, "utf-8")
    with pytest.raises(Unavailable) as refused:
        compile_all(tmp_path)
    assert refused.value.params == {"path": str(written)}


def test_a_plural_with_an_empty_form_is_named(tmp_path: Path) -> None:
    """A page would say nothing at all for the numbers of that form."""
    body = 'msgid "%(num)s day"\nmsgid_plural "%(num)s days"\nmsgstr[0] "%(num)s día"\nmsgstr[1] ""\n'
    written = a_catalogue(tmp_path, "es", forms="nplurals=2; plural=(n != 1);", body=body)
    with pytest.raises(Unavailable) as refused:
        compile_all(tmp_path)
    assert refused.value.code == "catalogue.form-missing"
    assert refused.value.params == {"path": str(written), "sentence": "%(num)s day"}
    written.write_text(written.read_text("utf-8").replace("día", ""), "utf-8")  # not translated yet
    written.write_text(written.read_text("utf-8").replace('"%(num)s "', '""'), "utf-8")
    assert compile_all(tmp_path) == 1


def test_a_damaged_compiled_catalogue_is_named(tmp_path: Path) -> None:
    written = a_catalogue(tmp_path, "es")
    written.with_suffix(".mo").write_bytes(b"nothing that was compiled")
    with pytest.raises(Unavailable, match=r"catalogue\.broken"):
        require_usable(tmp_path)


def test_the_shipped_catalogues_can_be_used() -> None:
    compile_all(ROOT / "translations")
    require_usable(ROOT / "translations")
    assert list(i18n.languages(ROOT / "translations")) == ["en", "fr"]
