"""A Spark cluster on this machine: a master and workers as processes of their own; tests kill them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyspark

_SECONDS = 60


class Cluster:
    """A master with its workers."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        port, ui = _free_port(), _free_port()
        self.master = f"spark://127.0.0.1:{port}"
        self._processes = [
            self._start("master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", str(ui))
        ]
        self.workers: list[subprocess.Popen[bytes]] = []

    @property
    def pids(self) -> list[int]:
        """The processes of master and workers; what they started descends from them."""
        return [process.pid for process in self._processes]

    def add_worker(self) -> None:
        """Start a worker with one core."""
        worker = self._start("worker.Worker", "--host", "127.0.0.1", "--cores", "1", "--memory", "1g", self.master)
        self.workers.append(worker)
        self._processes.append(worker)

    def wait(self) -> None:
        """Wait until all workers are known to the master."""
        end = time.monotonic() + _SECONDS
        while time.monotonic() < end:
            if self._log().count("Registering worker") >= len(self.workers):
                return
            time.sleep(0.1)
        raise TimeoutError(self._log())

    def kill_worker(self) -> None:
        """Kill one worker with all that it started, as if its machine were lost."""
        os.killpg(self.workers.pop().pid, signal.SIGKILL)

    def stop(self) -> None:
        """End all processes."""
        for process in self._processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _start(self, what: str, *arguments: str) -> subprocess.Popen[bytes]:
        spark = Path(pyspark.__file__).parent
        environment = {
            **os.environ,
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_WORKER_DIR": str(self._logs / "work"),
            "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
        }
        command = [str(spark / "bin" / "spark-class"), f"org.apache.spark.deploy.{what}", *arguments]
        with open(self._logs / "log", "ab") as log:
            # A group of its own, since a worker starts executors, and these start Python.
            return subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True)

    def _log(self) -> str:
        return (self._logs / "log").read_text(encoding="utf-8")


@contextmanager
def cluster(logs: Path, workers: int = 2) -> Iterator[Cluster]:
    """Give a running cluster."""
    started = Cluster(logs)
    try:
        for _ in range(workers):
            started.add_worker()
        started.wait()
        yield started
    finally:
        started.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
