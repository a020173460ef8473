"""What fuzzing begins with: the samples of the tests, small, and unpacked where check sums would hide what is inside.

The trap: most changes to a packed file break its check sum and teach nothing, so Word and EPUB are also fuzzed from
within: the bytes are one part of a sound archive.
"""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from kg.ingest.printed import Fragment, PrintedPage

_TESTS = Path(__file__).parents[1]
_SAMPLES = _TESTS / "ingest" / "samples"
_LINES = (
    "嘉兴日报 2022年7月16日 第2版",
    "村口的路灯亮了",
    "记者 甲乙丙",
    "新塍镇的路灯昨天亮了，村民说好。",
    "下转第3版",
)


def _sample(name: str) -> bytes:
    return (_SAMPLES / name).read_bytes()


def pages() -> list[bytes]:
    """Return the beginnings of newspaper pages."""
    return [path.read_bytes()[:1800] for path in sorted((_TESTS / "corpus" / "train").glob("*.txt"))[:40]]


def texts() -> list[bytes]:
    """Return texts in each encoding that is known."""
    text = _sample("post.md").decode()
    return [text.encode(name) for name in ("utf-8-sig", "gb18030", "utf-16", "utf-16-be", "big5hkscs")[:4]] + [
        "新塍鎮的路燈亮了。\n".encode("big5hkscs") * 5
    ]


def html() -> list[bytes]:
    """Return a web page, and a small one."""
    small = (
        '<meta name="PubDate" content="2022-07-16"><title>路灯</title><article><h1>路灯</h1><p>'
        + "路灯亮了，村民都说好。" * 12
    )
    return [_sample("page.html"), small.encode()]


def markdown() -> list[bytes]:
    """Return an article with its head."""
    return [_sample("post.md"), "---\ndate: 2022-07-16\n---\n# 路灯\n\n* a\n* b\n\n| a | b |\n|---|---|\n".encode()]


def docx() -> list[bytes]:
    """Return a Word file, without the parts that nothing reads."""
    return [as_docx(docx_parts()[0])]


def docx_parts() -> list[bytes]:
    """Return the text of a Word file."""
    with zipfile.ZipFile(io.BytesIO(_sample("bulletin.docx"))) as archive:
        return [archive.read("word/document.xml")]


def as_docx(data: bytes) -> bytes:
    """Return a Word file with these bytes for its text."""
    styles = b'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    unread = dict.fromkeys(("docProps/thumbnail.jpeg", "word/stylesWithEffects.xml", "word/theme/theme1.xml"), b"")
    return _packed("bulletin.docx", {**unread, "word/styles.xml": styles, "word/document.xml": data})


def epub() -> list[bytes]:
    """Return a book."""
    return [_sample("book.epub")]


def epub_parts() -> list[bytes]:
    """Return the package file and the chapters of a book, behind the sign that tells them apart."""
    with zipfile.ZipFile(io.BytesIO(_sample("book.epub"))) as archive:
        return [bytes([n]) + archive.read(name) for n, name in enumerate(_BOOK_PARTS)]


_BOOK_PARTS = ("OEBPS/ch1.xhtml", "OEBPS/content.opf", "META-INF/container.xml")


def as_epub(data: bytes) -> bytes:
    """Return a book in which the part that the first byte names is replaced."""
    return _packed("book.epub", {_BOOK_PARTS[data[0] % len(_BOOK_PARTS) if data else 0]: data[1:]})


def _packed(sample: str, changed: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_sample(sample))) as old, zipfile.ZipFile(stream, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, changed[info.filename] if info.filename in changed else old.read(info))
    return stream.getvalue()


def jsonl() -> list[bytes]:
    """Return rows of JSON."""
    return [_sample("rows.jsonl")]


def csv() -> list[bytes]:
    """Return a table, in two encodings."""
    table = _sample("rows.csv")
    return [table, "标题,正文,日期\n路灯,路灯亮了。,2022-07-16\n".encode("gb18030")]


def warc() -> list[bytes]:
    """Return a web archive, unpacked and packed."""
    return [gzip.decompress(_sample("site.warc.gz")), _sample("site.warc.gz")]


def zips() -> list[bytes]:
    """Return an archive with texts, a web page and a sidecar; and one that is stored as it is, with another inside."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "路灯亮了。")
        archive.writestr("a.meta.toml", 'published = "2022"')
        archive.writestr("b.csv", "text\n路灯")
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("inner.zip", stream.getvalue())
    return [_sample("archive.zip"), stream.getvalue(), outer.getvalue()]


def sidecars() -> list[bytes]:
    """Return a sidecar with all that it may say."""
    return ['published = "2022-07-16"\nnewspaper = "嘉兴日报"\nhome = "嘉兴市"\n'.encode()]


def settings() -> list[bytes]:
    """Return settings with all that they may say."""
    text = 'paths = "{newspaper}/{published}/{*}.txt"\n[newspapers.jxrb]\nname = "嘉兴日报"\nhome = "嘉兴市"\n'
    return [(text + '[columns]\ntext = "正文"\n').encode(), b'paths = "{home}/{*}/{*}#{*}"']


def pictures() -> list[bytes]:
    """Return small pictures of each kind."""
    from PIL import Image

    found = []
    for kind in ("PNG", "JPEG", "TIFF", "WEBP"):
        stream = io.BytesIO()
        Image.linear_gradient("L").resize((24, 16)).save(stream, kind)
        found.append(stream.getvalue())
    return found


def pdf() -> list[bytes]:
    """Return a page of Chinese and one of ASCII, neither packed, so that a change to a letter is one to the text."""
    han = "".join(
        f"BT /F1 {12 + n} Tf 50 {700 - 30 * n} Td <{t.encode('utf-16-be').hex()}> Tj ET\n" for n, t in enumerate(_LINES)
    )
    return [
        _pdf(han),
        _pdf("BT /F2 12 Tf 50 700 Td (The lamps are lit.) Tj 0 -14 Td (So it is said.) Tj ET", "/Rotate 90"),
    ]


def _pdf(content: str, more: str = "") -> bytes:
    """Return a PDF of one page, with a font for Chinese that needs not be there."""
    font = "/Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]"
    system = "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
    heir = f"/Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light{system}"
    uses = "/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 7 0 R>>>>"
    bodies = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{more}{uses}>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        f"<<{font}>>",
        f"<<{heir}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    text, places = "%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(text))
        text += f"{number} 0 obj{body}endobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(bodies) + 1
    end = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(text)}\n%%EOF"
    )
    return (text + end).encode()


def printed() -> list[bytes]:
    """Return pages as `printed_pages` reads them: place and size of each fragment, then its words."""
    columns = "".join(f"{60 + 200 * (n // 20)},{180 + 12 * (n % 20)},9,{_LINES[3]}\n" for n in range(40))
    head = f"20,10,30,嘉兴日报\n300,20,8,{_LINES[0]}\n60,100,24,{_LINES[1]}\n60,140,8,{_LINES[2]}\n"
    page = f"{head}{columns}60,460,9,{_LINES[4]}"
    return [page.encode(), f"{page}\n=\n60,100,20,上接第2版 {_LINES[1]}\n{columns}300,500,30,广告".encode()]


def printed_pages(text: str) -> Iterator[PrintedPage]:
    """Yield pages that a text describes; a line that does not fit is passed over, one of `=` ends a page."""
    for page in text.split("\n=\n")[:4]:
        yield PrintedPage(tuple(_fragments(page)), 595.0, 842.0)


def _fragments(page: str) -> Iterator[Fragment]:
    for line in page.split("\n")[:200]:
        left, top, size, words = (*line.split(",", 3), "", "", "", "")[:4]
        if words.strip() and all(n.isascii() and n.lstrip("-").isdecimal() for n in (left, top, size)):
            x, y, height = (int(n[:4]) for n in (left, top, size))
            height = max(1, abs(height) % 200)
            yield Fragment(words.strip(), x, y, x + height * len(words), y + height, height)
