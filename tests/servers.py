"""Start the real stores that a test asks, and stop them: context managers that give an address."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import Request, urlopen


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Return when the address answers; fail if the process ends first or time runs out."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urlopen(url, timeout=5):
                return
        except (URLError, OSError):
            assert process.poll() is None, f"{process.args} ended with code {process.returncode}"
            assert time.monotonic() < deadline, f"{url} does not answer after {seconds} s"
            time.sleep(0.02)


@contextmanager
def stopping(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Stop a process at the end, by force if it does not go."""
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def oxigraph(data: bytes, media_type: str = "text/turtle") -> Iterator[str]:
    """Run the Oxigraph server over some RDF, in memory; gives the address of its SPARQL endpoint."""
    home = f"http://127.0.0.1:{free_port()}"
    program = Path(sys.executable).with_name("oxigraph")
    process = subprocess.Popen(
        [program, "serve", "--bind", home.removeprefix("http://")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with stopping(process):
        wait_for(home, process)
        graph = "store" if media_type in ("application/n-quads", "application/trig") else "store?default"
        urlopen(Request(f"{home}/{graph}", data=data, headers={"Content-Type": media_type}), timeout=60).close()
        yield f"{home}/query"


_VIRTUOSO = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
"""


@contextmanager
def virtuoso(folder: Path, file: Path) -> Iterator[str]:
    """Run Virtuoso in an empty folder over a Turtle file; gives the address of its SPARQL endpoint."""
    sql, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(sql=sql, http=http), encoding="utf-8")
    shutil.copy(file, folder / "graph.ttl")
    process = subprocess.Popen(
        ["virtuoso-t", "-f", "-c", "virtuoso.ini"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    with stopping(process):
        wait_for(f"http://127.0.0.1:{http}/sparql?query=ASK%7B%7D", process)
        load = "DB.DBA.TTLP_MT(file_to_string_output('graph.ttl'), '', 'urn:kg', 0);"
        done = subprocess.run(
            ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"exec={load}"], capture_output=True, text=True, check=True
        )
        assert "Done." in done.stdout, done.stdout + done.stderr
        yield f"http://127.0.0.1:{http}/sparql"


class Bucket:
    """A bucket of object storage."""

    KEY = "AKIDTEST:secret-of-the-test"

    def __init__(self, home: str) -> None:
        self._home = home
        self.put("", b"")

    def put(self, name: str, data: bytes) -> None:
        """Store bytes under a name."""
        # Without a type it would be taken for a form, and the object be empty.
        headers = {"Content-Type": "application/octet-stream"}
        request = Request(f"{self._home}/papers/{quote(name)}", data=data, headers=headers, method="PUT")
        urlopen(request, timeout=30).close()

    def fill(self, folder: Path) -> None:
        """Store the files of a folder under their names in it."""
        for file in filter(Path.is_file, folder.rglob("*")):
            self.put(file.relative_to(folder).as_posix(), file.read_bytes())

    def address(self, name: str = "") -> str:
        """Return the address of what stands under a name, as a user writes it."""
        where = self._home.removeprefix("http://")
        path = f"/{name}" if name else ""
        return f"s3://{self.KEY}@papers{path}?scheme=http&region=us-east-1&endpoint_override={where}"


@contextmanager
def s3() -> Iterator[Bucket]:
    """Run a server that speaks the protocol of Amazon S3, and give an empty bucket."""
    home = f"http://127.0.0.1:{free_port()}"
    program = Path(sys.prefix) / "s3" / "bin" / "moto_server"
    process = subprocess.Popen(
        [program, "-H", "127.0.0.1", "-p", home.rpartition(":")[2]],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with stopping(process):
        wait_for(home, process)
        yield Bucket(home)
