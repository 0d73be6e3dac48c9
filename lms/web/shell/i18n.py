"""Languages of the interface: which there are, which one is asked for, how to say the same page in another.

The locale is part of the address; a bare address is answered in the language that the browser prefers.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app, g, redirect, request, url_for
from flask_babel import Babel, Domain
from werkzeug.exceptions import NotFound
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response as BaseResponse

from lms.core.locales import Language, language_of
from lms.rendering.words.catalogues import require_usable
from lms.rendering.words.translator import Translator, translator_for

SWITCH = "switch_to"  # the field of a form by which it is drawn in another language


@cache
def languages(folder: Path) -> dict[str, Language]:
    """List the languages that have a catalogue in this folder, English first."""
    tags = sorted(entry.parent.parent.name for entry in folder.glob("*/LC_MESSAGES/messages.po"))
    tags = [tag.replace("_", "-") for tag in tags or ["en"]]
    return {tag: language_of(tag) for tag in sorted(tags, key=lambda tag: (tag != "en", tag))}


class _OurCatalogues(Domain):  # type: ignore[misc]  # the library publishes no types
    """The sentences of a request, found under our own tag: Babel does not know every language of ours."""

    def get_translations(self) -> Any:
        """Return the catalogue of this request's language."""
        return translator_for(current_locale(), current_app.config["TRANSLATIONS"]).catalogue


class _OurBabel(Babel):  # type: ignore[misc]  # the library publishes no types
    @property
    def domain_instance(self) -> Domain:
        """Return our own way to catalogues."""
        return _OurCatalogues()


def shipped() -> dict[str, Language]:
    """List the languages of this installation."""
    return languages(current_app.config["TRANSLATIONS"])


class LocaleConverter(BaseConverter):
    """The first part of an address: one of the shipped languages."""

    regex = r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"


def current_locale() -> str:
    """Return the language of this request: from the address, else the best that the browser asks for."""
    locale = g.get("locale")
    if locale is None:
        known, asked = list(shipped()), request.path.split("/", 2)[1]
        preferred = request.accept_languages.best_match(known) or current_app.config["DEFAULT_LOCALE"]
        locale = asked if asked in known else preferred
        g.locale = locale
    return str(locale)


def voice() -> Translator:
    """Return how the language of this request is spoken: its dates, times, numbers and lists."""
    return translator_for(current_locale())


def _take_locale(_endpoint: str | None, values: dict[str, str] | None) -> None:
    if values and "locale" in values:
        locale = values.pop("locale")
        if locale not in shipped():
            raise NotFound
        g.locale = locale


def _fill_locale(endpoint: str, values: dict[str, object]) -> None:
    if "locale" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "locale"):
        values["locale"] = current_locale()


def here_in(locale: str) -> str:
    """Return the address of this same page in another language, keeping its arguments."""
    if request.endpoint is None or not current_app.url_map.is_endpoint_expecting(request.endpoint, "locale"):
        return url_for("home.home", locale=locale)
    # Arguments are written behind the address by hand: `url_for` takes some names for its own.
    address = url_for(request.endpoint, **{**(request.view_args or {}), "locale": locale})
    given = urlencode(arguments())
    return f"{address}?{given}" if given else address


def arguments() -> list[tuple[str, str]]:
    """Return what stands behind the address of this page, but for the language that was asked for."""
    return [one for one in request.args.items(multi=True) if one[0] != SWITCH]


def _switch() -> BaseResponse | None:
    """Lead to this page in another language, where a form sent by GET has asked for that.

    Such a form is sent to its own address, with all that is typed in it: no browser loses that.
    """
    wanted = request.args.get(SWITCH, "")
    if request.method != "GET" or wanted not in shipped() or wanted == current_locale():
        return None
    return redirect(here_in(wanted), 303)


def begin(app: Flask, translations: Path, default: str) -> None:
    """Wire languages into the application.

    Raises: Unavailable `catalogue.*` for a catalogue that cannot be used.
    """
    require_usable(translations)
    app.config["TRANSLATIONS"] = translations
    app.config["DEFAULT_LOCALE"] = default
    app.url_map.converters["locale"] = LocaleConverter
    standard = language_of(default).cldr
    _OurBabel(app, default_locale=standard, locale_selector=lambda: language_of(current_locale()).cldr)
    app.url_value_preprocessor(_take_locale)
    app.before_request(_switch)
    app.url_defaults(_fill_locale)


def unlocalised(path: str) -> str:
    """Strip the language from a path.

    >>> unlocalised("/fr/courses")
    '/courses'
    """
    parts = path.split("/", 2)
    return "/" + (parts[2] if len(parts) > 2 else "")  # noqa: PLR2004  # '', locale, rest
