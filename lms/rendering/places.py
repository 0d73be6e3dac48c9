"""Where laws hold and how they stand, in words, under the codes of `courses/legislation`.

Called by `finder`, and by `web` for its lists.
"""

from __future__ import annotations

from collections.abc import Mapping

from lms.rendering.findings_entry import N_

REGIONS: Mapping[str, str] = {
    "ca": N_("Canada"),
    "ca-ab": N_("Alberta"),
    "ca-bc": N_("British Columbia"),
    "ca-mb": N_("Manitoba"),
    "ca-nb": N_("New Brunswick"),
    "ca-nl": N_("Newfoundland and Labrador"),
    "ca-ns": N_("Nova Scotia"),
    "ca-nt": N_("Northwest Territories"),
    "ca-nu": N_("Nunavut"),
    "ca-on": N_("Ontario"),
    "ca-pe": N_("Prince Edward Island"),
    "ca-qc": N_("Quebec"),
    "ca-sk": N_("Saskatchewan"),
    "ca-yt": N_("Yukon"),
    "un": N_("United Nations"),
}
STATUSES: Mapping[str, str] = {
    "in-force": N_("in force"),
    "amended": N_("in force, changed since"),
    "repealed": N_("repealed"),
    "not-yet": N_("not in force yet"),
}
