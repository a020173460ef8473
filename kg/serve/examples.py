"""The query page, and what it wants to know: the queries of `queries/` and the words of the ontology.

In: a request. Out: the page, or JSON with the queries' texts and questions, prefixes, classes, properties. The trap: a
wheel installs the queries as shared data, a checkout has them beside the package.
"""

from __future__ import annotations

import re
import sysconfig
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.notation import PREFIXES
from kg.serve.render import SCRIPTED, page
from kg.serve.site import site_of
from kg.vocab.terms import term_labels

_QUESTIONS = re.compile(r"# (?P<zh>[^\n]+)\n# (?P<en>[^\n]+)\n")

_RESIZER = "'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"
"""The one style sheet that YASGUI writes into the page, for the columns of its tables."""
_POLICY = SCRIPTED.replace("style-src 'self'", f"style-src 'self' {_RESIZER}")


async def query_page(request: Request) -> Response:
    """Answer /: a page to write queries on."""
    return page(request, "queries.html", policy=_POLICY)


async def examples(request: Request) -> Response:
    """Answer /queries.json."""
    terms = {PREFIXES["lg"] + name: [label.zh, label.en] for name, label in term_labels().items()}
    queries = [{"name": name, "question": _questions(text), "text": text} for name, text in _texts().items()]
    return JSONResponse(
        {"base": site_of(request).contents.base, "prefixes": PREFIXES, "queries": queries, "terms": terms}
    )


def _questions(text: str) -> list[str]:
    found = _QUESTIONS.match(text)
    return [found["zh"], found["en"]] if found else ["", ""]


@cache
def _texts() -> dict[str, str]:
    """Return name → text of each query, sorted."""
    return {file.stem: file.read_text(encoding="utf-8") for file in sorted(_folder().glob("*.rq"))}


def _folder() -> Path:
    checkout = Path(__file__).parents[2]
    if (checkout / "pyproject.toml").is_file():
        return checkout / "queries"
    return Path(sysconfig.get_path("data"), "share", "kg", "queries")
