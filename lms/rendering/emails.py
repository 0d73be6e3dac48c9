"""The letters that the house writes, in the language of the person who reads them.

Subjects are neutral: no course, no word about what is learnt, because a shared screen or an employer may
show them. Plain text, short, without a link that signs anybody in.
"""

from __future__ import annotations

from lms.rendering.words.marks import N_
from lms.rendering.words.translator import translator_for

CODE_SUBJECT = N_("Your sign-in code")
CONFIRM_SUBJECT = N_("Your confirmation code")
REQUEST_SUBJECT = N_("About your request to sign in")
ANSWERED_SUBJECT = N_("We have answered your request")
TEST_SUBJECT = N_("Test message")
QUESTIONS_SUBJECT = N_("A few quick questions")
UPDATE_SUBJECT = N_("Course update")
ACCOUNT_SUBJECT = N_("About your account")
GREETING = N_("Hello,")
CODE = N_(
    "Your code is %(code)s. You can use it once, within %(minutes)s minutes, in the window where you "
    "asked for it."
)
IGNORE = N_("If you did not ask for this code, you don’t have to do anything.")
NO_ACCOUNT = N_(
    "Someone, perhaps you, asked for a code to sign in with this email address. No account uses this address."
)
NO_ACCOUNT_SO = N_("You can create an account, or sign in with another email address or with a sign-in name.")
HAS_ACCOUNT = N_("You already have an account with this email address. The code will sign you in to it.")
ADDRESS = N_("Use this code to confirm that this email address is yours.")
QUESTIONS = N_(
    "About three months ago, you completed one of our courses. If you like, take about a minute to tell "
    "us if you have used what you learned."
)
QUESTIONS_LINK = N_("Answer the questions: %(link)s")
QUESTIONS_NOBODY = N_(
    "You don’t have to answer. No one can tell who the answers come from. We won’t send you another "
    "message about this."
)
ANSWERED = N_("We have answered your request. To read the answer, sign in and go to My learning.")
ANSWERED_LINK = N_("My learning: %(link)s")
RENEWAL = N_(
    "Something that you learned with us has changed, and it matters for your certificate. A short refresher "
    "shows you what is new and renews your certificate."
)
RENEWAL_LINK = N_("Go to the refresher: %(link)s")
RENEWAL_STAYS = N_("You keep the certificate that you have, with the date on which you earned it.")
OPTIONAL = N_("You don’t have to get messages like this one. Choose which messages you get: %(setting)s")
CHANGED_PASSWORD = N_("The password of your account was changed.")
CHANGED_NAME = N_("The sign-in name of your account was changed.")
CHANGED_ADDRESS = N_(
    "The email address of your account was changed. From now on, we’ll send messages to the new address, "
    "not to this one."
)
REMOVED_ADDRESS = N_(
    "This email address was removed from your account. We won’t send any more messages here."
)
CHANGED_RECOVERY = N_("New recovery codes were created for your account. The old ones no longer work.")
CHANGED_ME = N_("If you made this change, you don’t have to do anything.")
CHANGED_NOT_ME = N_(
    "If you did not make this change, sign in, set a new password and check where you are signed in. If "
    "you can no longer sign in, use one of your recovery codes or write to the team that runs the site."
)
CHANGED_LINK = N_("Your account: %(link)s")
TEST = N_("This message confirms that email works.")

_CHANGED = (CHANGED_ME, CHANGED_NOT_ME, CHANGED_LINK)
#: What each kind of letter says between the greeting and the end.
BODIES: dict[str, tuple[str, ...]] = {
    "sign-in": (CODE, IGNORE),
    "sign-up": (CODE, IGNORE),
    "sign-up-again": (HAS_ACCOUNT, CODE, IGNORE),
    "address": (ADDRESS, CODE, IGNORE),
    "no-account": (NO_ACCOUNT, NO_ACCOUNT_SO, IGNORE),
    "answered": (ANSWERED, ANSWERED_LINK),
    "password-changed": (CHANGED_PASSWORD, *_CHANGED),
    "name-changed": (CHANGED_NAME, *_CHANGED),
    "address-changed": (CHANGED_ADDRESS, *_CHANGED),
    "address-removed": (REMOVED_ADDRESS, *_CHANGED),
    "recovery-changed": (CHANGED_RECOVERY, *_CHANGED),
    "questions": (QUESTIONS, QUESTIONS_LINK, QUESTIONS_NOBODY),
    "renewal": (RENEWAL, RENEWAL_LINK, RENEWAL_STAYS),
    "test": (TEST,),
}
#: What stands in the subject; a letter that is not named here brings a code to sign in with.
SUBJECTS = {
    "sign-up": CONFIRM_SUBJECT,
    "address": CONFIRM_SUBJECT,
    "no-account": REQUEST_SUBJECT,
    "answered": ANSWERED_SUBJECT,
    "questions": QUESTIONS_SUBJECT,
    "renewal": UPDATE_SUBJECT,
    "test": TEST_SUBJECT,
    **{kind: ACCOUNT_SUBJECT for kind, body in BODIES.items() if CHANGED_ME in body},
}


def letter(
    kind: str,
    locale: str,
    *,
    sender: str,
    code: str = "",
    minutes: int = 0,
    link: str = "",
    note: str = "",
    setting: str = "",
) -> tuple[str, str]:
    """Return (subject, text) of a letter; `sender` is the name under which the house signs.

    `note` comes after the first sentence; `setting` leads to where its reader can turn such letters off.
    """
    speak = translator_for(locale).gettext
    subject = SUBJECTS.get(kind, CODE_SUBJECT)
    body = [speak(sentence, code=code, minutes=minutes, link=link) for sentence in BODIES[kind]]
    last = [speak(OPTIONAL, setting=setting)] if setting else []
    noted = [body[0], *([note] if note else []), *body[1:]]
    return speak(subject), "\n\n".join([speak(GREETING), *noted, *last, sender]) + "\n"
