"""The issuer's logo on the printed certificate: drawn, named in the tag tree, and fetched from nowhere."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest

from lms.core.certificates.logo import Logo, read_logo
from lms.rendering.certificates.certificate_pdf import pdf
from lms.rendering.certificates.certificates import print_page, web_page
from tests.builders_certificates import DRAWN_LOGO, png_logo
from tests.rendering.certificates.test_certificate_pdf import in_locales
from tests.rendering.pdf_facts import facts

LOGOS = {"svg": read_logo(DRAWN_LOGO), "png": read_logo(png_logo())}
CENTRE = "Example Community Centre"


def made(logo: Logo | None, *locales: str) -> bytes:
    bears = logo.digest if logo else ""
    return pdf(in_locales(*(locales or ("en",)), issuer=CENTRE, signatory="A. Bell", logo=bears), logo)


@pytest.mark.parametrize("kind", LOGOS)
@pytest.mark.parametrize("locales", [("en",), ("fr", "en")])
def test_it_is_a_figure_with_the_name_of_the_issuer(kind: str, locales: tuple[str, ...]) -> None:
    logo, code = facts(made(LOGOS[kind], *locales)).of("Figure")
    assert logo.alt == CENTRE
    assert "QR" in code.alt
    left, bottom, right, top = logo.box
    assert 0 < left < right < code.box[0]
    assert 612 / 2 < bottom < top < 612


@pytest.mark.parametrize("kind", LOGOS)
def test_it_is_drawn_where_it_is_said_to_stand(kind: str) -> None:
    content = made(LOGOS[kind])
    left, bottom, right, top = facts(content).of("Figure")[0].box
    page = pypdfium2.PdfDocument(content)[0].render(scale=1).to_pil().convert("RGB")
    middle = page.getpixel((round((left + right) / 2) - 25, round(612 - (bottom + top) / 2)))
    assert middle[2] > middle[0] + 40  # blue
    assert page.getpixel((round(right) + 3, round(612 - top))) == (255, 255, 255)


def test_without_one_nothing_stands_there() -> None:
    assert [figure.alt for figure in facts(made(None)).of("Figure") if CENTRE in figure.alt] == []
    assert "certificate-logo" not in web_page(in_locales("en"), "en")


@pytest.mark.parametrize("kind", LOGOS)
def test_the_same_certificate_is_the_same_file(kind: str) -> None:
    first, second = (made(LOGOS[kind]) for _ in range(2))
    assert first == second


def test_nothing_is_fetched_even_for_a_picture_that_nobody_has_judged() -> None:
    """The engine itself reads no address but what stands in the sheet."""
    asking = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><image href="http://127.0.0.1:9/x.png"/></svg>'
    content = made(Logo(asking, "image/svg+xml"))
    with pikepdf.open(io.BytesIO(content)) as file:
        assert b"127.0.0.1" not in b"".join(
            one.read_bytes() for one in file.objects if isinstance(one, pikepdf.Stream) and "/Type" not in one
        )


def test_the_page_shows_the_same_picture_by_its_digest() -> None:
    logo = LOGOS["svg"]
    content = in_locales("en", issuer='Ana’s "House"', logo=logo.digest)
    shown = str(web_page(content, "en"))
    assert f'<img src="/certificate-logo/{logo.digest}" alt="Ana’s &#34;House&#34;">' in shown
    assert "data:image/svg+xml;base64," in print_page(content, logo)
