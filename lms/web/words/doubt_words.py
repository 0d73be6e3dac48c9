"""How sure the register is, in words: what an entry was written from, and what was read for it.

Holds sentences for the catalogues under the codes of `courses/legislation`.
"""

from __future__ import annotations

from collections.abc import Mapping

from lms.rendering.words.marks import N_

CONFIDENCE: Mapping[str, str] = {
    "verified": N_("Based on the sources listed below."),
    "recalled": N_("Written from general knowledge; not yet checked against the official text."),
}
QUALITY: Mapping[str, str] = {
    "official": N_("Official texts and pages."),
    "mixed": N_("Official pages and reports from unofficial sources."),
    "secondary": N_("Only reports from unofficial sources."),
    "none": N_("Nothing yet."),
}
