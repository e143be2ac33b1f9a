"""What goes or narrows between two versions of a generated package, read from its source; nothing of it is run."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from workfront_codegen.errors import CodegenError

REMOVED = "removed"
RETYPED = "retyped"
_WRITES = ("Values",)


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a class, a key of a TypedDict, or an argument of a method (``method()argument``)."""

    owner: str
    name: str
    type: str
    wire: str


@dataclass(frozen=True, slots=True)
class BrokenMember:
    """A member of the old version that is gone or narrower in the new one; without an owner it is an export."""

    owner: str
    name: str
    rule: str
    file: str
    wire: str = ""
    detail: str = ""

    @property
    def text(self) -> str:
        """What became of it, for people."""
        own = f"{self.owner}.{self.name}".lstrip(".")
        return f"{own} is gone" if self.rule == REMOVED else f"{own}: {self.detail}"

    @property
    def spelling(self) -> str:
        """The name by which a program uses it."""
        return self.name.rpartition(")")[2]


def broken_members(old: Path, new: Path) -> tuple[BrokenMember, ...]:
    """Returns what the version in folder ``new`` lacks of that in ``old``, or takes or gives otherwise.

    Raises CodegenError where one of them is not there.
    """
    for folder in (old, new):
        if not (folder / "__init__.py").is_file():
            raise CodegenError(f"{folder} does not hold a generated version", "name the versions that the package has")
    return tuple(item for file in sorted(old.rglob("*.py")) for item in _of_file(old, new, file.relative_to(old)))


def members(tree: ast.Module) -> Iterator[Member]:
    """Yields the members of all classes and TypedDicts of a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for item in node.body:
                yield from _of_class(node.name, item)
        elif (keys := typed_dict(node)) is not None:
            name, table = keys
            for key, value in zip(table.keys, table.values, strict=True):
                if isinstance(key, ast.Constant):
                    yield Member(name, str(key.value), ast.unparse(value), str(key.value))


def typed_dict(node: ast.AST) -> tuple[str, ast.Dict] | None:
    """Returns name and keys of a TypedDict that is made by a call."""
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Call):
        return None
    call = node.value
    if not ast.unparse(call.func).endswith("TypedDict") or not isinstance(call.args[1], ast.Dict):
        return None
    return str(ast.literal_eval(call.args[0])), call.args[1]


def exports(tree: ast.Module) -> frozenset[str]:
    """Returns the public names of a package."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return frozenset(ast.literal_eval(node.value))
    return frozenset()


def _of_file(old: Path, new: Path, where: Path) -> Iterator[BrokenMember]:
    before = ast.parse((old / where).read_text("utf-8"))
    after = ast.parse((new / where).read_text("utf-8")) if (new / where).is_file() else ast.Module([], [])
    if where.name == "__init__.py":
        for name in sorted(exports(before) - exports(after)):
            yield BrokenMember("", name, REMOVED, where.as_posix())
        return
    now: Mapping[tuple[str, str], Member] = {(item.owner, item.name): item for item in members(after)}
    classes = {item.owner for item in now.values()}
    for item in members(before):
        if item.owner not in classes:
            continue  # the class itself is gone, which its export says
        there = now.get((item.owner, item.name))
        if there is None:
            yield BrokenMember(item.owner, item.name, REMOVED, where.as_posix(), item.wire)
        elif _is_narrower(item, there):
            detail = f"was {item.type}, is {there.type}"
            yield BrokenMember(item.owner, item.name, RETYPED, where.as_posix(), item.wire, detail)


def _is_narrower(before: Member, after: Member) -> bool:
    """Returns whether a program that was right may be wrong now: a write takes less, a read gives more."""
    if before.type == after.type or not before.type or not after.type:
        return False
    old, new = set(before.type.split(" | ")), set(after.type.split(" | "))
    takes = before.owner.endswith(_WRITES) or "()" in before.name
    return bool(old - new) if takes else bool(new - old)


def _of_class(owner: str, item: ast.stmt) -> Iterator[Member]:
    if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
        yield Member(owner, item.target.id, ast.unparse(item.annotation), _wire(item.value) or item.target.id)
    elif isinstance(item, ast.Assign) and isinstance(item.targets[0], ast.Name):
        value = str(item.value.value) if isinstance(item.value, ast.Constant) else ""
        yield Member(owner, item.targets[0].id, "", value)
    elif isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef) and not item.name.startswith("_"):
        yield Member(owner, item.name, "", item.name)
        for argument in item.args.kwonlyargs:
            annotation = ast.unparse(argument.annotation) if argument.annotation else ""
            yield Member(owner, f"{item.name}(){argument.arg}", annotation, argument.arg)


def _wire(value: ast.expr | None) -> str:
    """Returns the wire name that a member of a model is declared with."""
    if isinstance(value, ast.Call) and value.args and isinstance(value.args[-1], ast.Constant):
        return str(value.args[-1].value)
    return ""
