"""Reading files and folders: encodings, sidecars, bad input, and the same result for any order."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from kg.errors import (
    BinaryInputError,
    EmptyFolderError,
    EmptyInputError,
    EncodingError,
    InputError,
    MissingInputError,
    SidecarError,
)
from kg.ingest import read_paths
from kg.model import Document, Metadata

TEXT = "路灯亮了\n\n记者 甲乙丙\n\n昨晚，村口的路灯第一次亮了。\n"


def write(path: Path, content: str | bytes = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(paths: list[Path]) -> tuple[list[Document], list[InputError]]:
    found = read_paths(paths)
    return list(found.documents), list(found.failures)


def read_one(path: Path) -> Document:
    documents, failures = read([path])
    assert not failures
    assert len(documents) == 1
    return documents[0]


def failure_of(path: Path) -> InputError:
    documents, failures = read([path])
    assert not documents
    assert len(failures) == 1
    return failures[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_reads_the_encodings_of_chinese_text(tmp_path: Path, encoding: str) -> None:
    document = read_one(write(tmp_path / "page.txt", TEXT.replace("\n", "\r\n").encode(encoding)))
    assert document.text == TEXT
    assert document.sha256 == hashlib.sha256((tmp_path / "page.txt").read_bytes()).hexdigest()


def test_gb18030_keeps_rare_characters(tmp_path: Path) -> None:
    text = TEXT + "住在㙍头村的老人𠮷先生点了点头。"
    assert read_one(write(tmp_path / "page.txt", text.encode("gb18030"))).text == text


def test_folder_is_read_in_depth_and_hidden_files_are_not(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.TXT", "a/d/e.txt", ".hidden.txt", ".git/f.txt", "note.bin"):
        write(tmp_path / name, TEXT + name)
    documents, failures = read([tmp_path])
    assert [d.source for d in documents] == ["a/c.TXT", "a/d/e.txt", "b.txt"]
    assert not failures


def test_links_are_not_followed_out_of_the_folder(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside" / "secret.txt")
    write(tmp_path / "in" / "page.txt")
    os.symlink(outside, tmp_path / "in" / "link.txt")
    os.symlink(outside.parent, tmp_path / "in" / "folder")
    os.symlink(tmp_path / "nowhere", tmp_path / "in" / "broken.txt")
    documents, failures = read([tmp_path / "in"])
    assert [d.source for d in documents] == ["page.txt"]
    assert not failures


def test_a_link_in_a_circle_is_passed_over_and_told(tmp_path: Path) -> None:
    write(tmp_path / "page.txt")
    os.symlink("circle.txt", tmp_path / "circle.txt")
    os.symlink(".", tmp_path / "round")
    found = read_paths([tmp_path])
    assert [(n.source, n.note) for n in found.files] == [("circle.txt", "no regular file"), ("page.txt", "")]
    assert not found.failures


def test_a_sidecar_that_is_a_link_is_read_within_the_folder_and_not_out_of_it(tmp_path: Path) -> None:
    write(tmp_path / "outside.toml", 'published = "2021"')
    write(tmp_path / "in" / "issue.toml", 'published = "2022"')
    for name, target in (("a", "issue.toml"), ("b", "../outside.toml"), ("c", "nowhere")):
        write(tmp_path / "in" / f"{name}.txt", TEXT + name)
        os.symlink(target, tmp_path / "in" / f"{name}.meta.toml")
    found = read_paths([tmp_path / "in"])
    assert [d.metadata.published for d in found.documents] == ["2022", "", ""]
    assert not found.failures
    assert [(n.source, n.note) for n in found.files if not n.reader] == [
        ("b.meta.toml", "a link that leads out of the folder"),
        ("c.meta.toml", "no regular file"),
        ("issue.toml", "no reader for its suffix"),
    ]


def test_a_sidecar_that_is_a_link_is_not_read_out_of_the_folder_of_a_named_file_either(tmp_path: Path) -> None:
    write(tmp_path / "outside.toml", 'published = "2021"')
    page = write(tmp_path / "in" / "page.txt")
    os.symlink("../outside.toml", tmp_path / "in" / "page.meta.toml")
    found = read_paths([page])
    assert [d.metadata.published for d in found.documents] == [""]
    assert [n.source for n in found.files if n.note == "a link that leads out of the folder"] == ["page.meta.toml"]


def test_a_sidecar_that_is_no_file_is_told_once_for_all_its_texts(tmp_path: Path) -> None:
    for name in ("page.txt", "page.md"):
        write(tmp_path / name)
    os.mkfifo(tmp_path / "page.meta.toml")
    found = read_paths([tmp_path])
    assert [(n.source, n.note) for n in found.files if not n.reader] == [("page.meta.toml", "no regular file")]
    assert len(found.documents) == 2


def test_a_named_file_may_have_any_suffix(tmp_path: Path) -> None:
    assert read_one(write(tmp_path / "page.text")).source == "page.text"


def test_two_contents_of_one_source_are_told_apart_in_any_order(tmp_path: Path) -> None:
    one, two = write(tmp_path / "1" / "page.txt", TEXT + "一"), write(tmp_path / "2" / "page.txt", TEXT + "二")
    forward, backward = read([one, two]), read([two, one])
    assert forward == backward
    assert len({d.source for d in forward[0]}) == 2
    assert all(d.source == f"page~{d.sha256[:8]}.txt" for d in forward[0])


def test_a_file_named_twice_counts_once(tmp_path: Path) -> None:
    page = write(tmp_path / "a" / "page.txt")
    for paths in ([tmp_path, page], [page, tmp_path], [page, page]):
        documents, _ = read(paths)
        assert len(documents) == 1
    assert read([page, tmp_path])[0][0].source == "a/page.txt"


def test_copies_in_different_folders_stay_two_documents(tmp_path: Path) -> None:
    write(tmp_path / "a" / "page.txt")
    write(tmp_path / "b" / "page.txt")
    assert [d.source for d in read([tmp_path])[0]] == ["a/page.txt", "b/page.txt"]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyInputError),
        (b" \n\r\n\t", EmptyInputError),
        ("\ufeff\n　\n".encode(), EmptyInputError),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00\x00", BinaryInputError),
        (bytes(range(1, 32)) * 9, BinaryInputError),
        (TEXT.encode()[:-2], EncodingError),
        (b"\xff\xfe\xfd\xfc", EncodingError),
        (b"\xfe\xff", EmptyInputError),
    ],
)
def test_what_is_no_text_says_so(tmp_path: Path, content: bytes, error: type[InputError]) -> None:
    found = failure_of(write(tmp_path / "page.txt", content))
    assert type(found) is error
    assert str(tmp_path / "page.txt") in str(found)
    assert found.remedy in str(found)


def test_missing_and_empty_places(tmp_path: Path) -> None:
    assert type(failure_of(tmp_path / "no.txt")) is MissingInputError
    write(tmp_path / "note.bin")
    assert type(failure_of(tmp_path)) is EmptyFolderError
    assert "File name too long" in str(failure_of(tmp_path / ("a" * 5000)))


def test_a_folder_that_may_not_be_looked_into_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "in" / "a.txt")
    write(tmp_path / "in" / "locked" / "b.txt")
    open_folder = os.scandir

    def scandir(path: str) -> object:  # whoever runs the tests may be allowed everything
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied", path)
        return open_folder(path)

    monkeypatch.setattr(os, "scandir", scandir)
    documents, failures = read([tmp_path / "in"])
    assert [d.source for d in documents] == ["a.txt"]
    assert [str(f) for f in failures] == [
        f"{tmp_path / 'in' / 'locked'}: cannot be read (Permission denied); check the file"
    ]
    assert "Permission denied" in str(failure_of(tmp_path / "in" / "locked"))


def test_a_path_that_may_not_be_asked_for_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def exists(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "exists", exists)
    assert "Permission denied" in str(failure_of(tmp_path))


def test_names_of_files_are_text_whatever_their_bytes(tmp_path: Path) -> None:
    for name, content in (("嘉兴日报.txt".encode("gb18030"), TEXT), (b"\xff\xfe.txt", TEXT + "二"), (b"\xff.txt", "")):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(content, encoding="utf-8")
    documents, failures = read([tmp_path])
    assert [d.source for d in documents] == ["嘉兴日报.txt", "\ufffd\ufffd.txt"]
    assert [f.path for f in failures] == [str(tmp_path / "\ufffd.txt")]


def test_one_bad_input_does_not_stop_the_others(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "b.txt", b"\0")
    documents, failures = read([tmp_path, tmp_path / "gone"])
    assert [d.source for d in documents] == ["a.txt"]
    assert [type(f) for f in failures] == [BinaryInputError, MissingInputError]


@pytest.mark.parametrize(
    ("toml", "metadata"),
    [
        ("", Metadata()),
        ('published = "2022"', Metadata("2022")),
        ('published = "2022-07"\nhome = "嘉兴市"', Metadata("2022-07", "", "嘉兴市")),
        ('newspaper = "某报"\npublished = 2022-07-16', Metadata("2022-07-16", "某报", "")),
    ],
)
def test_sidecar_is_read(tmp_path: Path, toml: str, metadata: Metadata) -> None:
    write(tmp_path / "page.meta.toml", toml)
    assert read_one(write(tmp_path / "page.txt")).metadata == metadata


@pytest.mark.parametrize(
    ("toml", "place", "detail"),
    [
        ('# a\npublished = "2022', "line 2", ""),
        ('home = "甲市"\nedition = "3"', "line 2", "unknown key edition"),
        ("[home]\nname = 1", "line 1", "quotation marks"),
        ("newspaper = 7", "line 1", "quotation marks"),
        ('published = "2022-13"', "line 1", "2022-13"),
        ('published = "2022-02-30"', "line 1", "2022-02-30"),
        ('published = "July 2022"', "line 1", "July 2022"),
    ],
)
def test_broken_sidecar_names_its_line(tmp_path: Path, toml: str, place: str, detail: str) -> None:
    write(tmp_path / "page.meta.toml", toml)
    found = failure_of(write(tmp_path / "page.txt"))
    assert type(found) is SidecarError
    assert f"page.meta.toml: {place}" in str(found)
    assert detail in str(found)
