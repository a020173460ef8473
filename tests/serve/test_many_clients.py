"""Two hundred clients at once, as the benchmark asks: all are answered, and nothing is kept of them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from serving import SELECT, running, wait_until

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
from load import closed, requests


def test_two_hundred_clients_are_answered_and_leave_nothing_behind(graph_file: Path) -> None:
    with running(graph_file) as (client, _):
        assert client.get("/sparql", params={"query": SELECT}).status_code == 200
        port = client.base_url.port
        assert port
        before = len(os.listdir("/proc/self/fd"))
        load = closed(port, requests(port, "/sparql", [SELECT]), clients=200, seconds=2)
        assert set(load.statuses) == {200}
        assert load.statuses[200] > 200
        # The server, in this process, closes its end of a connection after the client has closed its own.
        wait_until(lambda: len(os.listdir("/proc/self/fd")) <= before + 5)
