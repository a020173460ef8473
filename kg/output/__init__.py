"""An output folder that many programs look at and one build at a time replaces, as a set.

In: a folder that may hold an older output and files of the user's own. Out: the old set or the new one, each whole,
whatever happens to the process. What the program itself needs to know of the folder stands in `.kg/` inside it.

    with output.locked(folder):
        with output.staged(folder) as new:
            …  # write the files into `new`
            output.replace_set(folder, new)
"""

from kg.output.folders import SHARDS, replace_folder
from kg.output.lock import locked, settle
from kg.output.replacing import STATE, is_whole, replace_set, staged, state_of, written

__all__ = [
    "SHARDS",
    "STATE",
    "is_whole",
    "locked",
    "replace_folder",
    "replace_set",
    "settle",
    "staged",
    "state_of",
    "written",
]
