"""The web application, put together.

Finds the views, mounts them under the language, and hangs languages, security and errors around them. Holds
no page and no rule.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

from flask import Blueprint, Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import Rule

from lms.actions.context import Context
from lms.settings import Settings, bundled_site
from lms.web import errors, templates_kept, troubles, views
from lms.web.limits.hosts import Application, proxies_noticed, real_hosts_only
from lms.web.shell import i18n, incoming, menus, security


class _Rule(Rule):
    """A rule that learns to write its address when one is asked for: most never are, and learning is slow."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # noqa: FBT001, FBT002  # Werkzeug's signature
        learn = cache(super()._compile_builder)

        def write(rule: Rule, /, **values: Any) -> tuple[str, str]:
            return learn(append_unknown)(rule, **values)

        return write


class _Application(Flask):
    """Flask, but for the log: its own line holds an address and what an exception says."""

    url_rule_class = _Rule

    def log_exception(self, exc_info: object) -> None:
        """Leave it to `errors`, which names a fault by its kind and place."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return a view as it is: none of ours is asynchronous, and each request would ask eight times."""
        return func


def _views() -> list[tuple[Blueprint | None, Blueprint | None]]:
    found = []
    for module in walk_packages(views.__path__, f"{views.__name__}."):
        loaded = import_module(module.name)
        found.append((getattr(loaded, "page", None), getattr(loaded, "root", None)))
    return found


def build(context: Context, *, translations: Path | None = None) -> Flask:
    """Make the application around a context; `translations` is another folder of catalogues than our own.

    Raises: RuntimeError when a view names nobody who may open it.
    """
    app = _Application(__name__, static_folder=None, template_folder="templates")
    app.extensions["parvis"] = context
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    templates_kept.begin(app, context.settings.data / "cache/pages")
    incoming.begin(app)
    i18n.begin(app, translations or bundled_site() / "translations", context.settings.default_locale)
    for page, root in _views():
        if page is not None:
            app.register_blueprint(page, url_prefix="/<locale:locale>")
        if root is not None:
            app.register_blueprint(root, name=f"{root.name}-root")
    menus.begin(app)
    errors.begin(app)
    security.begin(app)
    troubles.begin(app)
    app.wsgi_app = _surrounded(app.wsgi_app, context.settings)  # type: ignore[method-assign, assignment]
    return app


def _surrounded(application: Application, settings: Settings) -> Application:
    """Put around the application what stands even where it cannot."""
    inner = real_hosts_only(application)
    if hops := settings.trusted_proxies:
        inner = ProxyFix(inner, x_for=hops, x_proto=hops, x_host=hops)
    else:
        inner = proxies_noticed(inner)
    return security.with_headers(errors.never_silent(inner), settings)
