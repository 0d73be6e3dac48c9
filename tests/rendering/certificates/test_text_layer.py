"""What copying and searching find in a certificate: the name, in each script, by readers of other makes."""

from __future__ import annotations

import io
import shutil
import subprocess

import pikepdf
import pytest

from lms.rendering.certificates.certificate_pdf import pdf
from lms.rendering.certificates.reading_back import NotAsWritten, read_back
from tests.builders_certificates import a_certificate

pypdfium2 = pytest.importorskip("pypdfium2")

LONG = "Élisabeth Marie-Antoinette de la Rochefoucauld-Montmorency van den Nguyen"
#: Names whose letters are joined, turned round, stacked or composed when they are drawn.
NAMES = {
    "Tamil": "கிருஷ்ணன் லக்ஷ்மி",
    "Tamil, over two lines": "தமிழ்ச்செல்வி இராமநாதன் பொன்னி ராதா பாலா கோபி கிருஷ்ணன் லக்ஷ்மி",
    "Burmese": "မောင်အောင်ဇော်ထွန်း",
    "Sinhala": "ශ්‍රීමතී ක්‍රිෂාන්ති",
    "Tibetan": "བཀྲ་ཤིས་རྡོ་རྗེ",
    "Kwak̓wala": "Ḵ̓wa̱lasu Kwak̓wala̱ G̱wa̱ʼsa̱la",
    "Hindi": "प्रियंका शर्मा",
    "Punjabi": "ਹਰਜਿੰਦਰ ਕੌਰ",
    "Bengali": "সোমা দাস",
    "Khmer": "សុខា ភិរម្យ",
    "Thai": "สมชาย ใจดี",
    "Inuktitut": "ᐊᓗᒃᑕᖅ ᓇᓄᖅ",
    "Vietnamese": "Nguyễn Thị Ánh Tuyết",
    "French, over two lines": LONG,
    "a word without an end": "W" * 100,
}
#: Drawn from right to left: these readers turn round what is said for them, so nothing is (decision 0079).
RIGHT_TO_LEFT = {
    "Arabic": "سلام لا إله",
    "Arabic, long": "فاطمة الزهراء بنت محمد عبد الرحمن",
    "Hebrew": "דנה כהן",
}


def by_poppler(content: bytes) -> str:
    """Return what `pdftotext` finds; it sets signs of direction around each line."""
    done = subprocess.run(["pdftotext", "-", "-"], input=content, check=True, capture_output=True)
    said = done.stdout.decode().translate(dict.fromkeys(range(0x202A, 0x202F)))
    return " ".join(said.split())


def by_pdfium(content: bytes) -> str:
    """Return what is copied in Chromium's reader."""
    document = pypdfium2.PdfDocument(content)
    found = str(document[0].get_textpage().get_text_range())
    document.close()
    return " ".join(found.split())


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no Poppler here")
@pytest.mark.parametrize("script", [*NAMES, *RIGHT_TO_LEFT])
def test_a_name_is_found_as_it_is_written(script: str) -> None:
    name = {**NAMES, **RIGHT_TO_LEFT}[script]
    content = pdf(a_certificate(name=name, locales=("en",)))
    assert name in by_poppler(content)
    assert name in by_pdfium(content)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no Poppler here")
@pytest.mark.parametrize("name", ["علی\u200cرضا", "می\u200cنویسد احمدی"])
def test_a_persian_name_is_copied_without_its_half_spaces_and_said_with_them(name: str) -> None:
    content = pdf(a_certificate(name=name, locales=("en",)))
    assert name.replace("\u200c", "") in by_poppler(content)
    assert name.replace("\u200c", "") in by_pdfium(content)
    read_back(content, name)  # in the tag tree and the title it is whole


def test_a_hebrew_name_with_points_is_said_whole() -> None:
    """What is copied of it differs from reader to reader (decision 0079); what is heard does not."""
    name = "שָׁלוֹם כֹּהֵן"
    read_back(pdf(a_certificate(name=name, locales=("en",))), name)


def test_a_name_over_two_lines_is_said_once() -> None:
    with pikepdf.open(io.BytesIO(pdf(a_certificate(name=LONG)))) as file:
        marked = [one.operands[1] for one in pikepdf.parse_content_stream(file.pages[0], "BDC")]
        said = [str(one.ActualText) for one in marked if "/ActualText" in one]
    assert said == [LONG]


@pytest.mark.parametrize("name", [LONG, "سلام لا إله"])
def test_another_name_is_seen_when_it_is_read_back(name: str) -> None:
    content = pdf(a_certificate(name=name))
    read_back(content, name)
    with pytest.raises(NotAsWritten):
        read_back(content, name[1:])
