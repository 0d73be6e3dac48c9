"""The web application, put together.

Finds the views, mounts them under the language, and hangs languages, security and errors around them. Holds
no page and no rule. Called by `app` alone.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from flask import Blueprint, Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from lms.actions.desk import Desk
from lms.settings import bundled_site
from lms.web import errors, i18n, menus, security, views
from lms.web.asked import Asked


def _views() -> list[tuple[Blueprint | None, Blueprint | None]]:
    found = []
    for module in iter_modules(views.__path__):
        loaded = import_module(f"{views.__name__}.{module.name}")
        found.append((getattr(loaded, "page", None), getattr(loaded, "root", None)))
    return found


def build(desk: Desk) -> Flask:
    """Make the application around a desk.

    Raises: RuntimeError when a view names nobody who may open it.
    """
    app = Flask(__name__, static_folder=None, template_folder="templates")
    app.extensions["parvis"] = desk
    app.request_class = Asked
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    i18n.begin(app, bundled_site() / "translations", desk.settings.default_locale)
    for page, root in _views():
        if page is not None:
            app.register_blueprint(page, url_prefix="/<locale:locale>")
        if root is not None:
            app.register_blueprint(root, name=f"{root.name}-root")
    menus.begin(app)
    errors.begin(app)
    security.begin(app)
    if hops := desk.settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app
