"""What Spark starts once on each of its machines, and what there forks a Python process for each task.

In: Spark's own messages on standard input. Out: processes that have all dictionaries in memory already. The trap: Spark
forks anew for a step that begins while other processes are still busy, or after a minute without work, so that what a
process loads by itself (jieba, lexicons, gazetteer: more than a second) is paid for many times; loaded here, it is paid
for once, and its memory is shared. Spark calls `spark.python.daemon.module` an option for experts; it exists since 2.3.
"""

from __future__ import annotations

import gc

from kg.engines import plan, rows
from kg.model import Document
from kg.workers import COLLECT_AFTER

_PAGE = "某县举办志愿服务培训\n本报讯（记者 王某）5月6日，某县某镇举办志愿服务培训，全县200余人参加。"


def main() -> None:
    """Load what a task needs, then serve Spark."""
    from pyspark import daemon

    for made in rows.extract(Document("", _PAGE, "")):
        if made.kind == "told":
            list(plan.STEPS["described"].function([made]))
    gc.set_threshold(COLLECT_AFTER)
    gc.freeze()  # what all processes share is never looked at by the collector of one, nor copied for that
    daemon.manager()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
