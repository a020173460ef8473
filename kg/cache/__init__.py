"""What earlier builds found, kept on disk, so that a build reads and extracts only what is new or changed.

In: what something was made from (bytes, text, settings). Out: what was made, or nothing. Kept is only what follows from
the key and the program, so a build with a cache and one without give the same bytes. The trap: a cache folder may come
from somebody else, so what it holds is data that is checked when it is read, never code.
"""

from kg.cache.program import fingerprint
from kg.cache.records import from_json, to_json
from kg.cache.store import Cache, opened

__all__ = ["Cache", "fingerprint", "from_json", "opened", "to_json"]
