#!/bin/sh
# pypdfium2 5.15.2 (pdfium): words whose /ActualText stands on an outer marked-content sequence are not in the text.
#
# ISO 32000-1 14.9.4 lets /ActualText stand on any marked-content sequence, also on one that encloses others. When the
# inner sequence has a property list of its own (an /MCID, as in every tagged PDF), pdfium drops the words altogether:
# neither the actual text nor the glyphs are found. On the inner sequence the same text is found. pypdf finds both.
#
# Seen on 2026-11-30:
#   outer: pdfium ''       pypdf 'Hello'
#   inner: pdfium 'Hello'  pypdf 'Hello'
#
# Exit 0: still so. Exit 1: it has changed. Exit 2: the packages could not be installed.
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env" >/dev/null 2>&1 || exit 2
"$folder/env/bin/pip" install -q pypdfium2==5.15.2 pypdf==7.1.1 >/dev/null 2>&1 || exit 2
"$folder/env/bin/python" - <<'PYTHON'
import io
import sys

import pypdf
import pypdfium2

OUTER = b"/Span <</ActualText (Hello)>> BDC /Span <</MCID 0>> BDC BT /F 20 Tf 20 50 Td (Hello) Tj ET EMC EMC"
INNER = b"/Span <</MCID 0 /ActualText (Hello)>> BDC BT /F 20 Tf 20 50 Td (Hello) Tj ET EMC"


def a_pdf(content: bytes) -> bytes:
    objects = [
        b"<</Type /Catalog /Pages 2 0 R /MarkInfo <</Marked true>> /StructTreeRoot 6 0 R /Lang (en)>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R /StructParents 0"
        b" /Resources <</Font <</F 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content),
        b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>",
        b"<</Type /StructTreeRoot /K [7 0 R] /ParentTree <</Nums [0 [7 0 R]]>>>>",
        b"<</Type /StructElem /S /P /P 6 0 R /Pg 3 0 R /K [0]>>",
    ]
    made, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return made + end % (size, table, size, len(made))


def by_pdfium(pdf: bytes) -> str:
    return pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range().strip()


def by_pypdf(pdf: bytes) -> str:
    return pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().strip()


found = {name: (by_pdfium(a_pdf(one)), by_pypdf(a_pdf(one))) for name, one in (("outer", OUTER), ("inner", INNER))}
for name, (pdfium, other) in found.items():
    print(f"{name}: pdfium {pdfium!r}  pypdf {other!r}")
sys.exit(found != {"outer": ("", "Hello"), "inner": ("Hello", "Hello")})
PYTHON
