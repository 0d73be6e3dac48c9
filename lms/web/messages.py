"""The words of error codes and of notices, once for all pages.

Holds sentences in English, each marked for the catalogues, under the codes that core and actions raise.
Every builder adds the codes of their own part, in its own section. Called by `web.errors`, `web.forms`,
`web.menus` and views.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext


def N_(sentence: str) -> str:  # noqa: N802  # the name that gettext tools look for
    """Mark a sentence for the catalogues without translating it yet."""
    return sentence


#: For whatever has no words of its own.
ANYTHING = N_("That did not work. Please try again.")

WORDS: dict[str, str] = {
    # every part
    "deed.not-allowed": N_("This page is for other people’s work. Your account does not open it."),
    "deed.sign-in-first": N_("Please sign in first."),
    "form.token": N_("This form was open for too long. Please send it again."),
    "database.unavailable": N_("We cannot save at the moment. Nothing you typed is lost: please try again."),
    "database.newer": N_("A newer version of Parvis has changed this database. Install that version again."),
    "database.not-ready": N_("The database is not set up for this version. Run: lms setup"),
    "disk.unavailable": N_("The data folder %(path)s cannot be written."),
    "disk.in-use": N_("The site is running with this data folder. Stop it first."),
    "site.not-found": N_("There is no site in %(path)s."),
    "backup.other-database": N_(
        "Only SQLite is backed up here. Use the tools of your database for the rest."
    ),
    "backup.unwritable": N_("The backup cannot be written to %(path)s."),
    "backup.unreadable": N_("The backup %(path)s cannot be read."),
    "backup.damaged": N_("This file is not a whole backup. Nothing was changed."),
    "backup.passphrase": N_("This is not the passphrase of the backup. Nothing was changed."),
    "restore.unfinished": N_("A restore was cut short. Run lms restore again with the same file."),
    "demo.not-allowed": N_("Demo accounts exist only on a site that nobody else can reach."),
    # keys
    "keys.unreadable": N_("The keys folder cannot be read."),
    "keys.open-to-others": N_("The keys folder can be read by others on this machine."),
    "keys.damaged": N_("The key file is damaged."),
    "keys.other-database": N_("These keys belong to another database."),
    # mail
    "mail.unavailable": N_("The mail server cannot be reached."),
    # accounts
    "account.wrong": N_("Something needs another look."),
    "account.name-missing": N_("Type the name that we should call you."),
    "account.name-too-long": N_("This name is too long. Type at most %(most)s letters."),
    "account.email-shape": N_("Type an e-mail address like name@example.org."),
    "account.email-taken": N_("This address belongs to an account already."),
    "account.sign-in-name-shape": N_(
        "Type a sign-in name of %(least)s to %(most)s letters or digits, without spaces and without @."
    ),
    "account.sign-in-name-taken": N_("Somebody has this sign-in name already. Choose another one."),
    "account.password-missing": N_("Type a password."),
    "account.password-short": N_("Type a password of at least %(least)s characters."),
    "account.password-long": N_("This password is too long. Type at most %(most)s characters."),
    "account.password-weak": N_(
        "Many people choose this password, so it is easy to guess. Choose another one."
    ),
    "account.password-wrong": N_("This is not your current password."),
    "account.sign-in-again": N_("To change this, please sign in again first."),
    "account.last-way-in": N_("This is your only way to sign in. Add another one first."),
    "account.not-confirmed": N_("Tick the box to say that you are sure."),
    "account.not-found": N_("There is no such account."),
    # signing in
    "sign-in.wrong": N_("The name or address and the password do not belong together."),
    "sign-in.recovery-wrong": N_("The name or address and the recovery code do not belong together."),
    "sign-in.who-missing": N_("Type your e-mail address or your sign-in name."),
    "sign-in.too-often": N_(
        "Too many tries with a wrong password. Wait %(minutes)s minutes, or ask for a code by e-mail."
    ),
    "sign-up.too-often": N_("Too many new accounts from here. Wait %(minutes)s minutes."),
    "code.too-often": N_("Too many codes were asked for. Wait %(minutes)s minutes."),
    "code.none": N_("There is no code to confirm. Ask for a new one."),
    "code.wrong": N_("This is not the code that we sent. Look at the newest message."),
    "code.ended": N_("This code no longer counts. Ask for a new one."),
    "session.not-found": N_("This session has ended already."),
    "visit.not-needed": N_("You are signed in already."),
    "visit.nothing-waits": N_("There is no progress that waits for you."),
    # certificates
    "certificate.course-not-complete": N_("The certificate is yours once the course is complete."),
    "certificate.already-issued": N_("You have a certificate for this course already."),
    "certificate.request-used": N_("This page was sent before. Please begin again."),
    "certificate.none": N_("There is no certificate here."),
    "certificate.revoked": N_("This certificate was revoked, so it cannot be replaced."),
    "certificate.choice": N_("Something has to be mended before the certificate can be made."),
    "certificate.name-missing": N_("Type the name to print."),
    "certificate.name-long": N_("This name is too long to print. Type at most %(longest)s letters."),
    "certificate.language-missing": N_("Choose the language of the certificate."),
    "certificate.not-ready": N_("The PDF is still being made. Please try again in a moment."),
    "certificate.no-engine": N_("PDF certificates cannot be made on this machine yet."),
    "certificate.missing-letters": N_("No font on this machine has these letters: %(letters)s"),
    "certificate.reason": N_("A reason is missing."),
    "certificate.reason-missing": N_("Say why: the reason is kept with the certificate."),
    "certificate.so-already": N_("That has been done already."),
    "verify.unknown": N_("We know no certificate with this number. Check it, letter by letter."),
    "verify.number-missing": N_("Type the number that stands on the certificate."),
    "verify.name": N_("A name is missing."),
    "verify.name-missing": N_("Type the name that stands on the certificate."),
    "verify.no-name": N_("No name can be checked for this certificate."),
    "verify.too-often": N_("Too many names were tried for this certificate. Wait %(minutes)s minutes."),
    "blob.not-found": N_("This file is not there."),
    "blob.unavailable": N_("The file cannot be read or written at the moment. Please try again."),
    "blob.damaged": N_("This file is damaged on our side. Please tell us."),
    # content and seals
    "course.unknown": N_("There is no course “%(course)s”."),
    "release.unknown": N_("There is no sealed version %(version)s of “%(course)s”."),
    "release.broken-seal": N_("The sealed files of %(course)s %(version)s are no longer what was sealed."),
    "release.version-form": N_("“%(version)s” is not a version. Write three numbers, such as 1.2.0."),
    "release.version-too-low": N_(
        "%(version)s says too little: the change is %(change)s, so it needs at least %(needed)s."
    ),
    "release.findings": N_("“%(course)s” still has errors. Nothing was sealed."),
    "release.reason-missing": N_("Say who answers for the release, and why it changes, in: %(locales)s."),
    "release.already-sealed": N_(
        "%(course)s %(version)s is sealed already, with other contents. Take a new version."
    ),
    "draft.not-whole": N_("The draft of “%(course)s” cannot be read as a whole yet."),
    "draft.changed": N_("Somebody saved %(file)s in the meantime. Look at it again."),
    "media.unknown": N_("This picture or recording is not there."),
    "disk.write-failed": N_("%(file)s cannot be written. Is the disk full or read-only?"),
    "check.unknown-path": N_("There is nothing to check in %(path)s."),
    # learning
    "module.unknown": N_("There is no such module in this course."),
    "law.unknown": N_("The register has no such entry."),
    "lesson.unknown": N_("There is no such lesson in this course."),
    "learning.not-enrolled": N_("You have not started this course yet."),
    "learning.sign-up-to-go-on": N_(
        "The first module is open to everybody. For the others you need an account."
    ),
    "learning.needs-first": N_(
        "Another course comes first. The page of this course says which one, why, and what you can do now."
    ),
    "recognition.wrong": N_("Something needs another look."),
    "recognition.learned-missing": N_("Write what you took."),
    "recognition.provider-missing": N_("Write where it was."),
    "recognition.period-missing": N_("Write about when it was. A year is enough."),
    "recognition.too-long": N_("This is too long. Write at most %(most)s characters."),
    "recognition.not-needed": N_("There is nothing to be recognized here."),
    "recognition.unknown": N_("There is no such request."),
    "recognition.answered": N_("This request has an answer already."),
    "recognition.reason-missing": N_("Say why not. Whoever asked will read the reason."),
    "learning.place": N_("This place in the lesson is not known."),
    "learning.nothing-to-choose": N_("You are on the current version of this course."),
    "attempt.unknown": N_("There is no such check of yours."),
    "attempt.id": N_("This check cannot be begun like that. Open it again and press the button."),
    "attempt.submitted": N_("This check is marked already. You can take it once more."),
    "attempt.save-number": N_("These answers came out of order. Open the page again."),
    "attempt.other-questions": N_("The questions of this check have changed. Begin it again."),
    "question.no-choice": N_("This question has no other form."),
    "report.wrong": N_("Something is missing in your message."),
    "report.kind-missing": N_("Choose what it is about."),
    "report.text-missing": N_("Write what you would like to tell us."),
    "report.text-too-long": N_("This is too long. Write at most %(most)s characters."),
    "report.contact-too-long": N_("This is too long. Write at most %(most)s characters."),
    "report.place": N_("This page is not known. Open the form again from the page that you mean."),
    "report.too-often": N_("Too many messages were sent from here. Wait an hour, please."),
    "report.closed": N_("Somebody has closed this message already."),
    # questions before, after and three months later
    "questions.none": N_("There are no questions about this course at the moment."),
    "questions.press": N_(
        "This form was open for too long. Your answers are still here. Please send it again."
    ),
    "questions.reply": N_("One of the answers is not among those that were offered. Please choose again."),
    "questions.too-often": N_("Many answers came from here. Wait %(minutes)s minutes, please."),
    # publishing
    "release.other-digest": N_("This version was adopted with other words. A version never changes."),
    "release.already-active": N_("This version is in use already."),
    "release.not-waiting": N_("This version does not wait for a date."),
    "release.parent-not-current": N_(
        "This version follows %(parent)s, which is not the current one. Bring both together first."
    ),
}

#: Notices that a page shows after `?done=<key>`.
DONE: dict[str, str] = {
    "answers-kept": N_("Your answers are saved. You can go on whenever you like, on any device."),
    "report-closed": N_("The message is closed."),
    "place-kept": N_("We keep your place. You can go on whenever you like, on any device."),
    "moved": N_("You are on the new version. What has not changed is kept."),
    "stays": N_("You stay on the version that you began."),
    "saved": N_("Saved."),
    "sign-in-first": N_("Please sign in to go on. You come back to where you were."),
    "kept": N_("You were away for a while. Sign in again and go on: what you typed is kept."),
    "signed-out": N_("You are signed out. Close this window if others use this computer."),
    "signed-out-everywhere": N_("You are signed out on every device."),
    "session-ended": N_("That session has ended."),
    "joined": N_("Your progress is in your account now."),
    "not-joined": N_("That progress was not added to your account."),
    "password-changed": N_("Your password is changed. Other devices are signed out."),
    "email-changed": N_("Your e-mail address is changed."),
    "deleted": N_("Your account is deleted."),
    "certificate-issued": N_("Your certificate is issued."),
    "certificate-replaced": N_("Your new certificate is issued. The one before it no longer counts."),
    "certificate-erased": N_("The name and the PDF of your certificate are erased."),
    "needs-first": N_("Another course comes first. This page says which one, why, and what you can do now."),
    "recognition-asked": N_("Thank you. We look at it, and answer in My learning."),
    "answers-sent": N_("Thank you. Your answers are here, and nobody can tell whose they are."),
    "nothing-chosen": N_("Nothing was chosen, so nothing was sent."),
    "welcome": N_("Your account is ready."),
}


def words_of(code: str, params: Mapping[str, object]) -> str:
    """Say a code in the reader's language, with its parameters filled in."""
    return str(gettext(WORDS.get(code, ANYTHING), **params))
