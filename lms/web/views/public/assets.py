"""Style sheet, scripts and fonts of the site itself: the same for everybody, kept by browsers."""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.exceptions import NotFound

from lms.actions.certificates import printing
from lms.web.shell.assets import assets
from lms.web.shell.current import actor, context
from lms.web.shell.security import ANYONE, FILE_POLICY, rule
from lms.web.shell.sending import takes_gzip

root = Blueprint("assets", __name__)
FOREVER = "public, max-age=31536000, immutable"


@root.get("/assets/<build>/<path:name>")
@rule(ANYONE)
def asset(build: str, name: str) -> Response:
    """Return a static file; one that is asked for under another build's address is not to be kept."""
    found = assets()
    file = found.files.get(name)
    if file is None:
        raise NotFound
    squeezed = bool(file.gzipped) and takes_gzip()
    response = Response(file.gzipped if squeezed else file.plain, content_type=file.type)
    response.headers["Cache-Control"] = FOREVER if build == found.build else "no-store, no-cache"
    if squeezed:
        response.headers["Content-Encoding"] = "gzip"
    if file.gzipped:
        response.headers["Vary"] = "Accept-Encoding"
    return response


@root.get("/certificate-logo/<digest>")
@rule(ANYONE)
def certificate_logo(digest: str) -> Response:
    """Return the picture of an issuer that a certificate bears; nothing in a drawing runs or loads."""
    logo = printing.issuer_logo(context(), actor(), digest)
    response = Response(logo.content, mimetype=logo.type)
    response.headers["Cache-Control"] = FOREVER
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response


@root.get("/favicon.ico")
@rule(ANYONE)
def favicon() -> Response:
    """Answer what browsers ask for on pages that show no mark of ours (the version for a client)."""
    return Response(status=204, mimetype="image/x-icon", headers={"Cache-Control": FOREVER})


@root.get("/robots.txt")
@rule(ANYONE)
def robots() -> Response:
    """Ask search engines to leave personal pages alone."""
    return Response("User-agent: *\nDisallow: /*/account\nDisallow: /verify/\n", mimetype="text/plain")
