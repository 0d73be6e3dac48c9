"""The PDF as a screen reader meets it: order, languages, names in any script, one heading, one link.

The checks that veraPDF's engine makes are in `test_verapdf`; what it cannot see is here.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lms.core.certificates.certificate import Certificate, grouped, title_words
from lms.core.errors import Invalid, Unavailable
from lms.core.locales import Words
from lms.rendering.certificates import certificate_pdf
from lms.rendering.certificates.certificate_pdf import pdf
from lms.rendering.certificates.certificates import sheet
from tests.builders_certificates import NUMBER, a_certificate
from tests.rendering.pdf_facts import Facts, facts

ROOT = Path(__file__).parents[3]
LETTER = (792, 612)
#: Names that are awkward to print: long, short, in other scripts, with joined letters.
NAMES = {
    "Zoë": "",
    "Jean-François Lefèvre-Œuvrard": "",
    "Łukasz Ørsted ffi fl": "",
    "Nguyễn Thị Ánh Tuyết": "",
    "ᐊᓗᒃᑕᖅ ᓇᓄᖅ": "iu",
    "فاطمة الزهراء بنت محمد": "ar",
    "דנה כהן": "he",
    "தமிழ்ச்செல்வி இராமநாதன்": "ta",
    "Анна Ковальчук": "ru",
    "ሰላም ተስፋዬ": "am",
    "Maria del Carmen Esperanza Guadalupe de los Ángeles Fernández-Villanueva y Montgomery-Featherston": "",
}
CJK = {"田中さくら": "ja", "欧阳明华": "zh", "김서연": "ko"}


def printed(certificate: Certificate) -> Facts:
    return facts(pdf(certificate))


def in_locales(*locales: str, **changes: object) -> Certificate:
    titles = Words({"en": "Positive Spaces 1", "fr": "Espaces positifs 1"})
    return a_certificate(locales=locales, titles=title_words(titles, locales), **changes)


@pytest.mark.parametrize("locales", [("en",), ("fr",), ("en", "fr"), ("fr", "en")])
@pytest.mark.parametrize("specimen", [False, True])
def test_it_is_read_in_the_order_of_its_meaning(locales: tuple[str, ...], specimen: bool) -> None:
    certificate = in_locales(*locales, specimen=specimen)
    said, found = sheet(certificate), printed(certificate)
    columns = said.columns
    expected = [
        *(column.heading for column in columns),
        *(column.specimen for column in columns if specimen),
        "Marie-Ève Tremblay",
        *(words for one in columns for words in (one.deed, one.course, one.when, one.length)),
        *(words for one in columns for words in (f"{one.issued}.", f"{one.version}.", f"{one.law}.")),
        *(column.number for column in columns),
        grouped(NUMBER),
        *(column.verify for column in columns),
        certificate.address,
    ]
    assert [tag.text for tag in found.tree.walk() if tag.text] == expected
    assert found.of("Figure")[-1] is list(found.tree.walk())[-1]


@pytest.mark.parametrize("locales", [("en",), ("fr",), ("en", "fr"), ("fr", "en")])
def test_every_word_has_its_language(locales: tuple[str, ...]) -> None:
    found = printed(in_locales(*locales))
    assert found.lang == locales[0]
    for column in sheet(in_locales(*locales)).columns:
        said = {column.heading, column.course, column.when, f"{column.law}."}
        spoken = {
            tag.lang
            for tag in found.tree.walk()
            if tag.text in said and tag.text not in other_words(column.lang, locales)
        }
        assert spoken == {column.lang}


def other_words(lang: str, locales: tuple[str, ...]) -> set[str]:
    """Return the words that another language of this certificate says in the same letters."""
    others = [column for column in sheet(in_locales(*locales)).columns if column.lang != lang]
    return {words for one in others for words in (one.heading, one.course, one.when, f"{one.law}.")}


def test_title_heading_link_and_page() -> None:
    certificate = in_locales("en", "fr")
    found = printed(certificate)
    assert found.title == "Certificate of completion – Positive Spaces 1 – Marie-Ève Tremblay"
    assert found.shows_title
    assert len(found.of("H1")) == 1
    assert not found.of("H2", "H3", "H4", "H5", "H6", "NonStruct", "Table", "L")
    assert found.links == [certificate.address]
    assert [tag.words for tag in found.of("Link")] == [certificate.address]
    assert all(tag.contents for tag in found.of("Link"))
    assert (found.pages, tuple(round(side) for side in found.page_size)) == (1, LETTER)
    assert found.tab_orders == ["/S"]


def test_the_code_says_where_it_leads_and_where_it_stands() -> None:
    certificate = in_locales("en")
    (figure,) = printed(certificate).of("Figure")
    assert certificate.address in figure.alt
    left, bottom, right, top = figure.box
    assert 0 < left < right < LETTER[0]
    assert 0 < bottom < top < LETTER[1] / 2


def test_it_says_which_standards_it_keeps() -> None:
    xmp = printed(in_locales("en")).xmp
    assert 'pdfuaid:part="1"' in xmp
    assert 'pdfaid:part="2"' in xmp
    assert 'pdfaid:conformance="A"' in xmp


@pytest.mark.parametrize(("name", "lang"), NAMES.items())
def test_a_name_is_read_as_it_is_written(name: str, lang: str) -> None:
    found = printed(in_locales("en", name=name))
    (tag,) = [tag for tag in found.of("P") if tag.words.replace(" ", "") == name.replace(" ", "")]
    assert {one.lang for one in tag.walk()} == {lang or "en"}


@pytest.mark.parametrize(("name", "lang"), CJK.items())
def test_a_name_in_han_letters_is_read_as_it_is_written(name: str, lang: str) -> None:
    try:
        found = printed(in_locales("en", name=name))
    except Invalid:
        pytest.skip("no font for these letters on this machine")
    assert [tag.lang for tag in found.of("P") if tag.words == name] == [lang]


def test_the_longest_names_and_titles_stay_on_one_page() -> None:
    long = Words(
        {"en": "Welcoming and supporting people " * 3, "fr": "Accueillir et accompagner les gens " * 3}
    )
    for name in ("W" * 100, "花" * 100, "Wilhelmina " * 9, "ம" * 100):
        try:
            assert printed(a_certificate(name=name, titles=long)).pages == 1
        except Invalid:
            assert name[0] == "花"


def test_letters_that_no_font_has_are_refused() -> None:
    with pytest.raises(Invalid) as refused:
        pdf(in_locales("en", name="Amina \U00011f04"))
    assert refused.value.code == "certificate.missing-letters"
    assert refused.value.params["letters"] == "\U00011f04"


def test_the_same_certificate_is_the_same_bytes_in_another_process() -> None:
    script = (
        "import sys\nfrom hashlib import sha256\nfrom lms.rendering.certificates.certificate_pdf import pdf\n"
        "from tests.builders_certificates import a_certificate\n"
        "pdf(a_certificate(name='Somebody else'))\n"
        "sys.stdout.write(sha256(pdf(a_certificate())).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            check=True,
            cwd=ROOT,
            capture_output=True,
            text=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_the_engine_has_nothing_to_complain_about(caplog: pytest.LogCaptureFixture) -> None:
    certificate_pdf._press.cache_clear()  # noqa: SLF001  # so that the style sheet is read again
    with caplog.at_level("WARNING", logger="weasyprint"):
        pdf(a_certificate(name="فاطمة الزهراء", specimen=True))
    assert [record.getMessage() for record in caplog.records] == []


def test_without_the_engine_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    certificate_pdf._press.cache_clear()  # noqa: SLF001  # the engine is loaded once a process
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "weasyprint", None)
        with pytest.raises(Unavailable) as caught:
            pdf(a_certificate())
    assert caught.value.code == "certificate.no-engine"
    assert pdf(a_certificate()), "once it is there"
