"""The public functions of the package that take texts and numbers alone, found by introspection, and what to give them.

`text_functions()` finds them; `arguments_of` makes a strategy of hostile arguments for one, or raises Unfitting where
it knows a parameter's type but not what its values may be. The trap: a function that is added is found without being
named anywhere, so only what needs other than any text, or an offset in it, is named here.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import types
import typing
from collections import abc
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from hypothesis import strategies as st

import kg
from kg.export.html.columns import packed
from kg.model import Span

Function = Callable[..., Any]
Strategy = st.SearchStrategy[Any]


class Unfitting(Exception):
    """A parameter for which nothing is known to give."""


_SCALARS = (str, int, float, bool, types.NoneType, Span)
_UNIONS = (typing.Union, types.UnionType)
_MANY = (list, tuple, frozenset, abc.Sequence, abc.Iterable, abc.Collection, dict, abc.Mapping)


@cache
def text_functions() -> dict[str, Function]:
    """Return them by their full names."""
    return {
        f"{module}.{name}": function
        for module in _modules()
        for name, function in vars(importlib.import_module(module)).items()
        if not name.startswith("_") and _is_defined_in(module, function) and takes_texts(inspect.unwrap(function))
    }


def called(function: Function, values: Mapping[str, Any]) -> Any:
    """Call a function, wherever its parameters stand, and have all of what it yields."""
    given = dict(values)
    several: list[Any] = []
    for name, parameter in inspect.signature(inspect.unwrap(function)).parameters.items():
        if parameter.kind is parameter.VAR_POSITIONAL:
            several = given.pop(name)
        if parameter.kind is parameter.VAR_KEYWORD:
            given |= given.pop(name)
    result = function(*several, **given)
    return list(result) if isinstance(result, Iterator) else result


def _modules() -> Iterator[str]:
    found = (module.name for module in pkgutil.walk_packages(kg.__path__, "kg."))
    return (name for name in found if not name.split(".")[-1].startswith("_"))


def _is_defined_in(module: str, function: object) -> bool:
    inner = inspect.unwrap(function) if callable(function) else None
    return inspect.isfunction(inner) and inner.__module__ == module


def takes_texts(function: Function) -> bool:
    try:
        hints = typing.get_type_hints(function)
    except NameError:  # a type that is imported for mypy alone: a record, thus no text
        return False
    taken = [hints[name] for name in inspect.signature(function).parameters]
    return any(map(_holds_text, taken)) and all(map(_is_plain, taken))


def _holds_text(hint: Any) -> bool:
    return hint is str or any(map(_holds_text, typing.get_args(hint)))


def _is_plain(hint: Any) -> bool:
    if hint in _SCALARS:
        return True
    inner = [part for part in typing.get_args(hint) if part is not ...]
    return typing.get_origin(hint) in (*_UNIONS, *_MANY) and bool(inner) and all(map(_is_plain, inner))


@cache
def _known_words() -> list[str]:
    """Return every word of the lexicons: what the rules look for."""
    found: set[str] = set()
    for path in files("kg").joinpath("vocab", "lexicons").iterdir():
        if path.name.endswith(".tsv"):
            found.update(re.findall(r"[^\x00-\x7f]+", path.read_text(encoding="utf-8")))
    return sorted(found)


_NAMES = (
    "嘉兴市",
    "秀洲区",
    "新塍镇",
    "潘家浜村",
    "王国华",
    "欧阳建国",
    "农商银行",
    "人民政府",
    "有限公司",
    "“三农”行动",
)
_TIMES = ("2022年7月16日", "７月", "去年", "今年以来", "二〇二一年", "上半年", "（2020—2022年）", "2022-07-16")
_FIGURES = ("1,250.5万元", "３．５％", "七八千", "三四十人", "两万三", "十多亩", "百分之二十", "9" * 50, "十亿亿亿")
_PRINT = ("记者 王 明", "通讯员　李四", "□", "本报讯", "下转第2版", "（摄影 王明）", "■ ", "\u3000\u3000")
_SIGNS = "“”‘’\"'《》〈〉「」『』()（）[]【】{}<>&，。！？；：、,:;?!…—-·•%％＋+#@\\/|=~$^*_` \t\n\r\u3000"
_ODD = "𠮷𝟗①⑳㈱ﬁＡｂ０９〇零一二两十百千万亿兆²½٣"
_ODD += "\0\x1b\x7f\x85\xa0\xad\u200b\u200f\u202e\u2028\u2066\ufeff\ufffd\ufffe\u0301"
HALVES = "\ud800\udbff\udc00\udfff"
"""Halves of characters, which a Python string may hold and no encoding can carry."""


def texts(most: int = 24) -> st.SearchStrategy[str]:
    """Return Chinese texts, broken and hostile: known words, names, times, figures, among signs and odd characters."""
    listed = [*_NAMES, *_TIMES, *_FIGURES, *_PRINT]
    run = st.builds(
        lambda sign, times: sign * times, st.sampled_from([*_SIGNS, *"的王十9一a"]), st.sampled_from([2, 60, 3000])
    )
    piece = st.one_of(
        st.deferred(lambda: st.sampled_from(_known_words())),
        st.sampled_from(listed),
        st.sampled_from(_SIGNS),
        st.text(_SIGNS + _ODD, max_size=4),
        st.text(st.characters(), max_size=3),
        st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=6),
        st.sampled_from(HALVES),
        run,
    )
    return st.lists(piece, max_size=most).map("".join)


_BY_CODE = ("ancestors", "by_code", "children", "counties", "prefix", "townships", "villages", "villages_called")
_OFFSETS = {"start", "end", "at", "offset", "begin", "opening", "verb_start"}
_WHOLE = texts().map(lambda text: re.sub(r"[\ud800-\udfff]", "", text))
"""Texts without halves of characters: what a stored graph, an address or a file can hold."""
_DAYS = st.dates().map(str)
_DATES = st.one_of(_DAYS, st.builds(lambda day, n: day[:n], _DAYS, st.sampled_from((4, 7))))
_INTERVALS = st.builds("{}/{}".format, _DATES, _DATES)
_ISO = st.one_of(texts(4), _DATES, _INTERVALS)
_CODES = st.one_of(texts(2), st.sampled_from(("330000", "330411", "330411104", "330411104200", "110105", "", "9" * 6)))
_LEVELS = st.one_of(texts(2), st.sampled_from(("Province", "Prefecture", "County", "Township", "Village")))
_NUMERALS = st.text("〇零○一二两三四五六七八九十百千万亿,.0123456789", max_size=9)
_BASES = st.one_of(_WHOLE, st.sampled_from(("https://example.org/id/", "http://a#", "urn:x:")))
_IRIS = st.builds(
    str.__add__, st.sampled_from(("", "https://example.org/id/", "https://example.org/id/article/")), _WHOLE
)
_LEXICONS = st.sampled_from(("verbs", "roles", "surnames", "boundary_words", "no_such_lexicon"))
_SENSES = st.sampled_from(("adverb", "case", "by", "no such sense"))
_NODES = "the names of a drawing's nodes, which have to be those of its edges: see tests/export/"

GIVEN: dict[str, Strategy] = {
    "kg.api.notebook.table.total": st.integers(0, 10**9),
    "kg.engines.layout.bits_for.writing": st.sampled_from(("documents", "articles", "entities", "statements")),
    "kg.engines.layout.bits_for.pieces": st.integers(0, 10**12),
    "kg.engines.plan.ancestors.codes": st.lists(_CODES, max_size=3),
    "kg.engines.shards.of_terms.terms": st.lists(st.tuples(_WHOLE, _WHOLE), max_size=3),
    "kg.engines.shards.of_terms.base": _BASES,
    "kg.export.html.content_security_policy.scripts": st.lists(_WHOLE, max_size=3),
    "kg.export.html.content_security_policy.styles": st.lists(_WHOLE, max_size=3),
    "kg.export.html.columns.unpacked.text": st.lists(_WHOLE, max_size=3).map(packed),
    "kg.export.html.placement.room_of.degree": st.integers(0, 10**6),
    "kg.export.rdf.minter.base": _BASES,
    "kg.extract.dates.interval.start": _DATES,
    "kg.extract.dates.interval.end": _DATES,
    "kg.extract.dates.shifted_day.value": _DAYS,
    "kg.extract.dates.shifted_day.by": st.integers(-400, 400),
    "kg.extract.dates.shifted_month.value": st.builds(lambda day, n: day[:n], _DAYS, st.sampled_from((7, 10))),
    "kg.extract.dates.shifted_month.by": st.integers(-400, 400),
    "kg.extract.indicators.helping_words.senses": st.lists(_SENSES, max_size=2),
    "kg.extract.person_names.may_score.least": st.floats(-20, 20),
    "kg.extract.person_names.name_among_names.least": st.floats(-20, 20),
    "kg.extract.person_names.verb_pattern.kind": st.sampled_from(("", "speech", "act")),
    "kg.extract.time_grammar.any_word.senses": st.lists(_SENSES, max_size=2),
    "kg.extract.titles.titles_before.least": st.integers(0, 9),
    "kg.ingest.remote.data.most": st.integers(0, 10),
    "kg.iso.datatype.value": _ISO,
    "kg.iso.earliest.value": _ISO,
    "kg.iso.latest.value": _ISO,
    "kg.layout.lines.read_lines.titles": st.builds(Span, st.integers(0, 9), st.integers(9, 20)).map(lambda s: [s]),
    "kg.numerals.chinese_digits.numeral": st.one_of(texts(3), _NUMERALS),
    "kg.numerals.chinese_number.numeral": st.one_of(texts(3), _NUMERALS),
    "kg.numerals.chinese_range.numeral": st.one_of(texts(3), _NUMERALS),
    "kg.numerals.multiplier.powers": st.one_of(texts(3), st.text("十百千万亿", max_size=9)),
    "kg.numerals.number.numeral": st.one_of(texts(3), _NUMERALS),
    "kg.resolve.identity.slug.limit": st.integers(1, 80),
    "kg.serve.addresses.address.base": _BASES,
    "kg.serve.addresses.address.iri": _IRIS,
    "kg.serve.addresses.graph_address.base": _BASES,
    "kg.serve.addresses.graph_address.iri": _IRIS,
    "kg.serve.addresses.passage_address.base": _BASES,
    "kg.serve.addresses.passage_address.article": _IRIS,
    "kg.serve.addresses.passage_address.start": _WHOLE,
    "kg.serve.addresses.passage_address.end": _WHOLE,
    "kg.serve.answers.refused.status": st.integers(400, 599),
    "kg.terminal.print_table.columns": st.lists(texts(3), min_size=3, max_size=3),
    "kg.terminal.print_table.rows": st.lists(st.lists(texts(3), min_size=3, max_size=3), max_size=3),
    "kg.terminal.print_table.numbers": st.integers(0, 3),
    "kg.terminal.print_table.width": st.integers(20, 200),
    "kg.vocab.lexicon.name": _LEXICONS,
    "kg.vocab.words.name": _LEXICONS,
    "kg.vocab.words.column": st.just("word"),
    "kg.vocab.words.only": st.just({}),
    "kg.vocab.division_names.kind_of.level": _LEVELS,
    "kg.vocab.division_names.short_names.level": _LEVELS,
    **{f"kg.vocab.divisions.{name}.code": _CODES for name in _BY_CODE},
    "kg.vocab.divisions.by_name.below": _CODES,
    "kg.vocab.divisions.contains.larger": _CODES,
    "kg.vocab.divisions.contains.smaller": _CODES,
}
"""What is given to a parameter (`module.function.parameter`) that takes other than any text or an offset in it."""

NOT_OF_TEXTS = {
    "kg.cache.program.files": "names of modules",
    "kg.engines.parquet.to_parquet": "the path of a shard",
    "kg.export.html.asset": "the name of a file of the package",
    "kg.export.html.packing.pack_round": _NODES,
    "kg.export.html.placement.place": _NODES,
    "kg.export.html.stress.lay_out": _NODES,
    "kg.ingest.apart.read_apart": "inputs as `parted` writes them",
    "kg.serve.worker.main": "the arguments of a process that serves",
}
"""Functions that take texts by their types but not by their meaning, with what they take."""


def arguments_of(name: str, function: Function) -> st.SearchStrategy[dict[str, Any]]:
    """Return what makes arguments for a function; Unfitting where nothing is known for one of them."""
    inner = inspect.unwrap(function)
    hints = typing.get_type_hints(inner)
    parameters = inspect.signature(inner).parameters.values()
    about = next((p.name for p in parameters if hints[p.name] is str), "")
    plan = {p.name: _values(f"{name}.{p.name}", hints[p.name]) for p in parameters}

    @st.composite
    def drawn(draw: st.DrawFn) -> dict[str, Any]:
        values = {key: draw(made) for key, made in plan.items() if isinstance(made, st.SearchStrategy)}
        length = len(values.get(about, ""))
        offsets = iter(sorted(draw(st.integers(0, length)) for made in plan.values() if made is _OFFSET))
        for key, made in plan.items():
            if made is _OFFSET:
                values[key] = next(offsets)
            elif made is _SPAN:
                values[key] = Span(*sorted((draw(st.integers(0, length)), draw(st.integers(0, length)))))
        return {key: values[key] for key in plan}

    return drawn()


_OFFSET, _SPAN = object(), object()


def _values(where: str, hint: Any) -> Any:
    """Return a strategy for a parameter, or a sign that it is an offset or a span in the text."""
    if where in GIVEN:
        return GIVEN[where]
    is_offset = where.rsplit(".", 1)[1] in _OFFSETS
    if is_offset and (hint is int or hint == int | None):
        return _OFFSET
    if hint is Span or hint == Span | None:
        return _SPAN
    return _of_type(where, hint)


def _of_type(where: str, hint: Any) -> Strategy:
    simple: Mapping[Any, Strategy] = {str: texts(), bool: st.booleans(), types.NoneType: st.none()}
    if hint in simple:
        return simple[hint]
    origin = typing.get_origin(hint)
    parts = [_of_type(where, part) for part in typing.get_args(hint) if part is not ...]
    if origin in _UNIONS:
        return st.one_of(parts)
    if origin in (dict, abc.Mapping):
        return st.dictionaries(*parts, max_size=4)
    if origin is tuple and ... not in typing.get_args(hint):
        return st.tuples(*parts)
    if origin is frozenset:
        return st.frozensets(*parts, max_size=4)
    if origin in _MANY:
        return st.lists(*parts, max_size=4)
    raise Unfitting(f"{where}: no values are known for {hint}; add a row to GIVEN in tests/text_functions.py")
