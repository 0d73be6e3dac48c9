"""Where laws hold and how they stand, in words, under the codes of `courses/legislation`."""

from __future__ import annotations

from collections.abc import Mapping

from lms.rendering.words.marks import N_

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
    "amended": N_("in force, amended"),
    "repealed": N_("no longer in force"),
    "not-yet": N_("not in force yet"),
}
_APPLIES = {"in-force": N_("applies"), "repealed": N_("no longer applies")}
#: Only a law is in force: what a court or a policy says applies, and a case that is pending is not decided.
_OWN_STATUSES: Mapping[str, Mapping[str, str]] = {
    "case": {**_APPLIES, "not-yet": N_("not decided yet")},
    "policy": _APPLIES,
}


def status_words(kind: str, status: str) -> str:
    """Return the sentence, for the catalogue, of how a law of a kind stands; an unknown code as it is.

    >>> status_words("statute", "in-force"), status_words("case", "not-yet"), status_words("policy", "x")
    ('in force', 'not decided yet', 'x')
    """
    return _OWN_STATUSES.get(kind, {}).get(status) or STATUSES.get(status, status)
