"""Whether the site can answer: for supervisors and proxies, without a session and without a fact in it."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response

from lms.actions.operations.maintenance import is_well
from lms.core.errors import Unavailable
from lms.core.people.actors import NOBODY
from lms.web.shell.current import context
from lms.web.shell.security import ANYONE, rule

root = Blueprint("health", __name__)


@root.get("/healthz")
@rule(ANYONE)
def health() -> Response:
    """Answer 200 while pages can be made, 503 while they cannot."""
    try:
        well = is_well(context(), NOBODY)
    except Unavailable:
        well = False
    status = HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE
    return Response("ok\n" if well else "unavailable\n", status, mimetype="text/plain")
