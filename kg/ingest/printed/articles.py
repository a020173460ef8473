"""Lines in reading order → headlines and paragraphs.

A paragraph begins with an indented line, or behind a line that ends before its column does. A headline is larger than
the body; the lines of one size that follow each other are one. The trap: a lead or an advertisement may be large as
well, but says sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.ingest.printed.columns import ADVERTISEMENT, LARGE
from kg.ingest.printed.fragments import Line

_BESIDE_HEADLINE = 1.08  # times the body's size: a kicker or subtitle, where it stands beside a headline
_SAME = 0.12  # by which sizes of one headline may differ
_INDENT = 1.2  # characters
_SHORT = 1.6  # characters that a last line ends before its column does, at least
_MAX_TITLE = 60
_MIN_INSET = 6  # characters, without marks
_MARKS = re.compile(r"[^\w]")
_GOES_TO = re.compile(r"[（(【]?\s*下转第?\s*[A-Z]?0?([\d一二三四五六七八九十]+)\s*版[^。]{0,10}?[)）】]?$")
_COMES_FROM = re.compile(r"^[（(【]?\s*上接第?\s*[A-Z]?0?([\d一二三四五六七八九十]+)\s*版[^。]{0,10}?(?:[)）】]|$)")


@dataclass(frozen=True, slots=True)
class Block:
    """A headline or a paragraph."""

    text: str
    is_title: bool
    page: int
    """Folio of the page that it stands on."""


def blocks_of(lines: Sequence[Line], body: float, page: int) -> list[Block]:
    """Put the lines of a page together."""
    blocks: list[Block] = []
    kinds = _kinds(lines, body)
    for i, line in enumerate(lines):
        above = lines[i - 1] if i else None
        if above and kinds[i] == kinds[i - 1] and _goes_on(above, line, kinds[i], body):
            blocks[-1] = replace(blocks[-1], text=_joined(blocks[-1].text, line.text))
        else:
            blocks.append(Block(line.text, kinds[i], page))
    return blocks


def jumps_joined(blocks: Sequence[Block]) -> list[Block]:
    """Put the rest of an article that goes on on another page where the article breaks off."""
    articles = _articles(blocks)
    rests = {i: m for i, article in enumerate(articles) if (m := _origin(article))}
    taken: set[int] = set()
    for i, article in enumerate(articles):
        target = _GOES_TO.search(article[-1].text)
        if not target:
            continue
        article[-1] = replace(article[-1], text=article[-1].text[: target.start()].rstrip())
        if (rest := _rest(article[-1], target[1], articles, rests, taken)) >= 0:
            taken.add(rest)
            articles[i] = [*article, *_without_origin(articles[rest])]
    return [block for i, article in enumerate(articles) if i not in taken for block in article if block.text]


def advertisements_dropped(blocks: Sequence[Block]) -> list[Block]:
    """Leave out what stands under the word 广告, up to the next headline with a text."""
    kept: list[Block] = []
    is_dropping = has_text = False
    for block in blocks:
        if ADVERTISEMENT.fullmatch(block.text):
            is_dropping, has_text = True, False
        elif is_dropping and block.is_title and has_text:
            is_dropping = False
        else:
            has_text |= not block.is_title
        if not is_dropping:
            kept.append(block)
    return kept


def insets_dropped(blocks: Sequence[Block]) -> list[Block]:
    """Leave out words that are printed large below the text that says them: a quotation set in, and no headline."""
    articles = _articles(blocks)
    kept: list[Block] = []
    for before, article in pairwise([[], *articles]):
        titles = [block for block in article if block.is_title]
        said = _bare("".join(b.text for b in before if not b.is_title))
        words = _bare("".join(b.text for b in titles))
        is_inset = bool(before) and len(words) >= _MIN_INSET and words in said
        kept += [block for block in article if not (is_inset and block.is_title)]
    return kept


def _bare(text: str) -> str:
    return _MARKS.sub("", text)


def _kinds(lines: Sequence[Line], body: float) -> list[bool]:
    """Tell which lines are headlines: the large ones, and those a little larger than the body right beside them."""
    large = [line.size >= LARGE * body and _could_be_title(line.text) for line in lines]
    kinds = list(large)
    for i, line in enumerate(lines):
        if not large[i] and line.size >= _BESIDE_HEADLINE * body and _could_be_title(line.text):
            kinds[i] = any(0 <= j < len(lines) and large[j] and _is_beside(line, lines[j]) for j in (i - 1, i + 1))
    return kinds


def _could_be_title(text: str) -> bool:
    return len(text) <= _MAX_TITLE and "。" not in text and not ADVERTISEMENT.fullmatch(text)


def _is_beside(line: Line, headline: Line) -> bool:
    return min(abs(line.top - headline.bottom), abs(headline.top - line.bottom)) < 1.5 * headline.size


def _goes_on(above: Line, line: Line, is_title: bool, body: float) -> bool:
    """Tell whether a line belongs to the headline or paragraph of the line above."""
    if is_title:
        is_near = 0 < line.top - above.top < 2 * above.size
        return is_near and abs(line.size - above.size) < _SAME * above.size
    is_short = above.right < above.column[1] - _SHORT * body
    is_indented = line.left > line.column[0] + _INDENT * body
    is_apart = above.column == line.column and line.top - above.bottom > 1.3 * body
    return not is_short and not is_indented and not is_apart


def _joined(before: str, after: str) -> str:
    """Join two lines: nothing between Chinese, a space between two Latin words."""
    is_latin = before[-1:].isascii() and before[-1:].isalnum() and after[:1].isascii() and after[:1].isalpha()
    return f"{before} {after}" if is_latin else before + after


def _articles(blocks: Iterable[Block]) -> list[list[Block]]:
    """Part blocks before each headline that follows text."""
    articles: list[list[Block]] = []
    for block in blocks:
        begins = (
            not articles or (block.is_title and not articles[-1][-1].is_title) or bool(_COMES_FROM.match(block.text))
        )
        if begins and not (articles and articles[-1][-1].is_title and _COMES_FROM.match(block.text)):
            articles.append([])
        articles[-1].append(block)
    return articles


def _origin(article: Sequence[Block]) -> str:
    return next((m[1] for block in article[:3] if (m := _COMES_FROM.match(block.text))), "")


def _without_origin(article: Sequence[Block]) -> list[Block]:
    """Return the rest of an article without its repeated headline and the words that say where it comes from."""
    texts = (replace(b, text=_COMES_FROM.sub("", b.text).lstrip()) for b in article if not b.is_title)
    return [block for block in texts if block.text]


def _rest(last: Block, target: str, articles: Sequence[Sequence[Block]], rests: dict[int, str], taken: set[int]) -> int:
    """Find the rest on the page that is named, which names the page of its beginning; -1 where there is none."""
    for i, origin in rests.items():
        is_there = _folio(target) == articles[i][0].page and _folio(origin) == last.page
        if is_there and i not in taken:
            return i
    return -1


def _folio(word: str) -> int:
    return int(word) if word.isdigit() else "零一二三四五六七八九十".find(word)
