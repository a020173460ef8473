"""What a number measures, in the text's own words: 规上工业年产值, 选派挂职干部, 受理诉求.

In: the piece of text around a number. Out: the noun phrase. It joins what stands before the number (after the
subject, without adverbs and linking verbs) and the counted noun behind it. The trap: 同比增长24.94% names nothing by
itself; what grew stands in the clause before.
"""

from __future__ import annotations

import re
from functools import cache

from kg.model import Quantity
from kg.vocab import lexicon

_LONGEST = 20
_AGE_UNIT, _AGE = "岁", "年龄"  # a text gives an age by its unit alone, the property has a name
_STOP = "[，。；：、！？（）()《》“”\n]"
_GLOSS = re.compile("（[^）]*）")
_NOT_DIGITS = re.compile("[^0-9一二两三四五六七八九十百千万]+")


@cache
def helping_words(*senses: str) -> str:
    """Return a pattern for the words of `number_words.tsv` of the given senses, longest first."""
    rows = sorted(
        (r for r in lexicon("number_words") if r["sense"] in senses), key=lambda r: (-len(r["word"]), r["word"])
    )
    return "|".join(re.escape(r["word"]) + (f"(?![{r['not_before']}])" if r["not_before"] else "") for r in rows)


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(f"^(?:{helping_words('adverb', 'case')}|[的了等“”）’])+")


@cache
def _trailing() -> re.Pattern[str]:
    return re.compile(f"(?:{helping_words('link', 'closing')}|[的了从“”])+$")


@cache
def _trailing_link() -> re.Pattern[str]:
    return re.compile(f"(?:{helping_words('link')}|[的了从])+$")


@cache
def _behind_end() -> re.Pattern[str]:
    return re.compile(f"{_STOP}|(?<!^)(?:{helping_words('ends')})")


@cache
def _change() -> re.Pattern[str]:
    """Growth words that name no quantity by themselves."""
    return re.compile(f"(?:{helping_words('manner')})?(?:{helping_words('change')})(?:了|达|约)?")


def indicator(text: str, begin: int, quantity: Quantity, end: int, before: str = "") -> str:
    """Name what a quantity measures, from the words between `begin` and `end` of its clause.

    `受理诉求1.42万件` gives 受理诉求, `选派207名挂职干部` 选派挂职干部; `before` is the indicator of the
    number before, for a growth rate and for `从24人减到3人`.
    """
    head = _head(text[begin : quantity.start])
    if quantity.unit == _AGE_UNIT:
        return head if head.endswith(_AGE) else _AGE  # 平均年龄29岁
    if before and _change().fullmatch(head):
        return f"{before}{head}"
    named = (head + _counted(text[quantity.end : end]))[:_LONGEST] or before
    return named or _own_words(text[quantity.start : quantity.end])


def _head(words_before: str) -> str:
    """Return the words before a number without what stands only between them and it."""
    cut = re.split("[，。；：、！？—（]", _GLOSS.sub("", words_before))[-1].strip()
    if cut.endswith("等"):  # 医保、社保等23项服务: the list is no part of what is counted
        return ""
    head = _trailing().sub("", _leading().sub("", cut))
    opened, closed = head.count("“"), head.count("”")  # 签订“两书”1.2万份, “三农”贷款余额9亿元
    return f"{'“' if closed > opened else ''}{head}{'”' if opened > closed else ''}"[-_LONGEST:]


def _counted(words_behind: str) -> str:
    """Return the counted noun behind a number: 38家|世界500强企业."""
    if words_behind.startswith(("来", "后")):  # 3年来, 28分钟后
        return ""
    behind = _leading().sub("", words_behind.lstrip("“”的‘’"))
    m = _behind_end().search(behind)
    return _trailing_link().sub("", behind[: m.start() if m else len(behind)])[:_LONGEST]


def _own_words(printed: str) -> str:
    """Return what the number's own words say where nothing else does: 最高可贷 of 最高可贷30万元, else all of it."""
    m = _NOT_DIGITS.match(printed)
    return m[0] if m and len(m[0]) > 1 else printed
