"""The words of what goes wrong between a draft and the day on which it is current.

Holds sentences in English, each marked for the catalogues, under their codes.
"""

from __future__ import annotations

from lms.rendering.words.marks import N_

PUBLISHING: dict[str, str] = {
    "draft.own-words": N_(
        "You wrote part of what is new in this language. Someone else must read and approve it."
    ),
    "draft.block-unknown": N_("This block was changed again in the meantime. Reload the page."),
    "release.not-alone": N_(
        "Another person can review this course, so ask them to read it before you seal it. Languages not "
        "approved yet: %(locales)s."
    ),
    "release.translations-unchecked": N_(
        "Some blocks were changed in one language only. Check the other languages first: %(count)s to check."
    ),
    "release.cannot-follow": N_(
        "The draft cannot follow version %(version)s any more, because another version was published in the "
        "meantime. Reload the page."
    ),
    "release.undoes-parent": N_(
        "The draft contains none of the changes of version %(version)s, so sealing it would undo them. Bring "
        "these changes into the draft first. To undo them on purpose, go back to an earlier version."
    ),
    "release.nothing-to-read": N_("There is nothing to confirm for version %(version)s."),
    "translation.set-unknown": N_("This text was changed in the meantime. Reload the page and look again."),
    "translation.file-damaged": N_(
        "The file %(file)s cannot be read. Fix it or remove it. Nothing was changed."
    ),
    "site.not-committed": N_("The site’s files could not be committed with Git: %(reason)s"),
    "as-of.day-shape": N_("Enter the date as year-month-day, for example 2026-11-22."),
    "as-of.day-ahead": N_("%(day)s has not come yet. Choose today or an earlier date."),
    "as-of.nothing-yet": N_("This course was not published yet on %(day)s."),
    "publish.moment-shape": N_(
        "Enter a date such as 2026-11-22, a time such as 09:00, and choose a time zone."
    ),
}
#: What was just done, for the next page.
PUBLISHING_DONE: dict[str, str] = {
    "draft-approved": N_("You approved the draft in this language."),
    "typo-marked": N_("The block is marked as a typo."),
    "typo-unmarked": N_("The block is no longer marked as a typo."),
    "translation-confirmed": N_("You confirmed that the blocks have the same meaning."),
    "translation-undone": N_("Your confirmation was undone."),
    "release-sealed": N_("The version is sealed. Nobody can change it any more. It is not published yet."),
    "release-published": N_("The version is published."),
    "release-scheduled": N_("The version is scheduled. You can move or cancel the date until then."),
    "release-withdrawn": N_("The scheduled version was cancelled. It stays sealed."),
    "release-read": N_("Thank you. The record of the version now says that someone else has read it."),
}
