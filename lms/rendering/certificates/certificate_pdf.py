"""A certificate as PDF: tagged, archivable, the same bytes each time.

Conforms to PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2). The engine and what it keeps from one
certificate to the next (fonts, the parsed style sheet) live in the worker alone, being heavier than a web
process. Holds no words and no rule.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import XML

from lms.core.certificates.certificate import Certificate
from lms.core.certificates.logo import Logo
from lms.core.errors import Invalid, Unavailable
from lms.rendering.certificates.certificate_tags import repair
from lms.rendering.certificates.certificates import print_page
from lms.rendering.certificates.reading_back import read_back

_TEMPLATES = Path(__file__).parents[1] / "templates" / "certificates"
_VARIANT = "pdf/a-2a"
_COLOURS = "srgb-2014"  # read once; the engine would read its own copy for each file

#: PDF/UA's own mark, and its description, which PDF/A asks for (ISO 19005-2 6.6.2.3.3).
_ACCESSIBLE = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Which part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
_END = b"</rdf:RDF>"


@dataclass(slots=True)
class _Colours:
    """The colours of the sheet, as the engine takes them: sRGB, byte for byte as in the profile's file.

    The engine's own way opens the file anew for each PDF and writes the profile differently the second time.
    """

    content: bytes
    name: str = "sRGB2014"
    src: str = "sRGB2014.icc"
    rendering_intent: str = "relative-colorimetric"
    components: tuple[str, str, str] = ("r", "g", "b")
    pdf_reference: Any = None


@dataclass(frozen=True, slots=True)
class _Press:
    """The engine with what it keeps from one certificate to the next."""

    read: Callable[[str], Any]
    string: Any
    fonts: Any
    style: Any
    colours: _Colours
    drawings: dict[str, Any]


def _reader(engine: Any) -> Callable[[str], Any]:
    """Return what reads a sheet: by an XML parser, and without the style sheet for any page of the web.

    The engine's own way takes a seventh of the whole time for an HTML5 parser that our sheet does not need.
    """

    class Sheet(engine.HTML):  # type: ignore[misc]  # the engine publishes no types
        """A sheet of ours, as the engine takes a document."""

        def __init__(self, text: str) -> None:
            self.base_url, self.media_type = f"{_TEMPLATES}/", "print"
            # Pictures in the sheet itself, and our own ground; nothing is asked of anybody.
            self.url_fetcher = engine.urls.URLFetcher(allowed_protocols=("data", "file"))
            root = XML(text)  # written by our own template, which escapes what people typed
            self.wrapper_element = engine.cssselect2.ElementWrapper.from_html_root(
                root, content_language=None
            )
            self.etree_element = root

        def _ua_stylesheets(self, *_: object) -> list[Any]:
            return []

    return Sheet


@cache
def _press() -> _Press:
    """Load the engine once a process.

    Raises: Unavailable `certificate.no-engine` where Pango is not installed.
    """
    try:
        import weasyprint  # noqa: PLC0415  # in the worker alone
        from pydyf import String  # noqa: PLC0415
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    except (ImportError, OSError) as problem:
        raise Unavailable("certificate.no-engine") from problem
    fonts = FontConfiguration()
    style = weasyprint.CSS(filename=str(_TEMPLATES / "sheet.css"), font_config=fonts)
    profile = (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()
    return _Press(_reader(weasyprint), String, fonts, style, _Colours(profile), {})


def _declare(unwritten: Any) -> None:
    """Write in the metadata that the file is accessible; the engine takes one standard, and got PDF/A."""
    metadata = unwritten.objects[int(unwritten.catalog["Metadata"].split()[0])]
    metadata.stream = [part.replace(_END, _ACCESSIBLE + _END) for part in metadata.stream]


def pdf(certificate: Certificate, logo: Logo | None = None, folder: Path | None = None) -> bytes:
    """Make the PDF; `logo` is the picture that the certificate bears, `folder` holds the catalogues.

    Raises: Unavailable `certificate.no-engine`; Invalid `certificate.missing-letters` where no font has them.
    """
    press = _press()
    source = press.read(print_page(certificate, logo, folder))
    drawings = dict(press.drawings)
    document = source.render(
        stylesheets=[press.style],
        font_config=press.fonts,
        cache=drawings,
        color_profiles={_COLOURS: press.colours},
        output_intent=_COLOURS,
    )
    if not press.drawings:
        press.drawings.update({where: one for where, one in drawings.items() if where.endswith(".svg")})
    body = source.etree_element.find("body")
    body.set("lang", source.etree_element.get("lang"))

    def finish(_document: Any, unwritten: Any) -> None:
        if missing := sorted({chr(code) for font in document.fonts.values() for code in font.missing}):
            raise Invalid("certificate.missing-letters", letters=" ".join(missing))
        _declare(unwritten)
        repair(unwritten, body, document.pages[0].height, press.string)

    written = bytes(document.write_pdf(finisher=finish, pdf_variant=_VARIANT, output_intent=_COLOURS))
    read_back(written, certificate.name)
    return written
