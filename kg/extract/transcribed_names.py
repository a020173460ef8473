"""Names of Uyghur, Tibetan, Mongolian, Yi, Kazakh and foreign persons, as Chinese text transcribes them.

In: an article; out: spans of names with a dot (`艾山江·吐尔逊`) and of names built of known elements behind a role
(`牧民巴特尔`), and later occurrences of the first part alone. The trap: a dot also joins the halves of a brand in
quotation marks (`“头雁课堂·四师帮带”`), and a transcribing character also ends the word before or begins the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg import vocab
from kg.extract.person_contexts import Found
from kg.extract.person_names import is_closed, verb_pattern
from kg.extract.roles import role_before
from kg.model import Article, Span
from kg.text import is_word, occurrences, tagged

_DOTS = "·•・"
_QUOTED = re.compile(r"“[^“”]*”|《[^《》]*》|‘[^‘’]*’")
_SHORTEST = 2
_LONG = 4
"""Longer than a Han name of one surname: 浩特勒巴雅尔."""
_LONGEST = 8
_PLACE_ENDS = "村镇乡县市区旗州盟寺庙湖山河江路街组社嘎苏草牧岛寨沟桥站"
_NO_NAME = "来去说有是在的等也生元永求当三看"
"""Characters of Tibetan and Mongolian elements that rather begin the next word behind a dotted name."""
_HERDERS = re.compile("嘎查|苏木")
_AGE = re.compile(r"\d岁的$")
_GOES_ON = "vtdpcu"
"""jieba's tags of what stands behind a subject: verbs (牵着 among the particles), times, adverbs and the like."""


def transcribed_names(article: Article) -> Iterator[Found]:
    """Yield transcribed names, those with a dot first."""
    firsts: set[str] = set()
    lasts: set[str] = set()
    for found in (*_dotted(article), *_of_elements(article)):
        printed = found.span.of(article.text)
        firsts.add(re.split(f"[{_DOTS}]", printed)[0])
        if len(printed) == _LONG and _of_yi().fullmatch(printed):
            lasts.add(printed[_SHORTEST:])  # 木呷 for 阿约木呷: the clan's name stands first
        if _of_tibetan().match(printed):
            lasts.add(re.split(f"[{_DOTS}]", printed)[-1])  # 俄洛 for 扎西泽旺·俄洛
        yield found
    for first in sorted({f for f in firsts if len(f) > _SHORTEST} | lasts):
        for start in occurrences(article.text, first):
            yield Found(Span(start, start + len(first)), "person.short", 0.9)


def _dotted(article: Article) -> Iterator[Found]:
    """`客商艾山江·吐尔逊当晚就打来电话`: the run of transcribing characters around the dot."""
    quoted = [Span(*m.span()) for m in _QUOTED.finditer(article.text)]
    for body in article.bodies():
        for match in _dotted_run().finditer(article.text, body.start, body.end):
            start = _begin(article.text, match.start())
            whole = Span(start, _before_word(article.text, start, match.end()))
            if not any(q.covers(whole) for q in quoted) and article.text[start] not in _DOTS:
                yield Found(whole, "person.transcribed", 0.92)


def _begin(text: str, start: int) -> int:
    """Leave out a role whose last character transcribes as well (`村干部达瓦·…` has none, `老板` has 板)."""
    first_dot = next(i for i in range(start, len(text)) if text[i] in _DOTS)
    return next((i for i in range(first_dot - _SHORTEST, start, -1) if role_before(text, i)), start)


def _before_word(text: str, start: int, end: int) -> int:
    """Leave out a last character that begins the next word: 巴哈尔·卡德尔|利用."""
    begins_word = is_word(text[end - 1 : end + 1]) and len(text[end - 1 : end + 1]) == 2
    return end - 1 if begins_word and end - start > 2 * _SHORTEST + 2 else end


def _of_elements(article: Article) -> Iterator[Found]:
    """`牧民巴特尔`, `嘎查达那仁达来说`: known elements, or a long run of transcribing characters, behind a role."""
    text = article.text
    for body in article.bodies():
        for pattern in (_element_run(), _long_run()):
            for match in pattern.finditer(text, body.start, body.end):
                end = _end(text, match)
                if _HERDERS.search(text, match.start(), max(end, match.end()) + _SHORTEST):  # 沙巴日太|嘎查
                    continue
                subject = _is_subject(text, match.start(), end) or _is_chain(text, match)
                if end and text[match.start()] != "的" and (_is_announced(text, match.start()) or subject):
                    yield Found(Span(match.start(), end), "person.transcribed", 0.9)
        for match in _opened_run().finditer(text, body.start, body.end):
            end = _end_of_opened(text, match)
            if end and _is_announced(text, match.start()):
                yield Found(Span(match.start(), end), "person.transcribed", 0.85)


def _is_announced(text: str, start: int) -> bool:
    """Tell whether a role stands before, also with 的 between, or an age: 牧民, 我们的队长, 37岁的."""
    role = role_before(text, start - (text[start - 1] == "的"))
    return (role is not None and role.kind != "suffix") or bool(_AGE.search(text, max(0, start - 4), start))


def _end_of_opened(text: str, match: re.Match[str]) -> int:
    """Return where a name ends whose first character alone is known: `书记扎迫|记得`; 0 for 村民|扎实."""
    if any(is_word(text[match.start() : match.start() + n]) for n in (2, 3)):
        return 0
    ends = (e for e in range(match.end(), match.start() + 1, -1) if _is_followed(text, e))
    return next((e for e in ends if not is_word(text[e - 1 : e + 1])), 0)


def _is_followed(text: str, end: int) -> bool:
    """Tell whether what stands behind shows a subject's end: a mark, a function word, a verb, a time (今年)."""
    return is_closed(text, end) or tagged(text[end : end + 6])[0][1][:1] in _GOES_ON


def _is_subject(text: str, start: int, end: int) -> bool:
    """Tell whether a long name opens a sentence and says something: 。斯仁东格尔布坚定地说, 。乌日图那是."""
    opens = start == 0 or text[start - 1] in "。！？”\n"
    return opens and end - start > _LONG and bool(verb_pattern("speech").match(text, end) or text.startswith("是", end))


def _is_chain(text: str, match: re.Match[str]) -> bool:
    """Tell whether two known elements follow each other, which no words do: 阿约|木呷牵着孙子, not 扎西|罗布|乡."""
    behind = text[match.end() : match.end() + 1]
    if match.re is not _element_run() or match.end() - match.start() < _LONG or (behind and behind in _PLACE_ENDS):
        return False
    return _is_followed(text, match.end()) and not is_word(text[match.start() : match.end()])


def _end(text: str, match: re.Match[str]) -> int:
    """Return where the name ends: 青格勒|图 goes on while characters transcribe, if it ends there as names do."""
    run = _run().match(text, match.start())
    if (
        run
        and match.end() <= run.end()
        and len(run[0]) <= _LONGEST
        and (is_closed(text, run.end()) or match.end() == run.end())
    ):
        return run.end()
    if match.end() - match.start() == _SHORTEST and _is_longer(text, match.start(), match.end()):
        return match.end() + 1
    return match.end() if match.re is _element_run() or len(match[0]) > _LONG else 0


def _is_longer(text: str, start: int, end: int) -> bool:
    """Tell whether a name goes on with a character that follows it each time: 白音|仓."""
    longer = text[start : end + 1]
    count = text.count(longer)
    return count > 1 and count == text.count(text[start:end]) and not is_closed(text, end)


@cache
def _run() -> re.Pattern[str]:
    rows = (r for r in vocab.lexicon("name_elements") if r["language"] != "ii")  # a name of Yi is all elements
    characters = "".join(sorted({c for row in rows for c in row["element"]}))
    return re.compile(f"[{characters}]+")


@cache
def _dotted_run() -> re.Pattern[str]:
    rows = vocab.lexicon("name_elements")
    certain = {c for r in rows if r["language"] in ("ug", "kk", "character") for c in r["element"]}
    others = {c for r in rows if r["language"] in ("bo", "mn") for c in r["element"]} - set(_NO_NAME)
    characters = "".join(sorted(certain | others))
    return re.compile(f"[{characters}]{{2,7}}(?:[{_DOTS}][{characters}]{{2,8}})+")


@cache
def _long_run() -> re.Pattern[str]:
    characters = "".join(sorted(r["element"] for r in vocab.lexicon("name_elements") if len(r["element"]) == 1))
    return re.compile(f"[{characters}]{{{_LONG},8}}")


@cache
def _element_run() -> re.Pattern[str]:
    rows = vocab.lexicon("name_elements")
    elements = {r["element"] for r in rows if r["language"] not in ("character", "ends", "opens")}
    ends = "".join(sorted(r["element"] for r in rows if r["language"] == "ends"))
    firsts = "".join(sorted({e[0] for e in elements}))  # looked for alone before any of the elements, for speed
    listed = "|".join(sorted(elements, key=lambda e: (-len(e), e)))
    return re.compile(f"(?=[{firsts}])(?:{listed})+(?:[{ends}](?![{ends}]))?")


@cache
def _of_yi() -> re.Pattern[str]:
    """Return a pattern of two elements of Yi names."""
    elements = sorted(vocab.words("name_elements", "element", language="ii"))
    return re.compile(f"(?:{'|'.join(elements)}){{2}}")


@cache
def _of_tibetan() -> re.Pattern[str]:
    """Return a pattern of what Tibetan names with a dot begin with."""
    elements = sorted(vocab.words("name_elements", "element", language="bo"))
    return re.compile(f"(?:{'|'.join(elements)}){{1,2}}[{_DOTS}]")


@cache
def _opened_run() -> re.Pattern[str]:
    """Return a pattern of the names that begin with a word for a son or a daughter: 扎迫, 岩温龙."""
    opens = "".join(sorted(r["element"] for r in vocab.lexicon("name_elements") if r["language"] == "opens"))
    return re.compile(f"[{opens}][一-鿿]{{1,2}}")
