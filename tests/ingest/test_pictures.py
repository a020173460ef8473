"""Scans: pictures of print are read by OCR, askew or not, and what is no honest picture is refused."""

from __future__ import annotations

import difflib
import io
import struct
import sys
import zlib
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from printed_pages import Made, Story, clipping, printed

from kg.errors import DamagedError, HostileError, ReaderLimitError, ReaderMissingError
from kg.ingest import read_paths
from kg.ingest.readers import ocr
from kg.layout import split_articles
from kg.model import Article

STORY = Story(
    "路灯亮到潘家浜",
    "本报记者 王建国 李小芳",
    (
        "昨晚，秀洲区新塍镇潘家浜村村口的路灯第一次亮了。村民走出家门，看着一盏盏灯沿着新修的水泥路排开，一直亮到河边。",
        "新塍镇党委书记张三介绍，今年镇里投入120万元，为12个村装上了太阳能路灯，年底前还要再装380盏。",
    ),
)
OTHER = Story(
    "油车港开起夜校",
    "",
    ("昨天，油车港镇天星社区的夜校开课，首批学员有四十余人，课程由社区和农行嘉兴分行共同安排。",) * 2,
)
DOTS = 200


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Image.Image:
    """A clipping of two articles side by side, as a scanner at 200 dots an inch sees it."""
    made = Made("clipping", clipping(STORY, OTHER), (STORY, OTHER))
    file = printed([made], tmp_path_factory.mktemp("scan"))["clipping"]
    whole = pypdfium2.PdfDocument(file)[0].render(scale=DOTS / 72).to_pil().convert("L")
    return whole.crop((60, 60, 1300, 800))


def articles_of(path: Path) -> list[Article]:
    found = read_paths([path])
    assert not found.failures
    return [article for document in found.documents for article in split_articles(document)]


def accuracy(story: Story, article: Article) -> float:
    """Return which share of a story's characters is read, in order."""
    printed_text = "".join(story.paragraphs)
    read = "".join(p.of(article.text) for p in article.paragraphs)
    blocks = difflib.SequenceMatcher(None, printed_text, read, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / max(len(printed_text), len(read))


@pytest.mark.parametrize(("name", "degrees"), [("scan.png", 1.5), ("scan.pdf", 0.0)])
def test_a_scan_gives_its_articles(page: Image.Image, name: str, degrees: float, tmp_path: Path) -> None:
    scan = page.rotate(degrees, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    scan.save(tmp_path / name, resolution=DOTS)
    articles = articles_of(tmp_path / name)
    assert [a.title.of(a.text) for a in articles if a.title] == [STORY.title, OTHER.title]
    assert [s.of(articles[0].text) for s in articles[0].authors] == ["王建国", "李小芳"]
    assert min(accuracy(STORY, articles[0]), accuracy(OTHER, articles[1])) >= 0.98


@pytest.fixture(scope="module")
def initials(tmp_path_factory: pytest.TempPathFactory) -> Image.Image:
    """Two articles, one below the other, whose initials OCR alone does not see whole, as a scanner sees them."""
    texts = (
        "一盏盏路灯沿着新修的水泥路排开，一直亮到河边。村民走出家门，看着灯光，谁也没有说话，孩子们在灯下跳起了绳。"
        * 2,
        "“以前夜里出门要带手电。”村民老李说，“现在不用了。”村里今年投入12万元，为每条路都装上了太阳能路灯。" * 2,
    )
    told = [
        Story(title, "本报记者 王建国 李小芳", (t, t))
        for title, t in zip(("路灯亮了", "夜路好走了"), texts, strict=True)
    ]
    cells = "".join(f'<div class="row"><div class="w1">{story.set_in(1)}</div></div>' for story in told)
    page = f'<div class="page"><div class="initials" style="width: 90mm">{cells}</div></div>'
    file = printed([Made("initials", page, tuple(told))], tmp_path_factory.mktemp("initials"))["initials"]
    return pypdfium2.PdfDocument(file)[0].render(scale=DOTS / 72).to_pil().convert("L").crop((60, 60, 900, 1500))


@pytest.mark.parametrize("degrees", [0.0, 1.0])
def test_initials_are_read_with_their_marks_and_be_they_a_single_stroke(
    initials: Image.Image, degrees: float, tmp_path: Path
) -> None:
    turned = initials.rotate(degrees, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    turned.save(tmp_path / "scan.png")
    articles = articles_of(tmp_path / "scan.png")
    assert [[s.of(a.text) for s in a.authors] for a in articles] == [["王建国", "李小芳"]] * 2
    first = [article.paragraphs[0].of(article.text)[:6] for article in articles]
    assert first == ["一盏盏路灯沿", "“以前夜里出"]


def test_without_the_library_a_picture_says_what_to_install(
    page: Image.Image, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ReaderMissingError, match=r"pip install 'kg-local-governance\[ocr\]'"):
        ocr.read_picture(page, "scan.png")


def png(width: int, height: int) -> bytes:
    """Return a PNG that says how large it is, and holds one row."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    head = struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


def tiff(frames: int) -> bytes:
    stream = io.BytesIO()
    pages = [Image.new("1", (8, 8)) for _ in range(frames)]
    pages[0].save(stream, "TIFF", save_all=True, append_images=pages[1:])
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "error", "words"),
    [
        ("vast.png", png(100_000, 100_000), HostileError, "100,000 by 100,000 pixels"),
        ("lying.png", png(4_000, 4_000), DamagedError, "no picture that can be decoded"),
        ("cut.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF", DamagedError, "no picture that can be decoded"),
        ("many.tif", tiff(600), HostileError, "600 pages"),
    ],
)
def test_pictures_that_lie_are_refused(
    tmp_path: Path, name: str, data: bytes, error: type[Exception], words: str
) -> None:
    (tmp_path / name).write_bytes(data)
    (failure,) = read_paths([tmp_path]).failures
    assert isinstance(failure, error | ReaderLimitError)
    assert words in str(failure)
