"""What the text itself says about names: declared short forms, and the parts that a scheme consists of.

In: a text and the quotations and names found in it; out: spans and pairs. The trap: the same bracket declares a short
form of any name (`某某有限公司（简称“某某”）`), so a quotation in it is a name of what stands before, never of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.in_order import starting
from kg.extract.quotations import Quotation
from kg.model import EntityType, Mention, Relation, Span
from kg.text import sentence_at

_DECLARING = re.compile(r"[（(](?:以下|下文)?(?:简称|下称|又称|又叫|统称)(?:为)?$")
# “五心”（即甲、乙、丙…）: what stands in the bracket are the parts.
_GLOSSED = re.compile(r"[（(](?:即|包括|分别是|分别为|指|也就是)：?([^（）()]{5,80})[）)]")
_IS_PART = re.compile(r"^[^，。；“”]{0,3}是$")
_OF_WHOLE = re.compile(r"^[^，。；“”]{0,6}的(?:一环|一部分|组成部分|重要内容|子品牌|子项目)")
_LONGEST_PART = 14


def is_declared(text: str, q: Quotation) -> bool:
    """Tell whether a quotation is a declared short form: （以下简称“…”）."""
    return bool(_DECLARING.search(text, max(0, q.start - 8), q.start))


def declared_forms(text: str, found: Sequence[Quotation], names: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the declared short forms of initiatives, the full name as antecedent.

    `启动“甲乙丙”工程（以下简称“甲乙”）` gives “甲乙” with the antecedent “甲乙丙”工程.
    """
    for q in found:
        if not is_declared(text, q):
            continue
        opening = max(text.rfind("（", 0, q.start), text.rfind("(", 0, q.start))
        full = next((m for m in names if m.end == opening), None)
        if full:
            yield from _everywhere(text, q, full)


def _everywhere(text: str, q: Quotation, full: Mention) -> Iterator[Mention]:
    spans = [
        Span(m.start(), m.end()) for m in re.finditer(f"[“‘]?{re.escape(q.core)}[”’]?", text) if m.start() > full.end
    ]
    for span in spans:
        quoted = text[span.start] in "“‘" and text[span.end - 1] in "”’"
        at = span if quoted else Span(text.index(q.core, span.start), text.index(q.core, span.start) + len(q.core))
        yield Mention(
            at.start,
            at.end,
            at.of(text),
            full.type,
            "initiative.declared",
            q.core if quoted else "",
            full.kind,
            antecedent=(full.start, full.end),
            confidence=full.confidence,
        )


def parts(text: str, names: Sequence[Mention]) -> Iterator[Mention | Relation]:
    """Yield the parts of a scheme that a bracket lists, as mentions of its type, and partOf for each.

    `“三心”（即贴心服务、暖心帮扶、用心管理）机制` gives three Programmes, each partOf “三心”.
    """
    for whole in names:
        match = _GLOSSED.match(text, whole.end)
        if match is None or whole.type not in (EntityType.PROGRAMME, EntityType.PLATFORM, EntityType.PROJECT):
            continue
        items = list(_items(text, match.start(1), match.end(1)))
        if len(items) < 2:
            continue
        evidence = Span(whole.start, match.end())
        for item in items:
            part = Mention(item.start, item.end, item.of(text), whole.type, "initiative.part")
            yield part
            yield Relation(
                subject=part,
                predicate="partOf",
                object=whole,
                evidence=evidence,
                rule="initiative.part",
                confidence=0.85,
            )


def _items(text: str, start: int, end: int) -> Iterator[Span]:
    for match in re.finditer(r"[^、，；]+", text[start:end]):
        item = Span(start + match.start(), start + match.end())
        if not 2 <= item.end - item.start <= _LONGEST_PART:
            return
        yield item


def stated_parts(text: str, names: Sequence[Mention]) -> Iterator[Relation]:
    """Yield partOf where a sentence says so: `“甲”是“乙”活动的一环` gives “甲” partOf “乙”活动."""
    for part in names:
        for whole in starting(names, part.end + 1, part.end + 8):
            if part.type is not whole.type:
                continue
            if _IS_PART.match(text[part.end : whole.start]) and _OF_WHOLE.match(text[whole.end : whole.end + 14]):
                yield Relation(
                    subject=part,
                    predicate="partOf",
                    object=whole,
                    evidence=sentence_at(text, part.start),
                    rule="initiative.stated_part",
                    confidence=0.85,
                )
