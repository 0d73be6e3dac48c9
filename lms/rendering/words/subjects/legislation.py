"""The words of what goes wrong in the register of laws and in change dossiers, under their codes."""

from __future__ import annotations

from lms.rendering.words.marks import N_

LEGISLATION: dict[str, str] = {
    "law.wrong": N_("Some answers are missing or cannot be saved. Each one is marked below."),
    "law.changed": N_(
        "Someone else changed this entry after you opened it. What you entered is still in the form. "
        "Compare it with the entry as it is now, then save again."
    ),
    "law.by-hand": N_(
        "The file %(file)s is written in a way that this form cannot change safely. Nothing was changed. "
        "Ask the person who runs the site to edit the file."
    ),
    "law.not-whole": N_("The file %(file)s has an error and cannot be changed here. Nothing was changed."),
    "law.event-unknown": N_("We cannot find this event. Go back to the list of events of this law."),
    "law.event-not-due": N_("This event is not waiting to be confirmed. Nothing was changed."),
    "law.date-answered": N_("Someone has already answered this date."),
    "law.words-missing": N_("Enter these words in this language."),
    "law.words-too-long": N_("Shorten this text to 2,000 characters or fewer."),
    "law.source-missing": N_("Enter where you read it, for example the name of the official site."),
    "law.read-day": N_("Enter the day you read it, today or earlier. For example: 2026-11-22."),
    "law.event-missing": N_("Choose what happened."),
    "law.date-form": N_("Enter a year, a month or a day. For example: 2026, 2026-07 or 2026-07-18."),
    "law.event-twice": N_("This event on this date is already in the list."),
    "law.material-missing": N_("Choose yes or no."),
    "law.choice-missing": N_("Choose one of the answers in the list."),
    "law.address-form": N_("Enter a full web address that begins with https://."),
    "dossier.unknown": N_("We cannot find this change dossier."),
    "dossier.line-unknown": N_("Choose at least one line of this dossier."),
    "dossier.closed": N_("This dossier is closed. It can no longer be changed."),
    "dossier.words-missing": N_("Enter a few words."),
    "dossier.lines-missing": N_("Mark at least one line."),
    "dossier.settled-missing": N_("Choose what happened to the lines that you marked."),
    "dossier.reason-missing": N_("Enter the reason."),
    "dossier.owner-unknown": N_("Choose a person from the list."),
    "dossier.owner-changed": N_(
        "Someone else changed who does this in the meantime. Look at who it is now, then choose again if you "
        "still want to change it."
    ),
    "dossier.not-rewritten": N_(
        "The draft still says the same as the published version here: %(places)s. Rewrite it first, or "
        "choose another answer."
    ),
    "dossier.line-settled": N_(
        "Someone has already settled a line that you marked. Read what they wrote. If you disagree, reopen "
        "the line first."
    ),
    "dossier.unsettled": N_("Some lines are not settled yet: %(count)s. Settle them first."),
    "dossier.not-signed-off": N_(
        "Someone must sign off this dossier, as it is now, before it can be closed."
    ),
    "dossier.not-ready": N_("This PDF is being made. Please try again in a moment."),
    "release.dossier-open": N_(
        "%(course)s cannot be sealed yet. A change dossier has statements that are not settled: %(places)s."
    ),
}
DONE_LEGISLATION: dict[str, str] = {
    "law-event-added": N_("The event is in the register."),
    "law-checked": N_("Noted: you checked this law today and nothing has changed."),
    "law-read": N_("The entry is now marked as read in an official text."),
    "law-added": N_("The new entry is in the register."),
    "law-date-answered": N_("Your decision is saved."),
    "dossier-opened": N_("The dossier is open. Settle each line below."),
    "dossier-saved": N_("The dossier is saved."),
    "dossier-closed": N_("The dossier is closed. Its PDFs are being made."),
}
