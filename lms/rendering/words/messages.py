"""The words of error codes and of notices, for pages, terminals and mails alike.

Holds sentences in English, each marked for the catalogues, under the codes that core and actions raise, a
section for every subject.
"""

from __future__ import annotations

from lms.rendering.words.marks import N_
from lms.rendering.words.subjects.authoring import AUTHORING, AUTHORING_DONE
from lms.rendering.words.subjects.editing import EDITING, EDITING_DONE
from lms.rendering.words.subjects.legislation import DONE_LEGISLATION, LEGISLATION
from lms.rendering.words.subjects.machine import MACHINE
from lms.rendering.words.subjects.publishing import PUBLISHING, PUBLISHING_DONE

#: For whatever has no words of its own.
ANYTHING = N_("Something went wrong. Please try again.")

WORDS: dict[str, str] = {
    **LEGISLATION,
    **MACHINE,
    **AUTHORING,
    **EDITING,
    # renewing a certificate, and which messages one wants
    "renewal.not-due": N_("Your certificate does not have to be renewed now."),
    "renewal.no-questions": N_("This refresher has no questions. Read it, then renew your certificate."),
    "renewal.has-questions": N_("This refresher has questions. Answer them to renew your certificate."),
    "mail.unknown-link": N_(
        "This link does not work. Sign in and go to your account to choose which messages you get."
    ),
    **PUBLISHING,
    # accounts
    "account.wrong": N_("Something needs to be corrected."),
    "account.name-missing": N_("Enter the name you want us to use."),
    "account.name-too-long": N_("This name is too long. Use at most %(most)s characters."),
    "account.email-shape": N_("Enter an email address such as name@example.org."),
    "account.email-accents": N_(
        "The part before the @ cannot have accented letters here. Enter an address without them."
    ),
    "account.email-too-long": N_("This email address is too long. Use at most %(most)s characters."),
    "account.email-taken": N_("This email address already belongs to an account."),
    "account.sign-in-name-shape": N_(
        "Enter a sign-in name with %(least)s to %(most)s letters or digits, without spaces and without @."
    ),
    "account.sign-in-name-taken": N_("This sign-in name is already taken. Choose another one."),
    "account.password-missing": N_("Enter a password."),
    "account.password-short": N_("Enter a password with at least %(least)s characters."),
    "account.password-long": N_("This password is too long. Use at most %(most)s characters."),
    "account.password-weak": N_("Many people use this password, so it is easy to guess. Choose another one."),
    "account.password-wrong": N_("This is not your current password."),
    "account.too-often": N_(
        "You have changed your password many times. Wait %(minutes)s minutes, then try again."
    ),
    "account.sign-in-again": N_("To change this, please sign in again first."),
    "account.last-way-in": N_("This is your only way to sign in. Add another one first."),
    "account.not-confirmed": N_("Check the box to confirm."),
    "account.not-found": N_("We cannot find this account."),
    "account.last-admin": N_(
        "Nobody else manages this site. Check the box to confirm that you are leaving it without an "
        "administrator."
    ),
    # statements on hold
    "attempt.on-hold": N_(
        "We are checking every question in this quiz, because the law may have changed. Come back later. You "
        "keep everything you have done so far."
    ),
    "hold.already": N_("This statement is already on hold. Lift that hold first, or leave it as is."),
    "hold.lifted": N_("This hold has already been lifted."),
    "hold.since": N_("Enter a date such as 2026-11-30."),
    "hold.since-ahead": N_("This date is still to come. Enter today’s date or an earlier one."),
    "hold.statement-unknown": N_("We cannot find the statement “%(name)s” in this course."),
    "hold.too-long": N_("This text is too long. Use at most %(most)s characters."),
    "hold.unknown": N_("We cannot find this hold."),
    "hold.why-missing": N_("Enter the reason."),
    "hold.words-missing": N_("Enter what learners will read in this language."),
    "hold.wrong": N_("Something needs to be corrected."),
    # roles
    "role.learner-stays": N_(
        "Everyone who has an account is a learner. This role cannot be given or removed."
    ),
    "role.last-admin": N_(
        "This person is the last administrator of the site. Make someone else an administrator first, or "
        "confirm that you want to continue."
    ),
    "role.reaches-further": N_("You cannot give a role that is broader than your own."),
    "role.locale-shape": N_("“%(locale)s” is not a language code. Enter a code such as fr or fr-CA."),
    "organisation.unknown": N_("We cannot find the organization “%(organisation)s”."),
    # signing in
    "sign-in.wrong": N_("The password does not match the sign-in name or email address."),
    "sign-in.recovery-wrong": N_("The recovery code does not match the sign-in name or email address."),
    "sign-in.who-too-long": N_(
        "This email address or sign-in name is too long. Use at most %(most)s characters."
    ),
    "sign-in.who-missing": N_("Enter your email address or your sign-in name."),
    "sign-in.too-often": N_(
        "Too many incorrect attempts. Wait %(minutes)s minutes. Or sign in now with a code that we email "
        "you, or with one of the recovery codes that you printed or wrote down."
    ),
    "sign-up.too-often": N_(
        "There were too many attempts from your network. Wait %(minutes)s minutes, then try again."
    ),
    "code.too-often": N_("Too many codes were requested. Wait %(minutes)s minutes, then try again."),
    "code.none": N_("There is no code to confirm. Request a new one."),
    "code.wrong": N_("This is not the code that we sent. Check our most recent message."),
    "code.ended": N_("This code is no longer valid. Request a new one."),
    "session.not-found": N_("This session has already ended."),
    "visit.too-often": N_(
        "Many people on your network have just started a course. Wait %(minutes)s minutes, or sign in."
    ),
    "visit.not-needed": N_("You are already signed in."),
    "visit.nothing-waits": N_("There is no progress to add to your account."),
    # certificates
    "certificate.course-not-complete": N_("You can get the certificate once you complete the course."),
    "certificate.already-issued": N_(
        "You already have a certificate for this course. If something on it is not right, you can change it."
    ),
    "certificate.request-used": N_(
        "You sent this page before, with a different name, language or title, and your certificate was "
        "issued. If something on it is not right, you can change it."
    ),
    "certificate.replaced-meanwhile": N_(
        "Your certificate was changed in another window. Review it before you change it again."
    ),
    "certificate.none": N_("We cannot find a certificate for this course."),
    "certificate.revoked": N_("This certificate was revoked, so it cannot be replaced."),
    "certificate.choice": N_("Something needs to be corrected before we can create the certificate."),
    "certificate.name-missing": N_("Enter the name to print on the certificate."),
    "certificate.name-long": N_("This name is too long to print. Use at most %(longest)s characters."),
    "certificate.letters-missing": N_(
        "We can’t print these characters: %(letters)s. Write the name another way, or ask us for help."
    ),
    "certificate.day-unknown": N_("Choose the date on the certificate."),
    "certificate.language-missing": N_("Choose the language of the certificate."),
    "certificate.not-ready": N_("The PDF is not ready yet. Please try again in a moment."),
    "certificate.no-engine": N_("This server cannot create PDF certificates yet."),
    "certificate.missing-letters": N_("No font on this server includes these characters: %(letters)s"),
    "logo.large": N_("The file is too large. Provide one of at most %(limit)s kB."),
    "logo.wide": N_("Its sides must be 1 to %(limit)s dots long."),
    "logo.kind": N_("Provide a PNG or SVG file."),
    "logo.damaged": N_("The file is damaged or incomplete. Save it again as PNG or SVG."),
    "logo.unsafe": N_(
        "The drawing contains %(found)s. Save it as plain SVG, with letters as outlines, and without "
        "gradients, pictures, effects, scripts or links. Or provide a PNG file."
    ),
    "logo.no-size": N_("The drawing has no size. Give its svg element a viewBox."),
    "logo.unknown": N_("We cannot find this picture."),
    "certificate.reason": N_("The reason is missing."),
    "certificate.reason-missing": N_("Enter the reason. We keep it with the certificate."),
    "certificate.so-already": N_("This has already been done."),
    "verify.unknown": N_(
        "We cannot find a certificate with this number. Check the number, one character at a time."
    ),
    "verify.number-missing": N_("Enter the number shown on the certificate."),
    "verify.name": N_("The name is missing."),
    "verify.name-missing": N_("Enter the name shown on the certificate."),
    "verify.no-name": N_("We cannot verify a name for this certificate."),
    "verify.too-often": N_(
        "Too many names for this certificate were entered from your network. Wait %(minutes)s minutes, "
        "then try again."
    ),
    "blob.not-found": N_("We cannot find this file."),
    "blob.unavailable": N_("We cannot read or save the file right now. Please try again."),
    "blob.damaged": N_("This file is damaged. The problem is on our end. Please tell us about it."),
    # content and seals
    "help-line.by-hand": N_(
        "“%(id)s” could not be updated in %(file)s. In the file, write the date %(written)s, in quotation "
        "marks, after checked: on its own line."
    ),
    "help-line.unknown": N_("We cannot find the help line “%(id)s”. To see all of them: lms help-line list"),
    "help-line.without-number": N_(
        "The help line “%(id)s” has no number yet. Add one to courses/help-lines.yaml first."
    ),
    "course.unknown": N_("We cannot find the course “%(course)s”."),
    "release.unknown": N_("We cannot find a sealed version %(version)s of “%(course)s”."),
    "release.newer-format": N_(
        "%(course)s %(version)s was sealed by a newer version of this program. Upgrade the program first."
    ),
    "release.characters": N_(
        "What you wrote about this version contains unreadable characters: %(found)s. Delete them."
    ),
    "release.broken-seal": N_("The sealed files of %(course)s %(version)s no longer match the seal."),
    "release.version-form": N_(
        "“%(version)s” is not a valid version number. Enter three numbers, such as 1.2.0."
    ),
    "release.version-too-low": N_(
        "The version number %(version)s is too low for this type of change (%(change)s). Use %(needed)s "
        "or higher."
    ),
    "release.version-too-high": N_(
        "The version number %(version)s is too far from the last one. Use %(needed)s, or a number close to "
        "it."
    ),
    "release.findings": N_("“%(course)s” still has errors. Nothing was sealed."),
    "release.reason-missing": N_(
        "Write a note that says why this version is changing, in these languages: %(locales)s."
    ),
    "release.already-sealed": N_(
        "%(course)s %(version)s is already sealed, with different content. Use a new version number."
    ),
    "draft.not-whole": N_("Some parts of the draft of “%(course)s” cannot be read yet."),
    "draft.changed": N_("Someone saved %(file)s in the meantime. Review it again."),
    "media.unknown": N_("We cannot find this image or recording."),
    "media.unreadable": N_(
        "We cannot show this image or recording right now. We have told the team that runs this site. "
        "Please try again later."
    ),
    "disk.write-failed": N_("We cannot write to %(file)s. Check if the disk is full or read-only."),
    "check.unknown-path": N_("We cannot find a course, folder or file named %(path)s to check."),
    "check.outside": N_(
        "%(path)s is outside the site folder %(site)s, so it was not checked. To check another site: "
        "lms check --site FOLDER"
    ),
    # learning
    "module.unknown": N_("We cannot find this module in the course."),
    "law.unknown": N_("We cannot find this entry in the register of laws."),
    "lesson.unknown": N_("We cannot find this lesson in the course."),
    "learning.not-enrolled": N_("You have not started this course yet."),
    "learning.sign-up-to-go-on": N_(
        "The first module is open to everyone. You need an account for the other modules."
    ),
    "learning.needs-first": N_(
        "This course has a prerequisite. The course page explains which course you need first, why, and "
        "what you can do now."
    ),
    "recognition.wrong": N_("Something needs to be corrected."),
    "recognition.learned-missing": N_("Enter what you took, such as the name of a course or workshop."),
    "recognition.provider-missing": N_("Enter the organization or school."),
    "recognition.period-missing": N_("Enter the approximate date. The year is enough."),
    "recognition.too-long": N_("This text is too long. Use at most %(most)s characters."),
    "recognition.not-needed": N_("We cannot find a prerequisite to recognize here."),
    "recognition.unknown": N_("We cannot find this request."),
    "recognition.answered": N_("This request has already been answered."),
    "recognition.reason-missing": N_(
        "Enter the reason for declining the request. The person who sent it will read the reason."
    ),
    "learning.place": N_("We cannot find this place in the lesson."),
    "learning.nothing-to-choose": N_("You already have the current version of this course."),
    "attempt.unknown": N_("We cannot find this quiz attempt."),
    "attempt.id": N_("The quiz cannot be started this way. Open it again and use the button on the page."),
    "attempt.submitted": N_("This quiz attempt has already been marked. You can take the quiz again."),
    "attempt.save-number": N_("We received these answers in the wrong order. Open the page again."),
    "attempt.other-questions": N_("The questions in this quiz have changed. Start the quiz again."),
    "question.no-comment": N_("You get feedback on this quiz when you submit it."),
    "question.no-choice": N_("There is no other way to answer this question."),
    "report.wrong": N_("Something in your message needs to be corrected."),
    "report.kind-missing": N_("Choose what your message is about."),
    "report.text-missing": N_("Write what you want to tell us."),
    "report.text-too-long": N_("This text is too long. Use at most %(most)s characters."),
    "report.contact-too-long": N_("This text is too long. Use at most %(most)s characters."),
    "report.place": N_(
        "We cannot find this page. Open the form again from the page that you want to tell us about."
    ),
    "report.too-often": N_(
        "We received too many messages from you or your network. Please wait an hour, then try again."
    ),
    "report.closed": N_("Someone has already closed this message."),
    # questions before, after and three months later
    "questions.not-asked": N_(
        "This survey is for people who have completed the course. If you have completed it, sign in first."
    ),
    "questions.none": N_("There is no survey for this course right now."),
    "questions.press": N_(
        "This form was open for too long. Your answers are still here. Please send it again."
    ),
    "questions.reply": N_("One of your answers is not on the list of choices. Please choose again."),
    "questions.too-often": N_(
        "We received many answers from your network. Please wait %(minutes)s minutes, then try again."
    ),
    # courses that cannot be read
    "course.unreadable": N_(
        "We cannot open this course right now. What you have done in it is saved, and we have told the "
        "team that runs this site. Please try again later. The rest of the site works."
    ),
    "release.not-here": N_(
        "This version of the course is not available on this site yet. What you have done in it is "
        "saved. Please try again later. The rest of the site works."
    ),
    # publishing
    "course.code-taken": N_(
        "Another course already uses the code %(taken)s in its addresses. Choose a different code for "
        "“%(course)s”."
    ),
    "release.day-in-past": N_("%(day)s is in the past. Choose today or a later date."),
    "release.law-not-yet": N_(
        "This version was prepared for a change in the law on %(day)s. It cannot be published before "
        "that day."
    ),
    "release.superseded": N_(
        "%(course)s %(version)s is an earlier version. The current version is %(current)s, and nobody is "
        "moved back to an earlier one. To go back, seal the earlier content as a new version and publish "
        "that version: lms seal %(course)s %(next)s --from %(version)s"
    ),
    "release.followers-wait": N_(
        "Version %(follower)s follows this version and becomes current on %(day)s. Change the date of "
        "that later version or withdraw it, then try again."
    ),
    "release.nothing-to-go-back-to": N_(
        "%(course)s %(version)s is already the current version. There is nothing to go back to."
    ),
    "release.unchanged": N_(
        "Nothing has changed in the draft of %(course)s since version %(version)s was sealed, so there is "
        "nothing to seal."
    ),
    "release.not-approved": N_(
        "Nobody else has approved the current draft in these languages: %(locales)s. Nothing was sealed. "
        "Ask someone else to read and approve it."
    ),
    "draft.unknown-file": N_("%(file)s is not part of the draft of “%(course)s”."),
    "draft.locale-unknown": N_("The draft of “%(course)s” is not available in this language: %(locale)s."),
    "disk.sealing": N_("Someone is already sealing a version with this data folder. Try again in a moment."),
    "release.other-digest": N_(
        "This version was already published with different content. A published version cannot be changed."
    ),
    "release.already-active": N_("This version is already in use."),
    "release.not-waiting": N_("No date is planned for this version."),
    "release.parent-not-current": N_(
        "This version follows %(parent)s, which is not the current version. Combine this version with "
        "the current one first."
    ),
}

#: Notices by key (`notices.tell`).
DONE: dict[str, str] = {
    "help-line-confirmed": N_("The help line is confirmed for today."),
    **DONE_LEGISLATION,
    **AUTHORING_DONE,
    **EDITING_DONE,
    "certificate-renewed": N_("Your certificate is renewed."),
    **PUBLISHING_DONE,
    "answers-kept": N_("Your answers are saved. You can continue whenever you like, on any device."),
    "report-closed": N_("The message is closed."),
    "check-recorded": N_("The check is now on record."),
    "name-shown": N_("Your name is now shown beside this check."),
    "name-hidden": N_("Your name is no longer shown beside this check."),
    "place-kept": N_("We’ve saved your place. You can continue whenever you like, on any device."),
    "moved": N_("You’re now on the new version. You keep your progress in the parts that have not changed."),
    "stays": N_("You’re staying on the version that you started."),
    "saved": N_("Saved."),
    "address-asked": N_("We sent a code to the new address."),
    "sign-in-first": N_("Please sign in to continue. You’ll then return to where you were."),
    "begin-first": N_("Start the course to open this lesson."),
    "begin-or-sign-in": N_(
        "Start the course to open this lesson. If you have already started it, sign in and you’ll continue "
        "where you left off."
    ),
    "idled-out": N_(
        "You were signed out because you were inactive. Sign in again and you’ll return to where you were."
    ),
    "visit-idled": N_(
        "You were inactive, so we no longer show the progress you made without an account. Sign in or create "
        "an account now, in this browser, and we’ll ask if it was yours."
    ),
    "kept": N_(
        "You were signed out after a period of inactivity. Sign in again to continue. What you "
        "typed is saved."
    ),
    "signed-out": N_("You’re signed out. If other people use this computer, close this window."),
    "signed-out-everywhere": N_("You’re signed out on all your devices."),
    "session-ended": N_("That session has ended."),
    "joined": N_("Your progress has been added to your account."),
    "not-joined": N_("That progress was not added to your account."),
    "password-changed": N_("Your password has been changed. You’re signed out on your other devices."),
    "email-changed": N_("Your email address has been changed."),
    "deleted": N_("Your account has been deleted."),
    "certificate-issued": N_("Your certificate has been issued."),
    "certificate-printed": N_("We’re creating the PDF. Your certificate keeps its number."),
    "certificate-unchanged": N_("You haven’t changed anything, so your certificate stays as it is."),
    "certificate-replaced": N_("Your new certificate has been issued. The previous one is no longer valid."),
    "certificate-erased": N_("The name and the PDF of your certificate have been erased."),
    "needs-first": N_(
        "This course has a prerequisite. This page explains which course you need first, "
        "why, and what you can do now."
    ),
    "recognition-asked": N_("Thank you. We’ll review your request and answer in My learning."),
    "answers-sent": N_("Thank you. We’ve received your answers. Nobody can tell who they came from."),
    "nothing-chosen": N_("You did not choose any answers, so nothing was sent."),
    "hold-made": N_("The statement is on hold. Learners will see this on the next page that they open."),
    "hold-lifted": N_("The hold has been lifted. Learners will no longer see it."),
    "welcome": N_("Your account is ready."),
}
