"""How sure the register is, in words: what an entry was written from, and what was read for it.

Holds sentences for the catalogues under the codes of `courses/legislation`. Called by `views.register`.
"""

from __future__ import annotations

from collections.abc import Mapping

from lms.web.messages import N_

CONFIDENCE: Mapping[str, str] = {
    "verified": N_("From the sources named below."),
    "recalled": N_("Written from general knowledge; not yet checked against the official text."),
}
QUALITY: Mapping[str, str] = {
    "official": N_("Official texts and pages."),
    "mixed": N_("Official pages, and reports by others."),
    "secondary": N_("Reports by others only."),
    "none": N_("Nothing yet."),
}
