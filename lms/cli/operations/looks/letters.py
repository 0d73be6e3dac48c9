"""Which letters the fonts of the machine have, so that every name can be printed on a certificate.

How many families there are says nothing: with one family “Zoé” is printed and “தமிழ்ச்செல்வி” is not. Holds the
letters that are asked for, a few of each script that people in Canada write their names in.
"""

from __future__ import annotations

from lms.cli.operations.looks.examination import GOOD, MISSING, DoctorLine
from lms.cli.saying import gettext as _
from lms.rendering.certificates.letters import look_again, undrawable
from lms.settings import Settings

#: Latin as Vietnamese, Dene, Halkomelem, Yoruba and Azerbaijani write it, then the other scripts.
SAMPLES = (
    "éếąłʔƛṣəȺ",
    "Ωά",
    "Жѓї",
    "Ժ",
    "ღ",
    "ש",
    "عښڕچٹ",
    "ܫ",
    "ށ",
    "अनঅਅઅଅதతಕമස",
    "ไລខမཀ",
    "ሰ",
    "ᐃᖅ",
    "Ꮳ",
    "ⵣ",
    "ߒ",
    "张あ한",
)
PACKAGES = "fonts-noto-core fonts-noto-cjk"


def fonts(settings: Settings) -> DoctorLine:
    """Look whether the fonts have the letters of every script, and those of who issues."""
    about = _("Fonts")
    if not look_again():
        words = _("cannot be listed. Run: apt install %(packages)s", packages=f"fontconfig {PACKAGES}")
        return DoctorLine(MISSING, about, words)
    ours = (settings.issuer_name, settings.issuer_place, settings.issuer_signatory)
    missing = undrawable("".join((*filter(None, ours), *SAMPLES)))
    if missing:
        words = _(
            "no font has these letters: %(letters)s. Names written with them cannot be printed on "
            "certificates. Run: apt install %(packages)s",
            letters=" ".join(missing),
            packages=PACKAGES,
        )
        return DoctorLine(MISSING, about, words)
    return DoctorLine(GOOD, about, _("they contain letters from all the writing systems checked"))
