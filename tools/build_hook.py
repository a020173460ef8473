"""Put compiled modules into the wheel where `KG_COMPILE=1` asks for them; without it a wheel is pure Python.

An editable install is never compiled: Python would take the compiled modules and not see what is edited.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent))

import compiling


class CompilingHook(BuildHookInterface):  # type: ignore[type-arg]
    """Hatchling's hook."""

    PLUGIN_NAME = "custom"
    _work: Path | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the wheel is packed."""
        if version == "editable" or os.environ.get("KG_COMPILE", "") in ("", "0"):
            return
        self._work = Path(tempfile.mkdtemp(prefix="kg-compile-"))
        made = compiling.compiled(Path(self.root) / "kg", self._work)
        build_data["force_include"] |= {str(file): place for file, place in made.items()}
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was compiled, once it is packed."""
        if self._work:
            shutil.rmtree(self._work, ignore_errors=True)
