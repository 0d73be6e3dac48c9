"""The words of what goes wrong with the machine and its files: database, disk, backups, work, keys, mail.

Also of what is refused about accessibility records, which programs write as well as people.

Holds sentences in English, each marked for the catalogues, under their codes. What is about people is in
`messages`.
"""

from __future__ import annotations

from lms.rendering.words.marks import N_

MACHINE: dict[str, str] = {
    # every part
    "catalogue.unknown-language": N_(
        "The translation in translations/%(tag)s is for a language that this version does not support. "
        "Supported languages: %(known)s."
    ),
    "catalogue.broken": N_(
        "The translation file %(path)s cannot be read, or its “Plural-Forms” line is wrong. Fix the file "
        "or remove it."
    ),
    "catalogue.form-missing": N_(
        "The translation file %(path)s lacks a plural form for “%(sentence)s”. Fill in every form of this "
        "entry."
    ),
    "deed.not-allowed": N_(
        "Your account does not have access to this page. It is for people with another role."
    ),
    "deed.sign-in-first": N_("Please sign in first."),
    "form.token": N_("This form was open for too long. Please send it again."),
    "form.again": N_(
        "This form was open for too long, so nothing was sent. Check it and send it again. If this happens "
        "again, allow cookies from this site."
    ),
    "input.characters": N_(
        "What you entered contains a character that we can’t save. It may have been copied along with "
        "other text. Please type that part yourself instead of pasting it."
    ),
    "list.place-unknown": N_("We cannot find this page of the list. Go back to the first page."),
    "database.unavailable": N_("We can’t save right now. Nothing you entered is lost. Please try again."),
    "database.newer": N_(
        "A newer version of Parvis has changed this database. Install the newer version again."
    ),
    "database.not-ready": N_("The database is not ready for this version. Run: lms setup"),
    "disk.unavailable": N_("We cannot write to the data folder %(path)s."),
    "database.no-driver": N_("The PostgreSQL driver is missing. Run: pip install 'parvis[postgres]'"),
    "database.no-right": N_(
        "To restore, the role %(role)s must own the tables and have the right to create schemas in the "
        "database %(database)s. Nothing was changed."
    ),
    "port.taken": N_(
        "Another program is using port %(port)s on %(host)s. Stop that program, or choose another port "
        "(PORT)."
    ),
    "port.not-allowed": N_(
        "This account is not allowed to use port %(port)s on %(host)s. Choose a port above 1023 (PORT)."
    ),
    "port.no-address": N_(
        "%(host)s is not an address of this computer, or port %(port)s cannot be used at that address. "
        "Choose another address (HOST)."
    ),
    "disk.in-use": N_("The site is running and using this data folder. Stop the site first."),
    "disk.unreadable": N_("This user account cannot open %(path)s. Use the account that runs the site."),
    "site.not-found": N_("We cannot find a site in %(path)s."),
    "backup.other-database": N_("This database is not stored in a file, so it cannot be replaced."),
    "backup.exists": N_("%(path)s already exists. Choose another name, or add --replace."),
    "backup.incomplete": N_(
        "The backup is incomplete: the files of %(releases)s are published but are not in the site folder, "
        "or are behind a link. Put the files there, then back up again."
    ),
    "backup.inside": N_("You cannot save a backup in %(path)s: the next backup would include it."),
    "backup.no-room": N_(
        "There is not enough space on the disk that contains %(path)s. Nothing was changed."
    ),
    "backup.no-passphrase": N_(
        "The keys need a passphrase. Enter it, set LMS_BACKUP_PASSPHRASE, or add --without-keys."
    ),
    "backup.passphrase-weak": N_(
        "This passphrase is easy to guess. Use at least %(least)s characters, such as four unrelated words."
    ),
    "backup.unwritable": N_("We cannot write the backup to %(path)s."),
    "backup.unreadable": N_("We cannot read the backup %(path)s."),
    "backup.damaged": N_("This file is not a complete backup. Nothing was changed."),
    "backup.passphrases-differ": N_("The two passphrases do not match. Nothing was saved."),
    "backup.passphrase": N_("This is not the passphrase for this backup. Nothing was changed."),
    "restore.unfinished": N_("A restore was interrupted. Run lms restore again with the same file."),
    "restore.undone": N_(
        "We could not replace something in %(path)s. Everything has been put back the way it was before."
    ),
    "restore.erased-unknown": N_(
        "We cannot read the current database, so we do not know whose data was erased since the backup. To "
        "restore anyway, add --even-so, then erase the data of these people again."
    ),
    "demo.not-allowed": N_("Demo accounts are allowed only on a site that nobody else can reach."),
    # work in the background
    "job.kind-unknown": N_(
        "This version of Parvis does not recognize this type of task. The task will wait until you "
        "install a version that does."
    ),
    "job.payload-unreadable": N_("The details of this task cannot be read."),
    "job.worker-died": N_("The process that runs this task stopped at every attempt."),
    "job.unknown": N_("We cannot find a task with the number %(job)s."),
    "job.not-failed": N_("Task %(job)s cannot be tried again: it has not failed, or its details are gone."),
    # keys
    "keys.unreadable": N_("We cannot read the keys folder."),
    "keys.open-to-others": N_("Other users of this computer can read the keys folder."),
    "keys.damaged": N_("The key file is damaged."),
    "keys.other-database": N_("These keys belong to another database."),
    # mail
    "mail.login": N_("The email server does not accept the user name and password in MAIL_URL."),
    "mail.no-folder": N_("The message could not be saved in %(path)s."),
    "mail.unavailable": N_("We cannot reach the email server."),
    # accessibility records
    "conformance.check-wrong": N_("The check was not recorded. Please correct the fields below."),
    "conformance.check-unknown": N_("We cannot find this check among those that you recorded."),
    "conformance.subject-missing": N_("Choose what you checked."),
    "conformance.how-missing": N_("Describe how you checked it and what you found."),
    "conformance.how-long": N_("Use %(most)s characters or fewer."),
    "conformance.language-missing": N_("Choose at least one language of this course."),
    "conformance.day": N_("Enter the date of the check as YYYY-MM-DD. It must be today or earlier."),
    "conformance.result-missing": N_("Choose the result of the check."),
    "conformance.not-axe": N_(
        "This file does not contain results from axe-core: one result, or a list of results from the same "
        "version."
    ),
    "conformance.other-page": N_("These results are about another page: %(path)s. Nothing was recorded."),
    "release.lacks-alternatives": N_(
        "Version %(version)s of “%(course)s” cannot be published. It lacks alternative text, captions, a "
        "transcript, a media file or a required language."
    ),
}
