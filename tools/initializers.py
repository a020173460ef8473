"""Write out what `@dataclass` would make of a frozen record, so that mypyc compiles it.

In: a module's source. Out: the same with `__init__`, `__eq__` and `__hash__` in each frozen record.
The trap: mypyc calls `dataclass` when the module is imported, and what that makes is Python; making a record took ten
times as long. mypy must not see `frozen`, since it would let no initializer set a field; so it stands in a dictionary.
Fields declared `Final` would say the same, but mypyc (2.4) then releases what a condition has not reached.

What is written stands in the place of the fields, so that the numbers of lines in errors stay those of the source.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

_BASES = ("Record",)
"""What a record may descend from, beside records of its module."""


@dataclass(frozen=True)
class _Field:
    name: str
    kind: str
    default: str
    factory: str

    @property
    def parameter(self) -> str:
        if self.factory:
            return f"{self.name}: {self.kind} | None = None"
        return f"{self.name}: {self.kind}" + (f" = {self.default}" if self.default else "")

    @property
    def setting(self) -> str:
        value = f"{self.factory}() if {self.name} is None else {self.name}" if self.factory else self.name
        return f"self.{self.name} = {value}"


def with_initializers(source: str) -> str:
    """Return a module's source with the methods of its frozen records written out; ValueError where they cannot be."""
    lines, known = source.split("\n"), dict[str, list[_Field]]()
    tree = ast.parse(source)
    parents = {ast.unparse(base) for node in tree.body if isinstance(node, ast.ClassDef) for base in node.bases}
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and (asked := _frozen(node)) is not None:
            base = ast.unparse(node.bases[0]) if node.bases else ""
            if base and base not in (*_BASES, *known):
                raise ValueError(f"{node.name} descends from {base}, of which no field is known")
            inherited, own = known.get(base, []), _fields(node)
            known[node.name] = [*inherited, *own]
            methods = [_initializer(own, inherited, "kw_only" in asked)]
            # Records are equal to those of their class alone; and `order` makes comparisons where there are none yet.
            if node.name not in parents and "order" not in asked:
                methods += _comparisons(node.name, known[node.name])
            defined = {item.name for item in node.body if isinstance(item, ast.FunctionDef)}
            declared = "; ".join(f"{each.name}: {each.kind}" for each in own)
            written = [declared, *(method for name, method in methods if name not in defined)]
            _replace(lines, node, [f"    {line}" for line in written])
            words = [f"{word}={value}" for word, value in asked.items() if word not in ("frozen", "slots")]
            lines[node.decorator_list[0].lineno - 1] = f"@dataclass({', '.join(['init=False', *words, '**_FROZEN'])})"
    return "\n".join(lines)


def _frozen(node: ast.ClassDef) -> dict[str, str] | None:
    """Return what a frozen record asks `dataclass` for; None for all other classes."""
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "dataclass":
            asked = {word.arg: ast.unparse(word.value) for word in decorator.keywords if word.arg}
            return asked if asked.get("frozen") == "True" else None
    return None


def _fields(node: ast.ClassDef) -> list[_Field]:
    return [_field(item) for item in node.body if isinstance(item, ast.AnnAssign)]


def _field(item: ast.AnnAssign) -> _Field:
    default, factory = ast.unparse(item.value) if item.value else "", ""
    if isinstance(item.value, ast.Call) and ast.unparse(item.value.func) == "field":
        factory = next(ast.unparse(word.value) for word in item.value.keywords if word.arg == "default_factory")
    return _Field(ast.unparse(item.target), ast.unparse(item.annotation), default, factory)


def _initializer(own: list[_Field], inherited: list[_Field], by_name: bool) -> tuple[str, str]:
    # By name, those without a default can come first; mypyc fails to describe some functions where they do not.
    given = sorted((*inherited, *own), key=lambda each: by_name and bool(each.default or each.factory))
    head = ["self", *(["*"] if by_name else []), *(each.parameter for each in given)]
    above = [f"super().__init__({', '.join(f'{e.name}={e.name}' for e in inherited)})"] if inherited else []
    body = "; ".join([*above, *(each.setting for each in own)])
    return "__init__", f"def __init__({', '.join(head)}) -> None: {body}"


def _comparisons(name: str, fields: list[_Field]) -> list[tuple[str, str]]:
    same = " and ".join(f"self.{each.name} == other.{each.name}" for each in fields)
    values = "".join(f"self.{each.name}, " for each in fields)
    return [
        ("__eq__", f"def __eq__(self, other: _object) -> bool: return isinstance(other, {name}) and {same}"),
        ("__hash__", f"def __hash__(self) -> int: return hash(({values}))"),
    ]


def _replace(lines: list[str], node: ast.ClassDef, written: list[str]) -> None:
    """Put lines in the place of a record's fields, and as far as these are too few, of the empty ones behind."""
    stands = [i for i, item in enumerate(node.body) if isinstance(item, ast.AnnAssign)]
    docstring = node.body[stands[-1] + 1 : stands[-1] + 2]
    last = docstring[0] if docstring and isinstance(docstring[0], ast.Expr) else node.body[stands[-1]]
    first, end, behind = node.body[stands[0]].lineno - 1, last.end_lineno or 0, node.end_lineno or 0
    lines[first:end] = [""] * (end - first)
    places = (*range(first, end + 1), *range(max(end + 1, behind), behind + 2))
    free = [i for i in places if not "".join(lines[i : i + 1])]
    if len(free) < len(written):
        raise ValueError(f"{node.name}: {len(written)} lines do not fit where its fields stand")
    lines += [""] * (free[len(written) - 1] + 1 - len(lines))
    for i, line in zip(free, written, strict=False):
        lines[i] = line
