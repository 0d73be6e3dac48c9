"""A dossier as PDF: tagged, with its language and title (PDF/UA-1). The engine lives in the worker alone.

Holds no words and no rule.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from lms.core.errors import Unavailable
from lms.rendering.dossiers.dossier_sheet import PrintedDossier, dossier_page, sheet_of

_STYLE = Path(__file__).parents[1] / "templates" / "dossiers" / "sheet.css"


@cache
def _engine() -> Any:
    """Load the engine once a process.

    Raises: Unavailable `certificate.no-engine` where Pango is not installed.
    """
    try:
        import weasyprint  # noqa: PLC0415  # in the worker alone
    except (ImportError, OSError) as problem:
        raise Unavailable("certificate.no-engine") from problem
    return weasyprint


def dossier_pdf(printed: PrintedDossier, locale: str, folder: Path | None = None) -> bytes:
    """Make the PDF of a dossier in one language; `folder` holds the catalogues.

    Raises: Unavailable `certificate.no-engine`.
    """
    engine = _engine()
    page = engine.HTML(string=dossier_page(sheet_of(printed, locale, folder)))
    return bytes(page.write_pdf(stylesheets=[engine.CSS(filename=str(_STYLE))], pdf_variant="pdf/ua-1"))
