"""Fill the pages' templates; in: a request, a template's name and values, out: a response in the reader's language.

The trap: names and texts come from anywhere. Everything that is put into a template is escaped, no template marks
anything as safe, and the pages' policy lets no script run at all.
"""

from __future__ import annotations

import json
from functools import cache, partial
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from kg.notation import PREFIXES
from kg.serve.formats import qualities
from kg.serve.statements import short
from kg.vocab.terms import term_labels

POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
SCRIPTED = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""For pages with scripts of ours."""
_PAGES = files("kg.serve").joinpath("pages")


def page(request: Request, template: str, status: int = 200, policy: str = POLICY, **values: Any) -> HTMLResponse:
    """Return a filled template."""
    language = language_of(request)
    shared = {
        "language": language,
        "say": partial(say, language),
        "term": partial(term, language),
    }
    text = _environment().get_template(template).render(shared | values)
    headers = {"content-security-policy": policy, "vary": "Accept, Accept-Language"}
    return HTMLResponse(text.encode("utf-8", "replace"), status, headers)


def language_of(request: Request) -> str:
    """Return zh or en, whichever the reader's browser likes better; zh if it tells neither."""
    liked = {"zh": 0.0, "en": 0.0}
    for tag, quality in qualities(request.headers.get("accept-language", "")):
        primary = tag.partition("-")[0]
        if primary in liked:
            liked[primary] = max(liked[primary], quality)
    return "en" if liked["en"] > liked["zh"] else "zh"


def say(language: str, name: str, **values: object) -> str:
    """Return words of the pages, with values filled in."""
    chinese, english = _words()[name]
    return (english if language == "en" else chinese).format(**values)


def term(language: str, iri: str) -> str:
    """Return what a class or property is called, the end of its IRI where it has no name."""
    name = short(iri)
    if iri.startswith(PREFIXES["lg"]) and (label := term_labels().get(name)):
        return label.en if language == "en" else label.zh
    words = _words().get(f"term {name}")
    return words[language == "en"] if words else name


@cache
def _words() -> dict[str, tuple[str, str]]:
    return {name: (zh, en) for name, (zh, en) in json.loads(_read("words.json")).items()}


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_read), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def _read(name: str) -> str:
    return _PAGES.joinpath(name).read_text(encoding="utf-8")
