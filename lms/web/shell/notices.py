"""What was just done, said once on the next page: "Saved.", "Your account is deleted.".

The word travels in a sealed cookie that lasts two minutes, never in the address: a link that anybody can
write says nothing. Holds which notices there are by key alone; their words are in `messages`.
"""

from __future__ import annotations

import hmac

from flask import g, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from lms.rendering.words.messages import DONE
from lms.web.shell.cookies import MINUTE, cookie_name, forget_pages, set_cookie, the_context

NOTICE = "parvis-notice"
MINUTES = 2
ENDINGS = frozenset({"signed-out", "signed-out-everywhere", "deleted"})


def tell(key: str) -> None:
    """Show this on the next page that is shown in this browser."""
    g.notice = key


def _sealed(key: str, minute: int) -> str:
    return f"{key}.{minute}.{the_context().keys.mac('notice', key, str(minute))[:22]}"


def _minute() -> int:
    return the_context().now() // MINUTE


def told() -> str:
    """Return the key of what is to be said on this page; saying it uses it up."""
    given = request.cookies.get(cookie_name(NOTICE), "")
    key = given.partition(".")[0]
    if key not in DONE:
        return ""
    fresh = (_sealed(key, _minute() - ago) for ago in range(MINUTES + 1))
    if not any(hmac.compare_digest(given.encode(), one.encode()) for one in fresh):
        return ""
    g.notice_was_told = key
    return key


def markup(words: str) -> Markup:
    """Draw a notice, which takes the focus: a live region that is full when a page opens is not read out."""
    return Markup('<div class="notice done" role="status" tabindex="-1" autofocus><p>{}</p></div>').format(
        words
    )


def finish(response: Response) -> None:
    """Hand over what is to be told, or take back what was."""
    if key := g.get("notice", ""):
        set_cookie(response, NOTICE, _sealed(key, _minute()))
    elif said := g.get("notice_was_told", ""):
        set_cookie(response, NOTICE, "", seconds=0)
        if said in ENDINGS:
            forget_pages(response)
