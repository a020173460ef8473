"""The grammar of Chinese time expressions as one regular expression over half-width text.

`EXPRESSION` matches an expression; its named groups say which kind it is and are read by `times`. The trap:
it may match the empty string, where neither a year nor a month nor anything else stands.
"""

from __future__ import annotations

import re

from kg.vocab import words


def any_word(*senses: str) -> str:
    """Return a pattern for the time words of the given senses, longest first."""
    listed = {w for sense in senses for w in words("time_words", sense=sense)}
    return "|".join(sorted(map(re.escape, listed), key=lambda w: (-len(w), w)))


# The signs and measure words of the calendar itself (年 月 日 号 季度) are grammar, so they stand here.
_N = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_DIGIT_YEAR = "(?:19|20)[0-9]{2}"
_CHINESE_YEAR = "[一二][九〇零○][〇零○一二三四五六七八九]{2}"
_DASH = "(?:[-—–~～至到]|——)"
_YEAR = (
    rf"(?:(?<![0-9])(?P<year>{_DIGIT_YEAR}|{_CHINESE_YEAR})年度?"
    rf"|(?<![以之])(?!后年[产可均利销])(?P<relyear>{any_word('year')})(?![轻龄纪]))"
)
# 一月一了解 is no January, 换届后年轻干部, 达产后年产值 and 35岁以上年龄 hold no year.
_MONTH = rf"(?:(?<![0-9.第])(?P<month>{_N})月份?(?!一)|(?P<relmonth>{any_word('month')}))"
# 五年内 is a span, 大年初四 a feast: neither is a part of this year.
_SPAN = rf"""
    (?P<half>[上下])半年
  | 第?(?P<quarter>[一二三四1-4])季度
  | 前(?P<quarters>[二两三23])个?季度
  | 前(?P<months>{_N})个月
  | (?<![0-9.第])(?P<month1>{_N})月?份?{_DASH}(?P<month2>{_N})月份?(?!{_N}[日号])
  | (?<![0-9.第])(?P<days>{_N})月(?P<day1>{_N})日?{_DASH}(?P<day2>{_N})日
"""
_WORD_SENSES = ("year", "month", "day", "recent", "last-year", "last-month", "last-day", "part")
_FIRST = "".join(sorted({w[0] for s in _WORD_SENSES for w in words("time_words", sense=s)}))
"""First characters of the time words; with digits and numerals, what can begin an expression (for speed)."""

EXPRESSION = re.compile(
    rf"""(?=[0-9一二三四五六七八九十上下前近昨今第{_FIRST}])(?:
    (?P<plan>十[一二三四五六]?)五[”"]?(?:规划)?(?:期间|时期)
  | (?<![0-9])(?P<year1>{_DIGIT_YEAR})年?{_DASH}(?P<year2>{_DIGIT_YEAR})年
  | (?<![0-9])(?P<date>{_DIGIT_YEAR}[-./][0-9]{{1,2}}[-./][0-9]{{1,2}})(?![0-9])
  | 近?(?<![0-9.])(?P<ago>{_N})年[多余]?来
  | [昨今前][（(](?P<gloss>{_N})日?[）)]日?
  | (?<![0-9.])(?P<loneday>[0-9]{{1,2}})日(?=[，、上下晚早凌])
  | (?P<recent>{any_word("recent")})
  | (?P<relday>{any_word("day")})
  | (?P<lastday>{any_word("last-day")})
  | (?P<lastyear>{any_word("last-year")})(?:(?P<lastyear_month>{_N})月份?(?:(?P<lastyear_day>{_N})[日号])?)?
  | (?P<lastmonth>{any_word("last-month")})
  | (?:{_YEAR}的?)?
    (?:{_SPAN}
     | {_MONTH}(?:(?P<day>{_N})[日号])?
     | (?<=年)(?P<end>[底末初])
     | (?<![较比上0-9一二两三四五六七八九十几])(?P<part>{any_word("part")})(?![一二三四五六七八九十])
    )?
    )""",
    re.VERBOSE,
)

TAIL = re.compile(rf"(?P<edge>{any_word('edge')})?(?P<since>以来|至今)?(?P<before>之?前|以前)?")
"""What may follow: 3月(初), 6月(以来), 10月底(前)."""

AHEAD = re.compile(any_word("ahead"))
"""Cues that a clause looks ahead."""

UNTIL = re.compile("[到至]$")
RANGE = re.compile(_DASH)
