"""Processes that share work: results in order, the dead replaced, nothing left running."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import fatal
import pytest

from kg.errors import EncodingError, KgError, QueryError, UnknownNameError, UnprovenError
from kg.workers import Workers


def unexpected(item: object) -> KgError:
    raise AssertionError(f"no process should have died of {item}")


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_results_come_in_the_order_of_the_items_from_several_processes_that_end_with_the_context() -> None:
    with Workers(fatal.answer_late, 2) as workers:
        results = list(workers.map(range(40), unexpected))
    assert [number for number, _ in results] == list(range(40))
    processes = {process for _, process in results}
    assert len(processes) == 2
    assert os.getpid() not in processes
    assert not any(map(is_alive, processes))


def test_an_item_whose_process_died_is_tried_once_more(tmp_path: Path) -> None:
    items = ["", str(tmp_path / "mark"), ""]
    with Workers(fatal.die_once, 2) as workers:
        assert list(workers.map(items, unexpected)) == [f"survived {item}" for item in items]


def test_an_item_that_two_processes_died_of_is_lost_and_the_others_are_not() -> None:
    from kg.model import Document

    documents = [Document(f"{i}.txt", fatal.FATAL if i % 3 == 1 else "无", "") for i in range(7)]
    with Workers(fatal.understand_or_die, 2) as workers:
        results = list(workers.map(documents, lambda document: UnprovenError(document.source, "lost")))
    lost = [r.path for r in results if isinstance(r, UnprovenError)]
    assert lost == ["1.txt", "4.txt"]
    assert len(results) == 7


def test_what_the_function_raises_is_raised_here_with_the_place_where_it_was() -> None:
    with Workers(fatal.divide, 1) as workers, pytest.raises(ZeroDivisionError) as caught:
        list(workers.map([1, 0], unexpected))
    assert "in a worker process" in caught.value.__notes__[0]
    assert "fatal.py" in caught.value.__notes__[0]


def test_leaving_early_leaves_nothing_running() -> None:
    with Workers(fatal.answer_late, 2) as workers:
        _, process = next(workers.map(range(100), unexpected))
        assert is_alive(process)
    assert not is_alive(process)


@pytest.mark.parametrize(
    "error",
    [
        EncodingError("a.txt", "detail", "line 3"),
        UnprovenError("a.txt", "rule"),
        QueryError("wrong", "a.rq", 3, 4, "SELECT"),
        UnknownNameError("format", "x", ["y"]),
    ],
)
def test_errors_survive_the_way_between_processes(error: KgError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert vars(copy) == vars(error)
