"""Where a refusal leads: a heading of its own, and links to what can be done about it.

Holds the refusals that say more than their status does, and the addresses (as endpoints) beside their words.
"""

from __future__ import annotations

from collections.abc import Mapping

from lms.rendering.words.marks import N_

_ISSUED = N_("Your certificate was already issued")
HEADINGS: Mapping[str, str] = {
    "certificate.request-used": _ISSUED,
    "certificate.already-issued": _ISSUED,
    "certificate.course-not-complete": N_("Your certificate is not available yet"),
}
_CERTIFICATE = (
    ("certificate.certificate", N_("See your certificate")),
    ("certificate.change", N_("Change the name or the title")),
)
#: By code: (endpoint, words); an address takes what the refused one named, such as the course.
WAYS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "certificate.request-used": _CERTIFICATE,
    "certificate.already-issued": _CERTIFICATE,
    "certificate.replaced-meanwhile": _CERTIFICATE,
    "certificate.course-not-complete": (("catalogue.course", N_("Back to the course")),),
}
