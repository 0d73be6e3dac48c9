"""The register's own terms in words: where a law holds, how it stands, what happened, what it is about.

Holds sentences and words for the catalogues under the codes of `courses/legislation`. A code that is not
known here is shown as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask_babel import gettext, pgettext

from lms.rendering.words import places
from lms.rendering.words.marks import N_, NP_
from lms.rendering.words.translator import sorted_by

REGIONS: Mapping[str, str] = places.REGIONS
KINDS: Mapping[str, str] = {
    "statute": N_("law"),
    "policy": N_("policy"),
    "regulation": N_("regulation"),
    "case": N_("court decision"),
    "treaty": N_("treaty"),
    "standard": N_("standard"),
}
STATUSES: Mapping[str, str] = places.STATUSES
EVENTS: Mapping[str, str] = {
    "introduced": NP_("event of a law", "introduced"),
    "passed": NP_("event of a law", "passed"),
    "assent": NP_("event of a law", "royal assent"),
    "enacted": NP_("event of a law", "enacted"),
    "published": NP_("event of a law", "published"),
    "in-force": NP_("event of a law", "in force"),
    "retroactive-from": NP_("event of a law", "retroactive to this date"),
    "amendment": NP_("event of a law", "amended"),
    "policy": NP_("event of a law", "policy change"),
    "court": NP_("event of a law", "court decision"),
    "deadline": NP_("event of a law", "deadline"),
    "signed": NP_("event of a law", "signed"),
    "ratified": NP_("event of a law", "ratified"),
    "acceded": NP_("event of a law", "acceded to"),
    "applies-from": NP_("event of a law", "applies from this date"),
    "repeal": NP_("event of a law", "repealed"),
}
TOPICS: Mapping[str, str] = {
    "accessibility": N_("accessibility"),
    "accommodation": N_("accommodation"),
    "action-plans": N_("action plans"),
    "alternate-formats": N_("alternate formats"),
    "assistive-devices": N_("assistive devices"),
    "border": N_("border"),
    "built-environment": N_("buildings and places"),
    "coercive-control": N_("coercive control"),
    "compliance": N_("compliance"),
    "consent": N_("consent"),
    "constitution": N_("constitution"),
    "conversion-therapy": N_("conversion practices"),
    "copyright": N_("copyright"),
    "credibility": N_("credibility"),
    "criminal-record": N_("criminal records"),
    "data": N_("data"),
    "deadlines": N_("time limits"),
    "digital": N_("digital services"),
    "disability": N_("disability"),
    "disability-definition": N_("legal definition of disability"),
    "discrimination": N_("discrimination"),
    "eligibility": N_("eligibility"),
    "employment": N_("employment"),
    "equality": N_("equality"),
    "family": N_("family"),
    "family-violence": N_("family violence"),
    "feedback": N_("feedback"),
    "forms": N_("forms"),
    "francophone-immigration": N_("Francophone immigration"),
    "french-writing": N_("writing in French"),
    "gender-based-violence": N_("gender-based violence"),
    "gender-expression": N_("gender expression"),
    "gender-identity": N_("gender identity"),
    "hate-crime": N_("hate crimes"),
    "health": N_("health"),
    "history": N_("history"),
    "human-rights": N_("human rights"),
    "identity-documents": N_("identity documents"),
    "immigration": N_("immigration"),
    "income": N_("income"),
    "indigenous": N_("Indigenous peoples"),
    "international": N_("international law"),
    "language": N_("language"),
    "legal-referral": N_("legal referral"),
    "marriage": N_("marriage"),
    "medical-inadmissibility": N_("medical inadmissibility"),
    "newcomers": N_("newcomers"),
    "notwithstanding-clause": N_("notwithstanding clause"),
    "particular-social-group": N_("particular social group"),
    "plain-language": N_("plain language"),
    "privacy": N_("privacy"),
    "refugee": N_("refugee protection"),
    "remedies": N_("remedies"),
    "reporting": N_("reporting"),
    "safety": N_("safety"),
    "school": N_("school"),
    "screen-readers": N_("screen readers"),
    "self-identification": N_("self-identification"),
    "sexual-orientation": N_("sexual orientation"),
    "sign-language": N_("sign languages"),
    "sogiesc": N_("sexual orientation, gender identity and expression in refugee law"),
    "sponsorship": N_("sponsorship"),
    "sport": N_("sport"),
    "standard": N_("standards"),
    "stigma": N_("stigma"),
    "telecom": N_("telecommunications"),
    "terminology": N_("words to use"),
    "test": N_("legal tests"),
    "training": N_("training"),
    "transport": N_("transportation"),
    "travel": N_("travel"),
    "two-spirit": N_("Two-Spirit people"),
    "undue-hardship": N_("undue hardship"),
    "victims": N_("victims"),
    "web-accessibility": N_("web accessibility"),
    "youth": N_("young people"),
}


def said(words: Mapping[str, str], code: str) -> str:
    """Return a code in the reader's language."""
    return str(gettext(words[code])) if code in words else code


def happened(code: str) -> str:
    """Return what happened to a law: a noun where its status is an adjective ("in force")."""
    return str(pgettext("event of a law", EVENTS[code])) if code in EVENTS else code


def choices(words: Mapping[str, str], codes: Iterable[str], locale: str) -> list[tuple[str, str]]:
    """Return (code, words) for the codes that occur, in the order of their words."""
    return sorted_by(((code, said(words, code)) for code in codes), lambda pair: pair[1], locale)
