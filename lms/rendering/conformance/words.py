"""The words of an accessibility record: what was checked and found, in a language that is handed over.

Holds sentences. None says that something is accessible: a check finds issues or finds none.
"""

from __future__ import annotations

from collections.abc import Mapping

from lms.core.checks.conformance.additions import BrowserRun
from lms.core.checks.conformance.facts import Basis, Checked
from lms.core.checks.conformance.proof import PROOF, BrowserProof
from lms.core.courses.findings import Severity
from lms.rendering.words.marks import N_
from lms.rendering.words.translator import Translator

SUBJECTS: Mapping[str, str] = {
    "screen-reader": N_("With a screen reader"),
    "keyboard": N_("With a keyboard only"),
    "enlarged": N_("Enlarged to 400 per cent"),
    "contrast": N_("With high contrast or forced colours"),
    "voice": N_("With voice control"),
    "switch": N_("With a switch"),
    "captions": N_("Captions, transcripts and descriptions read against the recording"),
    "plain-language": N_("Plain language, read by a person"),
    "whole-course": N_("The whole course, from the first page to the certificate"),
    "other": N_("Something else"),
}
RESULTS: Mapping[str, str] = {
    "no-issues": N_("No issues found by this check"),
    "issues": N_("Issues found"),
}
SEVERITIES: Mapping[Severity, str] = {
    Severity.ERROR: N_("error"),
    Severity.WARNING: N_("warning"),
    Severity.ADVICE: N_("advice"),
}
LIMITS: Mapping[str, str] = {
    "machines-find-some": N_(
        "Automated checks find only some barriers. A person may meet one that they missed."
    ),
    "no-people-yet": N_(
        "People with disabilities have tested this version only if a check by a person on this page says so."
    ),
    "no-sign-language": N_("Not every lesson has a video in American Sign Language or Quebec Sign Language."),
    "reading-by-formula": N_("Reading ease is measured with formulas, not with readers."),
}


def verdict(checked: Checked | None, voice: Translator) -> str:
    """Return what the checks of the content came to."""
    if checked is None:
        return voice.gettext("The checks made by the program that sealed this version are not on record.")
    if checked.found_nothing:
        return voice.gettext("No issues found by these checks.")
    counted = {
        "errors": voice.number(checked.count(Severity.ERROR)),
        "warnings": voice.number(checked.count(Severity.WARNING)),
        "advice": voice.number(checked.count(Severity.ADVICE)),
    }
    if checked.count(Severity.ERROR):
        return voice.gettext(
            "Errors found by these checks: %(errors)s. Warnings: %(warnings)s. Advice: %(advice)s.", **counted
        )
    return voice.gettext(
        "No errors found by these checks. Warnings: %(warnings)s. Advice: %(advice)s.", **counted
    )


def basis(checked: Checked, voice: Translator) -> str:
    """Return what the rules were put to."""
    if checked.basis is Basis.DRAFT:
        return voice.gettext(
            "lms check read every file of the course just before it was sealed. A version with an error "
            "cannot be sealed."
        )
    return voice.gettext(
        "This version was sealed before these records were kept. The rules about text, images and recordings "
        "were applied to its sealed text."
    )


def looked(checked: Checked, voice: Translator) -> str:
    """Return how much was looked at, as a list in a sentence."""
    one = checked.looked
    return voice.series(
        [
            voice.ngettext("%(num)s module", "%(num)s modules", one.modules),
            voice.ngettext("%(num)s lesson", "%(num)s lessons", one.lessons),
            voice.ngettext("%(num)s quiz", "%(num)s quizzes", one.quizzes),
            voice.ngettext("%(num)s image", "%(num)s images", one.pictures),
            voice.ngettext("%(num)s recording", "%(num)s recordings", one.recordings),
        ]
    )


def browser(run: BrowserRun | None, voice: Translator) -> str:
    """Return what rules that run in a browser came to."""
    if run is None:
        return voice.gettext("Not run. No results from a browser have been recorded for this version.")
    if run.found:
        return voice.gettext("Issues found by these rules: %(rules)s.", rules=voice.series(run.found))
    if run.undecided:
        return voice.gettext(
            "No issues found by these rules. These could not decide and need a person: %(rules)s.",
            rules=voice.series(run.undecided),
        )
    return voice.gettext("No issues found by these rules.")


def proof(program: str, voice: Translator, facts: BrowserProof = PROOF) -> str:
    """Return what the program itself is put to in browsers before a version of it goes out."""
    return voice.gettext(
        "Before a version of Parvis is released, its own pages are opened in a browser in at least "
        "%(states)s states, in %(languages)s, on narrow and wide screens, in light and dark mode, and "
        "checked with %(engine)s %(version)s or later. This site runs Parvis %(program)s.",
        states=voice.number(facts.states),
        languages=voice.series([voice.language(tag) for tag in facts.languages]),
        engine=facts.engine,
        version=facts.at_least,
        program=program,
    )
