"""Policies: documents, lists and sets of rules in book-title marks.

In: a text; out: Policy mentions with their 《》, short forms (`《办法》` after `《…奖励办法》`) with an antecedent. The
trap: book-title marks also enclose newspapers, songs, films and books, which are no policies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import EntityType, Mention
from kg.vocab import words

_TITLED = re.compile(r"《([^《》\n]{2,80}(?:〈[^〉]+〉[^《》\n]*)?)》")
# 《…》团体标准: what kind of document it is stands behind, as part of its name.
_KIND_BEHIND = re.compile("(?:团体|地方|行业|国家|企业|省级地方|市级地方)标准")
# Stage of a document behind its title word: 《…办法（试行）》, 《…条例》实施细则 is left to the reader.
_STAGE = re.compile(r"（[^（）]*）$|\([^()]*\)$")
# Verbs that govern a document: 出台《…》, 印发的《…》, 根据《…》.
_ISSUED = re.compile(
    r"(?:出台|印发|制定|制订|修订|下发|颁布|发布|公布|实施|施行|执行|根据|按照|依据|依照|落实)(?:了|的)?[^，。；》]{0,6}$"
)
_ABBREVIATED = re.compile(r"^（(?:以下)?[简下]称(《[^《》]+》)）")
_LONGEST_ENDING = 4


def policies(text: str) -> Iterator[Mention]:
    """Yield the documents that a text names.

    `出台《农村人居环境整治奖补办法》，《办法》明确…` gives the document and its short form; `《人民日报》` nothing.
    """
    full: list[Mention] = []
    for match in _TITLED.finditer(text):
        kind = _KIND_BEHIND.match(text, match.end())
        if not kind and not is_document(match[1], text[max(0, match.start() - 14) : match.start()]):
            continue
        end = kind.end() if kind else match.end()
        earlier = next((m for m in reversed(full) if _is_short_form(match[1], m.text[1:-1])), None)
        mention = Mention(
            match.start(),
            end,
            text[match.start() : end],
            EntityType.POLICY,
            "initiative.policy",
            antecedent=(earlier.start, earlier.end) if earlier else None,
        )
        if earlier is None:
            full.append(mention)
        yield mention


def is_document(title: str, before: str = "") -> bool:
    """Tell whether a title is a document's, by its last word or by the verb before it."""
    ending = _STAGE.sub("", title)
    kind = next((c for c in ("other", "policy") if _ends_in(ending, c)), "")
    if kind == "other" and _ends_in(ending, "policy", longer_than=_ends_in(ending, "other")):
        kind = "policy"
    return kind == "policy" or (not kind and bool(_ISSUED.search(before)))


def _ends_in(title: str, kind: str, longer_than: int = 0) -> int:
    """Return the length of the longest word of a class that ends the title, or 0."""
    lengths = [n for n in range(1, _LONGEST_ENDING + 1) if title[-n:] in words("document_nouns", **{"class": kind})]
    return max((n for n in lengths if n > longer_than), default=0)


def _is_short_form(title: str, full: str) -> bool:
    full = _STAGE.sub("", full)
    return title == full or (len(title) <= 6 and len(title) < len(full) and full.endswith(title))
