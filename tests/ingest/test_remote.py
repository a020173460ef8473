"""Papers in object storage are read as those of a folder are, from a server that speaks the protocol of Amazon S3."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from servers import Bucket, free_port, s3
from typer.testing import CliRunner

from kg.cli import app
from kg.errors import EmptyFolderError, InputError, MissingInputError
from kg.ingest import read_paths, remote

PAGE = "近日，河阳镇党委书记张三到红旗村调研。\n"
FILES = {
    "嘉兴/2022-07-16/04 版.txt": PAGE,
    "嘉兴/2022-07-16/04 版.meta.toml": 'newspaper = "某报"\n',
    "嘉兴/2022-07-16/#1?.txt": PAGE * 2,
    "嘉兴/list.csv": "正文\n" + PAGE,
    "嘉兴/picture.xyz": "no reader",
    "嘉兴/.hidden/a.txt": PAGE,
    "kg.toml": '[columns]\ntext = "正文"\n',
    "broken/kg.toml": "paths = 1\n",
    "broken/a.txt": PAGE,
    "empty/": "",
}


@pytest.fixture(scope="module")
def bucket() -> Iterator[Bucket]:
    with s3() as started:
        for name, text in FILES.items():
            started.put(name, text.encode())
        yield started


def test_object_storage_gives_what_a_folder_gives(bucket: Bucket, tmp_path: Path) -> None:
    for name, text in FILES.items():
        if not name.endswith("/"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
    there, here = read_paths([bucket.address()]), read_paths([tmp_path])
    assert len(here.documents) == 4
    assert there.documents == here.documents
    assert there.files == here.files


def test_one_object_is_read_with_its_sidecar_and_named_as_a_file_is(bucket: Bucket) -> None:
    read = read_paths([bucket.address("嘉兴/2022-07-16/04 版.txt")])
    assert [d.source for d in read.documents] == ["04 版.txt"]
    assert not read.failures


def test_objects_below_a_prefix_are_read_and_no_others(bucket: Bucket) -> None:
    read = read_paths([bucket.address("嘉兴/2022-07-16")])
    assert [(d.source, d.metadata.newspaper) for d in read.documents] == [("#1?.txt", ""), ("04 版.txt", "某报")]


def test_broken_settings_are_named(bucket: Bucket) -> None:
    (failure,) = read_paths([bucket.address("broken")]).failures
    assert "s3://papers/broken/kg.toml" in str(failure)


@pytest.mark.parametrize(("name", "error"), [("nothing/here", MissingInputError), ("empty", EmptyFolderError)])
def test_what_holds_nothing_is_named_without_its_key(bucket: Bucket, name: str, error: type[InputError]) -> None:
    (failure,) = read_paths([bucket.address(name)]).failures
    assert f"s3://papers/{name}" in str(failure)
    assert "secret" not in str(failure)


def test_a_store_that_cannot_be_reached_is_told_without_its_key() -> None:
    address = f"s3://{Bucket.KEY}@papers/2022?scheme=http&region=us-east-1&endpoint_override=127.0.0.1:{free_port()}"
    (failure,) = read_paths([address]).failures
    assert "s3://papers/2022" in str(failure)
    assert "cannot be reached" in str(failure)
    assert "secret" not in str(failure)


@pytest.mark.parametrize("address", ["https://example.org/a.txt", "file:///etc/passwd", "ftp://u:secret@example.org/a"])
def test_other_addresses_are_refused(address: str) -> None:
    (failure,) = read_paths([address]).failures
    assert "not an address to read from" in str(failure)
    assert "secret" not in str(failure)


def test_an_object_that_vanishes_is_named(bucket: Bucket) -> None:
    with pytest.raises(MissingInputError, match=r"s3://papers/gone\.txt"):
        remote.data(bucket.address(), "gone.txt", 100)


def test_more_than_allowed_is_not_read(bucket: Bucket) -> None:
    assert len(remote.data(bucket.address(), "嘉兴/2022-07-16/04 版.txt", 10)) == 11


def test_the_command_line_takes_addresses(bucket: Bucket, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["build", bucket.address("嘉兴"), "-o", str(tmp_path / "out")])
    assert done.exit_code == 0
    assert "secret" not in done.output
    written = "".join(f.read_text("utf-8") for f in (tmp_path / "out").iterdir() if f.is_file())
    assert "张三" in written
    assert "secret" not in written
