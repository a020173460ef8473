"""Compile the modules that a build spends its time in, with mypyc: the same sources, as code of the machine.

In: the package's folder. Out: extension modules, which Python takes in place of the sources beside them. The trap: what
descends from a compiled class must be compiled, too, so that whoever has a record has `kg.record` in the list here.

In a copy first, constants are declared `Final`, since mypyc looks a module's other names up in a dictionary each time,
and the methods of records are written out (`tools/initializers.py`).
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from initializers import with_initializers

PACKAGES = ("extract", "layout", "resolve", "tagger", "vocab")
MODULES = (
    "characters",
    "export/rdf",
    "export/turtle",
    "graph",
    "iso",
    "model",
    "numerals",
    "record",
    "segmentation",
    "text",
)
_CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]+")
_FUTURE = "from __future__ import annotations"
_NAMES = (
    'from builtins import object as _object; from typing import Final as _Final; _FROZEN: _Final = {"frozen": True}'
)


def sources(package: Path) -> list[Path]:
    """Return the modules of the package that are compiled."""
    inside = [file for name in PACKAGES for file in sorted((package / name).glob("*.py"))]
    return [*inside, *(package / f"{name}.py" for name in MODULES)]


def prepared(source: str) -> str:
    """Return a module's source as mypyc makes the most of it."""
    return marked(with_initializers(source))


def marked(source: str) -> str:
    """Return a module's source with each constant, a name in capitals that is set once, declared `Final`."""
    tree, lines = ast.parse(source), source.split("\n")
    stored = Counter(n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
    shared = {name for n in ast.walk(tree) if isinstance(n, ast.Global) for name in n.names}
    for node in tree.body:
        if (declared := _declared(node)) and stored[declared[0]] == 1 and declared[0] not in shared:
            name, kind = declared
            before, after = (
                (f"{name}: {kind}", f"{name}: _Final[{kind}]") if kind else (f"{name} =", f"{name}: _Final =")
            )
            lines[node.lineno - 1] = lines[node.lineno - 1].replace(before, after, 1)
    # On the line of another import, so that the numbers of lines in errors stay those of the source.
    return "\n".join(lines).replace(_FUTURE, f"{_FUTURE}; {_NAMES}", 1)


def _declared(node: ast.stmt) -> tuple[str, str] | None:
    """Return the name of a constant that a statement sets, and its type as far as it is declared."""
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target, kind = node.targets[0], ""
    elif isinstance(node, ast.AnnAssign) and node.value is not None:
        target, kind = node.target, ast.unparse(node.annotation)
    else:
        return None
    is_variable = isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "TypeVar"
    # mypyc (2.4) takes a tuple of floats for unset where a condition is turned round.
    has_floats = isinstance(node.value, ast.Tuple) and any(
        isinstance(n, ast.Constant) and isinstance(n.value, float) for n in ast.walk(node.value)
    )
    is_constant = isinstance(target, ast.Name) and _CONSTANT.fullmatch(target.id) and not is_variable and not has_floats
    return (target.id, kind) if is_constant and isinstance(target, ast.Name) else None


def compiled(package: Path, work: Path) -> dict[Path, str]:
    """Compile a package in a folder; return each file that came of it, with its place in a wheel."""
    shutil.copytree(package, work / package.name, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    names = [file.relative_to(package.parent).as_posix() for file in sources(package)]
    for name in names:
        file = work / name
        file.write_text(prepared(file.read_text(encoding="utf-8")), encoding="utf-8")
    # In a process of its own: names of modules follow from the folder that mypyc is started in.
    environment = os.environ | {"PYTHONPATH": str(work)}
    subprocess.run([sys.executable, str(Path(__file__).resolve()), *names], cwd=work, env=environment, check=True)
    folders = (work, *(folder for folder in (work / package.name).rglob("*") if folder.is_dir()), work / package.name)
    made = [file for folder in folders for file in folder.iterdir() if file.suffix in (".so", ".pyd")]
    return {file: file.relative_to(work).as_posix() for file in sorted(made)}


def _build_here(names: list[str]) -> None:
    from mypyc.build import mypycify
    from setuptools import Distribution

    extensions = mypycify(["--strict", *names], opt_level="3", multi_file=True)
    if os.name == "posix":  # functions that nobody outside can see are called directly
        for extension in extensions:
            extension.extra_compile_args.append("-fvisibility=hidden")
    command = Distribution({"name": "kg", "ext_modules": extensions}).get_command_obj("build_ext")
    command.inplace = True
    command.ensure_finalized()
    command.run()


if __name__ == "__main__":
    _build_here(sys.argv[1:])
