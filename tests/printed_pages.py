"""Newspaper pages made for the tests: articles of the corpus set in six layouts by Chromium, with the truth known.

They have mastheads, initials, headlines over one to all columns, bylines, a picture with its caption, an advertisement,
an editors' line, and an article that jumps to another page.
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from kg.ingest import read_paths
from kg.layout import split_articles

CORPUS = Path(__file__).parent / "corpus" / "train"
NAMES = ("lead", "thirds", "side", "stacked", "jump", "initials")
_STYLE = """
@page { size: 297mm 420mm; margin: 10mm 12mm }
* { box-sizing: border-box }
body { margin: 0; font: 9pt/1.55 "Noto Serif CJK SC", serif }
p { margin: 0; text-indent: 2em; text-align: justify }
h2 { margin: 0 0 3mm; line-height: 1.25; font-size: 20pt }
h3 { margin: 0 0 1mm; line-height: 1.3; font-size: 12pt; font-weight: normal }
.by { text-indent: 0; text-align: center; margin-bottom: 2mm }
.page { height: 398mm; overflow: hidden; break-after: page; display: flex; flex-direction: column }
.head { display: flex; justify-content: space-between; align-items: end; border-bottom: 1px solid; margin-bottom: 5mm }
.head b { font-size: 40pt; line-height: 1 }
.foot { margin-top: auto; font-size: 8pt; border-top: 1px solid }
.row { display: flex; gap: 9mm; margin-bottom: 7mm }
article { margin-bottom: 5mm }
.c2 { columns: 2; column-gap: 7mm } .c3 { columns: 3; column-gap: 7mm } .c4 { columns: 4; column-gap: 7mm }
.initials .by + p { text-indent: 0 }
.initials .by + p::first-letter { float: left; font-size: 3em; line-height: 1; margin-right: 1mm }
.w1 { flex: 1 } .w2 { flex: 2 } .w3 { flex: 3 }
.pic { background: #ccc; height: 50mm; margin-bottom: 1mm } .cap { font-size: 8pt; text-indent: 0 }
.ad { border: 2px solid; text-align: center; padding: 4mm; margin-bottom: 5mm }
.ad p { text-indent: 0; text-align: center }
.ad b { font-size: 30pt }
"""
_AD = '<div class="ad"><p>广告</p><b>秋季购物节 全场八折</b><p>地址：城东路一号 电话：0573-00000000</p></div>'


@dataclass(frozen=True, slots=True)
class Story:
    """An article as it is printed."""

    title: str
    byline: str
    paragraphs: tuple[str, ...]

    def set_in(self, columns: int, kicker: str = "", part: slice = slice(None)) -> str:
        """Return it as HTML in so many columns."""
        above = f"<h3>{html.escape(kicker)}</h3>" if kicker else ""
        by = f'<p class="by">{html.escape(self.byline)}</p>' if self.byline else ""
        body = "".join(f"<p>{html.escape(p)}</p>" for p in self.paragraphs[part])
        return f'<article>{above}<h2>{html.escape(self.title)}</h2><div class="c{columns}">{by}{body}</div></article>'


@dataclass(frozen=True, slots=True)
class Made:
    """A page and the articles that a reader sees on it, in the order of the layout."""

    name: str
    html: str
    stories: tuple[Story, ...]


def stories() -> list[Story]:
    """Return articles of the corpus with a title, authors, and three paragraphs at least, without pictures."""
    found = []
    for document in read_paths([CORPUS]).documents:
        article = split_articles(document)[0]
        is_captioned = any(len(p.of(article.text)) < 40 for p in article.paragraphs)
        if (
            article.title
            and article.authors
            and len(article.paragraphs) > 2
            and not article.captions
            and not is_captioned
        ):
            byline = "本报记者 " + " ".join(re.sub(r"\s", "", a.of(article.text)) for a in article.authors[:2])
            paragraphs = tuple(re.sub(r"\s", "", p.of(article.text)) for p in article.paragraphs)
            found.append(Story(article.title.of(article.text), byline, paragraphs))
    return found


def _page(rows: str, folio: int) -> str:
    head = f'<div class="head"><span>第{folio}版</span><b>嘉兴日报</b><span>2022年7月16日 星期六</span></div>'
    foot = '<div class="foot">责任编辑：赵一 版式：钱二 校对：孙三</div>'
    return f'<div class="page">{head}{rows}{foot}</div>'


def _row(*cells: tuple[int, str]) -> str:
    return '<div class="row">' + "".join(f'<div class="w{width}">{cell}</div>' for width, cell in cells) + "</div>"


def _picture(caption: str) -> str:
    return f'<div class="pic"></div><p class="cap">{caption}</p>'


def layouts(first_story: int = 0) -> list[Made]:
    """Return the layouts, set with the corpus's articles from one of them on."""
    s = stories()
    s = s[first_story:] + s[:first_story]
    caption = _picture("图为村民在晒谷场上翻晒稻谷。 本报记者 周四 摄")
    lead_below = _row((1, s[0].set_in(4))) + _row((1, s[1].set_in(2)), (1, s[2].set_in(2)))
    thirds = _row((1, s[3].set_in(1)), (1, s[4].set_in(1)), (1, s[5].set_in(1)))
    side = _row((2, s[6].set_in(2) + s[7].set_in(2)), (1, s[8].set_in(1) + caption))
    stacked = _row((1, s[9].set_in(3, "喜迎丰收季"))) + _row((1, _AD)) + _row((1, s[10].set_in(3)))
    first = s[11]
    begun = first.set_in(2, part=slice(0, 2)).replace("</div></article>", "<p>（下转第2版）</p></div></article>")
    rest = Story(first.title, "", ("（上接第1版）", *first.paragraphs[2:])).set_in(3)
    jump = [
        _page(_row((1, begun), (1, s[12].set_in(2))) + _row((1, s[13].set_in(4))), 1),
        _page(_row((1, s[14].set_in(4))) + _row((1, rest)), 2),
    ]
    large = (
        f'<div class="initials">{_row((1, s[15].set_in(3)), (1, s[16].set_in(1)))}{_row((1, s[17].set_in(4)))}</div>'
    )
    return [
        Made("lead", _page(lead_below, 1), (s[0], s[1], s[2])),
        Made("thirds", _page(thirds + _row((1, s[15].set_in(4))), 3), (s[3], s[4], s[5], s[15])),
        Made("side", _page(side, 4), (s[6], s[7], s[8])),
        Made("stacked", _page(stacked, 5), (s[9], s[10])),
        Made("jump", "".join(jump), (first, s[12], s[13], s[14])),
        Made("initials", _page(large, 6), (s[15], s[16], s[17])),
    ]


def clipping(left: Story, right: Story) -> str:
    """Return two articles side by side, in a column each, as they are cut out of a page."""
    cells = _row((1, left.set_in(1)), (1, right.set_in(1)))
    return f'<div class="page"><div style="width: 150mm">{cells}</div></div>'


def printed(pages: list[Made], folder: Path) -> dict[str, Path]:
    """Print pages as one PDF each, by name; Chromium, which must be there, is started once."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    assert browser, "chromium is missing: apt-get install chromium fonts-noto-cjk"
    source, whole = folder / "pages.html", folder / "pages.pdf"
    body = "".join(made.html for made in pages)
    source.write_text(f'<meta charset="utf-8"><style>{_STYLE}</style>{body}', encoding="utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--disable-background-networking"]
    command = [browser, *flags, f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={whole}", source.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return _parted(pypdfium2.PdfDocument(whole), pages, folder)


def _parted(whole: pypdfium2.PdfDocument, pages: list[Made], folder: Path) -> dict[str, Path]:
    files, at = {}, 0
    for made in pages:
        count = made.html.count('<div class="page">')
        part = pypdfium2.PdfDocument.new()
        part.import_pages(whole, list(range(at, at + count)))
        files[made.name], at = folder / f"{made.name}.pdf", at + count
        part.save(files[made.name])
    return files


def pdf(*objects: bytes) -> bytes:
    """Return a PDF of objects numbered from 1, the first of them its catalogue."""
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(data))
    return data + head + table + tail
