"""Pages as Chinese sites make them: digital editions, city portals, government sites, sites with structured data."""

from __future__ import annotations

import pytest

from kg.ingest.readers import html
from kg.ingest.reading import Source
from kg.ingest.settings import Settings
from kg.layout import split_articles
from kg.model import Metadata

TITLE = "路灯亮到潘家浜"
TEXT = (
    "昨晚，秀洲区新塍镇潘家浜村村口的路灯第一次亮了。村民走出家门，看着一盏盏灯沿着新修的水泥路排开，一直亮到河边。",
    "新塍镇党委书记张三介绍，今年镇里投入120万元，为12个村装上了太阳能路灯，年底前还要再装380盏。",
    "下一步，新塍镇还将联合农行嘉兴分行，为潘家浜村的乡村旅游项目提供贷款，让更多游客在夜里也能走进村子。",
)
PARAGRAPHS = "".join(f"<p>　　{p}</p>" for p in TEXT)

DIGITAL = f"""<html><head><title>嘉兴日报多媒体数字报刊-{TITLE}</title></head><body>
<table><tr><td><a href="a">上一版</a> <a href="b">下一版</a></td></tr>
<tr><td>2022年07月16日 星期六 第04版：县域</td></tr></table>
<div><ul><li><a href="1">另一篇</a></li><li><a href="2">又一篇</a></li></ul></div>
<table><tr><td><founder-title>{TITLE}</founder-title></td></tr><tr><td>
<founder-author>记者 王建国</founder-author></td></tr>
<tr><td><founder-content>{PARAGRAPHS}</founder-content></td></tr></table><div>版权所有 嘉兴日报社</div></body></html>"""

EARLIER = f"""<html><head><title>嘉兴日报数字报</title></head><body>
<!--enpproperty <articleid>1</articleid><date>2022-07-16 00:00:00.0</date>
<author>王建国</author><title>{TITLE}</title>-->
<div class="nav"><a href="a">上一版</a></div><div><!--enpcontent-->{PARAGRAPHS}<!--/enpcontent--></div></body></html>"""

PORTAL = f"""<html><head><title>{TITLE}_嘉兴在线</title></head>
<body><div><a href="/">首页</a>
<a href="/x">新闻</a></div>
<div class="title">{TITLE}</div><div class="source">来源：嘉兴日报  作者：王建国  2022-07-16 08:00</div>
<div class="content">{"<br><br>".join("　　" + p for p in TEXT)}</div>
<div class="foot">Copyright 2022</div></body></html>"""

GOVERNMENT = f"""<html><head><meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="2022-07-16">
<meta name="ContentSource" content="嘉兴日报"><meta name="Author" content="王建国"></head><body>
<div class="nav"><a href="/">首页</a></div>
<div class="con"><h2>{TITLE}</h2><p>发布时间：2022-07-16 浏览次数：12 信息来源：嘉兴日报 字号：[ 大 中 小 ]</p>
<div class="TRS_Editor"><style>.x {{ color: red }}</style>{PARAGRAPHS}</div></div>
<p>扫一扫在手机打开当前页</p></body></html>"""

STRUCTURED = f"""<html><head><title>x</title><script type="application/ld+json">{{"@context": "https://schema.org",
"@type": "NewsArticle", "headline": "{TITLE}", "datePublished": "2022-07-16T08:00:00+08:00",
"author": {{"@type": "Person",
"name": "王建国"}}, "publisher": {{"@type": "Organization", "name": "嘉兴日报"}}}}</script></head>
<body><article><h1>{TITLE}</h1>{PARAGRAPHS}</article></body></html>"""


@pytest.mark.parametrize("page", [DIGITAL, EARLIER, PORTAL, GOVERNMENT, STRUCTURED])
def test_a_page_gives_headline_byline_day_paper_and_nothing_but_the_text(page: str) -> None:
    (document,) = html.read(Source("page.html", page.encode()), Settings()).documents
    (article,) = split_articles(document)
    assert article.title is not None
    assert article.title.of(article.text) == TITLE
    assert [s.of(article.text) for s in article.authors] == ["王建国"]
    assert tuple(p.of(article.text) for p in article.paragraphs) == TEXT
    assert document.metadata == Metadata("2022-07-16", "嘉兴日报")


def test_a_sentence_that_begins_like_a_label_stays() -> None:
    text = "时间：昨晚七点，地点：潘家浜村口，几十位村民在等一件事，路灯亮了。"
    page = f"<html><title>{TITLE}</title><body><h1>{TITLE}</h1><p>{text}</p>{PARAGRAPHS}</body></html>"
    (document,) = html.read(Source("page.html", page.encode()), Settings()).documents
    assert text in document.text


def test_a_title_with_a_dash_of_its_own_stays_whole() -> None:
    title = "从“望天吃饭”到“知天而作”——一个村的十年"
    page = f"<html><title>{title}</title><body><h1>{title}</h1>{PARAGRAPHS}</body></html>"
    (document,) = html.read(Source("page.html", page.encode()), Settings()).documents
    assert document.text.startswith(title + "\n")
