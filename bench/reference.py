"""The reference: a bare Flask and Jinja route that renders a 30 kB page, without a database or languages.

2,750 words, 24 navigation links and a form of ten questions, 8.5 kB when compressed; sent as it is.
"""

from __future__ import annotations

from flask import Flask, render_template
from jinja2 import DictLoader

from bench.asking import Asker
from bench.measuring import Act, Case
from bench.prose import sentences

PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ title }}</title></head>
<body>
<nav><ul>
{% for link in links %}
<li><a href="{{ link.href }}"{% if link.current %} aria-current="page"{% endif %}>{{ link.words }}</a></li>
{% endfor %}</ul></nav>
<main><h1>{{ title }}</h1>
{% for section in sections %}
<section id="s{{ loop.index }}"><h2>{{ section.heading }}</h2>
{% for paragraph in section.paragraphs %}
<p id="{{ paragraph.id }}">{{ paragraph.words }}</p>
{% endfor %}
</section>
{% endfor %}
<form method="post">
{% for question in questions %}
<fieldset class="question" id="question-{{ question.id }}" aria-describedby="hint-{{ question.id }}">
<legend>{{ loop.index }}. {{ question.prompt }}</legend>
<p class="hint" id="hint-{{ question.id }}">{{ question.hint }}</p>
{% for option in question.options %}
{% set id = question.id ~ "-" ~ loop.index %}
<div class="choice"><input type="radio" id="q{{ id }}" name="q{{ question.id }}" value="{{ loop.index }}">
<label for="q{{ id }}">{{ option }}</label></div>
{% endfor %}
</fieldset>
{% endfor %}
<button>Send</button>
</form></main></body></html>
"""
WORDS, SECTIONS, QUESTIONS, LINKS = 2750, 12, 10, 24
SENTENCES = 2  # in a paragraph


def application() -> Flask:
    """Make the bare application."""
    app = Flask("reference")
    app.jinja_loader = DictLoader({"page.html": PAGE})
    told = iter(sentences("en", WORDS))
    lines = list(told)
    share = len(lines) // SECTIONS + 1
    sections = [
        {"heading": lines[start][:40], "paragraphs": _paragraphs(lines[start : start + share])}
        for start in range(0, len(lines), share)
    ]
    links = [{"href": f"/lesson/{n}", "words": lines[n][:30], "current": n == 3} for n in range(LINKS)]  # noqa: PLR2004  # any one
    questions = [
        {
            "id": n,
            "prompt": lines[n],
            "hint": lines[n + 5],
            "options": [lines[n + k + 1][:60] for k in range(4)],
        }
        for n in range(QUESTIONS)
    ]
    context = {"title": "A page", "sections": sections, "links": links, "questions": questions}

    @app.get("/")
    def page() -> str:
        return render_template("page.html", **context)

    return app


def _paragraphs(lines: list[str]) -> list[dict[str, str]]:
    return [
        {"id": f"p-{start}", "words": " ".join(lines[start : start + SENTENCES])}
        for start in range(0, len(lines), SENTENCES)
    ]


def case() -> Case:
    """Return the reference as a case."""
    asker = Asker(application())

    def prepare() -> Act:
        return asker.get("/")

    size = len(asker.get("/")().body)
    return Case(
        "reference: bare Flask + Jinja page",
        prepare,
        60,
        note=f"{size / 1000:.0f} kB",
        facts=lambda: {"bytes": size},
    )
