"""Write a KnowledgeGraph as one HTML file that opens by double-click and sends no request.

In: the graph and a text stream. Out: a page of ours around vis-network, which pyvis brings along. The trap: what
stands in the file as script or style must be exactly what its hash in the Content-Security-Policy was made of, and a
name must never be able to close the element that it stands in; so scripts and style hold no data at all, and the data
stand in elements of their own, as base64 or as JSON in which `<`, `>` and `&` are escaped.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files
from typing import Any, TextIO

from kg.errors import VocabularyError
from kg.export.html.arrangement import arrange
from kg.export.html.columns import packed
from kg.export.html.content import describe, texts
from kg.export.html.drawing import draw, draw_nothing
from kg.graph import KnowledgeGraph
from kg.model import EntityType
from kg.notation import DEFAULT_BASE
from kg.vocab.terms import term_labels

STYLES = ("base.css", "controls.css", "facets.css", "picture.css", "panel.css", "views.css", "media.css")
MESSAGES = ("controls", "picture", "panel", "views")
BUILT, SERVED = "built.js", "served.js"
"""The modules that need all others: of the page that holds everything, and of the one that fetches."""

_HELD = ("数据都在本文件中，不访问网络。", "all data is in this file, and no network is used.")
_FETCHED = ("数据随走随取。", "what it shows is fetched as you walk.")

_LIBRARY = ("lib", "vis-9.1.2", "vis-network.min.js")
"""Below pyvis; its style sheet is left out, since it dresses only buttons and menus that the page does not use."""

_IMPORT = re.compile(r"^import \{([^}]*)\} from \"\./([\w/-]+\.js)\";\n", re.M)

_ESCAPES = {c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def write_html(graph: KnowledgeGraph, stream: TextIO, base: str = DEFAULT_BASE) -> None:
    """Write the graph as a self-contained interactive page; `base` is the IRI that its exports start with."""
    arrangement = arrange(graph)
    head = {"base": base, "messages": messages(), "picture": draw(graph, arrangement)}
    stream.write(_page(BUILT, head, packed(describe(graph, arrangement)), map(packed, texts(graph))))


def served_page(base: str) -> str:
    """Return the page that fetches what it shows from the server that it came from, and from nowhere else."""
    labels = {name: {"en": label.en, "zh": label.zh} for name, label in term_labels().items()}
    words = {"messages": messages(), "labels": labels, "types": [str(t) for t in EntityType]}
    return _page(SERVED, {"base": base, "picture": draw_nothing(), **words}, connect="'self'")


def _page(entry: str, head: dict[str, Any], core: str = "", blocks: Iterable[str] = (), connect: str = "") -> str:
    """Return the page with its data, which are none where `connect` tells from where they are fetched."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    style = "\n".join(asset(name) for name in STYLES)
    scripts = [*libraries(), join_modules(modules(entry, asset))]
    template = Environment(
        loader=PackageLoader("kg.export.html", "page"), autoescape=True, undefined=StrictUndefined
    ).get_template("page.html")
    return template.render(
        policy=content_security_policy(scripts, [style], connect),
        style=Markup(style),
        libraries=map(Markup, scripts[:-1]),
        script=Markup(scripts[-1]),
        noscript=_FETCHED if connect else _HELD,
        head=Markup(embeddable(head)),
        core=core,
        blocks=blocks,
    )


def embeddable(data: Any) -> str:
    """Return JSON that can stand inside a script element, whatever its strings hold."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character, escape in _ESCAPES.items():  # translate() would take ten times as long
        text = text.replace(character, escape)
    return text


def content_security_policy(scripts: list[str], styles: list[str], connect: str = "") -> str:
    """Return a policy under which these inline scripts and styles run, and nothing else is loaded or run.

    `connect` names the origins that the scripts may ask; none by default.
    """
    return "; ".join(
        [
            "default-src 'none'",
            "script-src " + " ".join(map(_hash, scripts)),
            "style-src " + " ".join(map(_hash, styles)),
            "img-src data:",
            *([f"connect-src {connect}"] if connect else []),
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def modules(entry: str, read: Callable[[str], str]) -> dict[str, str]:
    """Return a module and all that it needs, name → text, each behind those that it needs itself.

    ValueError if two need each other.
    """
    found: dict[str, str] = {}

    def visit(name: str, needed_by: tuple[str, ...]) -> None:
        if name in needed_by:
            raise ValueError(f"modules need each other: {' → '.join((*needed_by, name))}")
        if name not in found:
            text = read(name)
            for needed in _IMPORT.finditer(text):
                visit(needed[2], (*needed_by, name))
            found[name] = text

    visit(entry, ())
    return found


def join_modules(modules: dict[str, str]) -> str:
    """Join ES modules, given in the order in which they need each other, into one script.

    Each is a real module, with imports and exports of its own, so that it can be read and tested alone. In one file
    each becomes a function that returns what it exports, so that two modules may give two things one name.
    """
    return "\n".join(_scoped(name, text) for name, text in modules.items())


def _scoped(name: str, text: str) -> str:
    names = re.findall(r"^export (?:async )?(?:function\*?|const|class) (\w+)", text, flags=re.M)
    body = _IMPORT.sub(lambda m: f"const {{{re.sub(r' as ', ': ', m[1])}}} = {_variable(m[2])};\n", text)
    body = re.sub(r"^export (?=(?:async )?(?:function|const|class)\b)", "", body, flags=re.M)
    if stray := re.search(r"^(?:import|export)\b.*$", body, flags=re.M):
        raise ValueError(
            f"{name}: cannot join {stray[0]!r}; write import {{ … }} from or export function, const, class"
        )
    return f"// {name}\nconst {_variable(name)} = (() => {{\n{body}\nreturn {{ {', '.join(names)} }};\n}})();"


def _variable(name: str) -> str:
    return "module_" + re.sub(r"\W", "_", name.removesuffix(".js"))


def messages() -> dict[str, Any]:
    """Return the words of the page in Chinese and English, all parts together."""
    parts = [json.loads(asset(f"messages/{name}.json")) for name in MESSAGES]
    return {key: words for part in parts for key, words in part.items()}


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def asset(name: str) -> str:
    """Return a file of the page by its path below page/."""
    return files("kg.export.html").joinpath("page", name).read_text(encoding="utf-8").replace("\r\n", "\n")


def libraries() -> list[str]:
    """Return the scripts of others that the picture is drawn with: vis-network and sigma."""
    return [_library(), asset("vendor/sigma.min.js")]


@cache
def _library() -> str:
    """Return vis-network without the line that names its source map, which developer tools would try to fetch."""
    path = files("pyvis").joinpath(*_LIBRARY)
    try:
        text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    except OSError as error:
        raise VocabularyError(str(path), "vis-network is missing from pyvis") from error
    return re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.M)
